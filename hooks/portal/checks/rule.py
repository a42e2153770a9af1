"""A rule: its stable code, its sentence in the handbook and the function that finds where it is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from portal.model.library import Library
from portal.model.mention import Mention
from portal.model.mention_index import MentionIndex
from portal.model.place import Place
from portal.model.problem import Problem, Severity


class Subject(MentionIndex):
    """What rules look at: the library, and every mention in it, gathered once."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a rule is broken, what was found and what to do."""

    place: Place
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Rule:
    """`sentence` tells the author what the rule wants; it stands in the handbook."""

    code: str
    sentence: str
    find: Callable[[Subject], Iterator[Finding]]
    severity: Severity = "error"

    def problems(self, subject: Subject) -> Iterator[Problem]:
        """The findings as problems that carry this rule's code."""
        for finding in self.find(subject):
            yield Problem(finding.place, self.code, finding.message, finding.hint, self.severity)


Verdict = tuple[str, str]
"""Message and hint."""


def judge_targets(
    subject: Subject,
    judge: Callable[[Library, Mention], Verdict | None],
    among: Callable[[Mention], bool] | None = None,
) -> Iterator[Finding]:
    """A finding at each mention (`among` those that count) of a target that is found wrong.

    A target is judged by the first mention of it, counted or not: most targets are in order, and nobody need count.
    """
    for named in subject.targets.values():
        verdict = judge(subject.library, named[0])
        if verdict:
            yield from (Finding(mention.place, *verdict) for mention in named if among is None or among(mention))


def repeated(named: Iterable[tuple[str, str, object]]) -> Iterator[tuple[str, str]]:
    """Group and id of whatever has an id that another of the same document has before it."""
    seen: set[str] = set()
    for group, name, _ in named:
        if name in seen:
            yield group, name
        seen.add(name)
