"""When a text was adopted and from when it is in force, as its own words say. All texts come without white space."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from portal.model.numeral import SIGNS, read_number

_DAY = rf"(?P<year>[{SIGNS}]{{4}})年(?P<month>[{SIGNS}]{{1,3}})月(?P<day>[{SIGNS}]{{1,3}})日"
_ANY_DAY = re.compile(_DAY)
_IN_FORCE = re.compile(rf"(?:自|于|從|从)?{_DAY}(?:起|开始|開始)?(?:正式)?(?:施行|实施|實施|生效)")
_ISSUED_IN_FORCE = re.compile(rf"{_DAY}[^年]{{0,60}}?(?:公布|发布|發布)(?:施行|实施|實施)")
_ISSUED = re.compile(rf"{_DAY}[^年]{{0,60}}?(?:公布|发布|發布)")
_OWN_START = re.compile(rf"本[^，。；]{{1,12}}自{_DAY}起(?:正式)?(?:施行|实施|實施|生效)")
_FROM_ISSUE = re.compile("本[^，。；]{1,12}自(?:公布|发布|發布)之日起(?:施行|实施|實施|生效)")


def adopted_day(notes: str) -> date | None:
    """The latest day in the notes that is no day of entry into force."""
    days = [_day(match) for match in _ANY_DAY.finditer(_IN_FORCE.sub("", notes))]
    return max((day for day in days if day), default=None)


def effective_day(notes: str, last_articles: Iterable[str]) -> date | None:
    """The day that the text's own last articles name, else its notes; `自公布之日起` counts if one issue is noted.

    `last_articles` comes in reverse order.
    """
    for article in last_articles:
        if match := _OWN_START.search(article):
            return _day(match)
        if _FROM_ISSUE.search(article):
            return _only(_ISSUED.finditer(notes))
    return _only(_IN_FORCE.finditer(notes)) or _only(_ISSUED_IN_FORCE.finditer(notes))


def _only(matches: Iterable[re.Match[str]]) -> date | None:
    """The one day of all matches; two different ones leave doubt."""
    days = {_day(match) for match in matches}
    return days.pop() if len(days) == 1 else None


def _day(match: re.Match[str]) -> date | None:
    year, month, day = (read_number(match[part]) for part in ("year", "month", "day"))
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None
