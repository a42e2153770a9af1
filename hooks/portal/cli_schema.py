"""`portal schema`: the formats for editors."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from portal.schemas import schema_texts, write_schemas


@click.command()
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
