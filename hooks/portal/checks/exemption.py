"""Exceptions are data: a finding is left alone where `exceptions.yml` says so, with a reason and a last day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from portal.model.exemption import Exemption
from portal.model.library import Library
from portal.model.problem import Problem

NEVER = ("edition-staff-in-public", "edition-staff-phone", "rights-personal-data")
"""What would leave the office or harm a person has no exception."""
CODES = {
    "exception-code": "例外写的代号是一项检查的代号，而且这项检查可以有例外。",
    "exception-expired": "例外到期以后，要么改好，要么重新说明理由。",
    "exception-unused": "没有用到的例外删掉。",
}


def exempt(problems: Iterable[Problem], library: Library, codes: Collection[str]) -> list[Problem]:
    """The problems that no valid exception covers, and what is wrong with the exceptions themselves."""
    left: list[Problem] = []
    used: set[Exemption] = set()
    active = [entry for entry in library.exemptions.exceptions if _is_active(entry, library, codes)]
    for problem in problems:
        covering = [entry for entry in active if _covers(entry, problem)]
        used.update(covering)
        if not covering:
            left.append(problem)
    return left + list(_wrong_exemptions(library, codes, used))


def _is_active(entry: Exemption, library: Library, codes: Collection[str]) -> bool:
    return entry.code in codes and entry.code not in NEVER and entry.until >= library.today


def _covers(entry: Exemption, problem: Problem) -> bool:
    same = entry.code == problem.code and entry.file == problem.place.file
    return same and (entry.words is None or entry.words in problem.message)


def _wrong_exemptions(library: Library, codes: Collection[str], used: Collection[Exemption]) -> Iterator[Problem]:
    origin = library.exemptions.origin
    for index, entry in enumerate(library.exemptions.exceptions):
        code = origin.place("exceptions", index, "code")
        if entry.code not in codes:
            yield Problem(code, "exception-code", f"没有“{entry.code}”这项检查", "代号见作者手册“每项检查要什么”")
        elif entry.code in NEVER:
            yield Problem(code, "exception-code", f"“{entry.code}”不能有例外", "把内容改好，删掉这一条")
        elif entry.until < library.today:
            until = origin.place("exceptions", index, "until")
            hint = "把内容改好后删掉这一条；还要留着，就写明新的理由和日期"
            yield Problem(until, "exception-expired", f"这个例外到 {entry.until} 为止", hint)
        elif entry not in used:
            yield Problem(code, "exception-unused", "没有发现它要放过的问题", "删掉这一条", "warning")
