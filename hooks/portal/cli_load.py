"""Reading the library for a command: with progress on a terminal."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from portal.checked import Checked, load_checked
from portal.cli_options import screen
from portal.model.library import Library


def load(root: Path, today: date) -> Checked:
    """The library and what is wrong with it."""
    if not sys.stderr.isatty():
        return load_checked(root, today)
    with screen().status("正在读取和检查…") as status:
        return load_checked(root, today, lambda done, all_: status.update(f"正在读取 {done}/{all_}"))


def load_sound(root: Path, today: date) -> Library:
    """The library, if it can be relied on; otherwise its errors and the end."""
    checked = load(root, today)
    if checked.errors:
        for problem in checked.errors:
            click.echo(str(problem), err=True)
        sys.exit(1)
    return checked.library
