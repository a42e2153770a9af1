"""Text in two languages on one page: what is Chinese on an English page carries its language."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from portal.rendering.markup import markup

_CHINESE = re.compile("[《“]?[一-鿿](?:[一-鿿《》“”（）、，。：；？！ ·]*[一-鿿》”）。？！])?")


def has_chinese(text: str) -> bool:
    """Is there any Chinese in the text?"""
    return _CHINESE.search(text) is not None


def chinese_marked(text: str) -> Markup:
    """The text as HTML, each run of Chinese in an element of its own, for screen readers and fonts."""
    pieces, position = [], 0
    for run in _CHINESE.finditer(text):
        pieces += [escape(text[position : run.start()]), markup('<span lang="zh">{}</span>', run[0])]
        position = run.end()
    return Markup().join([*pieces, escape(text[position:])])
