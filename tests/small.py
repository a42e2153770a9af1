"""A project of the smallest valid size: `tests/smallest/`, copied and changed file by file."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from portal.model.library import Library
from portal.reading.folder import read_library

SMALLEST = Path(__file__).parent / "smallest"
TODAY = date(2026, 6, 1)


def small_library(root: Path, **changes: str | bytes | None) -> Path:
    """Write the small project into `root`; `changes` by relative path: new content, or None to leave a file out.

    Paths hold slashes, so they are given as `**{"docs/index.md": "…"}`.
    """
    shutil.copytree(SMALLEST, root, dirs_exist_ok=True)
    for name, content in changes.items():
        path = root / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return root


def small_text(name: str) -> str:
    """The text of one of its files, for a test that changes a few words."""
    return (SMALLEST / name).read_text(encoding="utf-8")


def read_small(root: Path, **changes: str | bytes | None) -> Library:
    """The small library with changes, which must all be readable."""
    library, problems = read_library(small_library(root, **changes), TODAY)
    assert problems == ()
    return library
