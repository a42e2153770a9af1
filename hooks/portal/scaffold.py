"""New files for authors: each a small valid example to write over."""

from __future__ import annotations

import os
import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from textwrap import dedent, indent

from portal.model.library import Library

KINDS = ("procedure", "plan", "tree", "checklist", "form", "drill")


class ScaffoldError(Exception):
    """Nothing was written; the message says why."""


def id_is_taken(library: Library, kind: str, name: str) -> bool:
    """Is the id in use? Procedures and plans share one set of ids, and bring a checklist; so do the owners of steps."""
    steps = ("checklist", "tree")
    rivals = {"procedure": ("procedure", "plan", *steps), "plan": ("procedure", "plan", *steps)}
    return any(library.find(rival, name) for rival in rivals.get(kind, steps if kind in steps else (kind,)))


def new_object(root: Path, kind: str, name: str, library: Library, today: date, folder: str | None) -> list[Path]:
    """Write the files of a new object; returns them. Existing files are never overwritten."""
    target = root / _home(kind, name, folder)
    values = _values(root, target, name, library, today)
    texts = {target / file: _fill(_text(template), values) for file, template in _files(kind, name).items()}
    taken = [path for path in texts if os.path.lexists(path)]
    if taken:
        raise ScaffoldError(f"{taken[0].relative_to(root).as_posix()} 已经存在，没有改动")
    if kind == "tree":
        texts[target / "cases.yml"] = _cases(root, target / "cases.yml", values)
    target.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        path.write_text(text, "utf-8")
    return list(texts)


def _files(kind: str, name: str) -> dict[str, str]:
    """File name → template."""
    if kind in ("procedure", "plan"):
        return {"index.md": kind, f"{name}.checklist.yml": "checklist"}
    return {f"{name}.{kind}.yml": kind}


def _home(kind: str, name: str, folder: str | None) -> str:
    """Where an object goes: a procedure and a plan have their own folder, the rest lies wherever content is read."""
    default = f"procedures/plans/{name}" if kind == "plan" else f"procedures/{name}"
    if folder is None:
        return default
    parts = Path(folder).parts
    if kind in ("procedure", "plan"):
        raise ScaffoldError(f"它有自己的文件夹 {default}，不用写 --folder")
    hidden = any(part.startswith(".") for part in parts)
    if (
        hidden
        or parts[:1] not in (("procedures",), ("docs",))
        or parts[:2] in (("docs", "assets"), ("docs", "overrides"))
    ):
        raise ScaffoldError(f"内容放在 procedures/ 或 docs/ 下面，不能放在 {folder}")
    return "/".join(parts)


def _values(root: Path, target: Path, name: str, library: Library, today: date) -> dict[str, str]:
    roles = list(library.profile.roles) if library.profile else []
    if not roles:
        raise ScaffoldError("profile.yml 里还没有岗位：先写 staff.roles")
    steps = [
        f"{checklist.id}/{item}" for checklist in library.checklists.values() for _, item, _ in checklist.all_items()
    ]
    works = [*library.plans, *library.procedures]
    return {
        "ID": name,
        "TODAY": today.isoformat(),
        "ROLE": roles[0],
        "UP": "../" * len(target.relative_to(root).parts),
        "STEP": steps[0] if steps else "checklist/step",
        "WORK": works[0] if works else "procedure",
    }


def _cases(root: Path, path: Path, values: dict[str, str]) -> str:
    """The folder's cases.yml with two personas more, written like those that stand there."""
    added = _fill(_text("cases"), values)
    if not os.path.lexists(path):
        return f"# yaml-language-server: $schema={values['UP']}schemas/cases.schema.json\ncases:\n{added}"
    try:
        before = path.read_text("utf-8-sig")
    except (OSError, UnicodeError):
        before = ""
    first = re.search(r"^( *)- ", before, re.MULTILINE)
    if first is None:
        raise ScaffoldError(f"{path.relative_to(root).as_posix()} 里没有可以接着写的人物：先改好它，每个人物以“- ”开头")
    return before.rstrip("\n") + "\n" + indent(dedent(added), first[1])


def _text(kind: str) -> str:
    return files("portal").joinpath("scaffolds", f"{kind}.txt").read_text("utf-8")


def _fill(text: str, values: dict[str, str]) -> str:
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text
