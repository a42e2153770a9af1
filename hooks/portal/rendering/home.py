"""The first page: plans one tap away, three doors for staff, one wide door for citizens, then its own text, then lists."""

from __future__ import annotations

from collections.abc import Iterable

from portal.model.page import Page
from portal.rendering.addresses import DEADLINES, HUBS, RUNS
from portal.rendering.page import Part
from portal.rendering.view import View

_GUIDES = ("citizens/time-limits", "citizens/review", "red-lines")
"""Guides that the first page leads to, where the edition holds them."""
_FIRST_TREES = ("which-route", "request-ready", "deadline-met")
"""Trees for a reader who does not know yet what he needs; the others follow in the library's order."""
_DOORS = {
    "staff": (("incident", HUBS["plan"]), ("citizens", "citizens/index.html"), ("training", "training/index.html")),
    "public": (("citizens", "citizens/index.html"),),
}


def home_parts(view: View, page: Page, body: Iterable[Part]) -> list[Part]:
    """Plans and doors, the page's own text, then quick ways. Doors to pages that do not exist are left out."""
    site = view.site
    hubs = [kind for kind in HUBS if kind in site.shelves or kind in ("limit", "term")]
    existing = {*site.page_files.values(), *(HUBS[kind] for kind in hubs)}
    doors = [
        {
            "id": door,
            "href": view.to(address),
            "title": site.words["home"][door],
            "text": site.words["home"][f"{door}-text"],
        }
        for door, address in _DOORS[site.edition]
        if address in existing
    ]
    top = site.fill(
        "home.html",
        summary=view.text(page.summary),
        plans=[{"href": view.href("plan", plan.id), "title": plan.short} for plan in site.library.plans.values()],
        runs=view.to(RUNS) if site.edition == "staff" and site.library.checklists else "",
        doors=doors,
    )
    ways = site.fill(
        "home_ways.html",
        trees=[view.link("tree", tree) for tree in _foremost(site.library.trees)],
        guides=[view.link("page", path) for path in site.library.guides if path in _GUIDES],
        hubs=[*_reckoner(view), *_hubs(view, hubs)],
    )
    return [top, *body, ways]


def _foremost(trees: Iterable[str]) -> list[str]:
    """Ids of trees, those that sort a reader's trouble out first."""
    known = list(trees)
    return [*(tree for tree in _FIRST_TREES if tree in known), *(tree for tree in known if tree not in _FIRST_TREES)]


def _reckoner(view: View) -> list[dict[str, str]]:
    """The way to the page that reckons days, where this edition has limits to reckon with."""
    if not any(view.site.library.limits()):
        return []
    return [{"href": view.to(DEADLINES), "title": view.site.words["deadlines"]["title"]}]


def _hubs(view: View, hubs: Iterable[str]) -> list[dict[str, str]]:
    """The index pages that a reader looks things up in."""
    return [
        {"href": view.to(HUBS[kind]), "title": view.site.words["hub"][kind]}
        for kind in ("procedure", "limit", "form", "term", "regulation")
        if kind in hubs
    ]
