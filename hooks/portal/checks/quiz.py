"""Every quiz can be asked: each limit named makes a question, and there are as many questions as it wants."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.rule import Finding, Rule, Subject
from portal.model.library import Library
from portal.model.page import Page
from portal.model.quiz import Quiz
from portal.model.quiz_deadline import deadline_question
from portal.model.quiz_tree import tree_questions


def unasked(subject: Subject) -> Iterator[Finding]:
    """Every limit of a quiz makes a question, `count` is not more than there are, and no id stands twice on a page."""
    for page in subject.library.pages():
        yield from _twins(page)
        for quiz in page.body.quizzes.values():
            yield from _unasked_limits(subject.library, quiz)
            yield from _too_few(subject.library, quiz)


def _twins(page: Page) -> Iterator[Finding]:
    seen: set[str] = set()
    for quiz in page.body.quizzes.values():
        if quiz.id in seen:
            yield Finding(quiz.origin.place("id"), f"这一页已经有一个叫“{quiz.id}”的小测", "给其中一个改编号")
        seen.add(quiz.id)


def _unasked_limits(library: Library, quiz: Quiz) -> Iterator[Finding]:
    for index, name in enumerate(quiz.limits):
        if library.limit(name) and library.calendar and deadline_question(library, quiz.id, name) is None:
            message = f"期限“{name}”出不成选日子的题：按小时算，或者最后一天落在没有录入放假安排的年份"
            yield Finding(quiz.origin.place("limits", index), message, "换一个按日、按工作日或按月算的期限")


def _too_few(library: Library, quiz: Quiz) -> Iterator[Finding]:
    """A limit that makes no question is told already, and so is a tree or a persona that does not exist."""
    every = tree_questions(library, quiz.model_copy(update={"count": None}))
    number = len(set(quiz.limits)) if quiz.kind == "deadlines" else len(every)
    if quiz.count and 0 < number < quiz.count:
        message = f"要出 {quiz.count} 道题，只出得成 {number} 道"
        yield Finding(quiz.origin.place("count"), message, "减少 count，或者多写几个期限、人物")


RULES = (Rule("quiz-question", "小测里的每个期限都出得成题，题数够，同一页上编号不重复。", unasked),)
