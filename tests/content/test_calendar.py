"""The calendars of the real project agree, day by day, with an independent package."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from portal.model.calendar import Calendar, is_workday
from portal.reading.folder import read_library

ROOT = Path(__file__).resolve().parents[2]
YEARS = sorted(int(path.stem) for path in (ROOT / "calendar").glob("*.yml"))
PACKAGED = {day.year for day in chinese_calendar.constants.holidays}


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    library, problems = read_library(ROOT, date(2026, 1, 1))
    assert [problem for problem in problems if problem.place.file.startswith("calendar/")] == []
    return library.calendar


def days_of(year: int) -> Iterator[date]:
    return (
        date(year, 1, 1) + timedelta(days=number) for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    )


@pytest.mark.skipif(not YEARS, reason="calendar/ holds no year yet")
def test_every_calendar_file_is_a_year_of_the_library(calendar: Calendar) -> None:
    assert sorted(calendar) == YEARS


@pytest.mark.skipif(not YEARS, reason="calendar/ holds no year yet")
@pytest.mark.parametrize("year", YEARS)
def test_every_day_is_worked_or_free_as_the_package_says(year: int, calendar: Calendar) -> None:
    if year not in PACKAGED:
        pytest.skip(f"the package does not know {year} yet: update it")
    different = [str(day) for day in days_of(year) if is_workday(day, calendar) != chinese_calendar.is_workday(day)]
    assert different == []


@pytest.mark.skipif(not YEARS, reason="calendar/ holds no year yet")
@pytest.mark.parametrize("year", YEARS)
def test_days_off_and_make_up_days_never_meet(year: int, calendar: Calendar) -> None:
    entry = calendar[year]
    assert entry.days_off.isdisjoint(entry.workdays)
    assert {day.year for day in entry.days_off | set(entry.workdays)} == {year}
    assert all(holiday.from_ <= holiday.to for holiday in entry.holidays)
    assert [str(day) for day in entry.workdays if day.weekday() < 5] == []
