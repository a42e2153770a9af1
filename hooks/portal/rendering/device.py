"""What the site keeps on the reader's device, and how to remove it. Without script the page says how by hand."""

from __future__ import annotations

from portal.rendering.page import RenderedPage
from portal.rendering.site import Site

ADDRESS = "on-this-device.html"


def device_pages(site: Site) -> list[RenderedPage]:
    """One page; a script fills in what is there."""
    words = site.words["device"]
    rows = [(words[name], words[f"{name}-text"]) for name in ("copy", "records", "remove")]
    body = site.fill("device.html", rows=rows)
    return [RenderedPage(ADDRESS, words["title"], (body,), description=words["summary"])]
