"""Pieces of HTML put together safely."""

from __future__ import annotations

from markupsafe import Markup, escape


def markup(pattern: str, *values: object) -> Markup:
    """`pattern` with its `{}` filled; every value is escaped unless it is finished HTML already.

    `Markup.format` does the same through `string.Formatter`, in Python: that took a third of the rendering time.
    """
    finished = [value if isinstance(value, Markup) else escape(value) for value in values]
    return Markup(pattern.format(*finished))
