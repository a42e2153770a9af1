"""The visible text of a web page, block by block. Parsed by lxml, which reads the worst pages as browsers do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.model.place import Place
from portal.model.problem import Problem
from portal.reading.official_line import Line
from portal.reading.text import Unreadable

_HIDDEN = {"script", "style", "head", "noscript", "template", "iframe", "object", "svg", "select", "textarea"}
_INLINE = set(
    "a abbr b bdi bdo big cite code del em font i ins kbd mark q s samp small span strike strong sub sup".split()
)
_INLINE |= set("tt u var wbr label time data ruby rt rp rb nobr img".split())
_RANKS = {f"h{rank}": rank for rank in range(1, 7)}


def read_html(text: str, name: str) -> tuple[Line, ...]:
    """A line for each block or `<br>` that holds text, counted from 1; headings keep their rank. Raises Unreadable."""
    # Loading it takes a tenth of a second: only whoever imports a web page waits.
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=True)  # without a limit of 10 MB for one text
    try:
        root = document_fromstring(text.encode("utf-8"), parser=parser)  # as bytes: an XML declaration is allowed there
        broken = bool(parser.error_log.filter_from_fatals())  # after such an error the rest of the page is missing
    except (etree.LxmlError, ValueError, AssertionError):
        broken = True
    if broken:
        hint = "在浏览器里打开，另存为文字（.txt）"
        raise Unreadable(Problem(Place(name), "law-format", "网页读不懂", hint))
    blocks = _blocks(root)
    return tuple(Line(number, 1, block, rank) for number, (block, rank) in enumerate(blocks, 1))


def _blocks(root: Any) -> Iterator[tuple[str, int]]:
    """Text and heading rank of each block, in the order of the page."""
    pieces: list[str] = []
    rank = 0
    for text, found in _pieces(root):
        if found >= 0:
            block = "".join(pieces).strip()
            if block:
                yield block, rank
            pieces, rank = [], found
        pieces.append(text)
    if block := "".join(pieces).strip():
        yield block, rank


def _pieces(root: Any) -> Iterator[tuple[str, int]]:
    """Every text of the page, with the rank of the block that begins before it; -1 where the block goes on."""
    stack: list[tuple[Any, int, bool, bool]] = [(root, 0, False, False)]
    while stack:
        element, rank, as_typed, closing = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        begins = tag != "" and tag not in _INLINE
        if closing:
            yield from _typed(element.tail or "", rank, begins, as_typed)
            continue
        stack.append((element, rank, as_typed, True))
        if tag and tag not in _HIDDEN:
            inner, typed = _RANKS.get(tag, rank), as_typed or tag == "pre"
            yield from _typed(element.text or "", inner, begins, typed)
            stack.extend((child, inner, typed, False) for child in reversed(element))


def _typed(text: str, rank: int, begins: bool, as_typed: bool) -> Iterator[tuple[str, int]]:
    """A piece of text. Line ends of the source count where the page shows text as typed (`pre`), else as a space."""
    if not as_typed:
        yield text.replace("\n", " "), rank if begins else -1
        return
    for index, row in enumerate(text.split("\n")):
        yield row, rank if begins or index else -1
