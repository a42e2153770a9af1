"""`portal serve`: the preview on this machine."""

from __future__ import annotations

import os
import socket
import sys
from datetime import date
from pathlib import Path

import click

from portal.cli_load import load
from portal.cli_options import ADDRESS, TODAY
from portal.model.library import Edition
from portal.publish import CONFIG, engine_command, engine_environment


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
