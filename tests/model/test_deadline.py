"""Deadlines: worked examples, the counting rules of each kind, and what holds for every day and length."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from portal.model.calendar import CalendarYear, Holiday, UnknownYear, is_workday
from portal.model.citation import Citation
from portal.model.deadline import deadline, rule_text
from portal.model.regulation import Limit

CALENDAR = {
    2026: CalendarYear.model_validate(
        {
            "year": 2026,
            "notice": "试验用",
            "holidays": (
                {"title": "春节", "from": "2026-02-15", "to": "2026-02-23"},
                {"title": "劳动节", "from": "2026-05-01", "to": "2026-05-05"},
            ),
            "workdays": ("2026-02-14", "2026-02-28"),
        }
    )
}
DAYS_OF_2026 = st.dates(date(2026, 1, 1), date(2026, 11, 30))


def limit(length: str, counting: str = "assumed", **more: Any) -> Limit:
    written = {"title": "期限", "article": 3, "actor": "office", "from": "receipt", "evidence": "30日"}
    return Limit.model_validate({**written, "length": length, "counting": counting, **more})


def last_day(length: str, start: str, counting: str = "assumed") -> date:
    return deadline(limit(length, counting), date.fromisoformat(start), CALENDAR).last_day


@pytest.mark.parametrize(
    ("length", "counting", "start", "last"),
    [
        # Five working days over the Spring Festival: 14 February is a working Saturday, 28 February another.
        ("5 working-days", "working-days", "2026-02-13", "2026-02-27"),
        ("6 working-days", "working-days", "2026-02-13", "2026-02-28"),
        ("1 working-days", "working-days", "2026-02-13", "2026-02-14"),
        ("2 working-days", "working-days", "2026-02-13", "2026-02-24"),
        ("1 working-days", "working-days", "2026-02-18", "2026-02-24"),
        ("60 days", "assumed", "2026-03-02", "2026-05-01"),
        ("15 days", "assumed", "2026-12-31", "2027-01-15"),
        ("1 months", "assumed", "2026-01-31", "2026-02-28"),
        ("1 months", "assumed", "2028-01-31", "2028-02-29"),
        ("1 years", "assumed", "2028-02-29", "2029-02-28"),
        ("11 months", "assumed", "2026-01-15", "2026-12-15"),
        ("12 months", "assumed", "2026-12-01", "2027-12-01"),
        ("24 hours", "moment", "2026-03-02", "2026-03-03"),
        # Hours run on through days off.
        ("72 hours", "moment", "2026-02-13", "2026-02-16"),
        ("4 hours", "moment", "2026-03-02", "2026-03-02"),
        # Civil procedure: a last day off moves to the next working day, a working Saturday does not move.
        ("60 days", "civil-procedure", "2026-03-02", "2026-05-06"),
        ("15 days", "civil-procedure", "2026-03-05", "2026-03-20"),
        ("15 days", "civil-procedure", "2026-03-06", "2026-03-23"),
        ("1 days", "civil-procedure", "2026-02-13", "2026-02-14"),
        ("2 days", "civil-procedure", "2026-02-13", "2026-02-24"),
    ],
)
def test_worked_examples(length: str, counting: str, start: str, last: str) -> None:
    assert last_day(length, start, counting) == date.fromisoformat(last)


def test_where_the_law_is_silent_the_earlier_day_counts_and_the_later_one_is_told() -> None:
    found = deadline(limit("60 days"), date(2026, 3, 2), CALENDAR)
    assert found.start == date(2026, 3, 2)
    assert found.last_day == date(2026, 5, 1)
    assert found.if_rolled == date(2026, 5, 6)
    assert len(found.assumptions) == 2
    assert "从次日起算" in found.assumptions[0]
    assert "不顺延" in found.assumptions[1]
    assert found.rule == rule_text(limit("60 days"))


def test_a_last_day_that_is_worked_needs_no_assumption_about_days_off() -> None:
    found = deadline(limit("59 days"), date(2026, 3, 2), CALENDAR)
    assert (found.last_day, found.if_rolled, len(found.assumptions)) == (date(2026, 4, 30), None, 1)


def test_one_lawful_extension_is_counted_from_the_last_day() -> None:
    extended = limit("60 days", extend={"by": "30 days", "approval": "office", "notify": True})
    assert deadline(extended, date(2026, 3, 2), CALENDAR).extended_to == date(2026, 5, 31)
    assert deadline(limit("60 days"), date(2026, 3, 2), CALENDAR).extended_to is None


def test_what_does_not_count_is_told() -> None:
    found = deadline(limit("60 days", excludes="鉴定的时间不算。"), date(2026, 3, 2), CALENDAR)
    assert "鉴定的时间不算。" in found.assumptions


def test_working_days_without_a_rule_of_their_own_are_an_assumption() -> None:
    silent = deadline(limit("5 working-days", "working-days"), date(2026, 3, 2), CALENDAR)
    ruled = deadline(limit("5 working-days", "working-days", counting_basis="law-a/3"), date(2026, 3, 2), CALENDAR)
    assert len(silent.assumptions) == 1
    assert ruled.assumptions == ()
    assert limit("5 days", counting_basis="law-a/3").counting_basis == Citation("law-a", "3")


@pytest.mark.parametrize(
    ("length", "counting", "start", "year"),
    [
        ("5 working-days", "working-days", "2027-03-01", 2027),
        ("5 working-days", "working-days", "2026-12-30", 2027),
    ],
)
def test_a_year_without_a_calendar_is_never_guessed(length: str, counting: str, start: str, year: int) -> None:
    with pytest.raises(UnknownYear) as unknown:
        last_day(length, start, counting)
    assert unknown.value.year == year
    assert f"{year} 年" in str(unknown.value)


def test_a_last_day_in_an_unknown_year_is_not_moved_and_says_so() -> None:
    found = deadline(limit("10 days", "civil-procedure"), date(2026, 12, 24), CALENDAR)
    assert found.last_day == date(2027, 1, 3)
    assert any("2027 年的放假安排没有录入" in text for text in found.assumptions)


def test_an_extension_runs_on_from_the_limit_itself_not_from_a_day_moved_past_a_holiday() -> None:
    found = deadline(limit("60 days", "civil-procedure", extend={"by": "30 days"}), date(2026, 3, 2), CALENDAR)
    assert found.last_day == date(2026, 5, 6)
    assert found.extended_to == date(2026, 6, 1)


def test_an_extension_into_an_unknown_year_leaves_the_limit_itself_known() -> None:
    rule = limit("5 working-days", "working-days", extend={"by": "90 working-days"})
    found = deadline(rule, date(2026, 11, 23), CALENDAR)
    assert (found.last_day, found.extended_to) == (date(2026, 11, 30), None)


def test_days_off_that_cannot_be_known_are_an_assumption_where_they_do_not_matter() -> None:
    found = deadline(limit("60 days"), date(2027, 3, 2), CALENDAR)
    assert found.last_day == date(2027, 5, 1)
    assert found.if_rolled is None
    assert any("2027 年的放假安排没有录入" in text for text in found.assumptions)


@pytest.mark.parametrize(
    ("length", "counting"),
    [("5 days", "assumed"), ("5 days", "civil-procedure"), ("5 working-days", "working-days"), ("5 hours", "moment")],
)
def test_every_counting_rule_says_how_it_counts(length: str, counting: str) -> None:
    assert "起" in rule_text(limit(length, counting))


@pytest.mark.parametrize(
    ("length", "counting"),
    [("5 days", "working-days"), ("5 working-days", "assumed"), ("5 hours", "civil-procedure"), ("5 days", "moment")],
)
def test_a_unit_and_its_counting_rule_go_together(length: str, counting: str) -> None:
    with pytest.raises(ValidationError, match="counting"):
        limit(length, counting)


@given(DAYS_OF_2026, st.integers(1, 15))
def test_n_working_days_hold_exactly_n_working_days(start: date, number: int) -> None:
    end = deadline(limit(f"{number} working-days", "working-days"), start, CALENDAR).last_day
    after = [start + timedelta(days=offset) for offset in range(1, (end - start).days + 1)]
    assert sum(is_workday(day, CALENDAR) for day in after) == number
    assert is_workday(end, CALENDAR)


@given(
    DAYS_OF_2026,
    st.integers(0, 20),
    st.sampled_from(["60 days", "1 months", "3 months", "1 years", "15 days"]),
    st.sampled_from(["assumed", "civil-procedure"]),
)
def test_who_starts_later_never_ends_earlier(start: date, wait: int, length: str, counting: str) -> None:
    later = min(start + timedelta(days=wait), date(2026, 11, 30))
    try:
        assert last_day(length, str(start), counting) <= last_day(length, str(later), counting)
    except UnknownYear as unknown:
        assert unknown.year == 2027


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(1, 1200))
def test_months_keep_the_day_or_stop_at_the_end_of_the_month(start: date, number: int) -> None:
    end = deadline(limit(f"{number} months"), start, {}).last_day
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == number
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@given(
    st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(1, 100), st.sampled_from(["days", "years", "months"])
)
def test_no_length_and_no_day_that_may_be_written_breaks_the_arithmetic(start: date, number: int, unit: str) -> None:
    extended = limit(f"{number} {unit}", extend={"by": "100 years"})
    assert deadline(extended, start, {}).last_day > start


@given(DAYS_OF_2026)
def test_the_rolled_day_is_the_first_working_day_from_the_last_one_on(start: date) -> None:
    found = deadline(limit("20 days"), start, CALENDAR)
    if found.if_rolled:
        between = (found.if_rolled - found.last_day).days
        days = [found.last_day + timedelta(days=offset) for offset in range(between)]
        assert between > 0
        assert not any(is_workday(day, CALENDAR) for day in days)
        assert is_workday(found.if_rolled, CALENDAR)
    elif found.last_day.year == 2026:
        assert is_workday(found.last_day, CALENDAR)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-02-13", True),
        ("2026-02-14", True),
        ("2026-02-15", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-03-01", False),
        ("2026-03-02", True),
    ],
)
def test_working_days_follow_the_notice(day: str, worked: bool) -> None:
    assert is_workday(date.fromisoformat(day), CALENDAR) is worked


def test_a_holiday_holds_both_its_ends() -> None:
    holiday = Holiday.model_validate({"title": "节", "from": "2026-05-01", "to": "2026-05-01"})
    year = CalendarYear(year=2026, notice="试验用", holidays=(holiday,), workdays=())
    assert year.days_off == {date(2026, 5, 1)}
