"""What a checklist needs to become a card on paper: its version, its date, the QR code of its page."""

from __future__ import annotations

import segno
from markupsafe import Markup

from portal.model.checklist import Checklist
from portal.model.fingerprint import fingerprint
from portal.rendering.regulation import day
from portal.rendering.view import View

SCRIPT = "assets/card.js"
_VERSION_LENGTH = 8


def card_foot(view: View, checklist: Checklist) -> str:
    """Printed below the list; the script makes the card of it."""
    words = view.site.words["card"]
    text = words["version"].format(version=fingerprint(checklist)[:_VERSION_LENGTH], day=day(checklist.reviewed))
    return view.site.fill(
        "card.html",
        id=checklist.id,
        mode=view.site.words["checklist"][checklist.mode + "-help"],
        text=text,
        code=address_code(view),
        script=view.to(SCRIPT),
    )


def address_code(view: View) -> Markup:
    """The address of the page as a QR code; nothing where nobody said what the site's address will be."""
    home = view.site.home.rstrip("/")
    if not home.startswith(("https://", "http://")):
        return Markup()
    code = segno.make(f"{home}/{view.here}", micro=False, error="m", boost_error=False)
    return Markup(code.svg_inline(omitsize=True, border=2, svgclass="code", lineclass=None))
