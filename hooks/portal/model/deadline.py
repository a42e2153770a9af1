"""From a limit and a starting day to the last day. Pure: the calendar is an argument."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portal.model.calendar import Calendar, UnknownYear, is_workday
from portal.model.length import Length
from portal.model.regulation import Counting, Limit

RULES: Mapping[Counting, str] = {
    "assumed": "从起算事项的次日起按自然日（月、年）计算",
    "civil-procedure": "开始当日不算，从次日起计算；最后一天是休息日的，顺延到其后第一个工作日",
    "working-days": "开始当日不算，从次日起只数工作日（含调休上班日）",
    "moment": "从发生的时刻起按小时连续计算",
}
"""How a limit is counted, in one sentence. The browser's calculator is given the same sentences."""

ASSUMPTIONS: Mapping[str, str] = {
    "start": "法规没有写明怎么起算：这里从次日起算，当天不算。",
    "roll": "最后一天遇休息日是否顺延，法规没有写明：这里不顺延，按较早的一天提醒。",
    "working-days": "法规没有写明怎么起算：这里从次日起算，当天不算；工作日按国务院办公厅放假安排计算。",
    "year": "{year} 年的放假安排没有录入（或尚未公布），不知道最后一天是不是休息日：这里没有往后移，按这一天办最稳。",
}
"""What a result may rest on besides the text of the law."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """`last_day` counts by `rule`. Where the law has no rule, `assumptions` says what was assumed.

    `if_rolled` is the first working day from `last_day` on, where the law is silent on days off or where the
    organ may reckon so; None where that year's calendar is unknown or nothing changes.
    `extended_to` is the last day after the one lawful extension.
    """

    start: date
    last_day: date
    rule: str
    assumptions: tuple[str, ...] = ()
    if_rolled: date | None = None
    extended_to: date | None = None


def deadline(limit: Limit, start: date, calendar: Calendar) -> Deadline:
    """The deadline of `limit` counted from `start`; raises UnknownYear where working days cannot be counted.

    A last day in an unknown year is not moved past days off, and the assumptions say so: the earlier day is safe.
    """
    end = _add(start, limit.length, calendar)
    rolled, unknown = _next_workday(end, calendar)
    return Deadline(
        start=start,
        last_day=rolled if rolled and limit.counting == "civil-procedure" else end,
        rule=rule_text(limit),
        assumptions=tuple(_assumptions(limit, end, rolled, unknown)),
        if_rolled=rolled if limit.counting == "assumed" and rolled != end else None,
        extended_to=_extended(limit, end, calendar),
    )


def _assumptions(limit: Limit, end: date, rolled: date | None, unknown: int | None) -> Iterator[str]:
    """What the result rests on besides the text of the law."""
    if limit.counting == "assumed":
        yield ASSUMPTIONS["start"]
        if rolled != end:
            yield ASSUMPTIONS["roll"]
    if limit.counting == "working-days" and limit.counting_basis is None:
        yield ASSUMPTIONS["working-days"]
    if limit.excludes:
        yield limit.excludes
    if unknown and limit.counting in ("assumed", "civil-procedure"):
        yield ASSUMPTIONS["year"].format(year=unknown)


def _extended(limit: Limit, end: date, calendar: Calendar) -> date | None:
    """The last day after the one lawful extension; None without one, or where its working days are unknown."""
    if limit.extend is None:
        return None
    try:
        later = _add(end, limit.extend.by, calendar)
    except UnknownYear:
        return None
    rolled, _ = _next_workday(later, calendar)
    return rolled if rolled and limit.counting == "civil-procedure" else later


def rule_text(limit: Limit) -> str:
    """How this limit is counted, in one sentence."""
    return RULES[limit.counting]


def _add(start: date, length: Length, calendar: Calendar) -> date:
    if length.unit == "working-days":
        return _add_workdays(start, length.number, calendar)
    if length.unit in ("months", "years"):
        return _add_months(start, length.number * (12 if length.unit == "years" else 1))
    return start + timedelta(minutes=length.minutes)


def _add_workdays(start: date, number: int, calendar: Calendar) -> date:
    day = start
    while number:
        day += timedelta(days=1)
        number -= is_workday(day, calendar)
    return day


def _add_months(start: date, number: int) -> date:
    """Same day of a later month; its last day where that month is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def _next_workday(day: date, calendar: Calendar) -> tuple[date | None, int | None]:
    """The first working day from `day` on, or the year whose calendar would be needed to tell."""
    try:
        while not is_workday(day, calendar):
            day += timedelta(days=1)
    except UnknownYear as unknown:
        return None, unknown.year
    return day, None
