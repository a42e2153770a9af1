"""A checklist: phases of one-line acts, each with an owner and a basis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from portal.model.base import Document, FormRef, Frozen, LimitRef, RoleRef, Slug, Text, Title
from portal.model.citation import CitationField
from portal.model.length import LengthField


class Item(Frozen):
    """One act. `say` are the exact words, `why` the reason; `practice` marks an act without statutory basis."""

    do: Text
    who: RoleRef
    say: Text | None = None
    why: Text | None = None
    basis: tuple[CitationField, ...] = ()
    practice: bool = False
    limit: LimitRef | None = None
    form: FormRef | None = None
    critical: bool = False


class Pause(Frozen):
    """The point at the end of a phase where somebody confirms aloud before going on."""

    who: RoleRef
    confirm: Text


class Phase(Frozen):
    """A stretch of work with a time box (`within`) and a pause point."""

    title: Title
    within: LengthField | None = None
    pause: Pause | None = None
    items: dict[Slug, Item]


class Checklist(Document):
    """`read-do`: read an item, then do it. `do-confirm`: work from memory, then confirm item by item."""

    kind: ClassVar[str] = "checklist"

    mode: Literal["read-do", "do-confirm"]
    intro: Text | None = None
    phases: dict[Slug, Phase]

    def all_items(self) -> Iterator[tuple[str, str, Item]]:
        """Phase id, item id, item: in order."""
        for phase_id, phase in self.phases.items():
            for item_id, item in phase.items.items():
                yield phase_id, item_id, item
