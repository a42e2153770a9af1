"""Where everything stands in the site: a pure function of the library."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from portal.model.library import Library
from portal.model.page import Guide, Page, Plan, Procedure
from portal.model.succession import Successions

HUBS = {
    "procedure": "procedures/index.html",
    "plan": "plans/index.html",
    "tree": "trees/index.html",
    "limit": "limits/index.html",
    "form": "forms/index.html",
    "drill": "drills/index.html",
    "checklist": "checklists/index.html",
    "regulation": "regulations/index.html",
    "term": "glossary/index.html",
}
"""The index page of each kind."""
DEADLINES = "deadlines.html"
"""Where a reader reckons days."""
RUNS = "runs.html"
"""What was recorded with checklists on this device."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """`of[kind, id]` is `file.html` or `file.html#anchor` below the site's root; `placed` names what has no page of its own."""

    of: Mapping[tuple[str, str], str]
    placed: frozenset[tuple[str, str]]


def page_address(page: Page) -> str:
    """The file of a hand-written page."""
    if isinstance(page, Plan):
        return f"plans/{page.id}/index.html"
    if isinstance(page, Procedure):
        return f"procedures/{page.id}/index.html"
    assert isinstance(page, Guide)
    return f"{page.path}.html"


def find_addresses(library: Library) -> Addresses:
    """The address of every object, term and limit of the library."""
    found: dict[tuple[str, str], str] = {page.key: page_address(page) for page in library.pages()}
    placed: set[tuple[str, str]] = set()
    for page in library.pages():
        for placement in page.body.placements:
            for name in placement.ids:
                key = (placement.kind, name)
                if placement.kind in ("checklist", "tree", "form", "drill") and key not in placed:
                    found[key] = f"{page_address(page)}#{placement.kind}-{name}"
                    placed.add(key)
    for kind, shelf in (
        ("checklist", library.checklists),
        ("tree", library.trees),
        ("form", library.forms),
        ("drill", library.drills),
    ):
        for name in shelf:
            found.setdefault((kind, name), f"{kind}s/{name}.html")
    found |= {("regulation", name): f"regulations/{name}/index.html" for name in library.regulations}
    found |= {("changes", new): f"regulations/{new}/changes.html" for new in Successions(library).replacing}
    for name, regulation, _ in library.limits():
        found["limit", name] = f"regulations/{regulation.id}/index.html#limit-{name.partition('/')[2]}"
    found |= {("term", name): f"{HUBS['term']}#term-{name}" for name in library.glossary.terms}
    return Addresses(found, frozenset(placed))


def relative(here: str, target: str) -> str:
    """`target` as seen from the page `here`; both below the site's root. Works from a folder as well as over http."""
    path, hash_sign, anchor = target.partition("#")
    if path == here:
        return f"#{anchor}" if anchor else posixpath.basename(path)
    return _relative_path(posixpath.dirname(here), path) + hash_sign + anchor


@lru_cache(maxsize=10_000)
def _relative_path(folder: str, path: str) -> str:
    """What `posixpath.relpath` gives for clean paths; that one asks the system for its working folder each time."""
    here, there = folder.split("/") if folder else [], path.split("/")
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    return "/".join([".."] * (len(here) - common) + there[common:]) or "."
