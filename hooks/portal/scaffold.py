"""New files for authors: each a small valid example to write over."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

from portal.model.library import Library

KINDS = ("procedure", "plan", "tree", "checklist", "form", "drill")


class ScaffoldError(Exception):
    """Nothing was written; the message says why."""


def new_object(root: Path, kind: str, name: str, library: Library, today: date, folder: str | None) -> list[Path]:
    """Write the files of a new object; returns them. Existing files are never overwritten."""
    target = root / (folder or default_folder(kind, name))
    texts: dict[Path, str] = {}
    if kind in ("procedure", "plan"):
        texts[target / "index.md"] = _text(kind)
        texts[target / f"{name}.checklist.yml"] = _text("checklist")
    else:
        texts[target / f"{name}.{kind}.yml"] = _text(kind)
    taken = [path for path in texts if path.exists()]
    if taken:
        raise ScaffoldError(f"{taken[0].relative_to(root).as_posix()} 已经存在，没有改动")
    values = _values(root, target, name, library, today)
    target.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        path.write_text(_fill(text, values), "utf-8")
    if kind == "tree":
        texts[_add_cases(target, values)] = ""
    return list(texts)


def default_folder(kind: str, name: str) -> str:
    """Where an object goes unless its author says otherwise."""
    return f"procedures/plans/{name}" if kind == "plan" else f"procedures/{name}"


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


def _add_cases(target: Path, values: dict[str, str]) -> Path:
    """Personas go to the folder's cases.yml, after those that stand there."""
    path = target / "cases.yml"
    head = f"# yaml-language-server: $schema={values['UP']}schemas/cases.schema.json\ncases:\n"
    before = path.read_text("utf-8").rstrip("\n") + "\n" if path.exists() else head
    path.write_text(before + _fill(_text("cases"), values), "utf-8")
    return path


def _text(kind: str) -> str:
    return files("portal").joinpath("scaffolds", f"{kind}.txt").read_text("utf-8")


def _fill(text: str, values: dict[str, str]) -> str:
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text
