"""From the project's folder to the library: every file is taken, or told why not."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TypeVar

from portal.model.base import Document
from portal.model.calendar import CalendarYear
from portal.model.checklist import Checklist
from portal.model.drill import Drill
from portal.model.exemption import Exemptions
from portal.model.form import Form
from portal.model.glossary import Glossary, Vocabulary
from portal.model.library import Library
from portal.model.page import Guide, Plan, Procedure
from portal.model.place import Place
from portal.model.problem import Problem, ordered
from portal.model.profile import Profile
from portal.model.regulation import Regulation
from portal.model.tree import Tree
from portal.reading.linking import link_citations
from portal.reading.pictures import read_pictures
from portal.reading.shelves import KINDS, Reader, Shelves, guide_identifier

D = TypeVar("D", bound=Document)
Progress = Callable[[int, int], None]
CONTENT_FOLDERS = ("calendar", "docs", "procedures", "regulations")
CONTENT_FILES = ("profile.yml", "glossary.yml", "exceptions.yml")
_REQUIRED = {
    "profile.yml": "从示例复制一份，填上本单位的情况",
    "docs/index.md": "没有首页，网站就打不开：从版本记录里找回",
}
_NOT_CONTENT = ("docs/assets", "docs/overrides")


def read_library(root: Path, today: date, progress: Progress | None = None) -> tuple[Library, tuple[Problem, ...]]:
    """Read everything below `root` once; `progress(done, total)` is called now and then."""
    shelves = Shelves()
    reader = Reader(root, shelves)
    names = list(_content_names(root, shelves))
    for index, name in enumerate(names):
        _read_file(reader, name)
        if progress and index % 50 == 0:
            progress(index, len(names))
    _require_files(root, shelves)
    _take_assets(root, shelves)
    read_pictures(root, shelves)
    library = _library(shelves, today)
    return library, ordered([*shelves.problems, *link_citations(library)])


def _take_assets(root: Path, shelves: Shelves) -> None:
    """Assets go into both editions as they are: a link among them could publish any file of the machine."""
    for folder in _NOT_CONTENT:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            shelves.assets.add(name)
            if path.is_symlink():
                problem = Problem(Place(name), "file-symlink", "这是一个链接", "把文件本身放进来，不要用链接")
                shelves.problems.append(problem)


def _content_names(root: Path, shelves: Shelves) -> Iterator[str]:
    yield from (name for name in CONTENT_FILES if os.path.lexists(root / name))
    for folder in CONTENT_FOLDERS:
        if (root / folder).is_symlink():
            shelves.problems.append(_linked_folder(folder))
            shelves.broken.add(("file", folder))
        elif (root / folder).is_dir():
            yield from _walk(root, folder, shelves.problems)


def _linked_folder(name: str) -> Problem:
    return Problem(Place(name), "file-symlink", "这是指向另一个文件夹的链接", "把文件夹本身放进来，不要用链接")


def _walk(root: Path, folder: str, problems: list[Problem]) -> Iterator[str]:
    """Files below a folder in a fixed order; links to folders are refused."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except OSError as error:
        reason = f"文件夹打不开（{error.strerror}）"
        problems.append(Problem(Place(folder), "file-unreadable", reason, "检查文件夹权限"))
        return
    for entry in entries:
        name = f"{folder}/{entry.name}"
        if entry.name.startswith(".") or name in _NOT_CONTENT:
            continue
        if not name.isprintable():
            shown = name.encode("utf-8", "replace").decode("utf-8")
            problems.append(
                Problem(Place(shown), "file-unknown", "文件名里有不能显示的字符", "改名：只用字母、数字、连字符和汉字")
            )
        elif entry.is_symlink() and os.path.isdir(entry.path):
            problems.append(_linked_folder(name))
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(root, name, problems)
        else:
            yield name


def _read_file(reader: Reader, name: str) -> None:
    """Hand the file to the reader of its kind, told by folder and ending."""
    path = PurePosixPath(name)
    top = path.parts[0]
    if name == "profile.yml":
        reader.shelves.profile = reader.single(name, Profile)
    elif name == "glossary.yml":
        reader.shelves.glossary = reader.single(name, Glossary) or Glossary()
    elif name == "exceptions.yml":
        reader.shelves.exemptions = reader.single(name, Exemptions) or Exemptions()
    elif top == "calendar":
        _read_calendar(reader, path)
    elif top == "regulations":
        _read_regulation_file(reader, path)
    elif top in ("procedures", "docs"):
        _read_content(reader, path)


