"""The store of official texts: one JSON file each, in a folder outside the repository's tracked files.

A file holds a format number, a checksum and the text. It is written aside and renamed: whoever reads finds a whole text.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from portal.model.official import OfficialText, squeeze
from portal.model.place import Place
from portal.model.problem import Problem
from portal.reading.text import Unreadable

FORMAT = 1
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\s]+')
_LONGEST = 200
"""Bytes of a file's name without its ending: file systems take 255."""

Saved = Literal["new", "same", "replaced"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What a file holds. `checksum` is the SHA-256 of the text's own JSON: an edited store is noticed."""

    format: int
    checksum: str
    text: OfficialText


@cache
def _stored() -> TypeAdapter[Stored]:
    """Made at the first use: most commands never need it."""
    return TypeAdapter(Stored)


@cache
def _text() -> TypeAdapter[OfficialText]:
    return TypeAdapter(OfficialText)


def file_name(text: OfficialText) -> str:
    """Title and day, safe on every file system; a name too long is cut and told apart by a hash of the whole."""
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", text.id)).strip("._") or "_"
    if len(name.encode("utf-8")) > _LONGEST:
        mark = hashlib.sha256(text.id.encode("utf-8")).hexdigest()[:12]
        name = name.encode("utf-8")[: _LONGEST - 13].decode("utf-8", "ignore") + "-" + mark
    return f"{name}.json"


def save_text(folder: Path, text: OfficialText, place: str, replace: bool = False) -> Saved:
    """Put a text into the store. Raises Unreadable if another text has its title and day; OSError if it can't write.

    Two versions of a law differ in their day and lie side by side; a text that differs only in layout is the same. Two texts with the same title and day can't both
    be the official one, and the portal can't know which: the second is refused, unless `replace` says otherwise.
    `place` is what messages call the text's source.
    """
    path = folder / file_name(text)
    known = load_text(path, path.name) if path.exists() and not replace else None
    if known is not None and (known.sha256 == text.sha256 or squeeze(known.rebuilt()) == squeeze(text.rebuilt())):
        return "same"
    if known is not None:
        found = (
            f"《{text.title}》（{text.adopted or '没有日期'}）已经从“{known.source}”导入过，“{text.source}”的内容不同"
        )
        hint = "核对哪一份是官方文本；要换成这一份，加 --replace"
        raise Unreadable(Problem(Place(place), "law-conflict", found, hint))
    fresh = not path.exists()
    write_aside(path, to_json(text))
    return "new" if fresh else "replaced"


def to_json(text: OfficialText) -> bytes:
    """The stored form."""
    inner = _text().dump_json(text)
    return _stored().dump_json(Stored(FORMAT, hashlib.sha256(inner).hexdigest(), text))


def write_aside(path: Path, data: bytes) -> None:
    """Write a whole file or none: aside, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(aside, 0o644)  # mkstemp lets nobody else read
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def load_text(path: Path, name: str) -> OfficialText:
    """One stored text. Raises Unreadable for what this version of the portal did not write."""
    try:
        stored = _stored().validate_json(path.read_bytes())
    except (ValidationError, OSError):
        raise _broken(name, "读不懂") from None
    if stored.format != FORMAT:
        raise _broken(name, f"是第 {stored.format} 版格式，现在用第 {FORMAT} 版")
    if hashlib.sha256(_text().dump_json(stored.text)).hexdigest() != stored.checksum:
        raise _broken(name, "导入后被改动过")
    return stored.text


def _broken(name: str, found: str) -> Unreadable:
    hint = "用 portal law import --replace 从原文件重新导入，或删掉它"
    return Unreadable(Problem(Place(name), "law-store", f"法规库里的这个文件{found}", hint))


def read_store(
    folder: Path, progress: Callable[[int, int], None] = lambda done, all_: None
) -> tuple[tuple[OfficialText, ...], tuple[Problem, ...]]:
    """Every text of the store by name, and every file in it that is none. A folder that is not there is empty."""
    paths = sorted(path for path in folder.glob("*.json") if not path.name.startswith("."))
    texts: list[OfficialText] = []
    problems: list[Problem] = []
    for done, path in enumerate(paths, 1):
        try:
            texts.append(load_text(path, path.name))
        except Unreadable as error:
            problems.append(error.problem)
        progress(done, len(paths))
    return tuple(texts), tuple(problems)


def load_store(folder: Path) -> tuple[OfficialText, ...]:
    """Every text of the store by name; raises Unreadable if a file is broken: half a yardstick measures wrongly."""
    texts, problems = read_store(folder)
    if problems:
        raise Unreadable(problems[0])
    return texts
