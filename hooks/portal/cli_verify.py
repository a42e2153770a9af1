"""`portal law verify`: compare the library with the official texts and write down what was confirmed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

import click

from portal.checked import load_checked
from portal.checks.official import compare, find_text
from portal.cli_options import LAWS, TODAY
from portal.model.claim import Claim
from portal.model.library import Library
from portal.model.official import OfficialText
from portal.model.regulation import Regulation
from portal.reading.official_store import write_aside
from portal.verify import contradictions, evidence_text, read_texts, verified_page

_NAMES = {"confirmed": "确认", "contradicted": "不符", "unchecked": "没有核对"}


def compare_with(library: Library, laws: Path) -> tuple[Sequence[OfficialText], Sequence[Claim]]:
    """The texts and the claims; files that are no text are told on the error stream."""
    texts, problems = read_texts(laws)
    for problem in problems:
        click.echo(str(problem), err=True)
    return texts, compare(library, texts)


def tell(claims: Iterable[Claim]) -> None:
    """What could not be checked, each with its reason, and the sums: a skipped claim is never a passed one."""
    claims = list(claims)
    for claim in claims:
        if claim.result == "unchecked":
            click.echo(f"没有核对：{claim.regulation} {claim.what}：{claim.message}", err=True)
    counted = Counter[str](claim.result for claim in claims)
    click.echo("与官方文本对照：" + "，".join(f"{name} {counted[key]} 项" for key, name in _NAMES.items()), err=True)


@click.command()
@click.argument("names", metavar="[法规编号]...", nargs=-1)
@LAWS
@TODAY
@click.pass_obj
def verify(root: Path, names: tuple[str, ...], laws: Path | None, today: date) -> None:
    """对照官方文本核对法规，确认的写进 verified 和 evidence.yml；不符的逐条说明，一个字也不改。"""
    folder = laws or root / ".laws"
    library = load_checked(root, today).library
    unknown = [name for name in names if name not in library.regulations]
    if unknown:
        raise click.UsageError(f"没有“{'、'.join(unknown)}”这部法规")
    if not folder.is_dir():
        raise click.UsageError("没有官方文本：先用 portal law import 导入，或用 --laws 指明文件夹")
    texts, claims = compare_with(library, folder)
    chosen = [claim for claim in claims if not names or claim.regulation in names]
    for problem in contradictions(chosen):
        click.echo(str(problem))
    for name, group in groupby(chosen, key=lambda claim: claim.regulation):
        _write(root, library.regulations[name], texts, list(group), today)
    tell(chosen)
    sys.exit(1 if contradictions(chosen) else 0)


def _write(
    root: Path, regulation: Regulation, texts: Sequence[OfficialText], claims: Sequence[Claim], day: date
) -> None:
    """Write what was confirmed; a regulation with a contradiction, or without a text, keeps what it has."""
    text = find_text(regulation, texts)
    if text is None or contradictions(claims):
        return
    page = root / regulation.origin.file
    evidence = evidence_text(regulation, text, claims)
    record = page.parent / "evidence.yml"
    if record.exists() and record.read_text("utf-8") == evidence and regulation.verified != "no":
        return  # nothing new: the day of the last real comparison stays
    write_aside(record, evidence.encode("utf-8"))
    write_aside(page, verified_page(page.read_text("utf-8"), text, day).encode("utf-8"))
    click.echo(f"已核对：《{regulation.title}》")
