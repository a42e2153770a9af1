"""A drill as two papers: the facilitator's, with everything, and the players', with what each may know."""

from __future__ import annotations

from portal.model.drill import Drill, Inject
from portal.model.prose import Heading
from portal.rendering.page import Part
from portal.rendering.view import View


def facilitator_parts(view: View, drill: Drill) -> list[Part]:
    """Objectives, timetable with expected steps, discussion and debrief."""
    words = view.site.words["drill"]
    return [
        view.site.fill("drill_head.html", **_head(view, drill)),
        Heading(2, words["timetable"], "timetable"),
        view.site.fill("drill_injects.html", injects=[_inject(view, i) for i in _in_time(drill)]),
        Heading(2, words["discussion"], "discussion"),
        view.site.fill("lines.html", lines=[view.text(line) for line in drill.discussion]),
        Heading(2, words["debrief"], "debrief"),
        view.site.fill("lines.html", lines=[view.text(line) for line in drill.debrief]),
    ]


def player_parts(view: View, drill: Drill) -> list[Part]:
    """The situation for all, then one card a player: the brief and a place for notes. No expected step."""
    words = view.site.words["drill"]
    parts: list[Part] = [
        view.site.fill(
            "drill_situation.html",
            situation=view.text(drill.situation),
            rules=[view.text(rule) for rule in drill.rules],
            duration=view.length(drill.duration),
        )
    ]
    for role, player in drill.players.items():
        parts.append(Heading(2, words["card"].format(role=view.role(role)), f"card-{role}"))
        messages = [
            {"at": inject.at, "from": inject.from_, "text": view.text(inject.text)}
            for inject in _in_time(drill)
            if role in inject.to
        ]
        parts.append(view.site.fill("drill_card.html", brief=view.text(player.brief), messages=messages))
    return parts


def players_address(drill: Drill) -> str:
    """The players' paper has a page of its own: nobody opens the answers by mistake."""
    return f"drills/{drill.id}-players.html"


def _in_time(drill: Drill) -> list[Inject]:
    return sorted(drill.injects.values(), key=lambda inject: inject.minute)


def _head(view: View, drill: Drill) -> dict[str, object]:
    return {
        "id": drill.id,
        "practises": [view.link("work", name) for name in drill.practises],
        "duration": view.length(drill.duration),
        "players": [view.role(role) for role in drill.players],
        "players_href": view.to(players_address(drill)),
        "objectives": [view.text(objective) for objective in drill.objectives],
        "situation": view.text(drill.situation),
        "rules": [view.text(rule) for rule in drill.rules],
        "basis": view.basis(drill.basis, False),
    }


def _inject(view: View, inject: Inject) -> dict[str, object]:
    return {
        "at": inject.at,
        "from": inject.from_,
        "to": "、".join(view.role(role) for role in inject.to),
        "text": view.text(inject.text),
        "expect": [view.step_link(step) for step in inject.expect],
        "good": view.text(inject.good) if inject.good else "",
        "poor": view.text(inject.poor) if inject.poor else "",
    }
