"""New files for authors: each a small valid example to write over."""

from __future__ import annotations

import os
import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from textwrap import dedent, indent

from portal.model.library import Library

KINDS = ("procedure", "plan", "page", "regulation", "tree", "checklist", "form", "drill")
_OWN_FOLDER = ("procedure", "plan", "regulation")


class ScaffoldError(Exception):
    """Nothing was written; the message says why."""


def id_is_taken(library: Library, kind: str, name: str) -> bool:
    """Is the id in use? Procedures and plans share one set of ids, and bring a checklist; so do the owners of steps.

    Pages are told apart by their path: there it is the file that must not exist yet.
    """
    steps = ("checklist", "tree")
    rivals: dict[str, tuple[str, ...]] = {
        "procedure": ("procedure", "plan", *steps),
        "plan": ("procedure", "plan", *steps),
        "page": (),
    }
    return any(library.find(rival, name) for rival in rivals.get(kind, steps if kind in steps else (kind,)))


def new_object(root: Path, kind: str, name: str, library: Library, today: date, folder: str | None) -> list[Path]:
    """Write the files of a new object; returns them. Existing files are never overwritten."""
    target = root / _home(kind, name, folder)
    values = _values(root, target, name, library, today)
    texts = {target / file: fill(template, values) for file, template in _files(kind, name).items()}
    taken = [path for path in texts if os.path.lexists(path)]
    if taken:
        raise ScaffoldError(f"{taken[0].relative_to(root).as_posix()} 已经存在，没有改动")
    if kind == "tree":
        head = f"# yaml-language-server: $schema={values['UP']}schemas/cases.schema.json\ncases:\n"
        texts[target / "cases.yml"] = appended(root, target / "cases.yml", head, fill("cases", values))
    target.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        path.write_text(text, "utf-8")
    return list(texts)


def _files(kind: str, name: str) -> dict[str, str]:
    """File name → template."""
    if kind in ("procedure", "plan"):
        return {"index.md": kind, f"{name}.checklist.yml": "checklist"}
    if kind == "regulation":
        return {"index.md": kind, "rules.yml": "rules"}
    return {f"{name}.md" if kind == "page" else f"{name}.{kind}.yml": kind}


def _home(kind: str, name: str, folder: str | None) -> str:
    """Where an object goes: some kinds have their own folder, the rest lies wherever content is read."""
    homes = {"plan": f"procedures/plans/{name}", "regulation": f"regulations/{name}", "page": "docs"}
    default = homes.get(kind, f"procedures/{name}")
    if folder is None:
        return default
    parts = Path(folder).parts
    if kind in _OWN_FOLDER:
        raise ScaffoldError(f"它有自己的文件夹 {default}，不用写 --folder")
    allowed = (("docs",),) if kind == "page" else (("procedures",), ("docs",))
    closed = parts[:2] in (("docs", "assets"), ("docs", "overrides"))
    if any(part.startswith(".") for part in parts) or parts[:1] not in allowed or closed:
        places = " 或 ".join(f"{top}/" for (top,) in allowed)
        raise ScaffoldError(f"内容放在 {places} 下面，不能放在 {folder}")
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
        "ACTOR": next(iter(library.vocabulary.actors), "actor"),
        "EVENT": next(iter(library.vocabulary.events), "event"),
    }


def appended(root: Path, path: Path, head: str, added: str) -> str:
    """A file's text with one entry more in the list that it holds, indented like those there; `head` opens a new file."""
    if not os.path.lexists(path):
        return head + added
    try:
        before = path.read_text("utf-8-sig")
    except (OSError, UnicodeError):
        before = ""
    first = re.search(r"^( *)- ", before, re.MULTILINE)
    if first is None:
        raise ScaffoldError(f"{path.relative_to(root).as_posix()} 里没有可以接着写的列表：先改好它，每项以“- ”开头")
    return before.rstrip("\n") + "\n" + indent(dedent(added), first[1])


def fill(template: str, values: dict[str, str]) -> str:
    """The text of a template with its places filled."""
    text = files("portal").joinpath("scaffolds", f"{template}.txt").read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text
