"""Every rule there is, family by family. A new rule is a function in its family's file and a line in that RULES."""

from __future__ import annotations

from portal.checks import checklist, reference, tree
from portal.checks.rule import Rule, Subject
from portal.model.library import Library
from portal.model.problem import Problem, ordered

RULES: tuple[Rule, ...] = (*reference.RULES, *tree.RULES, *checklist.RULES)


def check_library(library: Library) -> tuple[Problem, ...]:
    """Everything that is wrong with the library, sorted by place."""
    subject = Subject(library)
    return ordered([problem for rule in RULES for problem in rule.problems(subject)])
