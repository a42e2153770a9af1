"""Options that several commands share, and how their texts become values."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import click
from rich.console import Console

from portal.cli_day import DAY

TODAY_KEY = "portal.today"
"""Where the group keeps the day of the run: the clock is read once, at the door."""
FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式")
screen = Console(stderr=True, highlight=False, soft_wrap=True)


class AddressType(click.ParamType[tuple[str, int]]):
    """Where to serve: `127.0.0.1:8000`."""

    name = "地址"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """Text to host and port."""
        if isinstance(value, tuple):
            return value
        host, _, port = str(value).rpartition(":")
        if not host or not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) < 65536:
            self.fail(f"要写成“地址:端口”，例如 127.0.0.1:8000；找到的是 {value}", param, ctx)
        return host, int(port)


def _or_today(context: click.Context, _: click.Parameter, value: date | None) -> date:
    """The day asked for, else the day of the run."""
    day: date = value or context.meta[TODAY_KEY]
    return day


ADDRESS = AddressType()
TODAY = click.option("--today", type=DAY, default=None, callback=_or_today, help="按这一天判断条文是否有效（默认今天）")
