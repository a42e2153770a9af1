"""Nothing lies deep: every page is three taps from home at most, by links in the text or by the menu (one tap to open it)."""

from __future__ import annotations

import posixpath
import re

import pytest

from browser.watch import Site
from htmlpage import parse_html

MOST = 3
ELSEWHERE = {"404.html"}
_LOCAL = re.compile(r"(?![a-z]+:|#|$)")


@pytest.mark.parametrize("edition", ["public", "staff"])
def test_every_page_is_three_taps_from_home(sites: dict[str, Site], edition: str) -> None:
    site = sites[edition]
    taps = dict.fromkeys(_links(site, "index.html", "nav"), 2) | {"index.html": 0}
    for number in range(MOST):
        for page in [page for page, count in taps.items() if count == number]:
            for link in _links(site, page, "article"):
                taps[link] = min(taps.get(link, MOST), number + 1)
    assert {page for page in site.pages() if page not in taps} == ELSEWHERE


def _links(site: Site, page: str, part: str) -> set[str]:
    """The pages that a part of a page links to."""
    found: set[str] = set()
    for element in parse_html((site.folder / page).read_text("utf-8")).find(part):
        for link in element.find("a"):
            address = link.attrs.get("href", "").partition("#")[0].partition("?")[0]
            if _LOCAL.match(address):
                found.add(posixpath.normpath(posixpath.join(posixpath.dirname(page), address)))
    return found
