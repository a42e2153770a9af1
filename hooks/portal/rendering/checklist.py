"""A checklist as finished HTML: a list to tick, the same on the screen, without script and on paper."""

from __future__ import annotations

import json

from markupsafe import Markup

from portal.model.checklist import Checklist, Item, Pause, Phase
from portal.model.citation import chinese_number
from portal.model.fingerprint import fingerprint
from portal.model.prose import Heading
from portal.rendering.addresses import RUNS
from portal.rendering.card import card_foot
from portal.rendering.page import Part
from portal.rendering.phone import dial
from portal.rendering.runs import run_scripts
from portal.rendering.view import View

_COUNTED = frozenset({"minutes", "hours", "days"})
"""Units of a time box that a clock can count; working days need the calendar."""


def checklist_parts(view: View, checklist: Checklist) -> list[Part]:
    """A one-line head, each phase (heading, items, pause point), then notes. Items are numbered through."""
    words = view.site.words["checklist"]
    head = view.site.fill(
        "checklist_head.html",
        id=checklist.id,
        title=checklist.title,
        mode=words[checklist.mode],
        mode_help=words[checklist.mode + "-help"],
        hash=fingerprint(checklist),
        reviewed=checklist.reviewed.isoformat(),
        phones=_phones(view),
        runs=view.to(RUNS) if view.site.edition == "staff" else "",
        scripts=run_scripts(view),
    )
    parts: list[Part] = [head]
    number = 1
    for order, (name, phase) in enumerate(checklist.phases.items(), 1):
        parts.append(Heading(2, _phase_title(view, order, phase), f"{checklist.id}-{name}"))
        parts.append(_phase_html(view, checklist, name, phase, number))
        number += len(phase.items)
    if checklist.intro or checklist.basis:
        parts.append(_notes(view, checklist))
    return [*parts, card_foot(view, checklist)]


def _phones(view: View) -> str:
    """Title, number and what to dial of the duty phones, for the script of a run; nothing in the public edition."""
    profile = view.site.library.profile
    phones = profile.staff.phones if profile and profile.staff else ()
    rows = [(phone.title, phone.number, dial(phone.number)) for phone in phones]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def _notes(view: View, checklist: Checklist) -> str:
    """Reading matter comes after the steps: in an incident the first act must be on the first screen."""
    return view.site.fill(
        "checklist_notes.html",
        intro=view.text(checklist.intro) if checklist.intro else "",
        basis=view.basis(checklist.basis, False),
    )


def _phase_title(view: View, order: int, phase: Phase) -> str:
    within = view.site.words["checklist"]["within"]
    box = within.format(length=view.length(phase.within)) if phase.within else ""
    return f"{chinese_number(order)}、{phase.title}{box}"


def _phase_html(view: View, checklist: Checklist, name: str, phase: Phase, first: int) -> str:
    items = [
        {"number": number, **_item(view, checklist.id, item_id, item)}
        for number, (item_id, item) in enumerate(phase.items.items(), first)
    ]
    return view.site.fill(
        "checklist_phase.html",
        list=checklist.id,
        phase=name,
        minutes=phase.within.minutes if phase.within and phase.within.unit in _COUNTED else 0,
        items=items,
        pause=_pause(view, phase.pause),
    )


def _item(view: View, checklist: str, name: str, item: Item) -> dict[str, object]:
    return {
        "id": f"{checklist}--{name}",
        "name": name,
        "critical": item.critical,
        "critical_mark": view.mark("critical") if item.critical else Markup(),
        "do": view.text(item.do),
        "who": view.role(item.who),
        "say": view.text(item.say) if item.say else "",
        "why": view.text(item.why) if item.why else "",
        "basis": view.basis(item.basis, item.practice),
        "limit": view.deadline(item.limit) if item.limit else "",
        "form": view.link("form", item.form) if item.form else "",
    }


def _pause(view: View, pause: Pause | None) -> dict[str, object] | None:
    return {"who": view.role(pause.who), "confirm": view.text(pause.confirm)} if pause else None
