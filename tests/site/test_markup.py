"""Every page of the built site: links lead somewhere, nothing comes from another host, the bones are right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from htmlpage import Element, parse_html

EDITIONS = ("staff", "public")
_LOADS = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "audio": "src",
    "video": "src",
}


@cache
def pages(site: Path) -> dict[str, Element]:
    """Every page of a site, parsed, by its address."""
    return {p.relative_to(site).as_posix(): parse_html(p.read_text("utf-8")) for p in sorted(site.rglob("*.html"))}


def articles(site: Path) -> Iterator[tuple[str, Element]]:
    """The part of every page that is ours; the page of a lost link has none."""
    return ((address, page.one("article")) for address, page in pages(site).items() if address != "404.html")


@pytest.fixture(params=EDITIONS)
def site(request: pytest.FixtureRequest, real_sites: dict[str, Path]) -> Path:
    """The real site, one edition after the other."""
    return real_sites[request.param].resolve()


def links(page: Element) -> list[str]:
    """Everything a page refers to."""
    return [e.attrs[name] for e in page.all() for name in ("href", "src") if name in e.attrs]


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    ids = {address: set(page.ids) for address, page in pages(site).items()}
    lost = [
        f"{address} → {link}"
        for address, page in pages(site).items()
        for link in links(page)
        if not leads_somewhere(site, ids, address, link)
    ]
    assert lost == []
    assert sum(len(links(page)) for page in pages(site).values()) > 1000


def leads_somewhere(site: Path, ids: dict[str, set[str]], address: str, link: str) -> bool:
    """An own file (and an id in it), or an address outside the site."""
    parts = urlsplit(link)
    if parts.scheme:
        return parts.scheme in ("https", "mailto", "tel", "data")
    base = site if parts.path.startswith("/") and address == "404.html" else (site / address).parent
    target = (base / unquote(parts.path).lstrip("/")).resolve() if parts.path else site / address
    if target == site and address == "404.html":
        return True
    if not target.is_file() or not target.is_relative_to(site):
        return False
    anchor = unquote(parts.fragment)
    return not anchor or anchor in ids.get(target.relative_to(site).as_posix(), set())


def test_a_lost_link_is_found(site: Path) -> None:
    ids = {"index.html": {"here"}}
    assert leads_somewhere(site, ids, "index.html", "index.html#here")
    assert leads_somewhere(site, ids, "index.html", "#here")
    assert not leads_somewhere(site, ids, "index.html", "#there")
    assert not leads_somewhere(site, ids, "index.html", "gone.html")
    assert not leads_somewhere(site, ids, "index.html", "javascript:alert(1)")
    assert not leads_somewhere(site, ids, "index.html", "../mkdocs.yml")


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    foreign = [
        f"{address}: {element}"
        for address, page in pages(site).items()
        for element in page.all()
        if re.match(r"(https?:)?//", element.attrs.get(_LOADS.get(element.tag, ""), "").strip())
    ]
    assert foreign == []


def test_ids_are_unique(site: Path) -> None:
    twice = {
        address: [name for name, count in Counter(page.ids).items() if count > 1]
        for address, page in pages(site).items()
    }
    assert {address: names for address, names in twice.items() if names} == {}


def test_every_page_has_a_language_a_title_and_one_first_heading(site: Path) -> None:
    for address, page in pages(site).items():
        assert page.one("html").attrs.get("lang") == "zh", address
        assert page.one("head").one("title").text, address
        assert len(page.find("h1")) == 1, address
        assert page.find("h1")[0].text, address


def test_labels_and_descriptions_name_existing_ids(site: Path) -> None:
    lost = [
        f"{address}: {name}={word}"
        for address, article in articles(site)
        for element in article.all()
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls")
        for word in element.attrs.get(name, "").split()
        if word not in article.ids
    ]
    assert lost == []


def test_the_site_holds_no_source_files(site: Path) -> None:
    sources = [p for p in site.rglob("*") if p.suffix in (".md", ".yml", ".yaml", ".py") or "overrides" in p.parts]
    assert sources == []


def test_public_pages_name_no_role_by_its_id(real_sites: dict[str, Path]) -> None:
    """Roles are staff data: where the public edition has no title for one, it must not print the bare id."""
    bare = re.compile(r"[a-z]+(-[a-z]+)*")
    for address, page in pages(real_sites["public"].resolve()).items():
        assert [e.text for e in page.find(css="role") if bare.fullmatch(e.text)] == [], address
