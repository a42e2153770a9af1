"""A finished site made lighter for a phone: our scripts lose comments and indentation, the theme what is dear in it."""

from __future__ import annotations

from pathlib import Path

import rjsmin

_DEAR = "table:not([class])"
"""The theme's tables. With it, a browser looks through the whole subtree of every element whose class changes."""
_CHEAP = "table.plain"
"""No table of ours is without a class, so that the rule is never needed."""
_EAGER = '(location.protocol!=="file:"),'
"""When the search begins: at once over http, from a folder when it is opened. Some megabytes, more than all else together."""
_LAZY = "(!1),"
"""When it is opened, everywhere."""


def lighten(folder: Path) -> int:
    """Every script directly in `assets/` of a finished site; returns the bytes saved. Vendored ones stay as they are."""
    saved = 0
    for path in sorted((folder / "assets").glob("*.js")):
        text = path.read_text("utf-8")
        light = f"{rjsmin.jsmin(text)}\n"
        path.write_text(light, "utf-8")
        saved += len(text.encode()) - len(light.encode())
    return saved


def quicken(folder: Path) -> None:
    """Spare the theme's style sheet its rules for tables without a class, and every page the index of the search, which
    the theme reads and works up as soon as a page is there. A theme that reads otherwise is refused."""
    _replace(folder / "assets" / "stylesheets", "main.*.min.css", _DEAR, _CHEAP)
    _replace(folder / "assets" / "javascripts", "bundle.*.min.js", _EAGER, _LAZY)


def _replace(folder: Path, pattern: str, old: str, new: str) -> None:
    path = next(folder.glob(pattern))
    text = path.read_text("utf-8")
    if old not in text:
        raise ValueError(f"{path.name} of this theme has no {old}: look again at {__name__}.quicken")
    path.write_text(text.replace(old, new), "utf-8")
