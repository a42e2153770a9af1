"""Every place where one piece of content names another: the single list that checks, pages and impact rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from portal.model.base import Document, Names
from portal.model.citation import Citation, parse_citation
from portal.model.library import Library
from portal.model.page import Page
from portal.model.place import Origin, Place
from portal.model.prose import Prose
from portal.model.reference import find_references, parse_target, picture_id, raw_links, wrong_references
from portal.model.regulation import Regulation

Path = tuple[object, ...]


class Mention(NamedTuple):
    """`source` names the thing called `target` of this `kind`.

    Kinds: wrong (looks like a reference and is none), cite, limit, form, role, work, step, actor, event, term, picture, page,
    persona (`tree/title`) and every kind of object; `place:<kind>` for an object put on a page. `citation` is set for cite; `source` is None
    for profile, glossary and cases. `path` leads to the field inside the source (`key`: to the key that names it);
    `at` is the origin that the path starts from, or the place itself in prose.
    """

    kind: str
    target: str
    at: Origin | Place
    source: Document | None
    public: bool
    path: Path = ()
    citation: Citation | None = None
    key: bool = False

    @property
    def place(self) -> Place:
        """Where it stands. Found when asked for: most mentions are in order, and nobody asks."""
        return self.at if isinstance(self.at, Place) else self.at.place(*self.path, key=self.key)


def mentions(library: Library) -> Iterator[Mention]:
    """Every mention in the library, document by document, in the order of writing."""
    for document in library.documents():
        yield from document_mentions(document)
    if library.profile:
        yield from _Gathering(library.profile.origin, None, public=False).of(library.profile)
    for name, term in library.glossary.terms.items():
        gathering = _Gathering(library.glossary.origin, None, public=term.audience == "public")
        yield from gathering.of(term, ("terms", name))


def document_mentions(document: Document) -> Iterator[Mention]:
    """The mentions of one document, its rules and its prose included."""
    yield from _Gathering(document.origin, document, document.public).of(document)
    if isinstance(document, Regulation):
        rules = _Gathering(document.rules.origin, document, document.public).of(document.rules)
        yield from (_inside(mention, document.id) for mention in rules)
        yield from (_inside(mention, document.id) for mention in _prose_mentions(document.preface, document))
    if isinstance(document, Page):
        yield from _prose_mentions(document.body, document)


def _inside(mention: Mention, regulation: str) -> Mention:
    """`/34` inside a regulation means its own article 34."""
    if mention.citation is None or mention.citation.regulation or mention.citation.name:
        return mention
    cited = mention.citation.within(regulation)
    return mention._replace(target=str(cited), citation=cited)


def _prose_mentions(prose: Prose, document: Document) -> Iterator[Mention]:
    for link in prose.links:
        reference = parse_target(link.target)
        picture = picture_id(link.target) if link.image else ""
        if picture:
            yield Mention("picture", picture, link.place, document, document.public)
        elif reference:
            yield _reference(reference.scheme, reference.target, link.place, document, document.public, ())
    for placement in prose.placements:
        for name in placement.ids or ("",):
            yield Mention(f"place:{placement.kind}", name, placement.place, document, document.public)
    for quiz in prose.quizzes.values():
        yield from _Gathering(quiz.origin, document, document.public).of(quiz)
        for index, title in enumerate(quiz.personas):
            path = ("personas", index)
            yield Mention("persona", f"{quiz.tree}/{title}", quiz.origin, document, document.public, path)


@dataclass(slots=True)
class _Gathering:
    """Goes through fields, lists and mappings; fields that name something are known by their `Names` mark.

    A list that grows, not a generator at every level: this looks at every value of the library.
    """

    origin: Origin
    source: Document | None
    public: bool
    found: list[Mention] = field(default_factory=list)

    def of(self, model: BaseModel, path: Path = ()) -> list[Mention]:
        """Every mention in the model."""
        self._model(model, path)
        return self.found

    def _model(self, model: BaseModel, path: Path) -> None:
        values = model.__dict__
        for name, key, kind in _fields(type(model)):
            value = values[name]
            if not value:
                continue
            if kind:
                self._named(kind, value, (*path, key))
            if not kind or isinstance(value, Mapping):
                self._value(value, path, key)

    def _value(self, value: Any, path: Path, step: object) -> None:
        if isinstance(value, str):
            if "](" in value or "]（" in value:
                self._text(value, (*path, step))
        elif isinstance(value, Citation):
            here = (*path, step)
            self.found.append(Mention("cite", str(value), self.origin, self.source, self.public, here, value))
        elif isinstance(value, BaseModel):
            self._model(value, (*path, step))
        elif isinstance(value, tuple):
            here = (*path, step)
            for index, part in enumerate(value):
                self._value(part, here, index)
        elif isinstance(value, Mapping):
            here = (*path, step)
            for name, part in value.items():
                self._value(part, here, name)

    def _text(self, text: str, path: Path) -> None:
        for wrong in (*wrong_references(text), *raw_links(text)):
            self.found.append(Mention("wrong", wrong, self.origin, self.source, self.public, path))
        for reference in find_references(text):
            self.found.append(
                _reference(reference.scheme, reference.target, self.origin, self.source, self.public, path)
            )

    def _named(self, kind: str, value: Any, path: Path) -> None:
        if isinstance(value, str):
            self.found.append(Mention(kind, value, self.origin, self.source, self.public, path))
            return
        keys = isinstance(value, Mapping)
        for step, name in ((name, name) for name in value) if keys else enumerate(value):
            self.found.append(Mention(kind, name, self.origin, self.source, self.public, (*path, step), key=keys))


def _reference(
    scheme: str, target: str, at: Origin | Place, source: Document | None, public: bool, path: Path
) -> Mention:
    citation = citation_of(target) if scheme == "cite" else None
    return Mention(scheme, target, at, source, public, path, citation)


def citation_of(target: str) -> Citation | None:
    """The citation that a `cite:` reference writes; None where it cannot be read."""
    try:
        return parse_citation(target)
    except (PydanticCustomError, ValidationError):
        return None


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, str], ...]:
    """Field name, YAML key and kind of object named (empty: none) of each field of a model class that can name one."""
    found = []
    for name, info in model.model_fields.items():
        if info.annotation in (bool, int, date) or get_origin(info.annotation) is Literal:
            continue
        kind = next((mark.kind for mark in info.metadata if isinstance(mark, Names)), "")
        found.append((name, info.alias or name, kind or _kind_in(info.annotation)))
    return tuple(found)


def _kind_in(annotation: Any) -> str:
    for part in get_args(annotation):
        if isinstance(part, Names):
            return part.kind
        kind = _kind_in(part)
        if kind:
            return kind
    return ""
