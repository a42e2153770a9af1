"""HTML or script in any text an author may write is shown as text and never becomes an element, nor a script link."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from freetext import Spot, document_models, fields_of, rewrite
from hostile import NOT_REWRITTEN, body, dangerous, payload
from htmlpage import Element, parse_html
from portal.checked import load_checked
from projects import build, buildable
from small import TODAY, small_text

NOT_SHOWN = {
    "Case.title": "a persona is for the checks",
    "Holiday.title": "the calendar has no page",
    "CalendarYear.notice": "the calendar has no page",
    "Limit.evidence": "words for comparing with the official text",
    "Role.duty": "no page shows it yet",
    "PublicProfile.area": "no page shows it yet",
    "PublicProfile.upper": "no page shows it yet",
    "Verified.against": "the page says when, not against which copy",
    "Regulation.english": "stands on English pages only; see tests/rendering/test_english.py",
    "NumberQuestion.unit": "the labels of the answers say it",
    "Guide.keywords": "words for the search",
    "Plan.keywords": "words for the search",
    "Procedure.keywords": "words for the search",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Spot], dict[str, Path]]:
    """A library whose every text is hostile, built in both editions."""
    folder = tmp_path_factory.mktemp("hostile")
    root = buildable(folder / "project", full=True)
    found = rewrite(root, TODAY, payload, body)
    build(root, folder / "staff", "staff")
    build(root, folder / "public", "public")
    return found, {"staff": (folder / "staff").resolve(), "public": (folder / "public").resolve()}


def built_pages(site: Path) -> Iterator[tuple[str, Element]]:
    """Every page of a site, parsed."""
    return ((p.relative_to(site).as_posix(), parse_html(p.read_text("utf-8"))) for p in sorted(site.rglob("*.html")))


def test_every_free_text_of_every_model_is_tried(hostile: tuple[list[Spot], dict[str, Path]]) -> None:
    tried = {spot.field for spot in hostile[0]}
    assert {field for model in document_models() for field in fields_of(model)} - tried == set()
    assert "Citation.name" in tried


@pytest.mark.parametrize("edition", ["staff", "public"])
def test_nothing_an_author_writes_becomes_an_element(hostile: tuple[list[Spot], dict[str, Path]], edition: str) -> None:
    bad = [f"{where}: {e}" for where, page in built_pages(hostile[1][edition]) for e in page.all() if dangerous(e)]
    assert bad == []


@pytest.mark.parametrize("edition", ["staff", "public"])
def test_the_search_shows_no_element_either(hostile: tuple[list[Spot], dict[str, Path]], edition: str) -> None:
    """Material puts titles and texts of its index into the page as HTML."""
    index = json.loads((hostile[1][edition] / "search/search_index.json").read_text("utf-8"))
    assert len(index["docs"]) > 5
    bad = [
        f"{d['location']}: {e}" for d in index["docs"] for e in parse_html(d["title"] + d["text"]).all() if dangerous(e)
    ]
    assert bad == []
    assert "t0t" in json.dumps(index)


def test_every_text_is_shown_as_it_was_written(hostile: tuple[list[Spot], dict[str, Path]]) -> None:
    found, sites = hostile
    shown = "\n".join(
        element_text
        for _, page in built_pages(sites["staff"])
        for element in page.one("body").all()
        for element_text in (*[c for c in element.children if isinstance(c, str)], *element.attrs.values())
    )
    missing = {
        f"{spot.field} ({spot.file})"
        for number, spot in enumerate(found)
        if spot.field not in NOT_SHOWN and spot.field not in NOT_REWRITTEN
        if (payload(number, spot) or "") not in shown
    }
    assert missing == set()
    assert "{{ 7*7 }}" in shown


def test_an_address_that_is_a_script_is_refused(tmp_path: Path) -> None:
    """`repository:` is the only address of an own field that becomes a link."""
    profile = small_text("profile.yml") + 'repository: "javascript:alert(1)//"\n'
    root = buildable(tmp_path / "project", **{"profile.yml": profile})
    assert [problem.code for problem in load_checked(root, TODAY).problems] == ["schema-value"]


def test_a_dangerous_element_is_recognised() -> None:
    for html in (
        "<script>alert(1)</script>",
        "<img src=x>",
        "<p onclick=a>",
        "<a href='javascript:alert(1)'>",
        "<a href=' JavaScript:alert(1)'>",
        "<iframe></iframe>",
        "<u>x</u>",
    ):
        assert any(dangerous(element) for element in parse_html(html).all()), html
    assert not any(dangerous(element) for element in parse_html("&lt;script&gt;alert(1)<a href='x.html'>").all())
