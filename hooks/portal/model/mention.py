"""Every place where one piece of content names another: the single list that checks, pages and impact rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from portal.model.base import Document, Names
from portal.model.citation import Citation, parse_citation
from portal.model.library import Library
from portal.model.page import Page
from portal.model.place import Origin, Place
from portal.model.prose import Prose
from portal.model.reference import find_references, parse_target, wrong_references
from portal.model.regulation import Regulation

Path = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """`source` names the thing called `target` of this `kind`, at `place`.

    Kinds: wrong (looks like a reference and is none), cite, limit, form, role, work, step, actor, event, term, page, and every kind of object; `place:<kind>`
    for an object put on a page. `citation` is set for cite; `source` is None for profile, glossary and cases.
    `path` leads to the field inside the source.
    """

    kind: str
    target: str
    place: Place
    source: Document | None
    public: bool
    path: Path = ()
    citation: Citation | None = None


def mentions(library: Library) -> Iterator[Mention]:
    """Every mention in the library, document by document, in the order of writing."""
    for document in library.documents():
        yield from document_mentions(document)
    if library.profile:
        yield from _model_mentions(library.profile, library.profile.origin, None, public=False)
    for name, term in library.glossary.terms.items():
        base: Path = ("terms", name)
        yield from _walk(term, base, library.glossary.origin, None, term.audience == "public")


def document_mentions(document: Document) -> Iterator[Mention]:
    """The mentions of one document, its rules and its prose included."""
    yield from _model_mentions(document, document.origin, document, document.public)
    if isinstance(document, Regulation):
        for mention in _model_mentions(document.rules, document.rules.origin, document, document.public):
            yield _inside(mention, document.id)
        yield from (_inside(m, document.id) for m in _prose_mentions(document.preface, document))
    if isinstance(document, Page):
        yield from _prose_mentions(document.body, document)


def _inside(mention: Mention, regulation: str) -> Mention:
    """`/34` inside a regulation means its own article 34."""
    if mention.citation is None or mention.citation.regulation or mention.citation.name:
        return mention
    cited = mention.citation.within(regulation)
    return Mention("cite", str(cited), mention.place, mention.source, mention.public, mention.path, cited)


def _prose_mentions(prose: Prose, document: Document) -> Iterator[Mention]:
    for link in prose.links:
        reference = parse_target(link.target)
        if reference:
            yield _reference(reference.scheme, reference.target, link.place, document, document.public, ())
    for placement in prose.placements:
        for name in placement.ids or ("",):
            yield Mention(f"place:{placement.kind}", name, placement.place, document, document.public)


def _model_mentions(model: BaseModel, origin: Origin, source: Document | None, public: bool) -> Iterator[Mention]:
    return _walk(model, (), origin, source, public)


def _walk(value: Any, path: Path, origin: Origin, source: Document | None, public: bool) -> Iterator[Mention]:
    """Go through fields, lists and mappings; fields that name something are known by their `Names` mark."""
    if isinstance(value, BaseModel):
        for name, key, kind in _fields(type(value)):
            below = getattr(value, name)
            if below is None or below == () or below == {}:
                continue
            here = (*path, key)
            if kind:
                yield from _names(kind, below, here, origin, source, public)
            if not kind or isinstance(below, Mapping):
                yield from _walk(below, here, origin, source, public)
    elif isinstance(value, Citation):
        yield Mention("cite", str(value), origin.place(*path), source, public, path, value)
    elif isinstance(value, str):
        if "](" in value or "]（" in value:
            for wrong in wrong_references(value):
                yield Mention("wrong", wrong, origin.place(*path), source, public, path)
            for reference in find_references(value):
                place = origin.place(*path)
                yield _reference(reference.scheme, reference.target, place, source, public, path)
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _walk(part, (*path, index), origin, source, public)
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _walk(part, (*path, name), origin, source, public)


def _names(
    kind: str, value: Any, path: Path, origin: Origin, source: Document | None, public: bool
) -> Iterator[Mention]:
    if isinstance(value, str):
        yield Mention(kind, value, origin.place(*path), source, public, path)
    elif isinstance(value, Mapping):
        for name in value:
            yield Mention(kind, name, origin.place(*path, name, key=True), source, public, (*path, name))
    else:
        for index, name in enumerate(value):
            yield Mention(kind, name, origin.place(*path, index), source, public, (*path, index))


def _reference(scheme: str, target: str, place: Place, source: Document | None, public: bool, path: Path) -> Mention:
    if scheme != "cite":
        return Mention(scheme, target, place, source, public, path)
    return Mention("cite", target, place, source, public, path, citation_of(target))


def citation_of(target: str) -> Citation | None:
    """The citation that a `cite:` reference writes; None where it cannot be read."""
    try:
        return parse_citation(target)
    except (PydanticCustomError, ValidationError):
        return None


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, str], ...]:
    """Field name, YAML key and kind of object named (empty: none) of each field of a model class."""
    found = []
    for name, info in model.model_fields.items():
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
