"""The list of page makers. A new kind of page is a new file beside this one and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from portal.rendering.changes import change_pages
from portal.rendering.deadlines import deadline_pages
from portal.rendering.device import device_pages
from portal.rendering.hubs import hub_pages
from portal.rendering.page import RenderedPage
from portal.rendering.regulation import regulation_pages
from portal.rendering.runs import run_pages
from portal.rendering.single import player_pages, single_pages
from portal.rendering.site import Site
from portal.rendering.version import dated
from portal.rendering.written import written_pages

MAKERS: tuple[Callable[[Site], list[RenderedPage]], ...] = (
    written_pages,
    single_pages,
    player_pages,
    hub_pages,
    deadline_pages,
    run_pages,
    regulation_pages,
    change_pages,
    device_pages,
)


def render(site: Site) -> Iterator[RenderedPage]:
    """Every page of the edition, with its version at its end."""
    yield from dated(site, (page for maker in MAKERS for page in maker(site)))
