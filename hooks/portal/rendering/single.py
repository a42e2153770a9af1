"""Pages of objects that no page places: a checklist, a tree, a form, a drill by itself, and the players' papers."""

from __future__ import annotations

from portal.model.base import Document
from portal.rendering.drill import player_parts, players_address
from portal.rendering.page import RenderedPage
from portal.rendering.site import Site
from portal.rendering.view import View
from portal.rendering.written import object_parts


def single_pages(site: Site) -> list[RenderedPage]:
    """One page for each object that has no other place."""
    library = site.library
    documents: list[Document] = [
        *library.checklists.values(),
        *library.trees.values(),
        *library.forms.values(),
        *library.drills.values(),
    ]
    return [_page(site, document) for document in documents if document.key not in site.addresses.placed]


def _page(site: Site, document: Document) -> RenderedPage:
    view = View(site, site.addresses.of[document.key])
    return RenderedPage(
        address=view.here,
        title=document.title,
        parts=tuple(object_parts(view, document.kind, document.id)),
        source=document.origin.file,
        description=document.title,
    )


def player_pages(site: Site) -> list[RenderedPage]:
    """The players' paper of every drill, placed or not."""
    pages = []
    for drill in site.library.drills.values():
        view = View(site, players_address(drill))
        title = site.words["drill"]["players-title"].format(title=drill.title)
        pages.append(RenderedPage(view.here, title, tuple(player_parts(view, drill)), drill.origin.file))
    return pages
