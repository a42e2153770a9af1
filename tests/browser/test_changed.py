"""What changed since the reader was here: told once, on the first page and on the page itself, never to a newcomer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.axe import blemishes
from browser.watch import PHONE, Reader, Site, serve
from projects import build, buildable

VISIT = "procedures/visit/index.html"
AGE = """ids => { const seen = portal.store.read('seen-staff'); for (const id of ids) id in seen ? seen[id] = 'old' : 0;
    portal.store.write('seen-staff', seen); }"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The small site."""
    folder = tmp_path_factory.mktemp("changed")
    build(buildable(folder / "project"), folder / "site")
    with serve(folder / "site") as address:
        yield Site((folder / "site").resolve(), address)


@pytest.fixture(params=["http", "file"])
def one(request: pytest.FixtureRequest, chromium: Browser, site: Site) -> Iterator[Reader]:
    """A reader with a new device."""
    made = Reader(chromium, site, request.param)
    yield made
    made.close()
    assert made.bad == []


def come_back(one: Reader, *ids: str) -> None:
    """A first visit; then the named things get older versions on this device; then the first page again."""
    one.open("index.html")
    assert one.find(".news").count() == 0
    one.page.evaluate(AGE, list(ids))
    one.open("index.html")


def test_nothing_changed_nothing_said(one: Reader) -> None:
    come_back(one)
    assert one.find(".news").count() == 0
    one.open(VISIT)
    assert one.find(".changed-note").count() == 0
    assert "内容最近核对、改动：2026年5月1日" in one.find(".content-day").inner_text()


def test_what_changed_is_listed_until_it_was_seen(one: Reader) -> None:
    come_back(one, VISIT, "limit:law-a/handle", "glossary/index.html")
    rows = one.find(".news li")
    assert rows.count() == 2, "hubs and guides are not listed"
    assert [row.inner_text().split()[0] for row in rows.all()] == ["有改动", "有改动"]
    rows.first.locator("a").click()
    assert one.here == VISIT
    one.open("index.html")
    assert one.find(".news li").count() == 1
    one.find(".news button").click()
    assert one.find(".news").count() == 0
    assert one.page.evaluate("document.activeElement.tagName") == "A"
    one.open("index.html")
    assert one.find(".news").count() == 0


def test_a_changed_page_says_so_once(one: Reader) -> None:
    come_back(one, VISIT)
    one.open(VISIT)
    assert one.find(".changed-note").count() == 1
    one.page.reload()
    assert one.find(".changed-note").count() == 0


def test_what_another_program_left_in_the_storage_does_no_harm(one: Reader) -> None:
    one.open("index.html")
    for kept in ("[1]", '"<img src=x>"', "{", "null", '{"*": 1, "__proto__": {"x": 1}}'):
        one.page.evaluate("kept => localStorage.setItem('xinfang-guide:seen-staff', kept)", kept)
        one.open("index.html")
        one.open(VISIT)
        assert one.find("h1").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_the_list_is_accessible(chromium: Browser, site: Site, scheme: str, width: int) -> None:
    made = Reader(chromium, site, "http", scheme=scheme, size={**PHONE, "width": width})
    come_back(made, VISIT, "limit:law-a/handle")
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    assert min(link.bounding_box()["height"] for link in made.find(".news a, .news button").all()) >= 44  # type: ignore[index]
    assert blemishes(made) == []
    made.close()


def test_the_manifest_is_small(site: Site) -> None:
    assert len(Path(site.folder / "assets/changes.js").read_bytes()) < 3000
