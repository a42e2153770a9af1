"""`portal stage`: finished pages as plain files, for another engine."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click
from rich.markup import escape

from portal.adapter import make
from portal.cli_options import TODAY, screen
from portal.model.library import Edition
from portal.staging import stage as stage_pages


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
