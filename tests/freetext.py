"""Every free text an author may write, found by walking the models: to put something into each of them.

A field counts when its type is text without a pattern: ids, lengths, days and references are left alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from portal.model.base import Document, Names
from portal.model.citation import Citation
from portal.model.library import Library
from portal.model.regulation import Regulation
from portal.reading.folder import read_library
from portal.reading.markdown import MarkdownFile, split_front_matter
from portal.reading.yaml_nodes import parse_yaml

Path_ = tuple[Any, ...]


@dataclass(frozen=True)
class Spot:
    """One free text: its file, its path in the data, the model field it fills, and how long it may be."""

    file: str
    path: Path_
    field: str
    text: str
    longest: int
    public: bool


def spots(library: Library) -> Iterator[Spot]:
    """Every free text of the library's YAML and front matter."""
    for document in library.documents():
        yield from _spots(document, document.origin.file, document.public)
        if isinstance(document, Regulation):
            yield from _spots(document.rules, document.rules.origin.file, document.public)
    assert library.profile
    assert library.profile.staff
    yield from _spots(library.profile.public, library.profile.origin.file, True, ("public",))
    yield from _spots(library.profile.staff, library.profile.origin.file, False, ("staff",))
    if library.profile.repository:
        yield Spot(
            library.profile.origin.file, ("repository",), "Profile.repository", library.profile.repository, 99, False
        )
    for name, term in library.glossary.terms.items():
        yield from _spots(term, library.glossary.origin.file, term.audience == "public", ("terms", name))
    yield from _spots(library.vocabulary, library.vocabulary.origin.file, True)
    for placed in library.cases:
        yield from _spots(placed.case, placed.origin.file, False, ("cases", placed.index))
    for year in library.calendar.values():
        yield from _spots(year, year.origin.file, True)


def fields_of(model: type[BaseModel]) -> Iterator[str]:
    """`Model.field` of every free text of a model class, those of the models inside it included."""
    for name, info in model.model_fields.items():
        for kind, metadata in _options(info.annotation, tuple(info.metadata)):
            yield from _fields(kind, metadata, f"{model.__name__}.{name}")


def _fields(kind: Any, metadata: tuple[Any, ...], field: str) -> Iterator[str]:
    if kind is str and _is_free(metadata):
        yield field
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from fields_of(kind)
    elif get_origin(kind) in (tuple, dict):
        inner = get_args(kind)[1 if get_origin(kind) is dict else 0]
        for below, more in _options(inner, ()):
            yield from _fields(below, more, field)


def _spots(model: BaseModel, file: str, public: bool, path: Path_ = ()) -> Iterator[Spot]:
    for name, info in type(model).model_fields.items():
        field = f"{type(model).__name__}.{name}"
        options = list(_options(info.annotation, tuple(info.metadata)))
        yield from _below(getattr(model, name), options, file, public, (*path, info.alias or name), field)


def _below(value: Any, options: list[Any], file: str, public: bool, path: Path_, field: str) -> Iterator[Spot]:
    if isinstance(value, BaseModel):
        yield from _spots(value, file, public, path)
    elif isinstance(value, Citation) and value.name:
        yield Spot(file, (*path, "name"), "Citation.name", value.name, 4000, public)
    elif isinstance(value, str):
        for kind, metadata in options:
            if kind is str and _is_free(metadata):
                yield Spot(file, path, field, value, _longest(metadata), public)
    elif isinstance(value, (tuple, dict)):
        inner = [get_args(kind)[1 if isinstance(value, dict) else 0] for kind, _ in options if get_args(kind)]
        below = [option for one in inner for option in _options(one, ())]
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _below(part, below, file, public, (*path, name), field)


def _options(annotation: Any, metadata: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The types an annotation allows, each with what is said about it."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        yield from _options(inner, (*metadata, *more))
    elif get_origin(annotation) in (Union, UnionType):
        for part in get_args(annotation):
            yield from _options(part, metadata)
    else:
        yield annotation, metadata


def _flat(metadata: tuple[Any, ...]) -> Iterator[Any]:
    for mark in metadata:
        yield from mark.metadata if isinstance(mark, FieldInfo) else (mark,)


def _is_free(metadata: tuple[Any, ...]) -> bool:
    return not any(isinstance(mark, Names) or getattr(mark, "pattern", None) for mark in _flat(metadata))


def _longest(metadata: tuple[Any, ...]) -> int:
    return min((mark.max_length for mark in _flat(metadata) if hasattr(mark, "max_length")), default=10_000)


def rewrite(
    root: Path, today: date, text: Callable[[int, Spot], str | None], body: Callable[[str, bool], str]
) -> list[Spot]:
    """Replace every free text of the project at `root` (None: leave it) and put more into every page's body.

    `text` is told the number of the spot, `body` the file and whether it is public. Returns the spots in order.
    """
    library, problems = read_library(root, today)
    assert problems == ()
    found = list(spots(library))
    data: dict[str, Any] = {}
    for number, spot in enumerate(found):
        if spot.file not in data:
            data[spot.file] = _front_or_whole(root, spot.file)
        new = text(number, spot)
        if new is not None:
            _put(data[spot.file][0], spot.path, new)
    public = {document.origin.file: document.public for document in library.documents()}
    for file, (content, prose) in data.items():
        written = json.dumps(content, ensure_ascii=False)
        if prose is not None:
            written = f"---\n{written}\n---\n{_with_more(file, prose, body(file, public[file]))}"
        (root / file).write_text(written, "utf-8")
    return found


def _with_more(file: str, prose: str, more: str) -> str:
    """More at the end; on a regulation's page before its first chapter: its articles are as they were verified."""
    if not file.startswith("regulations/"):
        return f"{prose}\n{more}"
    preface, heading, articles = prose.partition("\n## ")
    return f"{preface}\n{more}\n{heading}{articles}"


def _front_or_whole(root: Path, file: str) -> tuple[Any, str | None]:
    text = (root / file).read_text("utf-8")
    if not file.endswith(".md"):
        return _writable(parse_yaml(text, file).data), None
    split = split_front_matter(text, file)
    assert isinstance(split, MarkdownFile)
    return _writable(split.front.data), split.body


def _writable(data: Any) -> Any:
    return json.loads(json.dumps(data))


def _put(data: Any, path: Path_, text: str) -> None:
    for step in path[:-1]:
        data = data[step]
    assert path[-1] in data or isinstance(data, list)
    data[path[-1]] = text


def document_models() -> list[type[BaseModel]]:
    """Every model that a file is read into."""
    from portal.model.calendar import CalendarYear
    from portal.model.glossary import Glossary, Vocabulary
    from portal.model.page import Guide, Plan, Procedure
    from portal.model.profile import Profile
    from portal.model.regulation import Rules
    from portal.model.tree import Cases
    from portal.reading.shelves import KINDS

    documents: list[type[Document]] = [Regulation, Procedure, Plan, Guide, *KINDS.values()]
    return [*documents, Rules, Profile, Glossary, Vocabulary, CalendarYear, Cases]
