"""Walking a decision tree: one walk by answers, or every path there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from portal.model.base import parse_day
from portal.model.calendar import Calendar
from portal.model.deadline import deadline
from portal.model.regulation import Limit
from portal.model.tree import DATE_ANSWERS, Branch, DateQuestion, NumberQuestion, Question, Range, Tree, range_name


@dataclass(frozen=True, slots=True)
class Step:
    """One question, the answer taken (as the tree names it) and that answer's label."""

    question: str
    answer: str
    label: str


@dataclass(frozen=True, slots=True)
class Walk:
    """A path through a tree to an outcome."""

    steps: tuple[Step, ...]
    outcome: str


RequireForce = Callable[[str, date], None]
"""Takes the id of a limit and the day it starts, and raises if that day is outside its regulation's interval."""


class NoAnswer(ValueError):
    """A question on the way has no answer, or one that the tree does not know."""


class UnknownLimit(NoAnswer):
    """A date question names a limit that is not there."""


def walk(
    tree: Tree,
    answers: Mapping[str, str | int],
    *,
    today: date,
    calendar: Calendar,
    limits: Mapping[str, Limit],
    require_force: RequireForce | None = None,
) -> Walk:
    """Follow `answers` (by question id, any order; those off the path are ignored) to the outcome.

    A date question takes `within`, `past`, `unsure`, or the day the limit started, judged on `today`; that day is
    shown to `require_force`, which raises what it likes if the limit's regulation was not in force then.
    Raises NoAnswer where the answers do not carry to an outcome.
    """
    steps: list[Step] = []
    here = tree.start
    while here in tree.questions:
        question = tree.questions[here]
        if here not in answers:
            raise NoAnswer(f"缺少问题“{here}”的回答：{question.ask}")
        if require_force and isinstance(question, DateQuestion) and answers[here] not in DATE_ANSWERS:
            require_force(question.limit, _start(here, str(answers[here])))
        answer, branch = _choose(here, question, answers[here], today, calendar, limits)
        steps.append(Step(here, answer, branch.label))
        here = branch.go
    return Walk(tuple(steps), here)


def paths(tree: Tree) -> Iterator[Walk]:
    """Every path from the start to an outcome, in the order of the answers. The tree must have no loop."""
    waiting: list[tuple[str, tuple[Step, ...]]] = [(tree.start, ())]
    while waiting:
        here, steps = waiting.pop()
        if here in tree.outcomes:
            yield Walk(steps, here)
            continue
        branches = reversed(tree.questions[here].branches().items())
        waiting += [(branch.go, (*steps, Step(here, answer, branch.label))) for answer, branch in branches]


def _choose(
    name: str,
    question: Question,
    given: str | int,
    today: date,
    calendar: Calendar,
    limits: Mapping[str, Limit],
) -> tuple[str, Branch]:
    if isinstance(question, NumberQuestion):
        part = _range(name, question, given)
        return range_name(part), part
    branches = question.branches()
    answer = str(given)
    if isinstance(question, DateQuestion) and answer not in DATE_ANSWERS:
        answer = _judge(name, question, answer, today, calendar, limits)
    if answer not in branches:
        raise NoAnswer(f"问题“{name}”没有“{answer}”这个回答；可用的是 {'、'.join(branches)}")
    return answer, branches[answer]


def _range(name: str, question: NumberQuestion, given: str | int) -> Range:
    by_name = {range_name(part): part for part in question.ranges}
    if isinstance(given, str) and given in by_name:
        return by_name[given]
    try:
        number = int(given)
    except ValueError:
        raise NoAnswer(f"问题“{name}”要一个整数，收到的是“{given}”") from None
    for part in question.ranges:
        if part.holds(number) and number >= question.min:
            return part
    raise NoAnswer(f"问题“{name}”：{number} 不在任何一档里")


def _judge(
    name: str,
    question: DateQuestion,
    given: str,
    today: date,
    calendar: Calendar,
    limits: Mapping[str, Limit],
) -> str:
    start = _start(name, given)
    if start > today:
        raise NoAnswer(f"问题“{name}”：{given} 还没有到")
    limit = limits.get(question.limit)
    if limit is None:
        raise UnknownLimit(f"问题“{name}”所用的期限 {question.limit} 不存在")
    return "within" if today <= deadline(limit, start, calendar).last_day else "past"


def _start(name: str, given: str) -> date:
    try:
        return parse_day(given)
    except ValueError:
        raise NoAnswer(f"问题“{name}”要 {'、'.join(DATE_ANSWERS)} 或一个日期，收到的是“{given}”") from None
