"""New entries in files that hold lists: personas for a tree, the calendar of a year, an exception with its reason."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from textwrap import indent

from portal.checked import Checked
from portal.codes import known_codes
from portal.mending.quotes import in_quotes
from portal.model.library import Library
from portal.model.tree import NumberQuestion, Tree
from portal.model.walk import Walk, paths
from portal.reading.yaml_nodes import parse_yaml
from portal.scaffold import ScaffoldError, appended, fill

ENTRIES = ("cases", "calendar", "exception")
_PATHS = 5000
_EXCEPTION_DAYS = 180
_TITLE = 80


@dataclass(frozen=True, slots=True)
class Wish:
    """What the author said: `name` is a tree's id, a year or a code; `notice`, `file`, `reason` as the kind needs."""

    kind: str
    name: str
    notice: str | None = None
    file: str | None = None
    reason: str | None = None


def new_entry(root: Path, wish: Wish, checked: Checked, today: date) -> Path:
    """Write the entry; returns its file. Raises ScaffoldError, with nothing written, where it would not be sound."""
    makers = {"cases": _cases, "calendar": _calendar, "exception": _exception}
    path, text = makers[wish.kind](root, wish, checked, today)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def _calendar(root: Path, wish: Wish, checked: Checked, today: date) -> tuple[Path, str]:
    """The year's file. Without the official notice it is not begun: a year that is not published is never guessed."""
    path = root / "calendar" / f"{wish.name}.yml"
    if not re.fullmatch("(19[5-9]|20[0-9]|21[0-9])[0-9]", wish.name):
        raise ScaffoldError("日历的编号是年份，例如 portal new calendar 2027 --notice 通知的全称")
    if os.path.lexists(path):
        raise ScaffoldError(f"calendar/{wish.name}.yml 已经存在，没有改动")
    if not wish.notice:
        raise ScaffoldError("要有国务院办公厅的放假通知才能建：用 --notice 写上通知的全称；还没公布的年份不能猜")
    return path, fill("calendar", {"UP": "../", "YEAR": wish.name, "NOTICE": _text(wish.notice)})


def _exception(root: Path, wish: Wish, checked: Checked, today: date) -> tuple[Path, str]:
    """An exception for findings that are there now: one that nothing needs would itself be a finding."""
    code = known_codes().get(wish.name)
    if code is None or not code.exempt:
        raise ScaffoldError(f"“{wish.name}”不能有例外；看 portal check --explain {wish.name}")
    if not wish.file or not wish.reason:
        raise ScaffoldError("例外要写明哪个文件、什么理由：--file 文件 --reason 理由")
    if not any(problem.code == wish.name and problem.place.file == wish.file for problem in checked.problems):
        raise ScaffoldError(f"{wish.file} 现在没有“{wish.name}”这个问题，用不着例外")
    until = (today + timedelta(days=_EXCEPTION_DAYS)).isoformat()
    values = {"CODE": wish.name, "FILE": _text(wish.file), "REASON": _text(wish.reason), "UNTIL": until}
    head = "# yaml-language-server: $schema=schemas/exceptions.schema.json\nexceptions:\n"
    path = root / "exceptions.yml"
    return path, appended(root, path, head, fill("exception", {**values, "ROLE": _role(checked.library)}))


def _role(library: Library) -> str:
    roles = list(library.profile.roles) if library.profile else []
    if not roles:
        raise ScaffoldError("profile.yml 里还没有岗位：先写 staff.roles")
    return roles[0]


def _cases(root: Path, wish: Wish, checked: Checked, today: date) -> tuple[Path, str]:
    """A persona for every outcome of the tree that has none yet."""
    tree = checked.library.trees.get(wish.name)
    if tree is None:
        raise ScaffoldError(f"没有“{wish.name}”这棵问路树，或它还读不懂")
    faults = [p for p in checked.problems if p.place.file == tree.origin.file and p.code.startswith("tree-")]
    if any(problem.code != "tree-case-missing" for problem in faults):
        raise ScaffoldError(f"先改好 {tree.origin.file}：走不通的树，写不出人物")
    missing = _missing(tree, checked.library)
    if not missing:
        raise ScaffoldError(f"“{wish.name}”的每个结果都已经有人物走到")
    path = root / Path(tree.origin.file).parent / "cases.yml"
    up = "../" * tree.origin.file.count("/")
    head = f"# yaml-language-server: $schema={up}schemas/cases.schema.json\ncases:\n"
    return path, appended(root, path, head, "".join(_persona(tree, walk) for walk in missing.values()))


def _missing(tree: Tree, library: Library) -> Mapping[str, Walk]:
    """Outcome → the first path to it, for outcomes that no persona expects."""
    expected = {placed.case.outcome for placed in library.cases if placed.case.tree == tree.id}
    found: dict[str, Walk] = {}
    for walk in islice(paths(tree), _PATHS):
        if walk.outcome not in expected:
            found.setdefault(walk.outcome, walk)
    return found


def _persona(tree: Tree, walk: Walk) -> str:
    title = f"虚构人物：{tree.outcomes[walk.outcome].title}"[:_TITLE]
    rows = [f"- tree: {tree.id}", f"  title: {_text(title)}", "  answers:", *_answers(tree, walk)]
    return indent("\n".join([*rows, f"  outcome: {walk.outcome}", ""]), "  ")


def _answers(tree: Tree, walk: Walk) -> Iterator[str]:
    """A line for each question on the way; a range is answered by its lowest number."""
    for step in walk.steps:
        question = tree.questions[step.question]
        if isinstance(question, NumberQuestion):
            low = question.branches()[step.answer].model_dump()["from_"]
            yield f"    {step.question}: {max(question.min, low if low is not None else question.min)}"
        else:
            yield f"    {step.question}: {_text(step.answer)}"


def _text(value: str) -> str:
    """A text as YAML reads it back: in quotes where it must be."""
    plain = " ".join(value.split())
    return plain if parse_yaml(f"a: {plain}\n", "").data == {"a": plain} else in_quotes(plain)
