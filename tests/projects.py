"""Projects that can be built: small ones in a temporary folder, and the real one, built once for all tests."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import IO

import psutil

from portal.model.library import Edition
from portal.publish import Published, publish
from small import TODAY, small_library

PROJECT = Path(__file__).resolve().parents[1]
FULL = Path(__file__).parent / "site" / "full"
OWN_CODE = {**os.environ, "PYTHONPATH": str(PROJECT / "hooks")}
"""The environment in which a process runs the code of this checkout, wherever the package is installed from."""
REAL_TODAY = date(2026, 11, 30)


def buildable(root: Path, *, full: bool = False, own_hooks: bool = False, **changes: str | bytes | None) -> Path:
    """The small library as a project that builds. `full` adds a staff object of every kind with every field filled.

    `own_hooks` copies the code instead of linking to it: for tests that edit it or build from another place.
    """
    overlay = {path.relative_to(FULL).as_posix(): path.read_bytes() for path in FULL.rglob("*") if path.is_file()}
    small_library(root, **{**(overlay if full else {}), **changes})
    for name in ("mkdocs.yml", "mkdocs.public.yml"):
        shutil.copy(PROJECT / name, root / name)
    for name in ("docs/assets", "docs/overrides"):
        shutil.copytree(PROJECT / name, root / name, dirs_exist_ok=True)
    if own_hooks:
        shutil.copytree(PROJECT / "hooks", root / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    else:
        (root / "hooks").symlink_to(PROJECT / "hooks")
    return root


def build(root: Path, out: Path, edition: Edition = "staff", today: date = TODAY) -> Published:
    """Build in the same way as `portal build`."""
    return publish(root, edition, out, today, False, lambda row: None)


def build_real(base: Path) -> dict[str, Path]:
    """The real project as it stands now, and both its editions; the first test process builds, the others wait."""
    base.mkdir(parents=True, exist_ok=True)
    root = base / "project"
    with open(base / "lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not root.exists():
            snapshot(root)
        editions: tuple[Edition, ...] = ("staff", "public")
        for edition in editions:
            if not (base / edition).exists():
                publish(root, edition, base / edition, REAL_TODAY, True, lambda row: None)
    return {"project": root, "staff": base / "staff", "public": base / "public"}


def snapshot(root: Path) -> None:
    """A copy of what a site is built from."""
    root.mkdir()
    for name in ("calendar", "docs", "hooks", "procedures", "regulations", "schemas"):
        shutil.copytree(PROJECT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in PROJECT.glob("*.yml"):
        shutil.copy(file, root)


def portal(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        portal_command(root, *arguments),
        cwd=root,
        env={**OWN_CODE, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def portal_command(root: Path, *arguments: str) -> list[str]:
    """The command line as a list, with the code of this checkout."""
    return [sys.executable, "-m", "portal.cli", "--root", str(root), *arguments]


@contextmanager
def running(command: list[str], root: Path, into: IO[str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """A process in a group of its own that writes `into` a file; the group is gone at the end."""
    process = subprocess.Popen(
        command,
        cwd=root,
        env=OWN_CODE,
        stdout=into or subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        yield process
    finally:
        kill_group(process)


def kill_group(process: subprocess.Popen[str]) -> None:
    """SIGKILL to the process and everything it started."""
    with suppress(psutil.NoSuchProcess):
        for child in psutil.Process(process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                child.kill()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its relative name."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
