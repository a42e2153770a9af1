"""Who names what in a library, gathered once and grouped the ways that checks and pages ask for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from portal.model.library import Library
from portal.model.mention import Mention, mentions

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


@dataclass(frozen=True, eq=False)
class MentionIndex:
    """Every mention of one library."""

    library: Library

    @cached_property
    def mentions(self) -> Sequence[Mention]:
        """Every place where one piece of content names another."""
        return tuple(mentions(self.library))

    @cached_property
    def targets(self) -> Mapping[tuple[str, str], Sequence[Mention]]:
        """Kind and target → the mentions of it."""
        return _grouped((mention[:2], mention) for mention in self.mentions)

    @cached_property
    def limits(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """Kind and id of an object → the time limits that its text names, in the order of writing."""
        return _grouped(
            (mention.source.key, mention.target)
            for mention in self.mentions
            if mention.kind == "limit" and mention.source
        )

    @cached_property
    def graded(self) -> frozenset[tuple[str, str]]:
        """Kind and id of the objects whose text shows a level of the organisation's own grading."""
        return frozenset(
            mention.source.key for mention in self.mentions if mention.kind == "threshold" and mention.source
        )

    @cached_property
    def citing(self) -> Mapping[tuple[str, str], Sequence[Mention]]:
        """Regulation id and article number → the mentions that cite it (the regulation's own left out)."""
        return _grouped(
            ((cited.regulation, cited.article), mention)
            for mention in self.mentions
            if (cited := mention.citation) and cited.regulation and _from_outside(mention, cited.regulation)
        )


def _grouped(pairs: Iterable[tuple[_Key, _Value]]) -> Mapping[_Key, Sequence[_Value]]:
    found: dict[_Key, list[_Value]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


def _from_outside(mention: Mention, regulation: str) -> bool:
    return mention.source is not None and mention.source.key != ("regulation", regulation)
