"""What the library answers: `portal list | deadline | tree`."""

from __future__ import annotations

import json
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from portal.cli_day import DAY
from portal.cli_load import load_sound
from portal.cli_options import FORMAT, TODAY
from portal.listing import list_objects, list_pending
from portal.model.calendar import UnknownYear
from portal.model.force import NotInForce, require_force
from portal.model.walk import NoAnswer, Walk, walk
from portal.reading.yaml_nodes import parse_yaml
from portal.reckoning import reckon, reckon_beside
from portal.rendering.addresses import find_addresses


@click.command("list")
@click.option("--pending", is_flag=True, help="只列以后才施行、以后要失效的法规")
@FORMAT
@TODAY
@click.pass_obj
def list_command(root: Path, pending: bool, form: str, today: date) -> None:
    """列出全部对象（含期限和词条）：种类、编号、名称、读者、页面。"""
    library = load_sound(root, today)
    records = list_pending(library) if pending else list_objects(library, find_addresses(library))
    if form == "json":
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
        return
    for record in records:
        click.echo("\t".join(record.values()))
    if pending and not records:
        click.echo(f"{library.today} 以后没有法规要施行或失效", err=True)


@click.command("deadline")
@click.argument("limit", metavar="期限编号")
@click.option("--from", "start", type=DAY, required=True, help="从哪天起算，例如 2026-03-02")
@FORMAT
@TODAY
@click.pass_obj
def deadline_command(root: Path, limit: str, start: date, form: str, today: date) -> None:
    """算最后一天：portal deadline xinfang-2022/handle --from 2026-03-02"""
    library = load_sound(root, today)
    if library.limit(limit) is None:
        known = "、".join(name for name, _, _ in library.limits())
        raise click.UsageError(f"没有“{limit}”这个期限；已有的：{known}")
    try:
        record = reckon(library, limit, start)
    except (NotInForce, UnknownYear) as error:
        click.echo(str(error))
        sys.exit(1)
    others = reckon_beside(library, limit, start)
    if form == "json":
        click.echo(json.dumps({**record, "beside": others}, ensure_ascii=False, indent=1))
        return
    _print_deadline(record)
    for other in others:
        click.echo("和它并列、各自计算的规定：")
        _print_deadline(other)


def _print_deadline(record: dict[str, Any]) -> None:
    if "error" in record:
        click.echo(f"{record['limit']}：{record['error']}")
        return
    click.echo(f"{record['title']}（{record['basis']}，{record['length']}）")
    click.echo(f"最后一天：{record['last_day']}（从 {record['from']} 起算）")
    click.echo(f"怎么算：{record['rule']}")
    for assumption in record["assumptions"]:
        click.echo(f"假定：{assumption}")
    if record["if_rolled"]:
        click.echo(f"如果办理机关按休息日顺延：{record['if_rolled']}")
    if record["extended_to"]:
        click.echo(f"依法延长一次的，最晚：{record['extended_to']}")
    if record["note"]:
        click.echo(f"说明：{record['note']}")


@click.command()
@click.argument("name", metavar="树编号")
@click.option("--answers", multiple=True, required=True, help="回答：文件（YAML 或 JSON），或 问题=回答，可写多个")
@click.argument("more", nargs=-1, metavar="[问题=回答]...")
@FORMAT
@TODAY
@click.pass_obj
def tree(root: Path, name: str, answers: tuple[str, ...], more: tuple[str, ...], form: str, today: date) -> None:
    """按回答走一遍问路树，打印结果和走过的路。"""
    library = load_sound(root, today)
    found = library.trees.get(name)
    if found is None:
        raise click.UsageError(f"没有“{name}”这棵问路树；已有的：{'、'.join(library.trees)}")
    limits = {key: limit for key, _, limit in library.limits()}
    try:
        given = _answers((*answers, *more))
        result = walk(
            found,
            given,
            today=library.today,
            calendar=library.calendar,
            limits=limits,
            require_force=partial(require_force, library),
        )
    except (NoAnswer, NotInForce, UnknownYear) as error:
        click.echo(str(error))
        sys.exit(1)
    title = found.outcomes[result.outcome].title
    if form == "json":
        click.echo(json.dumps(_walk_record(name, title, result), ensure_ascii=False, indent=1))
        return
    for step in result.steps:
        click.echo(f"{found.questions[step.question].ask} — {step.label}")
    click.echo(f"结果：{title}（{result.outcome}）")


def _walk_record(name: str, title: str, result: Walk) -> dict[str, Any]:
    path = [{"question": s.question, "answer": s.answer, "label": s.label} for s in result.steps]
    return {"tree": name, "outcome": result.outcome, "title": title, "path": path}


def _answers(given: tuple[str, ...]) -> dict[str, str | int]:
    """Pairs `question=answer`, or one file that holds a mapping (with or without an `answers:` key)."""
    found: dict[str, str | int] = {}
    for text in given:
        if "=" in text:
            name, _, value = text.partition("=")
            found[name.strip()] = value.strip()
            continue
        path = Path(text)
        if not path.is_file():
            raise click.UsageError(f"“{text}”既不是文件，也不是 问题=回答")
        try:
            parsed = parse_yaml(path.read_text("utf-8-sig"), path.name)
        except (OSError, UnicodeError):
            raise click.UsageError(f"{path.name} 打不开，或不是 UTF-8 文字") from None
        data = parsed.data.get("answers", parsed.data) if isinstance(parsed.data, dict) else None
        if parsed.problems or not isinstance(data, dict):
            raise click.UsageError(f"{path.name} 里应当是“问题: 回答”，一行一个")
        found |= {str(key): value if type(value) is int else str(value) for key, value in data.items()}
    return found
