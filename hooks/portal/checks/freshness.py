"""What was checked long ago is checked again: reviews, drills of plans, the calendar of the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.checks.rule import Finding, Rule, Subject
from portal.model.place import Place

REVIEW_YEARS = 1
DRILL_YEARS = 3
"""As the 2013 edition of 突发事件应急预案管理办法 asked of special and department plans."""


def _years_after(day: date, years: int) -> date:
    """The same day some years later; the last of February for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def old_reviews(subject: Subject) -> Iterator[Finding]:
    """Everything is reviewed every year; nothing is reviewed in the future."""
    today = subject.library.today
    for document in subject.library.documents():
        if document.reviewed > today:
            place = document.origin.place("reviewed")
            yield Finding(place, f"核对日期 {document.reviewed} 还没到", "写真正核对的那一天")
        elif _years_after(document.reviewed, REVIEW_YEARS) < today:
            place = document.origin.place("reviewed")
            yield Finding(
                place, f"“{document.title}”上次核对是 {document.reviewed}，超过一年", "重新核对，再改 reviewed"
            )


def old_drills(subject: Subject) -> Iterator[Finding]:
    """A plan that was drilled is drilled again within three years."""
    today = subject.library.today
    for plan in subject.library.plans.values():
        if plan.drilled and _years_after(plan.drilled, DRILL_YEARS) < today:
            place = plan.origin.place("drilled")
            yield Finding(place, f"预案“{plan.title}”上次演练是 {plan.drilled}，超过三年", "安排演练，再改 drilled")


def missing_calendar(subject: Subject) -> Iterator[Finding]:
    """This year's holidays are known: without them no working day can be counted."""
    if next(subject.library.documents(), None) is None:
        return
    year = subject.library.today.year
    name = f"calendar/{year}.yml"
    unread = {("file", "calendar"), ("file", name)} & subject.library.broken
    if year not in subject.library.calendar and not unread:
        yield Finding(Place(name), f"缺少 {year} 年的放假安排，工作日算不出来", "按国务院办公厅的放假通知写好这个文件")


RULES = (
    Rule("freshness-review", "每份内容每年核对一次，reviewed 写真正核对的日期。", old_reviews, "warning"),
    Rule("freshness-drill", "演练过的预案，三年内要再练。", old_drills, "warning"),
    Rule("freshness-calendar", "今年的放假安排要有。", missing_calendar, "warning"),
)
