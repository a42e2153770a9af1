"""Markdown text after parsing: the tokens, and what the checks need to know about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.model.place import Place
from portal.model.quiz import Quiz


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a text: `target` as written, e.g. `limit:xinfang-2022/handle` or `../review/index.md`."""

    target: str
    place: Place
    image: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """A fenced block that puts an object here: ```` ```checklist ```` with the object's id (or ids) inside."""

    kind: str
    ids: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page; `anchor` is unique on the page."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Parsed Markdown. `tokens` are markdown-it tokens, made by the reading room, printed by the rendering room.

    `first_line` is the line of the file that the tokens' lines are counted from; `quizzes` are by the text of their block.
    """

    tokens: tuple[Any, ...] = ()
    links: tuple[Link, ...] = ()
    placements: tuple[Placement, ...] = ()
    headings: tuple[Heading, ...] = ()
    first_line: int = 1
    quizzes: Mapping[str, Quiz] = field(default_factory=dict)
