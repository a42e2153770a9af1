"""axe finds nothing serious on any kind of page, in both themes, in any state a reader can bring it into."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.watch import DESK, PHONE, Open, Reader

PAGES = {
    "home": "index.html",
    "plan": "plans/collective-visit/index.html",
    "procedure": "procedures/reception/index.html",
    "form": "procedures/registration-routing/index.html",
    "tree": "trees/grade-incident.html",
    "placed-tree": "citizens/which-route.html",
    "guide": "citizens/index.html",
    "limits-in-a-guide": "citizens/time-limits.html",
    "red-lines": "red-lines.html",
    "training": "training/index.html",
    "drill": "drills/laid-off-workers.html",
    "players": "drills/laid-off-workers-players.html",
    "regulation": "regulations/urban-dibao/index.html",
    "hub": "procedures/index.html",
    "limits": "limits/index.html",
    "glossary": "glossary/index.html",
    "rules": "authors/checks.html",
    "english": "en/index.html",
    "english-limits": "en/time-limits.html",
    "missing": "404.html",
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
THEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def _findings(one: Reader) -> list[str]:
    """Serious and critical violations, one line each."""
    one.quiet()
    result = Axe().run(one.page, options={"runOnly": {"type": "tag", "values": WCAG}})
    return [
        f"{one.here} {found['id']} ({found['impact']}): {node['html'][:160]} | {node['any'][:1] and node['any'][0]['message']}"
        for found in result.response["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"][:4]
    ]


def _check(one: Reader) -> None:
    findings = _findings(one)
    assert not findings, "\n".join(findings)


@THEMES
@pytest.mark.parametrize("kind", PAGES)
def test_every_kind_of_page(reader: Open, kind: str, scheme: str) -> None:
    one = reader(scheme=scheme, size=PHONE if kind in ("home", "plan", "limits") else DESK)
    one.open(PAGES[kind])
    one.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    _check(one)


@THEMES
def test_a_tree_in_the_middle_and_at_an_outcome(reader: Open, scheme: str) -> None:
    one = reader(scheme=scheme)
    one.open("citizens/which-route.html")
    one.find(".is-here a.answer").nth(1).click()
    assert one.find(".tree__path li").count() == 1
    _check(one)
    while one.find(".question.is-here").count():
        one.find(".is-here a.answer").last.click()
    assert one.find(".outcome.is-here").count() == 1
    _check(one)


@THEMES
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_open_search(reader: Open, scheme: str, size: dict[str, int]) -> None:
    one = reader(scheme=scheme, size=size)
    one.open("index.html")
    one.quiet()
    one.search("复核")
    assert one.find("[data-md-component=search][role=dialog][aria-label]").count() == 1
    _check(one)


@THEMES
def test_a_ticked_item_and_a_filled_form(reader: Open, scheme: str) -> None:
    one = reader(scheme=scheme)
    one.open("procedures/registration-routing/index.html")
    one.find("li.item label").first.click(position={"x": 5, "y": 5})
    one.find(".paper input[type=text]").first.fill("1")
    _check(one)


def test_axe_sees_what_is_wrong(reader: Open) -> None:
    one = reader()
    one.open("index.html")
    one.page.evaluate("document.querySelector('a.plan').style.color = '#f3b0b0'")
    assert any("color-contrast" in finding for finding in _findings(one))
