"""Making the site: `portal build | rollback | serve | stage`."""

from __future__ import annotations

import os
import re
import socket
import sys
from datetime import date
from pathlib import Path

import click
from rich.markup import escape

from portal.adapter import make
from portal.cli_load import load
from portal.cli_options import ADDRESS, TODAY, screen
from portal.model.library import Edition
from portal.publish import CONFIG, PublishError, engine_command, engine_environment, publish, roll_back
from portal.staging import stage as stage_pages


@click.command()
@click.option("--edition", type=click.Choice(["staff", "public"]), default="staff", help="内部版或公开版（默认内部版）")
@click.option("--traditional", is_flag=True, help="公开版的繁体字版（自动转换）")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="放到哪里（默认 site/版名）")
@click.option("--strict", is_flag=True, help="有警告也算失败")
@TODAY
@click.pass_obj
def build(root: Path, edition: Edition, traditional: bool, out: Path | None, strict: bool, today: date) -> None:
    """生成网站：先在一旁建好，再一步换上；失败时原来的网站不动。"""
    if traditional and edition == "staff":
        raise click.UsageError("繁体字版只有公开版：加上 --edition public")
    target = (out or root / "site" / (f"{edition}-hant" if traditional else edition)).absolute()
    with screen().status(f"正在生成 {edition} 版…") as status:

        def tell(row: str) -> None:
            status.update(escape(re.sub(r"^\w+ +- +", "", row)))
            if row.startswith("WARNING"):
                screen().print(escape(row))

        try:
            done = publish(root.resolve(), edition, target, today, strict, tell, traditional)
        except PublishError as error:
            click.echo(str(error))
            click.echo("没有生成；原来的网站没有动。")
            sys.exit(1)
    click.echo(f"已生成 {edition} 版：{_short(done.link)}（{done.files} 个文件，{done.size / 1e6:.1f} MB）")
    if done.previous:
        click.echo(f"上一版保存在 {_short(done.previous)}；退回去：portal rollback --out {_short(done.link)}")


@click.command()
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


@click.command()
@click.option("--edition", type=click.Choice(["staff", "public"]), default="staff", help="内部版或公开版")
@click.option("--address", type=ADDRESS, default="127.0.0.1:8000", help="地址和端口（默认 127.0.0.1:8000）")
@TODAY
@click.pass_obj
def serve(root: Path, edition: Edition, address: tuple[str, int], today: date) -> None:
    """在本机预览，改动后自动刷新；内容有错时网页上直接列出。"""
    place = f"{address[0]}:{address[1]}"
    refused = _refused(address)
    if refused:
        click.echo(f"{place} 用不了（{refused}）：可能已经有程序在用；换一个，例如 --address 127.0.0.1:8001")
        sys.exit(1)
    checked = load(root, today)
    for problem in checked.problems:
        click.echo(str(problem))
    click.echo(f"{len(checked.problems)} 个问题" if checked.problems else "检查通过")
    click.echo(f"预览地址：http://{place}/ （按 Ctrl+C 结束）")
    command = engine_command("serve", "--quiet", "-f", str(root.resolve() / CONFIG[edition]), "-a", place)
    sys.stdout.flush()
    os.chdir(root)
    # The engine takes this process's place: whoever ends the one ends the other, and the port is free again.
    os.execve(command[0], command, engine_environment(today))


def _refused(address: tuple[str, int]) -> str:
    """Why nobody can listen there; empty when all is well."""
    try:
        socket.create_server(address).close()
    except OSError as error:
        return error.strerror or str(error)
    return ""


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--edition", type=click.Choice(["staff", "public"]), default="staff", help="内部版或公开版")
@TODAY
@click.pass_obj
def stage(root: Path, out: Path, edition: Edition, today: date) -> None:
    """把生成好的页面写成普通文件和普通的 mkdocs.yml，供别的网站引擎使用。"""
    if out.exists() and any(out.iterdir()):
        raise click.UsageError(f"{out} 不是空文件夹")
    made = make(root, today, edition, lambda row: screen().print(escape(row)))
    if made.errors:
        click.echo("\n".join(made.errors))
        sys.exit(1)
    click.echo(f"已写出 {stage_pages(root, out, made)} 页：{out}")


def _short(path: Path) -> str:
    """Relative to where the author stands, if it lies below."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
