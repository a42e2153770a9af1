"""What people come for, walked the way they walk: from the first page, by tapping, with and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.watch import Open, Reader
from portal.model.walk import Walk, paths
from portal.rendering.site import Site as Rendering

SCREEN = 740
WAYS = pytest.mark.parametrize(("door", "script"), [("http", True), ("http", False), ("file", True), ("file", False)])


@WAYS
def test_from_home_to_the_first_step_of_every_plan(
    reader: Open, renderings: dict[str, Rendering], door: str, script: bool
) -> None:
    plans = renderings["staff"].library.plans
    assert plans
    for name, plan in plans.items():
        one = reader(door=door, script=script)
        one.open("index.html")
        one.page.locator("a.plan", has_text=plan.short).click()
        assert one.here == f"plans/{name}/index.html"
        box = one.find("li.item label").first.bounding_box()
        assert box and box["y"] > 0
        assert box["y"] + box["height"] <= SCREEN, f"{name}: what to do first ends at {box['y'] + box['height']} px"
        assert one.find("a.phone").first.is_visible()


@pytest.mark.parametrize(("door", "script"), [("http", True), ("file", False)])
def test_every_section_of_a_plan_is_two_taps_away(
    reader: Open, renderings: dict[str, Rendering], door: str, script: bool
) -> None:
    one = reader(door=door, script=script)
    for name in renderings["staff"].library.plans:
        one.open(f"plans/{name}/index.html")
        sections = one.find("article .checklist-head, article h2[id]").evaluate_all("found => found.map(one => one.id)")
        one.find(".contents summary").click()
        links = one.find(".contents a")
        assert links.evaluate_all("found => found.map(one => decodeURIComponent(one.hash.slice(1)))") == sections
        links.nth(4).click()
        expect(one.find(f"[id='{sections[4]}']")).to_be_in_viewport()


def test_the_phases_of_each_list_stand_under_its_name(reader: Open) -> None:
    one = reader()
    one.open("plans/cross-level-visit/index.html")
    one.find(".contents summary").click()
    named = one.find(".contents > ul > li:has(ul) > a").all_inner_texts()
    assert len(named) == len(set(named)) == one.find(".checklist-head").count() >= 3


@WAYS
def test_an_item_can_be_ticked(reader: Open, renderings: dict[str, Rendering], door: str, script: bool) -> None:
    one = reader(door=door, script=script)
    one.open("plans/collective-visit/index.html")
    tick = one.find("li.item input").first
    one.find("li.item label").first.click(position={"x": 5, "y": 5})
    assert tick.is_checked()


@WAYS
def test_from_home_through_the_citizens_door_to_every_outcome(
    reader: Open, renderings: dict[str, Rendering], door: str, script: bool
) -> None:
    tree = renderings["public"].library.trees["which-route"]
    shortest: dict[str, Walk] = {}
    for path in paths(tree):
        if path.outcome not in shortest or len(path.steps) < len(shortest[path.outcome].steps):
            shortest[path.outcome] = path
    assert set(shortest) == set(tree.outcomes)
    one = reader("public", door=door, script=script)
    one.open("index.html")
    one.find("a.door--citizens").click()
    assert one.here == "citizens/index.html"
    one.find("article a[href*='which-route']").first.click()
    assert one.here == "citizens/which-route.html"
    for path in shortest.values():
        _walk(one, tree.id, path)
        one.find(f"#{tree.id}--{path.outcome} .tree__again a").click()


def _walk(one: Reader, tree: str, path: Walk) -> None:
    for step in path.steps:
        one.find(f"#{tree}--{step.question} a.answer[data-answer='{step.answer}']").click()
    outcome = one.find(f"#{tree}--{path.outcome}")
    assert outcome.is_visible()
    box = outcome.bounding_box()
    assert box and box["y"] < SCREEN, "the outcome is on the screen"
