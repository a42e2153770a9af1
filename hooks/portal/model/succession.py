"""Which article of a newer regulation took the place of which older one, as the older one's rules say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.model.citation import Citation
from portal.model.library import Library
from portal.model.regulation import Regulation


@dataclass(frozen=True, slots=True)
class Passage:
    """What became of article `number`: its `successors`, main one first, or the `reason` why it has none.

    Neither: nobody has said yet.
    """

    number: str
    successors: tuple[Citation, ...] = ()
    reason: str = ""


def article_key(number: str) -> tuple[int, int]:
    """Orders article numbers: 31, 31-1, 32."""
    article, _, insert = number.partition("-")
    return int(article), int(insert or 0)


def numbers(regulation: Regulation) -> tuple[str, ...]:
    """The number of every article, in order: one to the last, and inserted ones that are excerpted."""
    counted = {str(number) for number in range(1, regulation.articles + 1)}
    return tuple(sorted(counted | set(regulation.gists), key=article_key))


def passages(regulation: Regulation) -> tuple[Passage, ...]:
    """What became of every article, in order."""
    dropped = regulation.rules.dropped
    return tuple(
        Passage(number, regulation.successors(number), dropped.get(number, "")) for number in numbers(regulation)
    )


def is_mapped(regulation: Regulation) -> bool:
    """Does it say anything about what became of its articles?"""
    return bool(regulation.rules.successors or regulation.rules.dropped)


@dataclass(frozen=True)
class Successions:
    """Who took whose place in a library: as `replaces` says it, and as the maps of old articles do."""

    library: Library

    @cached_property
    def _older(self) -> Mapping[str, Sequence[Regulation]]:
        """Id of the newer regulation → the older ones, by id."""
        pairs = {(new.id, old) for new in self.library.regulations.values() for old in new.replaces}
        for old in self.library.regulations.values():
            pairs |= {(cited.regulation, old.id) for number in old.rules.successors for cited in old.successors(number)}
        found: dict[str, list[Regulation]] = defaultdict(list)
        for new_id, old_id in sorted(pairs):
            if new_id != old_id and {new_id, old_id} <= self.library.regulations.keys():
                found[new_id].append(self.library.regulations[old_id])
        return found

    @cached_property
    def _newer(self) -> Mapping[str, Sequence[Regulation]]:
        found: dict[str, list[Regulation]] = defaultdict(list)
        for new_id, olds in self._older.items():
            for old in olds:
                found[old.id].append(self.library.regulations[new_id])
        return found

    @property
    def replacing(self) -> Sequence[str]:
        """Ids of the regulations that took the place of another one."""
        return list(self._older)

    def older(self, new: Regulation) -> Sequence[Regulation]:
        """The regulations whose place it took."""
        return self._older.get(new.id, ())

    def newer(self, old: Regulation) -> Sequence[Regulation]:
        """The regulations that took its place."""
        return self._newer.get(old.id, ())


def added(new: Regulation, olds: Iterable[Regulation]) -> tuple[str, ...]:
    """The articles of `new` that no article of `olds` leads to, in order: what is new in it."""
    reached = {
        citation.article
        for old in olds
        for passage in passages(old)
        for citation in passage.successors
        if citation.regulation == new.id
    }
    return tuple(number for number in numbers(new) if number not in reached)
