"""The last day of a limit as a record: for the command line and for scripts."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.build import load_words, open_site
from portal.model.beside import beside
from portal.model.calendar import UnknownYear
from portal.model.deadline import deadline
from portal.model.force import NotInForce, require_force
from portal.model.library import Library
from portal.rendering.view import View


def reckon(library: Library, name: str, start: date) -> dict[str, Any]:
    """The deadline of the limit `name`, which must exist, counted from `start`; days are ISO text.

    Raises NotInForce where its regulation is not in force on `start`, UnknownYear where working days are unknown.
    """
    found = library.limit(name)
    assert found is not None
    regulation, limit = found
    require_force(library, name, start)
    result = deadline(limit, start, library.calendar)
    view = View(open_site(library, "staff", load_words()), "index.html")
    return {
        "limit": name,
        "title": limit.title,
        "basis": str(limit.article.within(regulation.id)),
        "length": str(limit.length),
        "from": result.start.isoformat(),
        "last_day": result.last_day.isoformat(),
        "rule": result.rule,
        "assumptions": [str(view.text(text).striptags()) for text in result.assumptions],
        "if_rolled": result.if_rolled.isoformat() if result.if_rolled else None,
        "extended_to": result.extended_to.isoformat() if result.extended_to else None,
        "note": str(view.text(limit.note).striptags()) if limit.note else None,
    }


def reckon_beside(library: Library, name: str, start: date) -> list[dict[str, Any]]:
    """The deadlines of the limits beside it; where one cannot be told, its id and the reason as `error`."""
    return [_reckon_or_say(library, other, start) for other in beside(library, name)]


def _reckon_or_say(library: Library, name: str, start: date) -> dict[str, Any]:
    try:
        return reckon(library, name, start)
    except (NotInForce, UnknownYear) as error:
        return {"limit": name, "error": str(error)}
