"""The version of every page: a fingerprint of the content shown on it, and the day it was last gone through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from portal.model.base import Document
from portal.model.drill import Drill
from portal.model.page import Page, Plan, Procedure
from portal.model.quiz_deadline import deadline_questions
from portal.model.quiz_tree import tree_questions
from portal.model.regulation import Regulation
from portal.model.whole import fingerprint_of
from portal.rendering.addresses import HUBS, page_address
from portal.rendering.drill import players_address
from portal.rendering.page import RenderedPage
from portal.rendering.site import Site

_FROM_PROFILE = frozenset({"duty-phones", "channels", "thresholds"})
"""Blocks that show the organisation's own data."""


@dataclass(frozen=True, slots=True)
class Version:
    """`fingerprint` of what is said; `day` of the last review of any part; `kind` and `title` for the list of changes."""

    fingerprint: str
    day: date
    kind: str
    title: str


def dated(site: Site, pages: Iterable[RenderedPage]) -> Iterator[RenderedPage]:
    """The pages, each with a last line that says which version it is."""
    found = versions(site)
    for page in pages:
        version = found.get(page.address)
        line = [_line(site.speaking(page.lang), page.address, version)] if version else []
        yield replace(page, parts=(*page.parts, *line))


@lru_cache(maxsize=2)
def versions(site: Site) -> Mapping[str, Version]:
    """Address → version, for every page that shows authored objects."""
    return {address: _version(site, members) for address, members in _members(site) if members}


def changes(site: Site) -> dict[str, list[str]]:
    """The manifest: id → fingerprint, day; for what the first page lists also kind, title and, if not the id, address.

    Pages are known by their address, time limits by their id.
    """
    found: dict[str, list[str]] = {}
    for address, version in versions(site).items():
        listed = [version.kind, version.title] if version.kind else []
        found[address] = [version.fingerprint, version.day.isoformat(), *listed]
    for name, regulation, limit in site.library.limits():
        title = site.words["limit"]["of"].format(regulation=regulation.title, title=limit.title)
        address = site.addresses.of["limit", name]
        found[f"limit:{name}"] = [fingerprint_of(limit), regulation.reviewed.isoformat(), "limit", title, address]
    return found


def _line(site: Site, address: str, version: Version) -> str:
    return site.fill(
        "content_day.html",
        text=site.words["part"]["changed"].format(day=site.day(version.day), version=version.fingerprint),
        address=address,
        fingerprint=version.fingerprint,
        edition=site.edition,
    )


def _version(site: Site, members: list[Document]) -> Version:
    first = members[0]
    kind = "plan" if isinstance(first, Plan) else "procedure" if isinstance(first, Procedure) else ""
    said = fingerprint_of(*members, *_limits(site, members), *_profile(site, members), *_asked(site, members))
    return Version(said, max(member.reviewed for member in members), kind, first.title)


def _limits(site: Site, members: Iterable[Document]) -> Iterator[object]:
    """The time limits that the text names: their numbers are printed in it."""
    for name in sorted(set().union(*(site.index.limits.get(member.key, ()) for member in members))):
        found = site.library.limit(name)
        if found:
            yield from (name, found[1])


def _profile(site: Site, members: Iterable[Document]) -> Iterator[object]:
    """The profile, where a page shows telephone numbers, channels or grades from it."""
    placements = [p for member in members if isinstance(member, Page) for p in member.body.placements]
    shown = any(placement.kind in _FROM_PROFILE for placement in placements)
    if shown or any(member.key in site.index.graded for member in members):
        yield site.library.profile


def _asked(site: Site, members: Iterable[Document]) -> Iterator[object]:
    """The questions of its quizzes: they change with the limits, the calendar and the personas."""
    for member in members:
        for quiz in member.body.quizzes.values() if isinstance(member, Page) else ():
            yield from map(repr, deadline_questions(site.library, quiz))
            yield from map(repr, tree_questions(site.library, quiz))


def _members(site: Site) -> Iterator[tuple[str, list[Document]]]:
    """Address of a page and the objects it shows, the one that it is about first."""
    library = site.library
    for page in library.pages():
        yield page_address(page), [page, *_placed(site, page)]
    for document in library.documents():
        if not isinstance(document, Page) and document.key not in site.addresses.placed:
            yield site.addresses.of[document.key].partition("#")[0], [document]
        if isinstance(document, Drill):
            yield players_address(document), [document]
        if isinstance(document, Regulation) and site.successions.older(document):
            yield site.addresses.of["changes", document.id], [document, *site.successions.older(document)]
    for kind, shelf in site.shelves.items():
        yield HUBS[kind], list(shelf)
    yield HUBS["limit"], [regulation for regulation in site.regulations if regulation.rules.limits]


def _placed(site: Site, page: Page) -> Iterator[Document]:
    for placement in page.body.placements:
        for name in placement.ids:
            document = site.library.find(placement.kind, name)
            if document:
                yield document
    for quiz in page.body.quizzes.values():
        tree = site.library.trees.get(quiz.tree or "")
        if tree:
            yield tree
