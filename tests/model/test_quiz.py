"""Quizzes: the right day is the calculator's, wrong days are real slips, and a draw is the same every time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from portal.model.deadline import deadline
from portal.model.library import Library
from portal.model.quiz import Quiz
from portal.model.quiz_deadline import _near, deadline_questions
from portal.model.quiz_tree import tree_questions
from small import read_small, small_text

RULES = """\
limits:
  handle: {title: 办结, article: 3, actor: office, from: receipt, length: 60 days, counting: assumed, evidence: 60日内}
  object: {title: 异议, article: 3, actor: office, from: receipt, length: 5 working-days, counting: working-days, evidence: 5个工作日}
  sue: {title: 起诉, article: 3, actor: office, from: receipt, length: 15 days, counting: civil-procedure, evidence: 15日}
  claim: {title: 索赔, article: 3, actor: office, from: receipt, length: 2 months, counting: assumed, evidence: 2个月}
"""
DUTIES = small_text("regulations/law-a/rules.yml").partition("duties:")[2]
LIMITS = ("law-a/handle", "law-a/object", "law-a/sue", "law-a/claim")
DAYS = Quiz(id="days", kind="deadlines", limits=LIMITS)
ROUTES = Quiz(id="routes", kind="tree", tree="route")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The small library with limits of every way of counting."""
    return read_small(tmp_path / "project", **{"regulations/law-a/rules.yml": f"{RULES}duties:{DUTIES}"})


def test_the_right_day_is_the_calculators_and_the_others_are_not(library: Library) -> None:
    questions = deadline_questions(library, DAYS)
    assert [question.limit for question in questions] == list(LIMITS)
    for question in questions:
        found = library.limit(question.limit)
        assert found and question.answer == deadline(found[1], question.start, library.calendar)
        days = [wrong.day for wrong in question.wrong]
        assert 2 <= len(days) <= 3 and days == sorted(set(days)) and question.answer.last_day not in days
        assert question.answer.if_rolled is None, "no question where the law's silence on days off matters"


def slips(library: Library, name: str, start: date) -> dict[str, date]:
    found = library.limit(name)
    assert found
    return {wrong.slip: wrong.day for wrong in _near(library, found[1], start, "seed")}


def test_slips_lead_where_a_person_making_them_arrives(library: Library) -> None:
    # Received on Friday 13 February 2026, before the Spring Festival: the right day is 27 February.
    assert slips(library, "law-a/object", date(2026, 2, 13)) == {
        "first": date(2026, 2, 26),
        "late": date(2026, 2, 28),
        "weekends": date(2026, 2, 20),
        "calendar-days": date(2026, 2, 18),
    }
    # 15 days from 16 April end on 1 May, the first of five days off: it moves to Wednesday 6 May.
    assert slips(library, "law-a/sue", date(2026, 4, 16))["not-moved"] == date(2026, 5, 1)
    assert slips(library, "law-a/claim", date(2026, 6, 10))["thirties"] == date(2026, 8, 9)
    assert slips(library, "law-a/handle", date(2026, 6, 10))["months"] == date(2026, 8, 10)


def test_a_persona_is_asked_with_its_own_way_and_other_outcomes(library: Library) -> None:
    questions = {question.case.title: question for question in tree_questions(library, ROUTES)}
    late = questions["早就收到"]
    assert [(step.question, step.answer) for step in late.steps][:2] == [("kind", "ours"), ("people", "1..5")]
    assert sorted(late.choices) == ["send", "urge", "wait"]
    one = Quiz(id="routes", kind="tree", tree="route", personas=("别处的事",))
    assert [question.case.outcome for question in tree_questions(library, one)] == ["send"]


def test_a_draw_is_the_same_every_time_and_differs_by_id(library: Library) -> None:
    some = DAYS.model_copy(update={"count": 2})
    assert len(deadline_questions(library, some)) == 2 == len({q.limit for q in deadline_questions(library, some)})
    assert deadline_questions(library, some) == deadline_questions(library, some)
    others = [deadline_questions(library, DAYS.model_copy(update={"id": f"days-{number}"})) for number in range(4)]
    assert len({tuple(question.start for question in made) for made in others}) > 1


def test_the_place_of_the_right_day_gives_nothing_away(library: Library) -> None:
    places = set()
    for number in range(12):
        for question in deadline_questions(library, DAYS.model_copy(update={"id": f"days-{number}"})):
            places.add(sum(wrong.day < question.answer.last_day for wrong in question.wrong))
    assert len(places) >= 3


def test_personas_leave_the_office_only_for_a_quiz_on_a_public_page(tmp_path: Path) -> None:
    page = "---\nid: test\ntitle: 小测\naudience: {}\nreviewed: 2026-05-01\nreviewer: chief\nsummary: 做。\n---\n{}"
    block = "```quiz\nid: routes\nkind: tree\ntree: route\n```\n"
    for audience, body, kept in (("public", block, 3), ("staff", block, 0), ("public", "", 0)):
        library = read_small(tmp_path / f"{audience}{kept}", **{"docs/test.md": page.format(audience, body)})
        assert len(library.for_edition("public").cases) == kept
