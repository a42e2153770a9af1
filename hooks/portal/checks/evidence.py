"""Encoded facts agree with the official words they rest on, and no length of time is written anywhere else."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.rule import Finding, Rule, Subject
from portal.checks.sources import place_at, steps_and_pages
from portal.model.duration import Written, find_lengths
from portal.model.regulation import Limit

_LIMITED = ("days", "working-days", "months")
_IDIOMS = ("一天", "一日")
"""Said of one day, not of a length: 最后一天, 同一天, 早的一天."""


def length_and_words(subject: Subject) -> Iterator[Finding]:
    """The official words quoted for a limit name its number and its unit."""
    for regulation in subject.library.regulations.values():
        for name, limit in regulation.rules.limits.items():
            said = [written for written in find_lengths(limit.evidence) if _means(written, limit)]
            if not said:
                yield Finding(
                    regulation.rules.origin.place("limits", name, "length"),
                    f"期限“{limit.title}”写的是 {limit.length}，原文的话是“{limit.evidence}”",
                    "对照原文改 length；evidence 要抄上带数目的那几个字",
                )


def _means(written: Written, limit: Limit) -> bool:
    """Same number and unit. `日` may mean working days where the law says so: then the limit names that article."""
    unit = limit.length.unit
    borrowed = unit == "working-days" and written.length.unit == "days" and limit.counting_basis is not None
    return written.length.number == limit.length.number and (written.length.unit == unit or borrowed)


def typed_lengths(subject: Subject) -> Iterator[Finding]:
    """Days, working days and months stand in a limit; steps and pages refer to it."""
    for file, text in steps_and_pages(subject.library):
        for written in find_lengths(text):
            if written.length.unit in _LIMITED and written.words not in _IDIOMS:
                yield Finding(
                    place_at(file, text, written.start),
                    f"这里手写了“{written.words}”",
                    "期限写成 [](limit:法规/期限)，条目里用 limit；不是法定期限的，换个说法或写进 exceptions.yml",
                )


RULES = (
    Rule("evidence-length", "期限的数目和单位，与所抄原文的几个字一致。", length_and_words),
    Rule("evidence-typed-days", "步骤和页面里不手写天数、月数：引用期限。", typed_lengths),
)
