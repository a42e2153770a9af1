"""Quizzes in real Chromium: judged at once in words, scored, by mouse and by keyboard, on paper, with nothing kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from browser.axe import findings
from browser.quizzes import PAGE, build_quizzes
from browser.small_site import readers
from browser.watch import DESK, Open, Site, serve
from portal.build import load_words

W = load_words()["script-quiz"]
ROUTES = "#quiz-routes"


@pytest.fixture(scope="module")
def quiz_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Built once for this file."""
    folder = build_quizzes(tmp_path_factory.mktemp("quiz"))
    with serve(folder) as address:
        yield Site(folder, address)


@pytest.fixture
def open_quiz(chromium: Browser, quiz_site: Site) -> Iterator[Open]:
    """Opens readers; nothing bad may happen to them."""
    with readers(chromium, quiz_site) as opened:
        yield opened


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1440)])
def test_choosing_tells_at_once_and_the_score_comes_last(open_quiz: Open, scheme: str, width: int) -> None:
    one = open_quiz(scheme=scheme, size={"width": width, "height": 800})
    one.open(PAGE)
    one.quiet()
    asked = len(one.requests)
    fields, state = one.find(f"{ROUTES} fieldset"), one.find(f"{ROUTES} .quiz__state")
    expect(state).to_have_text(W["begin"])
    expect(one.find(f"{ROUTES} .quiz__foot button")).to_be_hidden()
    fields.nth(0).locator("input:not([data-right])").first.check()
    expect(fields.nth(0).locator(".quiz__told")).to_have_text(W["wrong-route"] + W["next"])
    fields.nth(0).locator("input[data-right]").check()
    expect(fields.nth(0).locator(".quiz__told")).to_have_text(W["right"])
    expect(state).to_have_text(W["progress"].format(done=1, all=3))
    for number in (1, 2):
        fields.nth(number).locator("input[data-right]").check()
    expect(state).to_have_text(W["score"].format(all=3, right=2))
    one.find("#quiz-days input[data-slip]").first.check()
    expect(one.find("#quiz-days .quiz__told")).to_contain_text(W["wrong"])
    one.find("#quiz-days summary").click()
    assert len(one.requests) == asked
    assert findings(one) == []
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    assert min(box["height"] for label in one.find(".quiz__choice").all() if (box := label.bounding_box())) >= 44
    one.find(f"{ROUTES} .quiz__foot button").click()
    assert one.find(f"{ROUTES} :checked").count() == 0
    expect(fields.nth(0).locator("input").first).to_be_focused()
    expect(state).to_have_text(W["begin"])
    assert "?" not in one.page.url and "#" not in one.page.url
    kept = one.page.evaluate("JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage), history.state])")
    assert "quiz" not in kept


def test_arrow_keys_look_and_space_answers(open_quiz: Open) -> None:
    one = open_quiz("file", size=DESK)
    one.open(PAGE)
    field = one.find(f"{ROUTES} fieldset").first
    told, state = field.locator(".quiz__told"), one.find(f"{ROUTES} .quiz__state")
    field.locator("input").first.focus()
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("ArrowDown")
    expect(told).to_have_text(W["confirm"])
    expect(state).to_have_text(W["begin"])
    one.page.keyboard.press("Space")
    expect(state).to_have_text(W["progress"].format(done=1, all=3))
    expect(told).not_to_have_text(W["confirm"])
    one.page.keyboard.press("Tab")
    expect(one.find(f"{ROUTES} summary").first).to_be_focused()
    one.find(f"{ROUTES} fieldset").nth(1).locator("input").first.focus()
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("Tab")  # leaving answers as well
    expect(state).to_have_text(W["progress"].format(done=2, all=3))


def test_without_script_the_answers_open_and_on_paper_come_last(open_quiz: Open) -> None:
    one = open_quiz(script=False)
    one.open(PAGE)
    assert one.find(".quiz__foot, .quiz__told").count() == 0
    one.find("#quiz-days summary").click()
    assert one.find("#quiz-days .quiz__answer").is_visible()
    one.page.emulate_media(media="print")
    questions = [box["y"] for field in one.find(f"{ROUTES} fieldset").all() if (box := field.bounding_box())]
    answers = [box["y"] for part in one.find(f"{ROUTES} .quiz__answer").all() if (box := part.bounding_box())]
    assert len(answers) == 3 and max(questions) < min(answers)
