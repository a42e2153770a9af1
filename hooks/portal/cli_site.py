"""Making the site: `portal build | rollback`."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from portal.cli_options import TODAY, screen
from portal.publish import PublishError, publish, roll_back

if TYPE_CHECKING:
    from portal.model.library import Edition


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


def _short(path: Path) -> str:
    """Relative to where the author stands, if it lies below."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
