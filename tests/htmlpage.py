"""A finished page as a browser sees it: elements, ids, links, text. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_SILENT = frozenset(("script", "style", "template"))


@dataclass
class Element:
    """One element; `children` holds elements and pieces of text."""

    tag: str
    attrs: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self) -> Iterator[Element]:
        """This element and everything below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.all()

    def find(self, tag: str = "", css: str = "", id: str = "") -> list[Element]:
        """Elements by tag, class and id."""
        return [
            element
            for element in self.all()
            if (not tag or element.tag == tag)
            and (not css or css in element.attrs.get("class", "").split())
            and (not id or element.attrs.get("id") == id)
        ]

    def one(self, tag: str = "", css: str = "", id: str = "") -> Element:
        """The only such element."""
        found = self.find(tag, css, id)
        assert len(found) == 1, f"{len(found)} × <{tag} class={css} id={id}>"
        return found[0]

    @property
    def text(self) -> str:
        """What a reader reads, white space evened out."""
        return re.sub(r"\s+", " ", "".join(self._texts())).strip()

    def _texts(self) -> Iterator[str]:
        if self.tag in _SILENT:
            return
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return [element.attrs["id"] for element in self.all() if "id" in element.attrs]

    def __repr__(self) -> str:
        return f"<{self.tag} {self.attrs}>"


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        names = [element.tag for element in self.open]
        if tag in names[1:] and tag not in _VOID:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse_html(html: str) -> Element:
    """The root of a page or a piece of one."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.root
