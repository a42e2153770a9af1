"""The command line: `portal check | list | build | rollback | serve | deadline | tree | stage | schema | new | fix`.

Exit codes: 0 all is well, 1 there is something to mend, 2 the command was written wrongly.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from portal.adapter import line, make
from portal.build import Checked, load_checked
from portal.cli_author import CHECK_FORMAT, EXPLAIN, fix, new, sarif_text
from portal.cli_day import DAY
from portal.cli_impact import impact
from portal.cli_law import law
from portal.cli_options import ADDRESS, FORMAT, TODAY, TODAY_KEY, screen
from portal.cli_readability import readability
from portal.cli_verify import LAWS, compare_with, tell, verify
from portal.listing import list_objects, list_pending
from portal.model.calendar import UnknownYear
from portal.model.force import NotInForce, require_force
from portal.model.library import Edition, Library
from portal.model.problem import ordered
from portal.model.walk import NoAnswer, Walk, walk
from portal.publish import CONFIG, PublishError, engine_command, engine_environment, publish, roll_back
from portal.reading.yaml_nodes import parse_yaml
from portal.reckoning import reckon, reckon_beside
from portal.rendering.addresses import find_addresses
from portal.schemas import schema_texts, write_schemas
from portal.staging import stage as stage_pages
from portal.verify import contradictions


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", type=click.Path(file_okay=False, exists=True, path_type=Path), default=".", help="项目文件夹")
@click.pass_context
def cli(context: click.Context, root: Path) -> None:
    """信访工作指引：检查内容、生成网站、计算期限。"""
    context.obj = root
    context.meta[TODAY_KEY] = date.today()


cli.add_command(fix)
cli.add_command(impact)
cli.add_command(law)
cli.add_command(new)
law.add_command(verify)
cli.add_command(readability)


@cli.command()
@CHECK_FORMAT
@EXPLAIN
@TODAY
@LAWS
@click.pass_obj
def check(root: Path, form: str, today: date | None, laws: Path | None) -> None:
    """检查全部内容；有问题时逐条说明位置、原因和改法。给了官方文本的，逐项对照。"""
    checked = _load(root, today)
    if laws:
        _, claims = compare_with(checked.library, laws)
        tell(claims)
        checked = Checked(checked.library, ordered([*checked.problems, *contradictions(claims)]))
    if form == "json":
        click.echo(json.dumps([problem.as_dict() for problem in checked.problems], ensure_ascii=False, indent=1))
    elif form == "sarif":
        click.echo(sarif_text(checked.problems))
    else:
        for problem in checked.problems:
            click.echo(line(problem))
        objects = sum(1 for _ in checked.library.documents())
        click.echo(f"{objects} 个对象，{len(checked.problems)} 个问题" + ("" if checked.problems else "，可以发布"))
    sys.exit(1 if checked.problems else 0)


@cli.command("list")
@click.option("--pending", is_flag=True, help="只列以后才施行、以后要失效的法规")
@FORMAT
@TODAY
@click.pass_obj
def list_command(root: Path, pending: bool, form: str, today: date | None) -> None:
    """列出全部对象（含期限和词条）：种类、编号、名称、读者、页面。"""
    library = _sound(root, today)
    records = list_pending(library) if pending else list_objects(library, find_addresses(library))
    if form == "json":
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
        return
    for record in records:
        click.echo("\t".join(record.values()))
    if pending and not records:
        click.echo(f"{library.today} 以后没有法规要施行或失效", err=True)


@cli.command()
@click.option("--edition", type=click.Choice(["staff", "public"]), default="staff", help="内部版或公开版（默认内部版）")
@click.option("--traditional", is_flag=True, help="公开版的繁体字版（自动转换）")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="放到哪里（默认 site/版名）")
@click.option("--strict", is_flag=True, help="有警告也算失败")
@TODAY
@click.pass_obj
def build(root: Path, edition: Edition, traditional: bool, out: Path | None, strict: bool, today: date | None) -> None:
    """生成网站：先在一旁建好，再一步换上；失败时原来的网站不动。"""
    if traditional and edition == "staff":
        raise click.UsageError("繁体字版只有公开版：加上 --edition public")
    target = (out or root / "site" / (f"{edition}-hant" if traditional else edition)).absolute()
    with screen.status(f"正在生成 {edition} 版…") as status:

        def tell(row: str) -> None:
            status.update(escape(re.sub(r"^\w+ +- +", "", row)))
            if row.startswith("WARNING"):
                screen.print(escape(row))

        try:
            done = publish(root.resolve(), edition, target, today or date.today(), strict, tell, traditional)
        except PublishError as error:
            click.echo(str(error))
            click.echo("没有生成；原来的网站没有动。")
            sys.exit(1)
    click.echo(f"已生成 {edition} 版：{_short(done.link)}（{done.files} 个文件，{done.size / 1e6:.1f} MB）")
    if done.previous:
        click.echo(f"上一版保存在 {_short(done.previous)}；退回去：portal rollback --out {_short(done.link)}")


@cli.command()
@click.option("--edition", type=click.Choice(["staff", "public"]), default="staff", help="内部版或公开版")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="网站所在位置")
@click.pass_obj
def rollback(root: Path, edition: Edition, out: Path | None) -> None:
    """换回上一版网站。"""
    target = (out or root / "site" / edition).absolute()
    try:
        click.echo(f"{_short(target)} 现在是 {_short(roll_back(target))}")
    except PublishError as error:
        click.echo(str(error))
        sys.exit(1)


@cli.command()
@click.option("--edition", type=click.Choice(["staff", "public"]), default="staff", help="内部版或公开版")
@click.option("--address", type=ADDRESS, default="127.0.0.1:8000", help="地址和端口（默认 127.0.0.1:8000）")
@TODAY
@click.pass_obj
def serve(root: Path, edition: Edition, address: tuple[str, int], today: date | None) -> None:
    """在本机预览，改动后自动刷新；内容有错时网页上直接列出。"""
    place = f"{address[0]}:{address[1]}"
    refused = _refused(address)
    if refused:
        click.echo(f"{place} 用不了（{refused}）：可能已经有程序在用；换一个，例如 --address 127.0.0.1:8001")
        sys.exit(1)
    checked = _load(root, today)
    for problem in checked.problems:
        click.echo(line(problem))
    click.echo(f"{len(checked.problems)} 个问题" if checked.problems else "检查通过")
    click.echo(f"预览地址：http://{place}/ （按 Ctrl+C 结束）")
    command = engine_command("serve", "--quiet", "-f", str(root.resolve() / CONFIG[edition]), "-a", place)
    sys.stdout.flush()
    os.chdir(root)
    # The engine takes this process's place: whoever ends the one ends the other, and the port is free again.
    os.execve(command[0], command, engine_environment(today or date.today()))


def _refused(address: tuple[str, int]) -> str:
    """Why nobody can listen there; empty when all is well."""
    try:
        socket.create_server(address).close()
    except OSError as error:
        return error.strerror or str(error)
    return ""


@cli.command("deadline")
@click.argument("limit", metavar="期限编号")
@click.option("--from", "start", type=DAY, required=True, help="从哪天起算，例如 2026-03-02")
@FORMAT
@TODAY
@click.pass_obj
def deadline_command(root: Path, limit: str, start: date, form: str, today: date | None) -> None:
    """算最后一天：portal deadline xinfang-2022/handle --from 2026-03-02"""
    library = _sound(root, today)
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


@cli.command()
@click.argument("name", metavar="树编号")
@click.option("--answers", multiple=True, required=True, help="回答：文件（YAML 或 JSON），或 问题=回答，可写多个")
@click.argument("more", nargs=-1, metavar="[问题=回答]...")
@FORMAT
@TODAY
@click.pass_obj
def tree(root: Path, name: str, answers: tuple[str, ...], more: tuple[str, ...], form: str, today: date | None) -> None:
    """按回答走一遍问路树，打印结果和走过的路。"""
    library = _sound(root, today)
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


@cli.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--edition", type=click.Choice(["staff", "public"]), default="staff", help="内部版或公开版")
@TODAY
@click.pass_obj
def stage(root: Path, out: Path, edition: Edition, today: date | None) -> None:
    """把生成好的页面写成普通文件和普通的 mkdocs.yml，供别的网站引擎使用。"""
    if out.exists() and any(out.iterdir()):
        raise click.UsageError(f"{out} 不是空文件夹")
    made = make(root, today or date.today(), edition, lambda row: screen.print(escape(row)))
    if made.errors:
        click.echo("\n".join(made.errors))
        sys.exit(1)
    click.echo(f"已写出 {stage_pages(root, out, made)} 页：{out}")


@cli.command()
@click.option("--check", "only_check", is_flag=True, help="只检查是否最新")
@click.pass_obj
def schema(root: Path, only_check: bool) -> None:
    """写出编辑器用的格式文件 schemas/*.schema.json。"""
    folder = root / "schemas"
    if not only_check:
        click.echo("写出：" + ("、".join(write_schemas(folder)) or "没有变化"))
        return
    stale = [
        n for n, text in schema_texts().items() if not (folder / n).exists() or (folder / n).read_text("utf-8") != text
    ]
    click.echo(f"过时的：{'、'.join(stale)}；运行 portal schema" if stale else "都是最新的")
    sys.exit(1 if stale else 0)


def _load(root: Path, today: date | None) -> Checked:
    with screen.status("正在读取和检查…") as status:
        return load_checked(root, today or date.today(), lambda done, all_: status.update(f"正在读取 {done}/{all_}"))


def _sound(root: Path, today: date | None) -> Library:
    """The library, if it can be relied on; otherwise its errors and the end."""
    checked = _load(root, today)
    if checked.errors:
        for problem in checked.errors:
            click.echo(line(problem), err=True)
        sys.exit(1)
    return checked.library


def _short(path: Path) -> str:
    """Relative to where the author stands, if it lies below."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def main() -> None:
    """Entry point. A broken pipe (`portal list | head`) is no mistake."""
    try:
        cli(prog_name="portal")
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        click.echo(f"读写失败：{error.filename or ''} {error.strerror or error}")
        sys.exit(1)


if __name__ == "__main__":
    main()
