"""`portal fix`: the files of a project that can be mended, what would change in each, and the change itself."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.mending.mender import Review, mend_text
from portal.mending.subject import find_subject
from portal.reading.text import Unreadable, read_text

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Change:
    """One file that can be mended. `before` and `after` are its text with `\\n` line ends and without a mark."""

    name: str
    before: str
    after: str
    done: tuple[str, ...]

    def diff(self) -> str:
        """The change as a unified diff; empty where only what nobody sees changes (line ends, the byte-order mark)."""
        rows = difflib.unified_diff(_rows(self.before), _rows(self.after), f"a/{self.name}", f"b/{self.name}", n=2)
        return "".join(row if row.endswith("\n") else f"{row}\n\\ 文件末尾没有换行\n" for row in rows)


def _rows(text: str) -> list[str]:
    """Lines as an editor counts them: a line separator inside a Chinese text ends none."""
    return [f"{row}\n" for row in text.split("\n")[:-1]] + ([text.rpartition("\n")[2]] if text[-1:] != "\n" else [])


def find_changes(root: Path, names: Iterable[str], review: Review | None) -> Iterator[Change]:
    """The files among `names` (relative to the root) that can be mended; what cannot be read as text is passed over."""
    for name in names:
        subject = find_subject(name)
        if subject is None:
            continue
        try:
            before, raw = read_text(root, name), (root / name).read_bytes()
        except (Unreadable, OSError):
            continue
        mended = mend_text(before, subject, review)
        done = (*mended.done, *_unseen(raw))
        if done:
            yield Change(name, before, mended.text, done)


def _unseen(raw: bytes) -> Iterator[str]:
    if raw.startswith(_MARK):
        yield "文件开头的 BOM"
    if b"\r" in raw:
        yield "Windows 换行（CRLF）"


def write_change(root: Path, change: Change) -> None:
    """Write the mended text in one step: aside, then in the file's place with the file's rights."""
    path = (root / change.name).resolve()
    aside = path.with_name(f".{path.name}.mending")
    try:
        aside.write_bytes(change.after.encode("utf-8"))
        aside.chmod(path.stat().st_mode & 0o777)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
