"""A quiz as HTML: complete without script, the answer after each question, never marked by its look."""

from __future__ import annotations

from collections.abc import Callable

from browser.quizzes import QUIZ
from htmlpage import parse_html
from portal.rendering.makers import render
from portal.rendering.site import Site


def page(site: Site) -> str:
    return next(page.html for page in render(site) if page.address == "quiz.html")


def test_question_choices_and_answer_stand_on_the_page(make_site: Callable[..., Site]) -> None:
    for edition in ("staff", "public"):
        site = make_site(edition, **{"docs/quiz.md": QUIZ})
        root = parse_html(page(site))
        fields = root.find("fieldset", css="quiz__question")
        answers = root.find("details", css="quiz__why")
        assert len(fields) == len(answers) == 4
        for number, (field, answer) in enumerate(zip(fields, answers, strict=True), 1):
            radios = field.find("input")
            assert len([radio for radio in radios if "data-right" in radio.attrs]) == 1
            assert len({radio.attrs["name"] for radio in radios}) == 1 and not any("checked" in r.attrs for r in radios)
            right = next(label for label in field.find("label") if "data-right" in label.one("input").attrs)
            assert right.text.strip() in answer.one(css="quiz__answer").text
            assert field.one("legend").text.startswith(f"第 {number if number < 2 else number - 1} 题")
        assert (
            "《试验条例》第三条" in answers[0].text and "60 日" in answers[0].text and "从次日起算" in answers[0].text
        )
        routes = " ".join(answer.text for answer in answers[1:])
        assert "是什么事？" in routes and "本机关的事" in routes


def test_two_builds_ask_the_same(make_site: Callable[..., Site]) -> None:
    site = make_site(**{"docs/quiz.md": QUIZ})
    assert page(site) == page(site)
