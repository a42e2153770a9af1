"""The page that reckons days: every limit by the event it runs from, and a place for the script that counts them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from portal.model.beside import beside
from portal.model.prose import Heading
from portal.model.regulation import Regulation
from portal.rendering.addresses import DEADLINES
from portal.rendering.page import RenderedPage
from portal.rendering.regulation import limits_table, state
from portal.rendering.site import Site
from portal.rendering.view import View

OFTEN = 5
"""So many events are offered first."""
_SCRIPTS = ("assets/limits.js", "assets/deadline.js", "assets/ics.js", "assets/my-days.js")


@dataclass(frozen=True, slots=True)
class Start:
    """The limits of one regulation that run from one event, with those that stand beside them; `uses` by content."""

    regulation: Regulation
    event: str
    limits: tuple[str, ...]
    uses: int


def starts(site: Site) -> list[Start]:
    """Every event that limits run from: by regulation (most cited first), most used first."""
    uses = Counter(mention.target for mention in site.index.mentions if mention.kind == "limit")
    return [start for regulation in site.regulations for start in _of(site, regulation, uses)]


def _of(site: Site, regulation: Regulation, uses: Counter[str]) -> list[Start]:
    groups: dict[str, list[str]] = {}
    for name, limit in regulation.rules.limits.items():
        full = f"{regulation.id}/{name}"
        groups.setdefault(limit.from_, []).extend([full, *beside(site.library, full)])
    found = [
        Start(regulation, event, tuple(dict.fromkeys(names)), sum(uses[name] for name in names))
        for event, names in groups.items()
    ]
    return sorted(found, key=lambda start: -start.uses)


def deadline_pages(site: Site) -> list[RenderedPage]:
    """The one page, where the edition holds a limit."""
    found = starts(site)
    if not found:
        return []
    view, words = View(site, DEADLINES), site.words["deadlines"]
    laws = site.fill("starts.html", laws=_laws(view, found), scripts=[view.to(script) for script in _SCRIPTS])
    parts = (site.fill("deadlines.html"), Heading(2, words["all"], "all-limits"), laws)
    return [RenderedPage(view.here, words["title"], parts, description=words["lead"])]


def _laws(view: View, found: list[Start]) -> list[dict[str, object]]:
    """Each regulation with its events; the most used of all events are numbered."""
    in_force = [start for start in found if start.regulation.in_force(view.site.library.today)]
    often = sorted(in_force, key=lambda start: -start.uses)[:OFTEN]
    laws: dict[str, dict[str, object]] = {}
    rows: dict[str, list[dict[str, object]]] = {}
    for start in found:
        law = start.regulation
        laws.setdefault(law.id, _law(view, law, rows.setdefault(law.id, [])))
        rows[law.id].append(_row(view, start, often.index(start) + 1 if start in often else 0))
    return list(laws.values())


def _law(view: View, law: Regulation, rows: list[dict[str, object]]) -> dict[str, object]:
    ended = "" if law.in_force(view.site.library.today) else state(view, law)
    return {"id": law.id, "title": law.title, "state": ended, "starts": rows}


def _row(view: View, start: Start, often: int) -> dict[str, object]:
    return {
        "event": start.event,
        "title": view.site.library.vocabulary.events.get(start.event, start.event),
        "often": often,
        "table": Markup(limits_table(view, list(start.limits))),
    }
