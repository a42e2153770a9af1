"""A length of time as a law or a plan writes it: a whole number and a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

Unit = Literal["minutes", "hours", "days", "working-days", "months", "years"]
UNITS: tuple[str, ...] = get_args(Unit)
_PATTERN = re.compile(r"([1-9][0-9]{0,4}) (" + "|".join(UNITS) + r")")
MAX_YEARS = 100
_IN_MINUTES = {"minutes": 1, "hours": 60, "days": 1440, "working-days": 1440, "months": 43200, "years": 525600}


@dataclass(frozen=True, slots=True)
class Length:
    """`number` of `unit`; working days are counted by the official calendar."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"

    @property
    def minutes(self) -> int:
        """A rough size for sorting and adding up; a month counts 30 days."""
        return self.number * _IN_MINUTES[self.unit]


def parse_length(value: Any) -> Length:
    """`60 days` → Length(60, "days"); raises pydantic's error for everything else."""
    if isinstance(value, Length):
        return value
    match = _PATTERN.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise PydanticCustomError(
            "length", "要写成“数字 空格 单位”，例如 60 days；单位可用 {units}", {"units": "、".join(UNITS)}
        )
    length = Length(int(match[1]), cast(Unit, match[2]))
    if length.minutes > MAX_YEARS * _IN_MINUTES["years"]:
        raise PydanticCustomError("length", "最长 {years} 年，找到的是 {value}", {"years": MAX_YEARS, "value": value})
    return length


LengthField = Annotated[
    Length,
    BeforeValidator(parse_length),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": rf"^[1-9][0-9]{{0,4}} ({'|'.join(UNITS)})$",
            "examples": ["60 days", "5 working-days"],
        }
    ),
]
