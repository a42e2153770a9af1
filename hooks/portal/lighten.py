"""Our own scripts without comments and indentation: a phone loads a fifth less. Sources stay readable."""

from __future__ import annotations

from pathlib import Path

import rjsmin


def lighten(folder: Path) -> int:
    """Every script directly in `assets/` of a finished site; returns the bytes saved. Vendored ones stay as they are."""
    saved = 0
    for path in sorted((folder / "assets").glob("*.js")):
        text = path.read_text("utf-8")
        light = f"{rjsmin.jsmin(text)}\n"
        path.write_text(light, "utf-8")
        saved += len(text.encode()) - len(light.encode())
    return saved
