"""Every path of every tree gives one outcome: in the Python evaluator, by tapping, and by following links."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.watch import Open, Reader
from portal.model.tree import Tree
from portal.model.walk import Walk, paths, walk
from portal.rendering.site import Site as Rendering
from projects import PROJECT

TREES = sorted(
    path.name.removesuffix(".tree.yml")
    for top in ("docs", "procedures")
    for path in (PROJECT / top).rglob("*.tree.yml")
)
Links = Mapping[str, Mapping[str, str]]

_NOW = """root => {
    const seen = selector => Array.from(root.querySelectorAll(selector)).filter(spot => spot.checkVisibility());
    return {
        shown: seen('.question, .outcome').map(spot => [spot.dataset.question ?? null, spot.dataset.outcome ?? null]),
        answers: Object.fromEntries(seen('a.answer').map(
            link => [link.dataset.answer, link.querySelector('.answer__label').innerText])),
        told: seen('.tree__path li span').map(row => row.innerText),
    };
}"""
_WALK = """([selector, paths]) => {
    const root = document.querySelector(selector), {afterPaint} = portal;
    portal.afterPaint = act => act();  // thousands of answers do not wait for thousands of pictures
    const seen = selector => Array.from(root.querySelectorAll(selector)).filter(spot => spot.checkVisibility());
    const shown = () => seen('.question, .outcome').map(
        spot => [spot.dataset.question ?? null, spot.dataset.outcome ?? null]);
    const walked = paths.map((answers, number) => {
        const steps = answers.map(answer => {
            const before = shown(), link = root.querySelector(`.is-here a.answer[data-answer='${answer}']`);
            const label = link.querySelector('.answer__label').innerText;
            link.click();
            return [before, label];
        });
        const end = shown(), told = seen('.tree__path li span').map(row => row.innerText);
        (number % 2 ? root.querySelector('.tree__restart') : seen('.outcome .tree__again a')[0]).click();
        return {steps, end, told};
    });
    portal.afterPaint = afterPaint;
    return walked;
}"""
_LINKS = """root => Object.fromEntries(Array.from(root.querySelectorAll('.question'), question => [
    question.dataset.question,
    Object.fromEntries(Array.from(question.querySelectorAll('a.answer'),
        link => [link.dataset.answer, document.getElementById(link.getAttribute('href').slice(1)).id])),
]))"""


def _open_tree(one: Reader, rendering: Rendering, name: str, *, live: bool = True) -> str:
    """Go to the page that holds the tree; returns the selector of the tree."""
    one.open(rendering.addresses.of["tree", name].partition("#")[0])
    root = f".tree[data-tree='{name}']"
    expect(one.find(f"{root}.tree--live")).to_have_count(int(live))
    return root


def _evaluate(rendering: Rendering, tree: Tree, path: Walk) -> Walk:
    """The outcome as `portal tree` gives it for the same answers."""
    library = rendering.library
    limits = {name: limit for name, _, limit in library.limits()}
    answers = {step.question: step.answer for step in path.steps}
    return walk(tree, answers, today=library.today, calendar=library.calendar, limits=limits)


def _tap(one: Reader, root: str, path: Walk) -> None:
    """Answer each question as the path says; at each step only the question asked is to be seen."""
    for step in path.steps:
        now = _now(one, root)
        assert now["shown"] == [[step.question, None]]
        assert now["answers"][step.answer] == step.label
        one.find(f"{root} .is-here a.answer[data-answer='{step.answer}']").click()


def _now(one: Reader, root: str) -> dict[str, Any]:
    """What is to be seen: questions and outcomes, the answers offered, the answers given."""
    now: dict[str, Any] = one.find(root).evaluate(_NOW)
    return now


def test_the_list_of_trees_is_the_library(renderings: dict[str, Rendering]) -> None:
    assert sorted(renderings["staff"].library.trees) == TREES
    assert renderings["public"].library.trees


@pytest.mark.parametrize("name", TREES)
def test_every_path_by_tapping(reader: Open, renderings: dict[str, Rendering], name: str) -> None:
    _every_path_by_tapping(reader, renderings["staff"], name, "http")


def test_every_path_by_tapping_in_the_public_edition_from_the_disk(
    reader: Open, renderings: dict[str, Rendering]
) -> None:
    for name in renderings["public"].library.trees:
        _every_path_by_tapping(reader, renderings["public"], name, "file")


def _every_path_by_tapping(reader: Open, rendering: Rendering, name: str, door: str) -> None:
    """All paths by clicks made inside the page, one more with the finger: a tap by the driver takes fifty times as long."""
    tree = rendering.library.trees[name]
    one = reader(rendering.edition, door=door)
    root = _open_tree(one, rendering, name)
    one.quiet()
    url, title, asked = one.page.url, one.page.title(), len(one.requests)
    ways = list(paths(tree))
    walked = one.page.evaluate(_WALK, [root, [[step.answer for step in path.steps] for path in ways]])
    for path, found in zip(ways, walked, strict=True):
        assert _evaluate(rendering, tree, path) == path
        assert found["steps"] == [[[[step.question, None]], step.label] for step in path.steps]
        assert found["end"] == [[None, path.outcome]]
        for text, step in zip(found["told"], path.steps, strict=True):
            assert text.endswith(f"— {step.label}")
    _tap(one, root, ways[-1])
    assert _now(one, root)["shown"] == [[None, ways[-1].outcome]]
    one.find(f"{root} .tree__restart").click()
    met = {path.outcome for path in ways}
    now = _now(one, root)
    assert (now["shown"], now["told"]) == ([[tree.start, None]], [])
    assert met == set(tree.outcomes)
    assert (one.page.url, one.page.title(), one.requests[asked:]) == (url, title, [])
    kept = one.page.evaluate("({...localStorage, ...sessionStorage, cookie: document.cookie})")
    seen = kept.pop(f"xinfang-guide:seen-{rendering.edition}", "")  # which pages were seen in which version
    assert not any(question in seen for question in tree.questions)
    assert kept.pop("xinfang-guide:since", "0").isdigit(), "when it was begun again, and nothing else"
    assert [value for key, value in kept.items() if value and "__palette" not in key] == []


@pytest.mark.parametrize("edition", ["staff", "public"])
def test_every_path_by_links_without_script(reader: Open, renderings: dict[str, Rendering], edition: str) -> None:
    rendering = renderings[edition]
    one = reader(edition, script=False)
    for name, tree in rendering.library.trees.items():
        root = _open_tree(one, rendering, name, live=False)
        links: Links = one.find(root).evaluate(_LINKS)
        assert {question: set(answers) for question, answers in links.items()} == {
            question: set(tree.questions[question].branches()) for question in tree.questions
        }
        for path in paths(tree):
            here = tree.start
            for step in path.steps:
                assert here == step.question
                here = links[here][step.answer].removeprefix(f"{name}--")
            assert here == path.outcome == _evaluate(rendering, tree, path).outcome
        assert len(_now(one, root)["shown"]) == len(tree.questions) + len(tree.outcomes), "all of it stands on the page"


@pytest.mark.parametrize("name", TREES)
def test_back_goes_one_step_at_a_time(reader: Open, renderings: dict[str, Rendering], name: str) -> None:
    rendering = renderings["staff"]
    tree = rendering.library.trees[name]
    path = random.Random(name).choice([path for path in paths(tree) if len(path.steps) > 1])
    one = reader()
    root = _open_tree(one, rendering, name)
    _tap(one, root, path)
    for step in reversed(path.steps):
        one.find(f"{root} .tree__back").click()
        assert _now(one, root)["shown"] == [[step.question, None]]
    assert _now(one, root)["told"] == []
    _tap(one, root, path)
    assert _now(one, root)["shown"] == [[None, path.outcome]]


@pytest.mark.parametrize("name", TREES)
def test_map_and_outline_lead_to_every_question_and_outcome(
    reader: Open, renderings: dict[str, Rendering], name: str
) -> None:
    rendering = renderings["staff"]
    tree = rendering.library.trees[name]
    one = reader()
    root = _open_tree(one, rendering, name)
    spots = {f"#{name}--{spot}" for spot in (*tree.questions, *tree.outcomes)}
    for drawing in (".tree__map", ".tree__outline"):
        links = one.find(f"{root} {drawing} a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert set(links) == spots
    one.find(f"{root} .tree__outline summary").click()
    outcome = next(iter(tree.outcomes))
    one.find(f"{root} .tree__outline a[href='#{name}--{outcome}']").first.click()
    assert _now(one, root)["shown"] == [[None, outcome]]
    one.find(f"{root} .tree__map summary").click()
    one.find(f"{root} .tree__map a[href='#{name}--{tree.start}']").first.click()
    assert _now(one, root)["shown"] == [[tree.start, None]]
    assert one.find(f"{root} .map").bounding_box()["width"] > 500  # type: ignore[index]
    assert _texts_outside(one, root) == []


def _texts_outside(one: Reader, root: str) -> list[str]:
    """What is written on the open map and leaves its box."""
    outside: list[str] = one.find(f"{root} .map__box").evaluate_all(
        """boxes => boxes.flatMap(box => {
            const frame = box.querySelector('rect').getBoundingClientRect();
            return Array.from(box.querySelectorAll('text')).filter(text => {
                const words = text.getBoundingClientRect();
                return words.left < frame.left || words.right > frame.right
                    || words.top < frame.top - 1 || words.bottom > frame.bottom + 1;
            }).map(text => text.textContent);
        })"""
    )
    return outside


def test_back_of_the_browser_goes_one_answer_back(reader: Open, renderings: dict[str, Rendering]) -> None:
    tree = renderings["public"].library.trees["which-route"]
    path = max(paths(tree), key=lambda path: len(path.steps))
    one = reader("public")
    root = _open_tree(one, renderings["public"], tree.id)
    _tap(one, root, path)
    for step in reversed(path.steps):
        one.page.go_back()
        assert _now(one, root)["shown"] == [[step.question, None]]
    one.page.go_forward()
    assert _now(one, root)["shown"] == [[path.steps[1].question, None]]
    assert len(_now(one, root)["told"]) == 1


def test_an_outcome_is_found_again_after_another_page(reader: Open, renderings: dict[str, Rendering]) -> None:
    tree = renderings["public"].library.trees["which-route"]
    path = next(iter(paths(tree)))
    one = reader("public")
    root = _open_tree(one, renderings["public"], tree.id)
    _tap(one, root, path)
    address = one.page.url
    one.open("about.html")
    one.page.go_back()
    assert one.page.url == address
    assert _now(one, root)["shown"] == [[None, path.outcome]]
    assert len(_now(one, root)["told"]) == len(path.steps)


@pytest.mark.parametrize("door", ["http", "file"])
def test_begun_again_nothing_of_before_comes_back(reader: Open, renderings: dict[str, Rendering], door: str) -> None:
    """An informer on a borrowed telephone begins again and goes: Back shows nobody what was answered."""
    tree = renderings["public"].library.trees["which-route"]
    path = max(paths(tree), key=lambda path: len(path.steps))
    one = reader("public", door=door)
    root = _open_tree(one, renderings["public"], tree.id)
    _tap(one, root, path)
    one.find(f"{root} .tree__restart").click()
    for _ in path.steps:
        one.page.go_back()
        assert (_now(one, root)["shown"], _now(one, root)["told"]) == ([[tree.start, None]], [])
    _tap(one, root, path)
    one.page.go_back()
    assert len(_now(one, root)["told"]) == len(path.steps) - 1, "what is answered afterwards is remembered again"