def _read_calendar(reader: Reader, path: PurePosixPath) -> None:
    if not (path.suffix == ".yml" and re.fullmatch("[0-9]{4}", path.stem) and len(path.parts) == 2):
        return _unknown(reader, path, "日历文件写成 calendar/2026.yml")
    year = reader.single(str(path), CalendarYear)
    if year is None:
        return
    if year.year != int(path.stem):
        problem = Problem(
            year.origin.place("year"), "id-mismatch", f"year 是 {year.year}，文件名是 {path.stem}", "两者要一样"
        )
        reader.shelves.problems.append(problem)
    reader.shelves.calendar.append(year)


def _read_regulation_file(reader: Reader, path: PurePosixPath) -> None:
    if path.parts[1:] == ("vocabulary.yml",):
        reader.shelves.vocabulary = reader.single(str(path), Vocabulary) or Vocabulary()
    elif len(path.parts) == 3 and path.name == "index.md":
        reader.regulation(str(path))
    elif len(path.parts) == 3 and path.name in ("rules.yml", "evidence.yml"):
        if not os.path.lexists(reader.root / path.parent / "index.md"):
            _unknown(reader, path, "同一文件夹里还要有 index.md")
    else:
        _unknown(reader, path, "法规文件夹里只有 index.md、rules.yml 和 evidence.yml")


def _read_content(reader: Reader, path: PurePosixPath) -> None:
    kind = path.name.removesuffix(".yml").rpartition(".")[2] if path.suffix == ".yml" else ""
    if path.name == "cases.yml":
        reader.cases(str(path))
    elif kind in KINDS:
        reader.document(str(path))
    elif path.suffix == ".md":
        _read_page(reader, path)
    else:
        _unknown(reader, path, f"内容文件写成 index.md、cases.yml 或 编号.种类.yml（种类：{'、'.join(KINDS)}）")


def _read_page(reader: Reader, path: PurePosixPath) -> None:
    if path.parts[0] == "docs":
        reader.page(str(path), Guide, guide_identifier(str(path)))
    elif path.name != "index.md" or len(path.parts) < 3:
        _unknown(reader, path, "每个办事流程一个文件夹，里面的页面叫 index.md")
    else:
        plan = path.parts[1] == "plans"
        reader.page(str(path), Plan if plan else Procedure, path.parent.name)


def _unknown(reader: Reader, path: PurePosixPath, hint: str) -> None:
    if path.suffix == ".yaml":
        hint = "把扩展名改成 .yml"
    reader.shelves.problems.append(Problem(Place(str(path)), "file-unknown", "不认识这种文件", hint))


def _require_files(root: Path, shelves: Shelves) -> None:
    for name, hint in _REQUIRED.items():
        if not os.path.lexists(root / name):
            shelves.problems.append(Problem(Place(name), "file-missing", f"缺少 {name}", hint))
            shelves.broken.add(("file", name))


def _library(shelves: Shelves, today: date) -> Library:
    def shelf(model: type[D]) -> dict[str, D]:
        return _by_id([d for d in shelves.documents if type(d) is model], shelves.problems)

    return Library(
        today=today,
        regulations=shelf(Regulation),
        procedures=shelf(Procedure),
        plans=shelf(Plan),
        guides=shelf(Guide),
        checklists=shelf(Checklist),
        trees=shelf(Tree),
        forms=shelf(Form),
        drills=shelf(Drill),
        cases=tuple(shelves.cases),
        calendar={year.year: year for year in shelves.calendar},
        profile=shelves.profile,
        glossary=shelves.glossary,
        vocabulary=shelves.vocabulary,
        broken=frozenset(shelves.broken),
        sources=shelves.sources,
        exemptions=shelves.exemptions,
        pictures=dict(shelves.pictures),
        assets=frozenset(shelves.assets),
    )


def _by_id(documents: Iterable[D], problems: list[Problem]) -> dict[str, D]:
    found: dict[str, D] = {}
    for document in documents:
        name = document.key[1]
        if name in found:
            first = found[name].origin.place("id")
            message = f"编号“{name}”已经用在 {first}"
            problems.append(
                Problem(document.origin.place("id"), "id-duplicate", message, "同类内容的编号不能重复：改一个名字")
            )
        else:
            found[name] = document
    return dict(sorted(found.items()))
