"""Options that several commands share, and how their texts become values."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from portal.cli_day import DAY

if TYPE_CHECKING:
    from rich.console import Console

TODAY_KEY = "portal.today"
"""Where the group keeps the day of the run: the clock is read once, at the door."""
FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式")


@cache
def screen() -> Console:
    """The error stream of a person; made when first needed, since `portal check` in a script needs none."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


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
LAWS = click.option(
    "--laws",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    envvar="PORTAL_LAWS",
    default=None,
    help="官方文本：法规库，或原文件的文件夹（也可用环境变量 PORTAL_LAWS 指定）",
)


def nearest(value: str, known: Iterable[str]) -> str:
    """What may have been meant by an unknown name."""
    close = difflib.get_close_matches(value, sorted(known), n=1)
    return f"是不是想写“{close[0]}”？" if close else f"有的是：{'、'.join(sorted(known))}"
