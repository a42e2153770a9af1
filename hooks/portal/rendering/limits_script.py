"""The encoded limits and the official calendar as a classic script: what the browser's calculator counts with."""

from __future__ import annotations

import json
from typing import Any

from portal.model.calendar import UNKNOWN_YEAR, CalendarYear
from portal.model.deadline import ASSUMPTIONS, RULES
from portal.model.length import Length
from portal.model.regulation import Limit, Regulation
from portal.rendering.site import Site
from portal.rendering.view import View


def limits_script(site: Site) -> str:
    """`window.portalLimits`: pages opened from a folder may not fetch, so data come as a script."""
    library = site.library
    data = {
        "calendar": {str(number): _year(year) for number, year in library.calendar.items()},
        "rules": dict(RULES),
        "assumptions": dict(ASSUMPTIONS),
        "unknown": UNKNOWN_YEAR,
        "laws": {law.id: _law(site, law) for law in library.regulations.values() if law.rules.limits},
        "limits": {name: _limit(View(site, "index.html"), limit) for name, _, limit in library.limits()},
    }
    return f"window.portalLimits = {json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(',', ':'))};\n"


def _year(year: CalendarYear) -> dict[str, list[str]]:
    """Days off and make-up days of this very year, as month and day."""
    return {
        "free": [f"{day:%m-%d}" for day in sorted(year.days_off) if day.year == year.year],
        "work": [f"{day:%m-%d}" for day in sorted(year.workdays) if day.year == year.year],
    }


def _law(site: Site, law: Regulation) -> dict[str, Any]:
    """When it is in force; the texts before and after it with their own days, and whether one can count by them."""
    kin = [{**_interval(other), "limits": bool(other.rules.limits)} for other in _kin(site, law)]
    return {**_interval(law), "kin": kin}


def _interval(law: Regulation) -> dict[str, Any]:
    ends = {"ends": law.ends.isoformat()} if law.ends else {}
    return {"title": law.title, "since": law.effective.isoformat(), **ends}


def _kin(site: Site, law: Regulation) -> list[Regulation]:
    """Predecessors and successors, however many steps away, by id."""
    seen = {law.id: law}
    waiting = [law]
    while waiting:
        here = waiting.pop()
        for other in (*site.successions.older(here), *site.successions.newer(here)):
            if other.id not in seen:
                seen[other.id] = other
                waiting.append(other)
    return [other for name, other in sorted(seen.items()) if name != law.id]


def _limit(view: View, limit: Limit) -> dict[str, Any]:
    """What is counted; its words stand on the page itself. Keys without a value are left out."""
    found = {
        "title": limit.title,
        "length": _length(limit.length),
        "counting": limit.counting,
        "ruled": limit.counting_basis is not None,
        "excludes": str(view.text(limit.excludes).striptags()) if limit.excludes else "",
        "extend": _length(limit.extend.by) if limit.extend else [],
    }
    return {key: value for key, value in found.items() if value}


def _length(length: Length) -> list[int | str]:
    return [length.number, length.unit]
