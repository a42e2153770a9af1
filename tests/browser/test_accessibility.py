"""axe finds nothing serious on any kind of page, in both themes, in any state a reader can bring it into."""

from __future__ import annotations

import pytest

from browser.axe import COLOURS, findings, wear
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
    "days": "deadlines.html",
    "missing": "404.html",
}


def _check(one: Reader) -> None:
    """Everything in the light theme; in the dark one only the colours are others."""
    one.quiet()
    found = findings(one)
    wear(one, "dark")
    found += findings(one, COLOURS)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", PAGES)
def test_every_kind_of_page(reader: Open, kind: str) -> None:
    one = reader(size=PHONE if kind in ("home", "plan", "limits") else DESK)
    one.open(PAGES[kind])
    one.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    _check(one)


def test_a_tree_in_the_middle(reader: Open) -> None:
    one = reader()
    one.open("citizens/which-route.html")
    one.find(".is-here a.answer").nth(1).click()
    assert one.find(".tree__path li").count() == 1
    _check(one)


def test_a_tree_at_an_outcome(reader: Open) -> None:
    one = reader()
    one.open("citizens/which-route.html")
    while one.find(".question.is-here").count():
        one.find(".is-here a.answer").last.click()
    assert one.find(".outcome.is-here").count() == 1
    _check(one)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_open_search(reader: Open, size: dict[str, int]) -> None:
    one = reader(size=size)
    one.open("index.html")
    one.quiet()
    one.search("复核")
    assert one.find("[data-md-component=search][role=dialog][aria-label]").count() == 1
    _check(one)


def test_a_filled_form(reader: Open) -> None:
    """A ticked item is a run: its states have tests of their own."""
    one = reader()
    one.open("procedures/registration-routing/index.html")
    one.find(".paper input[type=text]").first.fill("1")
    _check(one)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_sees_what_is_wrong(reader: Open, scheme: str) -> None:
    one = reader(scheme=scheme)
    one.open("index.html")
    one.page.evaluate("document.querySelector('a.plan').style.color = getComputedStyle(document.body).backgroundColor")
    assert any("color-contrast" in finding for finding in findings(one, COLOURS))
