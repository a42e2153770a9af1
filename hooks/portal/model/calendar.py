"""The official calendar of one year: holidays and make-up workdays. A year without a file is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from portal.model.base import Authored, Day, Frozen, Text, Title


class Holiday(Frozen):
    """Days off from `from` to `to`, both included."""

    title: Title
    from_: Day = Field(alias="from")
    to: Day

    @model_validator(mode="after")
    def _forward(self) -> Holiday:
        if self.to < self.from_:
            raise PydanticCustomError("holiday", "to 早于 from")
        return self


class CalendarYear(Authored):
    """`calendar/<year>.yml`: `notice` names the document it comes from."""

    year: Annotated[int, Field(ge=1949, le=2200)]
    notice: Text
    holidays: tuple[Holiday, ...]
    workdays: tuple[Day, ...]

    @model_validator(mode="after")
    def _days_of_its_year(self) -> CalendarYear:
        for holiday in self.holidays:
            if self.year not in (holiday.from_.year, holiday.to.year) or (holiday.to - holiday.from_).days > 20:
                raise PydanticCustomError(
                    "calendar", "“{title}”的日期不在这一年，或长得不像一个假期", {"title": holiday.title}
                )
        for day in self.workdays:
            if day in self.days_off or day.weekday() < 5 or abs(day.year - self.year) > 1:
                raise PydanticCustomError(
                    "calendar", "{day} 不是调休上班日：它要在周末，而且不在假期里", {"day": str(day)}
                )
        return self

    @cached_property
    def days_off(self) -> frozenset[date]:
        """Every day that the notice declares free."""
        return frozenset(
            holiday.from_ + timedelta(days=offset)
            for holiday in self.holidays
            for offset in range((holiday.to - holiday.from_).days + 1)
        )


UNKNOWN_YEAR = "{year} 年的放假安排没有录入（或尚未公布），无法判断哪天上班"


class UnknownYear(ValueError):
    """The calendar of this year is not published or not entered: nobody may guess it."""

    def __init__(self, year: int) -> None:
        super().__init__(UNKNOWN_YEAR.format(year=year))
        self.year = year


Calendar = Mapping[int, CalendarYear]


def is_workday(day: date, calendar: Calendar) -> bool:
    """By the official notice of its year; raises UnknownYear where there is none."""
    year = calendar.get(day.year)
    if year is None:
        raise UnknownYear(day.year)
    if day in year.workdays:
        return True
    return day.weekday() < 5 and day not in year.days_off
