"""Hand-written pages: procedures, plans and guides, with the objects they place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from markupsafe import Markup

from portal.model.page import Guide, Page, Plan, Procedure
from portal.model.profile import Profile
from portal.model.prose import Heading
from portal.rendering.addresses import page_address
from portal.rendering.checklist import checklist_parts
from portal.rendering.drill import facilitator_parts
from portal.rendering.form import form_parts
from portal.rendering.home import home_parts
from portal.rendering.page import Part, RenderedPage
from portal.rendering.phone import dial
from portal.rendering.prose import prose_parts
from portal.rendering.quiz import quiz_html
from portal.rendering.regulation import limits_table
from portal.rendering.site import Site
from portal.rendering.tree import tree_parts
from portal.rendering.view import View


def written_pages(site: Site) -> list[RenderedPage]:
    """One page for every hand-written page of the edition."""
    return [_page(site, page) for page in site.library.pages()]


def _page(site: Site, page: Page) -> RenderedPage:
    lang = page.lang if isinstance(page, Guide) else "zh"
    view = View(site.speaking(lang), page_address(page))
    home = isinstance(page, Guide) and page.layout == "home"
    place = partial(_place, page) if lang == "zh" else partial(_place_chinese, site, page)
    body = prose_parts(view, page.body, page.origin.file, place)
    parts = (
        home_parts(view, page, body)
        if home
        else _with_contents(view, page, [*body, *_more_phones(view, page), _foot(view, page)])
    )
    return RenderedPage(
        address=view.here,
        title=page.title,
        parts=tuple(parts),
        source=page.origin.file,
        description=str(view.text(page.summary).striptags()),
        layout="home" if home else "page",
        boost=2.0,
        keywords=page.keywords,
        lang=lang,
    )


def _head(view: View, page: Page) -> str:
    """What is this, does it apply to me. A plan keeps it to one line: its first screen belongs to the first step."""
    scope = _scope(view, page) if not isinstance(page, Plan) else {"applies": "", "owner": ""}
    return view.site.fill("written_head.html", kind=page.kind, summary=view.text(page.summary), **scope)


def _with_contents(view: View, page: Page, parts: list[Part]) -> list[Part]:
    """The head and the rest. A plan is dozens of phone screens long: one line on top opens the list of its sections."""
    head = _head(view, page)
    if not isinstance(page, Plan):
        return [head, *parts]
    return [head, view.site.fill("contents.html", sections=_sections(view, parts)), *parts]


def _sections(view: View, parts: Iterable[Part]) -> list[dict[str, Any]]:
    """Anchor and text of each section; the phases of a checklist stand under its title, for many begin with the same words."""
    lists = {f"{each.id}-{phase}": each for each in view.site.library.checklists.values() for phase in each.phases}
    rows: list[dict[str, Any]] = []
    for part in parts:
        if not isinstance(part, Heading) or part.level != 2:
            continue
        owner = lists.get(part.anchor)
        if owner is None:
            rows.append({"anchor": part.anchor, "text": part.text, "phases": []})
            continue
        if not rows or rows[-1]["anchor"] != f"checklist-{owner.id}":
            rows.append({"anchor": f"checklist-{owner.id}", "text": owner.title, "phases": []})
        rows[-1]["phases"].append(part)
    return rows


def _scope(view: View, page: Page) -> dict[str, str]:
    """When a procedure applies and who answers for it."""
    if not isinstance(page, Procedure):
        return {"applies": "", "owner": ""}
    return {"applies": view.text(page.applies), "owner": view.role(page.owner)}


def _foot(view: View, page: Page) -> str:
    """On what basis, what next, how fresh, and where to mend it."""
    steps = page.next_steps if isinstance(page, Procedure) else ()
    scope = _scope(view, page) if isinstance(page, Plan) else {"applies": "", "owner": ""}
    return view.site.fill(
        "written_foot.html",
        **scope,
        basis=view.basis(page.basis, False),
        next_steps=[view.link("work", name) for name in steps],
        fresh=_fresh(view, page),
        source=edit_link(view, page.origin.file),
    )


def _fresh(view: View, page: Page) -> Markup:
    """When somebody last went through it, for staff also who, and what prevails."""
    words = view.site.words["part"]
    reviewer = words["by"].format(name=view.role(page.reviewer)) if view.site.edition == "staff" else ""
    reviewed = words["reviewed"].format(day=view.site.day(page.reviewed))
    return view.said(reviewed + reviewer + words["stop"] + words["official"])


def edit_base(site: Site) -> str:
    """Where the sources may be edited: a web address from the profile, for the staff edition only."""
    profile = site.library.profile
    base = profile.repository if profile and site.edition == "staff" else None
    return base.rstrip("/") if base and base.startswith(("https://", "http://")) else ""


def edit_link(view: View, file: str) -> dict[str, str]:
    """The file behind a page; a link where the profile names the repository. Only the staff edition shows it."""
    if view.site.edition != "staff":
        return {}
    base = edit_base(view.site)
    return {"file": file, "href": f"{base}/{file}" if base else ""}


def _place_chinese(site: Site, page: Page, view: View, kind: str, content: str) -> list[Part]:
    """A block on a page in another language: what it shows is in Chinese, and says so."""
    return ['<div lang="zh">', *_place(page, View(site, view.here), kind, content), "</div>"]


def _place(page: Page, view: View, kind: str, content: str) -> list[Part]:
    """The parts of one block of a page: a quiz stands in the block itself, everything else is placed by its id."""
    return [quiz_html(view, page.body.quizzes[content])] if kind == "quiz" else place_object(view, kind, content)


def place_object(view: View, kind: str, content: str) -> list[Part]:
    """The parts of one placed block."""
    names = content.split()
    if kind == "limits":
        return [limits_table(view, names)]
    if kind == "rules":
        return [view.site.fill("rules.html", rules=view.site.rules)]
    if kind == "channels":
        return [channels(view)]
    if kind == "duty-phones":
        return [duty_phones(view)]
    if kind == "thresholds":
        return [thresholds(view, name) for name in names]
    return [part for name in names for part in object_parts(view, kind, name)]


def object_parts(view: View, kind: str, name: str) -> list[Part]:
    """A checklist, tree, form or drill, with the link to its source after it."""
    library = view.site.library
    parts: list[Part]
    file = ""
    if kind == "checklist":
        checklist = library.checklists[name]
        parts, file = checklist_parts(view, checklist), checklist.origin.file
    elif kind == "tree":
        tree = library.trees[name]
        parts, file = tree_parts(view, tree), tree.origin.file
    elif kind == "form":
        form = library.forms[name]
        parts, file = form_parts(view, form), form.origin.file
    else:
        drill = library.drills[name]
        parts, file = facilitator_parts(view, drill), drill.origin.file
    source = edit_link(view, file)
    return [*parts, view.site.fill("source.html", source=source)] if source else parts


FIRST_PHONES = 6
"""So many stand on top: the first step must be on the first screen of a phone."""


def duty_phones(view: View, part: slice = slice(FIRST_PHONES)) -> str:
    """Numbers to tap, first thing on an incident page; the rest of them at its end."""
    profile = view.site.library.profile
    phones = profile.staff.phones[part] if profile and profile.staff else ()
    rows = [{"title": p.title, "number": p.number, "tel": dial(p.number), "when": p.when or ""} for p in phones]
    return view.site.fill("duty_phones.html", phones=rows, fictitious=_fictitious(profile))


def _more_phones(view: View, page: Page) -> list[Part]:
    """On a plan: the numbers that have no room on top."""
    profile = view.site.library.profile
    if not isinstance(page, Plan) or not profile or not profile.staff or len(profile.staff.phones) <= FIRST_PHONES:
        return []
    heading = Heading(2, view.site.words["part"]["more-phones"], "more-phones")
    return [heading, duty_phones(view, slice(FIRST_PHONES, None))]


def channels(view: View) -> str:
    """The published ways in (article 18)."""
    profile = view.site.library.profile
    public = profile.public if profile else None
    rows = [
        {
            "title": c.title,
            "kind": c.kind,
            "value": c.value,
            "hours": c.hours or "",
            "tel": dial(c.value) if c.kind == "phone" else "",
        }
        for c in (public.channels if public else ())
    ]
    return view.site.fill(
        "channels.html",
        name=public.name if public else "",
        note=(public.note or "") if public else "",
        channels=rows,
        fictitious=_fictitious(profile),
    )


def thresholds(view: View, name: str) -> str:
    """The organisation's own grading."""
    profile = view.site.library.profile
    found = profile.staff.thresholds[name] if profile and profile.staff else None
    rows = [
        {
            "title": level.title,
            "at_least": level.at_least,
            "lead": view.role(level.lead),
            "action": view.text(level.action),
        }
        for level in (found.levels if found else ())
    ]
    return view.site.fill(
        "thresholds.html",
        title=found.title if found else "",
        unit=found.unit if found else "",
        levels=rows,
        fictitious=_fictitious(profile),
    )


def _fictitious(profile: Profile | None) -> bool:
    return bool(profile and profile.fictitious)
