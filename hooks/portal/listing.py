"""A flat list of everything in the library, for scripts: kind, id, title, audience, page address."""

from __future__ import annotations

from portal.model.force import coming
from portal.model.library import Library
from portal.rendering.addresses import Addresses


def list_objects(library: Library, addresses: Addresses) -> list[dict[str, str]]:
    """One record an object, time limits and terms included; addresses are those of the staff edition."""
    records = [
        _record(document.kind, document.key[1], document.title, document.audience, addresses)
        for document in library.documents()
    ]
    for name, regulation, limit in library.limits():
        records.append(_record("limit", name, limit.title, regulation.audience, addresses))
    for name, term in library.glossary.terms.items():
        records.append(_record("term", name, term.term, term.audience, addresses))
    return records


def list_pending(library: Library) -> list[dict[str, str]]:
    """What takes effect or ends after today, by day: day, event (`effective`, `ends`), regulation, title, a sentence."""
    return [
        {
            "day": one.day.isoformat(),
            "event": one.event,
            "id": one.regulation.id,
            "title": one.regulation.title,
            "text": f"自 {one.day} 起{'施行' if one.event == 'effective' else '失效'}《{one.regulation.title}》",
        }
        for one in coming(library)
    ]


def _record(kind: str, name: str, title: str, audience: str, addresses: Addresses) -> dict[str, str]:
    return {"kind": kind, "id": name, "title": title, "audience": audience, "page": addresses.of[kind, name]}
