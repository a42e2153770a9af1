"""Questions about routes: a persona of a tree, the outcome that is right for it, and outcomes close by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.model.library import Library
from portal.model.quiz import MAX_WRONG, Quiz, lot
from portal.model.tree import DATE_ANSWERS, Case, ChoiceQuestion, NumberQuestion, Question, Tree, range_name
from portal.model.walk import Step


@dataclass(frozen=True, slots=True)
class TreeQuestion:
    """A persona; `steps` lead to the outcome that is right. `choices` are names of outcomes, the right one among them."""

    case: Case
    steps: tuple[Step, ...]
    choices: tuple[str, ...]


def tree_questions(library: Library, quiz: Quiz) -> list[TreeQuestion]:
    """The questions of a quiz on a tree, of personas that exist and arrive."""
    tree = library.trees.get(quiz.tree or "")
    if tree is None:
        return []
    cases = [placed.case for placed in library.cases if placed.case.tree == tree.id]
    asked = [case for case in cases if case.title in quiz.personas or not quiz.personas]
    found = [question for case in asked if (question := _question(tree, quiz, case))]
    return sorted(found, key=lambda question: lot(quiz.id, question.case.title))[: quiz.count]


def _question(tree: Tree, quiz: Quiz, case: Case) -> TreeQuestion | None:
    """None where the answers do not lead to the outcome, or there is no other."""
    steps = next(_ways(tree, case), None)
    if steps is None:
        return None
    near = [name for name in _nearest(tree, steps, quiz.id) if name != case.outcome][:MAX_WRONG]
    order = sorted([case.outcome, *near], key=lambda name: lot(quiz.id, case.title, name))
    return TreeQuestion(case, steps, tuple(order)) if near else None


def _ways(tree: Tree, case: Case) -> Iterator[tuple[Step, ...]]:
    """Ways to the persona's outcome by its answers. A day of its own fits every answer: no clock is asked here."""
    waiting: list[tuple[str, tuple[Step, ...]]] = [(tree.start, ())]
    while waiting:
        here, steps = waiting.pop()
        if here == case.outcome and here in tree.outcomes:
            yield steps
        question = tree.questions.get(here)
        if question is None or len(steps) >= len(tree.questions):
            continue
        waiting += [
            (branch.go, (*steps, Step(here, answer, branch.label)))
            for answer, branch in question.branches().items()
            if here in case.answers and _fits(question, answer, case.answers[here])
        ]


def _fits(question: Question, answer: str, given: str | int) -> bool:
    if isinstance(question, ChoiceQuestion):
        return answer == str(given)
    if isinstance(question, NumberQuestion):
        part = next(part for part in question.ranges if range_name(part) == answer)
        return answer == str(given) or (str(given).isdigit() and part.holds(int(given)))
    return answer == given or given not in DATE_ANSWERS


def _nearest(tree: Tree, steps: tuple[Step, ...], seed: str) -> list[str]:
    """The outcomes of the tree, those first that part from the way as late as possible."""
    found: list[str] = []
    for step in reversed(steps):
        reached = sorted(_reached(tree, step.question) - set(found), key=lambda name: lot(seed, step.question, name))
        found += reached
    return found


def _reached(tree: Tree, question: str) -> set[str]:
    """The outcomes that can be reached from a question."""
    seen: set[str] = set()
    waiting = [question]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += (
                [branch.go for branch in tree.questions[here].branches().values()] if here in tree.questions else []
            )
    return seen & tree.outcomes.keys()
