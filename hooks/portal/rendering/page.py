"""A finished page: its address, its title and its body in parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from portal.model.prose import Heading

Part = Heading | str
"""A heading of the page (it stands in the table of contents) or a piece of finished HTML."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """`address` is the file below the site's root; `source` the authored file that an editor opens."""

    address: str
    title: str
    parts: tuple[Part, ...]
    source: str = ""
    description: str = ""
    layout: str = "page"
    boost: float = 1.0
    searchable: bool = True
    keywords: tuple[str, ...] = field(default=())
    lang: str = "zh"

    @property
    def html(self) -> str:
        """The whole body."""
        return "\n".join(_html(part) for part in self.parts)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, in order: the table of contents."""
        return tuple(part for part in self.parts if isinstance(part, Heading))


def _html(part: Part) -> str:
    if isinstance(part, Heading):
        return f'<h{part.level} id="{escape(part.anchor)}">{escape(part.text)}</h{part.level}>'
    return part
