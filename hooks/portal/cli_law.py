"""`portal law import | list`: the store of official texts, against which the library is checked."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from portal.cli_lazy import LazyGroup
from portal.cli_options import FORMAT, screen
from portal.model.official import OfficialText
from portal.model.place import Place
from portal.model.problem import Problem
from portal.reading.official import parse_official
from portal.reading.official_files import Found, find_files
from portal.reading.official_source import read_source
from portal.reading.official_store import file_name, read_store, save_text
from portal.reading.text import Unreadable

STORE = click.option(
    "--store",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="PORTAL_LAWS",
    default=None,
    help="法规库文件夹（默认项目里的 .laws；也可用环境变量 PORTAL_LAWS 指定）",
)


@click.group(cls=LazyGroup, lazy={"verify": "portal.cli_verify:verify"})
def law() -> None:
    """法规原文：导入官方文本，供核对条文、日期和期限。"""


@law.command("import")
@click.argument(
    "paths", metavar="文件或文件夹...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@STORE
@click.option("--replace", is_flag=True, help="同名同日期的文本，换成这次的")
@FORMAT
@click.pass_obj
def import_command(root: Path, paths: tuple[Path, ...], store: Path | None, replace: bool, form: str) -> None:
    """导入官方文本：txt、Markdown、HTML、DOCX；UTF-8 或 GBK；可以给整个文件夹。"""
    found = find_files(paths)
    records: list[dict[str, Any]] = []
    with screen().status("正在导入…") as status:
        for done, path in enumerate(found.files, 1):
            status.update(f"正在导入 {done}/{len(found.files)} {escape(path.name)}")
            state, problems = _import(path, store or root / ".laws", replace)
            if form == "text":
                _say(str(problem) for problem in problems)
            records.append(_record(path, state, problems))
    if form == "json":
        hidden = [path.as_posix() for path in found.hidden]
        click.echo(json.dumps({"files": records, "hidden": hidden}, ensure_ascii=False, indent=1))
    else:
        _say(_summary(found, records))
    sys.exit(1 if not records or any(record["problems"] for record in records) else 0)


def _import(path: Path, store: Path, replace: bool) -> tuple[str, tuple[Problem, ...]]:
    """What became of one file: new, same, replaced or refused; and all there is to say about it."""
    name = path.as_posix()
    try:
        text, problems = parse_official(read_source(path, name))
        return save_text(store, text, name, replace), problems
    except Unreadable as error:
        return "refused", (error.problem,)
    except OSError as error:
        reason = f"存不进法规库（{error.strerror or error}）"
        return "refused", (Problem(Place(name), "law-store", reason, "检查磁盘空间和文件夹权限"),)


def _record(path: Path, state: str, problems: tuple[Problem, ...]) -> dict[str, Any]:
    return {"file": path.as_posix(), "result": state, "problems": [problem.as_dict() for problem in problems]}


def _summary(found: Found, records: list[dict[str, Any]]) -> Iterator[str]:
    states = Counter(record["result"] for record in records)
    warnings = sum(len(record["problems"]) for record in records if record["result"] != "refused")
    parts = [f"{len(records)} 个文件：新导入 {states['new']} 部"]
    parts += [f"换成新文本 {states['replaced']} 部"] if states["replaced"] else []
    parts += [f"已有 {states['same']} 部"] if states["same"] else []
    parts += [f"没有导入 {states['refused']} 个（原因见上）"] if states["refused"] else []
    parts += [f"另有 {warnings} 处要核对"] if warnings else []
    yield "，".join(parts)
    if found.hidden:
        names = "、".join(path.as_posix() for path in found.hidden[:5])
        yield f"没有读隐藏的文件和文件夹 {len(found.hidden)} 个：{names}" + ("等" if len(found.hidden) > 5 else "")


@law.command("list")
@STORE
@FORMAT
@click.pass_obj
def list_command(root: Path, store: Path | None, form: str) -> None:
    """列出法规库：编号、名称、条数、通过日期、施行日期、原文件的 SHA-256。"""
    with screen().status("正在读取…") as status:
        texts, problems = read_store(
            store or root / ".laws", lambda done, all_: status.update(f"正在读取 {done}/{all_}")
        )
    rows = [_row(text) for text in texts]
    if form == "json":
        faults = [problem.as_dict() for problem in problems]
        click.echo(json.dumps({"texts": rows, "problems": faults}, ensure_ascii=False, indent=1))
    else:
        _say("\t".join(str(value) if value is not None else "-" for value in row.values()) for row in rows)
        _say(str(problem) for problem in problems)
        if not texts:
            click.echo("法规库是空的；导入：portal law import 文件或文件夹", err=True)
    sys.exit(1 if problems else 0)


def _row(text: OfficialText) -> dict[str, Any]:
    return {
        "id": file_name(text).removesuffix(".json"),
        "title": text.title,
        "articles": len(text.articles),
        "adopted": text.adopted.isoformat() if text.adopted else None,
        "effective": text.effective.isoformat() if text.effective else None,
        "sha256": text.sha256,
    }


def _say(rows: Iterator[str]) -> None:
    for row in rows:
        click.echo(row)
