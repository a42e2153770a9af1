"""The list of page makers. A new kind of page is a new file beside this one and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from portal.rendering.changes import change_pages
from portal.rendering.hubs import hub_pages
from portal.rendering.page import RenderedPage
from portal.rendering.regulation import regulation_pages
from portal.rendering.single import player_pages, single_pages
from portal.rendering.site import Site
from portal.rendering.written import written_pages

MAKERS: tuple[Callable[[Site], list[RenderedPage]], ...] = (
    written_pages,
    single_pages,
    player_pages,
    hub_pages,
    regulation_pages,
    change_pages,
)


def render(site: Site) -> Iterator[RenderedPage]:
    """Every page of the edition."""
    for maker in MAKERS:
        yield from maker(site)
