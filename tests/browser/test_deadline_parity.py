"""The browser's calculator and the core's tell the same about every limit of the real library on every day of three years."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from portal.adapter import script_words
from portal.build import load_words, open_site
from portal.model.calendar import UnknownYear
from portal.model.deadline import deadline
from portal.model.library import Library
from portal.model.regulation import Limit, Regulation
from portal.reading.folder import read_library
from portal.rendering.limits_script import limits_script
from portal.rendering.view import View
from projects import PROJECT, REAL_TODAY
from small import read_small

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
DAYS = [(FIRST + timedelta(days=number)).isoformat() for number in range((LAST - FIRST).days + 1)]
# One line a day; assumptions are numbers in a table of their own: they repeat a hundred thousand times.
_ALL = """days => {
    const told = [], number = text => told.includes(text) ? told.indexOf(text) : told.push(text) - 1;
    const line = found => found.error ? found.error : [found.lastDay, found.ifRolled || '-', found.extendedTo || '-',
        ...found.assumptions.map(number)].join(' ');
    const results = {};
    for (const name of Object.keys(portalLimits.limits)) results[name] = days.map(day => line(portal.deadline(name, day))).join('\\n');
    return {told, results, rules: Object.fromEntries(Object.keys(portalLimits.limits).map(name =>
        [name, days.map(day => portal.deadline(name, day).rule).find(Boolean) || '']))};
}"""

Calculator = Callable[[Library], Page]


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(PROJECT, REAL_TODAY)[0]


@pytest.fixture(scope="module")
def calculator(chromium: Browser) -> Iterator[Calculator]:
    """A bare page with the calculator and the data of a library."""
    context = chromium.new_context()

    def load(library: Library) -> Page:
        page = context.new_page()
        words = load_words()
        page.add_script_tag(content=script_words(words))
        for asset in ("base", "deadline"):
            if asset == "deadline":
                page.add_script_tag(content=limits_script(open_site(library, "staff", words)))
            page.add_script_tag(path=PROJECT / f"docs/assets/{asset}.js")
        return page

    yield load
    context.close()


def expected(library: Library, law: Regulation, limit: Limit, view: View, told: dict[str, int]) -> str:
    """What the core says, one line a day, written as the page writes it."""
    excludes = str(view.text(limit.excludes).striptags()) if limit.excludes else None

    def line(text: str) -> str:
        day = date.fromisoformat(text)
        if not law.in_force(day):
            return "force"
        try:
            found = deadline(limit, day, library.calendar)
        except UnknownYear:
            return "unknown"
        said = [excludes if one == limit.excludes else one for one in found.assumptions]
        numbers = [str(told.get(str(one), -1)) for one in said]
        return " ".join([str(found.last_day), str(found.if_rolled or "-"), str(found.extended_to or "-"), *numbers])

    return "\n".join(map(line, DAYS))


def test_every_limit_on_every_day_of_three_years(calculator: Calculator, library: Library) -> None:
    found: dict[str, Any] = calculator(library).evaluate(_ALL, DAYS)
    told = {text: number for number, text in enumerate(found["told"])}
    view = View(open_site(library, "staff", load_words()), "index.html")
    names = [name for name, _, _ in library.limits()]
    assert sorted(found["results"]) == sorted(names)
    assert len(names) > 100
    different = []
    for name, law, limit in library.limits():
        core = expected(library, law, limit, view, told).split("\n")
        page = found["results"][name].split("\n")
        different += [(name, day, one, other) for day, one, other in zip(DAYS, core, page, strict=True) if one != other]
    assert different[:5] == []
    lines = "\n".join(found["results"].values())
    assert "force" in lines and "unknown" in lines and len(told) >= 5


VECTORS = [
    # Spring Festival 2026: 14 and 28 February are worked Saturdays.
    ("5 working-days", "working-days", "2026-02-13", "2026-02-27"),
    ("6 working-days", "working-days", "2026-02-13", "2026-02-28"),
    ("60 days", "assumed", "2026-03-02", "2026-05-01"),
    ("1 months", "assumed", "2026-01-31", "2026-02-28"),
    ("1 years", "assumed", "2028-02-29", "2029-02-28"),
    ("24 hours", "moment", "2026-03-02", "2026-03-03"),
    ("4 hours", "moment", "2026-03-02", "2026-03-02"),
    ("60 days", "civil-procedure", "2026-03-02", "2026-05-06"),
    ("5 working-days", "working-days", "2026-12-30", "unknown"),
    ("5 working-days", "working-days", "2031-03-03", "unknown"),
    ("60 days", "assumed", "2031-03-03", "2031-05-02"),
]


def test_worked_examples(calculator: Calculator, tmp_path: Path) -> None:
    rules = "limits:\n" + "".join(
        f"  case-{number}: {{title: 期限, article: 3, actor: office, from: receipt, length: {length}, counting: {counting},"
        " evidence: 60日内办结}\n"
        for number, (length, counting, _, _) in enumerate(VECTORS)
    )
    calendar = (PROJECT / "calendar/2026.yml").read_text("utf-8")
    changes = {"regulations/law-a/rules.yml": rules, "calendar/2026.yml": calendar}
    page = calculator(read_small(tmp_path, **changes))
    reckon = "([name, day]) => { const found = portal.deadline(name, day); return found.error || found.lastDay; }"
    for number, (length, counting, day, last) in enumerate(VECTORS):
        assert page.evaluate(reckon, [f"law-a/case-{number}", day]) == last, (length, counting, day)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("", "先选日子"),
        ("2026-02-30", "日历上没有这一天"),
        ("2026-2-3", "日历上没有这一天"),
        ("明天", "日历上没有这一天"),
        ("<img src=x onerror=alert(1)>", "日历上没有这一天"),
        ("1948-12-31", "1949"),
        ("0001-01-01", "1949"),
        ("2101-01-01", "2100"),
        ("9999-12-31", "2100"),
        ("275760-09-13", "日历上没有这一天"),
    ],
)
def test_a_day_from_which_nobody_counts_is_refused_in_words(
    calculator: Calculator, library: Library, day: str, says: str
) -> None:
    found = calculator(library).evaluate("day => portal.deadline('xinfang-2022/handle', day)", day)
    assert found["error"] == "day"
    assert says in found["message"]
    assert "lastDay" not in found


def test_a_law_not_in_force_names_its_interval_and_what_was_in_force(calculator: Calculator, library: Library) -> None:
    found = calculator(library).evaluate("portal.deadline('xinfang-2022/handle', '2021-03-01')")
    assert found["error"] == "force"
    assert "2022-05-01" in found["message"] and "《信访条例" in found["message"]


def test_an_unknown_year_names_itself_and_gives_no_day(calculator: Calculator, library: Library) -> None:
    name = next(name for name, law, limit in library.limits() if limit.counting == "working-days" and not law.ends)
    found = calculator(library).evaluate("name => portal.deadline(name, '2031-03-03')", name)
    assert found["error"] == "unknown" and "2031 年" in found["message"] and "lastDay" not in found


def test_the_browser_is_given_only_what_the_edition_may_see(library: Library) -> None:
    hidden = {
        **library.regulations,
        "xinfang-2022": library.regulations["xinfang-2022"].model_copy(update={"audience": "staff"}),
    }
    text = limits_script(open_site(replace(library, regulations=hidden), "public", load_words()))
    assert "xinfang-2022" not in text and "信访工作条例" not in text
