"""A tabletop drill: a situation that unfolds by injects, each with the step the players should reach."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from portal.model.base import Document, Frozen, RoleRef, Slug, StepRef, Text, Title, WorkRef
from portal.model.length import LengthField

Clock = Annotated[str, Field(pattern=r"^[0-9]{1,2}:[0-5][0-9]$")]


class Inject(Frozen):
    """A message at `at` (hours:minutes after the start). `expect` holds `checklist/item` or `tree/outcome` ids."""

    at: Clock
    from_: Title = Field(alias="from")
    to: tuple[RoleRef, ...]
    text: Text
    expect: tuple[StepRef, ...]
    good: Text | None = None
    poor: Text | None = None

    @property
    def minute(self) -> int:
        """Minutes after the start."""
        hours, minutes = self.at.split(":")
        return int(hours) * 60 + int(minutes)


class Player(Frozen):
    """What one player is told before the start."""

    brief: Text


class Drill(Document):
    """Players see `situation`, their own brief and the injects addressed to them; the facilitator sees all."""

    kind: ClassVar[str] = "drill"

    practises: tuple[WorkRef, ...]
    duration: LengthField
    objectives: tuple[Text, ...]
    situation: Text
    rules: tuple[Text, ...] = ()
    players: dict[RoleRef, Player]
    injects: dict[Slug, Inject]
    discussion: tuple[Text, ...]
    debrief: tuple[Text, ...]
