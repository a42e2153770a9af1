"""Files of the site that are neither pages nor written by hand: the list of versions, the web manifest."""

from __future__ import annotations

import json

from portal.rendering.site import Site
from portal.rendering.version import changes

ICONS = (("192", "any"), ("512", "any"), ("512", "maskable"))
"""Size and purpose of the pictures that `scripts/icons.py` makes."""
COLOUR = "#1f4e79"


def web_assets(site: Site) -> tuple[tuple[str, str], ...]:
    """Name below the site's root and text."""
    return (("assets/changes.js", changes_script(site)), ("manifest.webmanifest", manifest(site)))


def changes_script(site: Site) -> str:
    """A classic script: pages opened from a folder may not fetch."""
    found = {"edition": site.edition, "things": changes(site)}
    return f"window.portalChanges = {json.dumps(found, ensure_ascii=False, separators=(',', ':'))};\n"


def manifest(site: Site) -> str:
    """What a device needs to put the site beside its programs. All addresses are relative: any host, any folder."""
    words = site.words["site"]
    icons = [
        {"src": f"assets/icons/icon-{size}{'' if purpose == 'any' else '-' + purpose}.png", "sizes": f"{size}x{size}"}
        | {"type": "image/png", "purpose": purpose}
        for size, purpose in ICONS
    ]
    content = {
        "id": "./",
        "name": words[f"name-{site.edition}"],
        "short_name": words["name-short"],
        "description": words["description"],
        "lang": "zh-Hans",
        "dir": "ltr",
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": COLOUR,
        "icons": icons,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
