"""Which article of a newer regulation took the place of which older one, as the older one's rules say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


def newer(library: Library, old: Regulation) -> tuple[Regulation, ...]:
    """The regulations that took its place: those that say so, and those that its map leads to."""
    named = {citation.regulation for number in old.rules.successors for citation in old.successors(number)}
    return tuple(
        regulation
        for regulation in library.regulations.values()
        if regulation.id != old.id and (old.id in regulation.replaces or regulation.id in named)
    )


def older(library: Library, new: Regulation) -> tuple[Regulation, ...]:
    """The regulations whose place it took."""
    return tuple(old for old in library.regulations.values() if new in newer(library, old))


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
