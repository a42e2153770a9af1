"""Index pages: everything of one kind on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from portal.model.base import Document
from portal.model.force import coming
from portal.model.page import Page, Plan, Procedure
from portal.model.prose import Heading
from portal.model.reference import split_references
from portal.rendering.addresses import DEADLINES, HUBS
from portal.rendering.markup import markup
from portal.rendering.page import Part, RenderedPage
from portal.rendering.regulation import day, limits_table, state
from portal.rendering.site import Site
from portal.rendering.view import View


def hub_pages(site: Site) -> list[RenderedPage]:
    """One index page a kind, in the edition's order; a kind that the edition does not hold has none."""
    bodies = {kind: partial(_cards, documents=shelf) for kind, shelf in site.shelves.items()}
    pages = [_hub(site, kind, _regulations if kind == "regulation" else body) for kind, body in bodies.items()]
    pages.append(_hub(site, "limit", _limits))
    pages.append(_hub(site, "term", _terms))
    return pages


def _hub(site: Site, kind: str, body: Callable[[View], list[Part]]) -> RenderedPage:
    view = View(site, HUBS[kind])
    words = site.words["hub"]
    lead = site.fill("hub_lead.html", text=words[f"{kind}-text"])
    return RenderedPage(view.here, words[kind], (lead, *body(view)), description=words[f"{kind}-text"])


def _cards(view: View, documents: Iterable[Document]) -> list[Part]:
    rows = [
        {
            "link": view.link(document.kind, document.key[1]),
            "text": view.text(_summary(document)),
            "public": document.public,
            "reviewed": document.reviewed.isoformat(),
        }
        for document in documents
    ]
    return [view.site.fill("hub_cards.html", rows=rows, show_audience=view.site.edition == "staff")]


def _regulations(view: View) -> list[Part]:
    """What takes effect or ends later stands first; then the list."""
    words = view.site.words["regulation"]
    rows = [
        markup(words[f"coming-{one.event}"], day(one.day), view.link("regulation", one.regulation.id))
        for one in coming(view.site.library)
    ]
    head: list[Part] = [Heading(2, words["coming"], "coming"), view.site.fill("coming.html", rows=rows)] if rows else []
    return [*head, *_cards(view, view.site.regulations)]


def _summary(document: Document) -> str:
    """One line about an object, from whatever field of its kind says it."""
    if isinstance(document, (Procedure, Plan)):
        return f"{document.summary}{document.applies}"
    if isinstance(document, Page):
        return document.summary
    for name in ("intro", "purpose", "situation", "issuer"):
        text = getattr(document, name, None)
        if text:
            return _first_sentence(str(text))
    return ""


def _first_sentence(text: str) -> str:
    """The first sentence; a reference in it is never cut."""
    head = ""
    for piece in split_references(text):
        if not isinstance(piece, str):
            head += f"[{piece.label}]({piece.scheme}:{piece.target})"
            continue
        cut = piece.find("。")
        if cut >= 0:
            return head + piece[: cut + 1]
        head += piece
    return head


def _limits(view: View) -> list[Part]:
    parts: list[Part] = []
    if any(view.site.library.limits()):
        parts.append(view.site.fill("reckoner.html", href=view.to(DEADLINES)))
    for regulation in view.site.regulations:
        if regulation.rules.limits:
            parts.append(Heading(2, regulation.title, f"limits-{regulation.id}"))
            if not regulation.in_force(view.site.library.today):
                parts.append(view.site.fill("state.html", text=state(view, regulation)))
            parts.append(limits_table(view, [f"{regulation.id}/{name}" for name in regulation.rules.limits]))
    return parts


def _terms(view: View) -> list[Part]:
    terms = view.site.library.glossary.terms
    rows = [
        {
            "id": f"term-{name}",
            "term": t.term,
            "text": view.text(t.text),
            "also": t.also,
            "basis": view.basis(t.basis, False),
        }
        for name, t in terms.items()
    ]
    return [view.site.fill("terms.html", rows=rows)]
