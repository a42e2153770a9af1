"""`portal impact`: what rests on an article or a limit, and what a new version of a law touches."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from portal.amendment import UnknownRegulation, amend, amendment_lines, amendment_record, find_regulation
from portal.checked import load_checked
from portal.cli_options import FORMAT, TODAY
from portal.impact import Teller
from portal.model.ground import UnknownGround, find_ground
from portal.model.impact import Reliance
from portal.model.library import Library
from portal.model.official import OfficialText
from portal.reading.official import parse_official
from portal.reading.official_source import read_source
from portal.reading.text import Unreadable

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("ground", metavar="[法规/条]", required=False)
@click.option(
    "--diff", "texts", type=_FILE, nargs=2, default=None, metavar="旧文本 新文本", help="比较同一部法规的两份官方文本"
)
@click.option("--as", "name", default="", help="两份文本是库里的哪一部法规（默认按旧文本的名称找）")
@FORMAT
@TODAY
@click.pass_obj
def impact(root: Path, ground: str | None, texts: tuple[Path, Path] | None, name: str, form: str, today: date) -> None:
    """条文改了会影响什么：portal impact xinfang-2022/34；两份文本一起比：portal impact --diff 旧 新"""
    if (ground is None) == (texts is None):
        raise click.UsageError("写一个法规、条或期限的编号，例如 xinfang-2022/34；或者写 --diff 旧文本 新文本")
    checked = load_checked(root, today)
    if texts:
        rows, record = _amendment(checked.library, _read(texts[0]), _read(texts[1]), name)
    else:
        rows, record = _impact(checked.library, ground or "")
    for row in [json.dumps(record, ensure_ascii=False, indent=1)] if form == "json" else rows:
        click.echo(row)
    if checked.errors:
        click.echo(f"内容里有 {len(checked.errors)} 个错误（portal check），上面的清单可能不全", err=True)
        sys.exit(1)


def _impact(library: Library, text: str) -> tuple[Iterable[str], object]:
    try:
        found = Reliance(library).on(find_ground(library, text))
    except UnknownGround as error:
        raise click.UsageError(str(error)) from None
    teller = Teller(library)
    return teller.lines(found), teller.record(found)


def _amendment(library: Library, old: OfficialText, new: OfficialText, name: str) -> tuple[Iterable[str], object]:
    try:
        found = amend(library, find_regulation(library, old, name), old, new)
    except UnknownRegulation as error:
        raise click.UsageError(str(error)) from None
    teller = Teller(library)
    return amendment_lines(teller, found), amendment_record(teller, found)


def _read(path: Path) -> OfficialText:
    """The text; its doubts are told on the error stream, a file that is no text ends the command."""
    try:
        text, problems = parse_official(read_source(path, path.as_posix()))
    except Unreadable as error:
        click.echo(str(error.problem), err=True)
        sys.exit(1)
    for problem in problems:
        click.echo(str(problem), err=True)
    return text
