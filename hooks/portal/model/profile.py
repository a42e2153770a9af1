"""The organisation: what is local. `public` may be published; everything under `staff` and all roles may not."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from portal.model.base import Authored, Frozen, RoleRef, Slug, Text, Title


class Channel(Frozen):
    """One way in, published as article 18 asks: address, telephone, web, reception or query."""

    title: Title
    kind: Literal["visit", "letter", "online", "phone", "query"]
    value: Text
    hours: Text | None = None


class PublicProfile(Frozen):
    """What the office tells everybody."""

    name: Title
    area: Title
    upper: Title
    channels: tuple[Channel, ...]
    note: Text | None = None


class Role(Frozen):
    """A function that steps are assigned to; `duty` says what it answers for."""

    title: Title
    duty: Text | None = None


class Phone(Frozen):
    """A number on the duty card."""

    title: Title
    number: Text
    when: Text | None = None


class Level(Frozen):
    """One grade of an incident: from `from` (included) upward to the next level."""

    title: Title
    at_least: int
    lead: RoleRef
    action: Text


class Threshold(Frozen):
    """The organisation's own grading for one plan."""

    title: Title
    unit: Title
    levels: tuple[Level, ...]


class StaffProfile(Frozen):
    """What only the office needs."""

    roles: dict[Slug, Role]
    phones: tuple[Phone, ...] = ()
    thresholds: dict[Slug, Threshold] = {}


class Profile(Authored):
    """`fictitious: true` marks the shipped example on every page that shows it."""

    fictitious: bool = False
    repository: Annotated[str, Field(pattern=r"^https://[^\s<>\"]+$")] | None = None
    public: PublicProfile
    staff: StaffProfile | None

    @model_validator(mode="after")
    def _with_staff(self) -> Profile:
        if self.staff is None:  # only for_public() leaves it out
            raise PydanticCustomError("profile", "staff 不能空着：至少写 roles")
        return self

    @property
    def roles(self) -> dict[str, Role]:
        """Role id → role; empty in the public edition."""
        return self.staff.roles if self.staff else {}

    @property
    def levels(self) -> dict[str, tuple[Threshold, Level]]:
        """`grading/2` → the grading and its second level, counted from the lowest; empty in the public edition."""
        gradings = self.staff.thresholds if self.staff else {}
        return {
            f"{name}/{number}": (grading, level)
            for name, grading in gradings.items()
            for number, level in enumerate(grading.levels, 1)
        }

    def for_public(self) -> Profile:
        """The profile without its staff part."""
        return self.model_copy(update={"staff": None})
