"""A quiz as finished HTML: questions with choices, and after each the answer and why. Complete without script."""

from __future__ import annotations

from datetime import date

from portal.model.quiz import Quiz
from portal.model.quiz_deadline import DeadlineQuestion, WrongDay, deadline_questions
from portal.model.quiz_tree import TreeQuestion, tree_questions
from portal.rendering.view import View


def quiz_html(view: View, quiz: Quiz) -> str:
    """One block; `right` is the place of the right choice, `slip` what is wrong with another one."""
    made = [_deadline(view, question) for question in deadline_questions(view.site.library, quiz)]
    made += [_route(view, question) for question in tree_questions(view.site.library, quiz)]
    return view.site.fill("quiz.html", id=quiz.id, questions=made, script=view.to("assets/quiz.js"))


def _deadline(view: View, question: DeadlineQuestion) -> dict[str, object]:
    found = view.site.library.limit(question.limit)
    assert found is not None
    law, limit = found
    event = view.site.library.vocabulary.events.get(limit.from_, limit.from_)
    words, right = view.site.words["quiz"], question.answer.last_day
    slips = {wrong.day: _slip(view, wrong) for wrong in question.wrong}
    days = sorted([right, *slips])
    return {
        "kind": "deadline",
        "ask": words["deadline"].format(title=limit.title, law=law.title, event=event, day=_day(view, question.start)),
        "choices": [{"text": _day(view, day), "right": day == right, "slip": slips.get(day, "")} for day in days],
        "answer": _day(view, right),
        "limit": view.deadline(question.limit),
        "rule": question.answer.rule,
        "assumptions": [view.text(line) for line in question.answer.assumptions],
        "wrong": [words["wrong-day"].format(day=_day(view, day), slip=slip) for day, slip in slips.items()],
        "basis": view.basis((limit.article.within(law.id),), False),
    }


def _slip(view: View, wrong: WrongDay) -> str:
    found = view.site.library.limit(wrong.limit)
    other = f"{found[1].title}，{view.length(found[1].length)}" if found else ""
    return view.site.words["quiz"][f"slip-{wrong.slip}"].format(limit=other)


def _day(view: View, value: date) -> str:
    """`2026年3月2日（星期一）`."""
    words = view.site.words["quiz"]
    weekday = words["weekdays"].split()[value.isoweekday() % 7]
    return words["day"].format(year=value.year, month=value.month, day=value.day, weekday=weekday)


def _route(view: View, question: TreeQuestion) -> dict[str, object]:
    case, tree = question.case, view.site.library.trees[question.case.tree]
    right = tree.outcomes[case.outcome]
    return {
        "kind": "route",
        "ask": view.site.words["quiz"]["tree"].format(case=case.title, tree=tree.title),
        "choices": [
            {"text": tree.outcomes[name].title, "right": name == case.outcome, "slip": ""} for name in question.choices
        ],
        "answer": view.anchor_link("tree", tree.id, case.outcome, right.title),
        "steps": [(view.text(tree.questions[step.question].ask), step.label) for step in question.steps],
        "tree": view.link("tree", tree.id),
        "basis": view.basis(right.basis, right.practice),
    }
