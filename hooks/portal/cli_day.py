"""A day as an option of the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from portal.model.base import parse_day


class DayType(click.ParamType):  # type: ignore[type-arg]
    """A day written as 2026-03-02."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Text to date, in the author's words where it is wrong."""
        try:
            return parse_day(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


DAY = DayType()
