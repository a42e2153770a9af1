"""The public edition in Traditional characters: converted by OpenCC and a glossary, and labelled as converted.

Only what a reader sees is converted: text, titles, labels. Addresses, anchors, ids and scripts stay as they are, so
that every citation leads where it led.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import escape
from importlib.resources import files

import jieba
import opencc
import yaml

from portal.adapter import Made
from portal.build import load_words
from portal.model.prose import Heading
from portal.rendering.page import Part, RenderedPage

_TAG = re.compile(r"(<[^>]*>)")
_SEEN = re.compile(r'(\b(?:title|aria-label|alt|placeholder|label|value|data-[a-z-]+)=")([^"]*)')
"""Attributes whose words a reader sees or hears; scripts print what stands in `data-…`. Ids hold no Chinese there."""
_RAW = ("<script", "<style")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")


@cache
def _glossary() -> tuple[tuple[str, str], ...]:
    """What the converter gets wrong, and what this field writes instead; longest first."""
    text = files("portal").joinpath("words", "traditional.glossary").read_text("utf-8")
    terms: dict[str, str] = yaml.safe_load(text)
    return tuple(sorted(terms.items(), key=lambda term: -len(term[0])))


def convert(text: str) -> str:
    """Simplified to Traditional; what holds no Chinese stays as it is."""
    made = str(_converter().convert(text))
    for wrong, right in _glossary():
        made = made.replace(wrong, right)
    return made


def convert_html(html: str) -> str:
    """The texts of a piece of HTML; scripts and styles, ids and addresses stay."""
    pieces = _TAG.split(html)
    raw = False
    for index, piece in enumerate(pieces):
        if index % 2:
            raw = piece.startswith(_RAW) or (raw and not piece.startswith("</"))
            pieces[index] = _SEEN.sub(lambda match: match[1] + convert(match[2]), piece)
        elif not raw:
            pieces[index] = convert(piece)
    return "".join(pieces)


def convert_page(page: RenderedPage, label: str) -> RenderedPage:
    """The page in Traditional characters, with `label` (already converted) at its top."""
    note = f'<p class="converted">{escape(label)}</p>'
    return replace(
        page,
        title=convert(page.title),
        description=convert(page.description),
        keywords=tuple(map(convert, page.keywords)),
        parts=(note, *map(_part, page.parts)),
    )


def _part(part: Part) -> Part:
    """Anchors stay: a link from the other edition leads to the same place."""
    if isinstance(part, Heading):
        return replace(part, text=convert(part.text))
    return convert_html(part)


def in_traditional(made: Made) -> Made:
    """One edition in Traditional characters, each page labelled as converted; its words are taught to the search."""
    label = convert(load_words()["site"]["converted"])
    pages = tuple(convert_page(page, label) if page.lang == "zh" else page for page in made.pages)
    for word in sorted({word for page in pages for word in page.keywords}):
        jieba.add_word(word)
    return replace(
        made,
        pages=pages,
        name=convert(made.name),
        description=convert(made.description),
        search_help=convert_html(made.search_help),
        search_dialog=convert_html(made.search_dialog),
        skip_link=convert_html(made.skip_link),
        assets=tuple((name, convert(text)) for name, text in made.assets),
    )
