"""What every authored object has in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, WithJsonSchema
from pydantic_core import PydanticCustomError

from portal.model.citation import CitationField
from portal.model.place import NOWHERE, Origin

Audience = Literal["public", "staff"]


@dataclass(frozen=True, slots=True)
class Names:
    """Marks a text field that names another object: what `kind` of object it is."""

    kind: str


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR, LAST_YEAR = 1900, 2200


def parse_day(value: Any) -> date:
    """`2026-03-02` → date; nothing else is a day (no times, no bare years, no numbers)."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("day", "日历上没有 {value} 这一天", {"value": value}) from None
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
        raise PydanticCustomError(
            "day",
            "年份要在 {first} 到 {last} 之间，找到的是 {value}",
            {"first": FIRST_YEAR, "last": LAST_YEAR, "value": value},
        )
    raise PydanticCustomError("day", "日期要写成 年-月-日，例如 2026-03-02")


Day = Annotated[date, BeforeValidator(parse_day), WithJsonSchema({"type": "string", "format": "date"})]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Title = Annotated[str, Field(min_length=1, max_length=80)]


RoleRef = Annotated[Slug, Names("role")]
LimitRef = Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$"), Names("limit")]
FormRef = Annotated[Slug, Names("form")]
TreeRef = Annotated[Slug, Names("tree")]
WorkRef = Annotated[Slug, Names("work")]
"""A procedure or a plan."""
StepRef = Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$"), Names("step")]
"""`checklist/item` or `tree/outcome`."""
ActorRef = Annotated[Slug, Names("actor")]
ThresholdRef = Annotated[Slug, Names("thresholds")]
EventRef = Annotated[Slug, Names("event")]
PictureRef = Annotated[Slug, Names("picture")]


class Frozen(BaseModel):
    """A typed value that nobody changes; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Authored(Frozen):
    """What was read from a file: it knows where everything in it stands."""

    _origin: Origin = PrivateAttr(default_factory=lambda: NOWHERE)  # a plain default would be copied for each

    @property
    def origin(self) -> Origin:
        """Where it was read from."""
        return self._origin


class Document(Authored):
    """An object with a file of its own."""

    kind: ClassVar[str] = ""

    id: Slug
    title: Title
    audience: Audience = "staff"
    reviewed: Day
    reviewer: RoleRef
    basis: tuple[CitationField, ...] = ()

    @property
    def public(self) -> bool:
        """May it leave the office? Only when its author said so."""
        return self.audience == "public"

    @property
    def key(self) -> tuple[str, str]:
        """Kind and id: unique in the library."""
        return (self.kind, self.id)
