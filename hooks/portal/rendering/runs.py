"""The page of everything recorded with checklists on this device. The list itself is made by the script."""

from __future__ import annotations

from portal.model.fingerprint import fingerprint
from portal.rendering.addresses import RUNS
from portal.rendering.page import RenderedPage
from portal.rendering.site import Site
from portal.rendering.view import View

SCRIPTS = ("assets/handover.js", "assets/run-data.js", "assets/run.js")
"""What a page with a checklist loads, in this order, after words.js and base.js."""


def run_scripts(view: View) -> list[str]:
    """The scripts as seen from a page."""
    return [view.to(script) for script in SCRIPTS]


def run_pages(site: Site) -> list[RenderedPage]:
    """One page, for the staff edition, where it holds a checklist: without script it leads to every checklist."""
    if site.edition != "staff" or not site.library.checklists:
        return []
    view = View(site, RUNS)
    words = site.words["runs"]
    rows = [
        {"id": one.id, "hash": fingerprint(one), "link": view.link("checklist", one.id)}
        for one in site.library.checklists.values()
    ]
    html = site.fill("runs.html", lists=rows, scripts=run_scripts(view))
    return [RenderedPage(view.here, words["title"], (html,), description=words["text"], searchable=False)]
