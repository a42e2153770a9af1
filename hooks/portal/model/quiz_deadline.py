"""Questions about last days: a day chosen from the official calendar, the last day, and the days of common slips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice

from portal.model.calendar import Calendar, CalendarYear, UnknownYear, is_workday
from portal.model.deadline import Deadline, deadline
from portal.model.length import Length
from portal.model.library import Library
from portal.model.quiz import MAX_WRONG, Quiz, lot
from portal.model.regulation import Limit, Regulation

_TRIED = 10
"""So many days are looked at to find one on which many slips lead astray."""
_STRIDES = (101, 127, 151, 173)
"""None divides 365, nor does anything that divides 365 divide them: a walk in such strides meets every day."""
_ONE = timedelta(days=1)
_SIMPLE = ("first", "late")
"""Slips that are possible on every day: those of the calendar and the unit teach more, and are shown before them."""


@dataclass(frozen=True, slots=True)
class WrongDay:
    """A day that a reader may think of: by which slip, and for `other` the limit whose length was taken."""

    day: date
    slip: str
    limit: str = ""


@dataclass(frozen=True, slots=True)
class DeadlineQuestion:
    """From `start`, the limit ends on `answer.last_day`; `wrong` are other days, all different, the earliest first."""

    limit: str
    start: date
    answer: Deadline
    wrong: tuple[WrongDay, ...]


def deadline_questions(library: Library, quiz: Quiz) -> list[DeadlineQuestion]:
    """The questions of a quiz on deadlines, of limits that exist and can be asked about."""
    names = list(dict.fromkeys(quiz.limits))
    found = [question for name in names if (question := deadline_question(library, quiz.id, name))]
    drawn = sorted(found, key=lambda question: lot(quiz.id, question.limit))[: quiz.count]
    return [question for question in found if question in drawn]


def deadline_question(library: Library, seed: str, name: str) -> DeadlineQuestion | None:
    """The question about one limit; None where no day can be asked for (hours, unknown years, fewer than two slips)."""
    found = library.limit(name)
    if found is None or found[1].length.unit in ("hours", "minutes"):
        return None
    for year in sorted(library.calendar, reverse=True):
        starts = islice(_starts(library, found, year, f"{seed}/{name}"), _TRIED)
        best = _most_telling(library, found[1], starts, seed)
        question = _question(library, name, best, seed) if best else None
        if question and len(question.wrong) > 1:
            return question
    return None


def _most_telling(library: Library, limit: Limit, starts: Iterable[date], seed: str) -> date | None:
    """The day on which most slips lead astray; the first on which as many do as a question has room for."""
    best, most = None, -1
    for start in starts:
        slips = len(_telling(_near(library, limit, start, seed)))
        if slips > most:
            best, most = start, slips
        if slips >= MAX_WRONG - 1:
            break
    return best


def _starts(library: Library, found: tuple[Regulation, Limit], year: int, seed: str) -> Iterator[date]:
    """Working days of the year, shuffled, from which the last day is beyond dispute."""
    regulation, limit = found
    for day in _shuffled_days(year, seed):
        if limit.length.unit in ("months", "years") and not 2 <= day.day <= 27:
            continue
        if regulation.in_force(day) and is_workday(day, library.calendar) and _beyond_dispute(library, limit, day):
            yield day


def _shuffled_days(year: int, seed: str) -> Iterator[date]:
    """Every day of the year but the last of a leap year, in strides: most are never asked for, and need no place in a row."""
    chance = int(lot(seed, str(year))[:8], 16)
    stride = _STRIDES[chance % len(_STRIDES)]
    for turn in range(365):
        yield date(year, 1, 1) + _ONE * ((chance + turn * stride) % 365)


def _beyond_dispute(library: Library, limit: Limit, start: date) -> bool:
    """Is the calendar known to the end, and does no silence of the law on days off matter?"""
    try:
        found = deadline(limit, start, library.calendar)
    except UnknownYear:
        return False
    return found.last_day.year in library.calendar and found.if_rolled is None


def _question(library: Library, name: str, start: date, seed: str) -> DeadlineQuestion:
    found = library.limit(name)
    assert found is not None
    answer = deadline(found[1], start, library.calendar)
    near = _near(library, found[1], start, seed)
    taken = {wrong.day for wrong in near} | {answer.last_day}
    far = [wrong for wrong in _apart(_others(library, name, start), seed) if wrong.day not in taken]
    telling = _telling(near)
    simple = [wrong for wrong in near if wrong not in telling]
    third = sorted([*simple[:1], *far[:1]], key=lambda wrong: lot(seed, name, wrong.slip))
    wrong = dict.fromkeys([*telling[: MAX_WRONG - 1], *third, *near, *far])
    return DeadlineQuestion(name, start, answer, tuple(sorted(list(wrong)[:MAX_WRONG], key=lambda one: one.day)))


def _near(library: Library, limit: Limit, start: date, seed: str) -> list[WrongDay]:
    """The wrong days that bad counting leads to, shuffled."""
    right = deadline(limit, start, library.calendar).last_day
    return [wrong for wrong in _apart(_slips(limit, start, library.calendar), seed) if wrong.day != right]


def _telling(wrong: list[WrongDay]) -> list[WrongDay]:
    return [one for one in wrong if one.slip not in _SIMPLE]


def _apart(wrong: Iterator[WrongDay], seed: str) -> list[WrongDay]:
    """One for each wrong day, shuffled."""
    by_day: dict[date, WrongDay] = {}
    for one in wrong:
        by_day.setdefault(one.day, one)
    return sorted(by_day.values(), key=lambda one: lot(seed, one.slip, one.limit))


def _slips(limit: Limit, start: date, calendar: Calendar) -> Iterator[WrongDay]:
    """The days that bad counting leads to, by the calculator itself with one thing changed."""
    if limit.counting == "civil-procedure":
        yield from _counted("not-moved", limit.model_copy(update={"counting": "assumed"}), start, calendar)
    yield from _counted("weekends", limit, start, _without_holidays(frozenset(calendar)))
    for slip, length in _other_units(limit.length):
        counting = "working-days" if length.unit == "working-days" else "assumed"
        yield from _counted(slip, limit.model_copy(update={"length": length, "counting": counting}), start, calendar)
    yield from _counted("first", limit, start - _ONE, calendar)
    yield from _counted("late", limit, start + _ONE, calendar)


def _other_units(length: Length) -> Iterator[tuple[str, Length]]:
    """The same number in another unit, and months for thirties of days."""
    match length.unit:
        case "working-days":
            yield "calendar-days", Length(length.number, "days")
        case "days":
            yield "working-days", Length(length.number, "working-days")
            if length.number % 30 == 0:
                yield "months", Length(length.number // 30, "months")
        case "months":
            yield "thirties", Length(length.number * 30, "days")


def _others(library: Library, name: str, start: date) -> Iterator[WrongDay]:
    """Where the lengths of other limits of the same regulation lead: of much the same size, or nobody would mix them up."""
    found = library.limit(name)
    assert found is not None
    own = found[1].length.minutes
    for other, limit in found[0].rules.limits.items():
        if limit.length.unit not in ("hours", "minutes") and own <= 4 * limit.length.minutes <= 16 * own:
            yield from _counted("other", limit, start, library.calendar, f"{found[0].id}/{other}")


def _counted(slip: str, limit: Limit, start: date, calendar: Calendar, name: str = "") -> Iterator[WrongDay]:
    try:
        yield WrongDay(deadline(limit, start, calendar).last_day, slip, name)
    except UnknownYear:
        return


@cache
def _without_holidays(years: frozenset[int]) -> Mapping[int, CalendarYear]:
    """The calendar of somebody who knows Saturdays and Sundays only."""
    return {year: CalendarYear(year=year, notice="-", holidays=(), workdays=()) for year in years}
