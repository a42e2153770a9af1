"""Every rule there is, family by family. A new rule is a function in its family's file and a line in that RULES."""

from __future__ import annotations

from portal.checks import (
    checklist,
    coverage,
    drill,
    edition,
    evidence,
    form,
    freshness,
    quiz,
    reference,
    regulation,
    rights,
    succession,
    tree,
)
from portal.checks.exemption import CODES as EXEMPTION_CODES
from portal.checks.exemption import exempt
from portal.checks.rule import Rule, Subject
from portal.model.library import Library
from portal.model.problem import Problem, ordered

RULES: tuple[Rule, ...] = (
    *reference.RULES,
    *evidence.RULES,
    *regulation.RULES,
    *succession.RULES,
    *tree.RULES,
    *checklist.RULES,
    *form.RULES,
    *drill.RULES,
    *quiz.RULES,
    *edition.RULES,
    *coverage.RULES,
    *rights.RULES,
    *freshness.RULES,
)


def check_library(library: Library) -> tuple[Problem, ...]:
    """Everything that is wrong with the library, sorted by place."""
    subject = Subject(library)
    found = [problem for rule in RULES for problem in rule.problems(subject)]
    return ordered(exempt(found, library, {rule.code for rule in RULES}))


def sentences() -> dict[str, str]:
    """Code and sentence of every rule, for the handbook."""
    return {rule.code: rule.sentence for rule in RULES} | EXEMPTION_CODES
