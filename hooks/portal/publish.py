"""Putting a site live without ever breaking the one that is: built aside, then swapped in one rename.

`out` is a symbolic link to the live build; the builds lie beside it in `.<name>-builds/`. Replacing the link is one
`rename`, so a reader sees the old site or the new one, and a build killed at any moment leaves the link as it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from portal.lighten import lighten
from portal.offline import add_offline_copy

if TYPE_CHECKING:
    from portal.model.library import Edition

STAMP = "build.json"
"""The declared build stamp: the only file in which two builds of the same input may differ."""
CONFIG = {"staff": "mkdocs.yml", "public": "mkdocs.public.yml"}
TRADITIONAL = "mkdocs.public-hant.yml"
"""The public edition in Traditional characters."""


class PublishError(Exception):
    """The site could not be built or swapped; the live one is as it was."""


@dataclass(frozen=True, slots=True)
class Published:
    """The live link, the build it shows, and the one before (None at the first time)."""

    link: Path
    current: Path
    previous: Path | None
    files: int
    size: int


def publish(
    root: Path,
    edition: Edition,
    out: Path,
    today: date,
    strict: bool,
    tell: Callable[[str], None],
    traditional: bool = False,
) -> Published:
    """Build `edition` of the project at `root` aside and make `out` show it."""
    config = TRADITIONAL if traditional else CONFIG[edition]
    if not (root / config).exists():
        raise PublishError(f"这里没有 {config}：请在项目文件夹里运行")
    builds = _builds(out)
    _refuse_foreign(out)
    try:
        builds.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PublishError(f"写不进 {builds}（{error.strerror}）：换一个 --out，或检查文件夹权限") from None
    with _lock(builds):
        previous = live_build(out)
        _sweep(builds, keep={previous, *_finished(builds)})
        aside = builds / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        try:
            _run_mkdocs(root, config, aside, today, strict, tell)
            lighten(aside)
            add_offline_copy(aside)
            files, size = stamp(aside, edition, today)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        _point(out, aside)
        _sweep(builds, keep={aside, previous})
    return Published(out, aside, previous, files, size)


def roll_back(out: Path) -> Path:
    """Make `out` show the build before the live one (or, once rolled back, the newer one again); returns it."""
    _refuse_foreign(out)
    builds, live = _builds(out), live_build(out)
    others = [build for build in _finished(builds) if build != live]
    if live is None or not others:
        raise PublishError(f"没有可以退回的上一版（{builds}）")
    older = [build for build in others if build < live]
    goal = (older or others)[-1]
    _point(out, goal)
    return goal


def live_build(out: Path) -> Path | None:
    """The build that `out` shows."""
    return _builds(out) / os.readlink(out).rpartition("/")[2] if out.is_symlink() else None


def digest(folder: Path) -> tuple[str, int, int]:
    """SHA-256 over names and contents of every file but the stamp; number of files; bytes."""
    total = hashlib.sha256()
    files = size = 0
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != STAMP):
        data = path.read_bytes()
        total.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
        total.update(data)
        files, size = files + 1, size + len(data)
    return total.hexdigest(), files, size


def stamp(folder: Path, edition: Edition, today: date) -> tuple[int, int]:
    """Write the build stamp; returns number of files and bytes."""
    sha256, files, size = digest(folder)
    content = {
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "edition": edition,
        "today": today.isoformat(),
        "files": files,
        "bytes": size,
        "sha256": sha256,
    }
    (folder / STAMP).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return files, size


def engine_environment(today: date) -> dict[str, str]:
    """What the engine's process is told: the day, and silence about Material's end-of-life notice."""
    epoch = int(datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp())
    return {
        **os.environ,
        "PORTAL_TODAY": today.isoformat(),
        "SOURCE_DATE_EPOCH": str(epoch),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUNBUFFERED": "1",
    }


def engine_command(*arguments: str) -> list[str]:
    """MkDocs in a process of its own: the core never imports it."""
    return [sys.executable, "-W", "ignore", "-m", "mkdocs", *arguments]


def _run_mkdocs(root: Path, config: str, aside: Path, today: date, strict: bool, tell: Callable[[str], None]) -> None:
    command = engine_command("build", "-f", str(root / config), "-d", str(aside.resolve()))
    if strict:
        command.append("--strict")
    said: list[str] = []
    with subprocess.Popen(
        command,
        cwd=root,
        env=engine_environment(today),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        try:
            for row in process.stdout:
                said.append(row.rstrip("\n"))
                tell(said[-1])
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        rows = (row.removeprefix("ERROR   -  ") for row in said if not row.startswith(("INFO", "Aborted")))
        raise PublishError("\n".join(row for row in rows if row))


def _builds(out: Path) -> Path:
    return out.parent / f".{out.name}-builds"


def _refuse_foreign(out: Path) -> None:
    if out.is_symlink() and os.path.dirname(os.readlink(out)) == _builds(out).name:
        return
    if not os.path.lexists(out):
        return
    if out.is_dir() and not out.is_symlink() and not any(out.iterdir()):
        out.rmdir()
        return
    raise PublishError(f"{out} 已经存在，而且不是 portal build 建的：换一个 --out，或先把它移走")


def _point(out: Path, build: Path) -> None:
    """Replace the link in one rename."""
    fresh = build.parent / f"link-{secrets.token_hex(4)}"
    os.symlink(os.path.join(build.parent.name, build.name), fresh)
    os.replace(fresh, out)


def _finished(builds: Path) -> list[Path]:
    return sorted(build for build in builds.glob("*Z-*") if (build / STAMP).exists()) if builds.is_dir() else []


def _sweep(builds: Path, keep: set[Path | None]) -> None:
    """Remove every build but these: those that killed processes left half done, at the end also the old ones."""
    for build in builds.glob("*Z-*"):
        if build not in keep:
            shutil.rmtree(build, ignore_errors=True)
    for link in builds.glob("link-*"):
        link.unlink(missing_ok=True)


@contextlib.contextmanager
def _lock(builds: Path) -> Iterator[None]:
    """One build at a time per link; the lock dies with its process."""
    try:
        import fcntl
    except ImportError:  # a system without flock: the caller sees to it that builds do not overlap
        yield
        return
    with open(builds / "lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise PublishError("另一个 portal build 正在写同一个位置：等它结束再试") from None
        yield
