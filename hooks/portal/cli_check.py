"""`portal check`: what is wrong, where, and how to mend it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from portal.checked import Checked
from portal.cli_load import load
from portal.cli_options import LAWS, TODAY, nearest
from portal.codes import explain, known_codes
from portal.model.problem import Problem, ordered
from portal.sarif import sarif_log

_PACKAGE = "xinfang-guide"


def _sarif_text(problems: Iterable[Problem]) -> str:
    """The problems as a SARIF log, ready to print."""
    try:
        number = version(_PACKAGE)
    except PackageNotFoundError:  # run from the folder, without installation
        number = "0"
    return json.dumps(sarif_log(problems, known_codes(), number), ensure_ascii=False, indent=1)


def _explain(context: click.Context, _: click.Parameter, value: str | None) -> None:
    """Print what a code means, and end."""
    if value is None or context.resilient_parsing:
        return
    codes = known_codes()
    if value not in codes:
        raise click.BadParameter(f"没有“{value}”这个代号；{nearest(value, codes)}", context)
    click.echo(explain(codes[value]))
    context.exit(0)


_FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", help="输出格式"
)
_EXPLAIN = click.option(
    "--explain",
    metavar="代号",
    is_eager=True,
    expose_value=False,
    callback=_explain,
    help="说明一个代号：要求什么、能不能有例外、手册在哪里",
)


@click.command()
@_FORMAT
@_EXPLAIN
@TODAY
@LAWS
@click.pass_obj
def check(root: Path, form: str, today: date, laws: Path | None) -> None:
    """检查全部内容；有问题时逐条说明位置、原因和改法。给了官方文本的，逐项对照。"""
    checked = load(root, today)
    if laws:
        checked = _compared(checked, laws)
    if form == "json":
        click.echo(json.dumps([problem.as_dict() for problem in checked.problems], ensure_ascii=False, indent=1))
    elif form == "sarif":
        click.echo(_sarif_text(checked.problems))
    else:
        for problem in checked.problems:
            click.echo(str(problem))
        objects = sum(1 for _ in checked.library.documents())
        click.echo(f"{objects} 个对象，{len(checked.problems)} 个问题" + ("" if checked.problems else "，可以发布"))
    sys.exit(1 if checked.problems else 0)


def _compared(checked: Checked, laws: Path) -> Checked:
    """The same library, with what contradicts the official texts."""
    from portal.cli_verify import compare_with, tell  # reads official texts: loaded only when there are some
    from portal.verify import contradictions

    _, claims = compare_with(checked.library, laws)
    tell(claims)
    return Checked(checked.library, ordered([*checked.problems, *contradictions(claims)]))
