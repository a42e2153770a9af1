"""An official text as it was published: title, notes, headings, articles, paragraphs (款), items (项), sub-items (目).

Nothing is left out but layout: white space and characters without width. `OfficialText.rebuilt` gives every other
character back in its order. Labels (`第三十一条`, `（六）`) are kept as they are spelled.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from portal.model.citation import Citation
from portal.model.enactment import adopted_day, effective_day

WIDTHLESS = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
"""Characters without width: they come from word processors and web pages and mean nothing."""
_WIDTHLESS = str.maketrans("", "", WIDTHLESS)
_STATE = re.compile("^中[华華]人民共和[国國]")


def squeeze(text: str) -> str:
    """The text without layout: what two copies of one text must have in common."""
    return "".join(text.translate(_WIDTHLESS).split())


@dataclass(frozen=True, slots=True)
class SubItem:
    """A 目. `label` is its number as spelled, for instance `1.`."""

    number: int
    label: str
    text: str

    def lines(self) -> Iterator[str]:
        """The one line."""
        yield self.label + self.text


@dataclass(frozen=True, slots=True)
class Item:
    """A 项. `label` is its number as spelled, for instance `（六）`."""

    number: int
    label: str
    text: str
    subitems: tuple[SubItem, ...] = ()

    def lines(self) -> Iterator[str]:
        """Its own line, then its sub-items."""
        yield self.label + self.text
        for subitem in self.subitems:
            yield from subitem.lines()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A 款 with its items. A list without numbers is part of `text`, on lines of its own."""

    text: str
    items: tuple[Item, ...] = ()

    def lines(self) -> Iterator[str]:
        """Its own text, if it has any before its items, then the items."""
        if self.text:
            yield self.text
        for item in self.items:
            yield from item.lines()


@dataclass(frozen=True, slots=True)
class Heading:
    """A part, chapter or section. `level`: 1 编, 2 分编, 3 章, 4 节, 5 目; `label` is empty for 附则, 序言 and the like.

    `paragraphs` is what stands under it before its first article: a preamble.
    """

    level: int
    label: str
    title: str
    line: int
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def name(self) -> str:
        """As cited: `第一章 总则`."""
        return f"{self.label} {self.title}".strip()

    def lines(self) -> Iterator[str]:
        """Its name and what stands under it."""
        yield self.name
        for paragraph in self.paragraphs:
            yield from paragraph.lines()


Part = Paragraph | Item | SubItem
_Numbered = TypeVar("_Numbered", Item, SubItem)


@dataclass(frozen=True, slots=True)
class Article:
    """A 条. `suffix` is 1 for 第三十一条之一, else 0; `path` names the headings above it; `line` counts from 1.

    `caption` is a name in brackets after the number, which some publishers add: 【受理】.
    """

    number: int
    suffix: int
    label: str
    path: tuple[str, ...]
    line: int
    paragraphs: tuple[Paragraph, ...]
    caption: str = ""

    @property
    def id(self) -> str:
        """As citations write it: `31`, `31-1`."""
        return f"{self.number}-{self.suffix}" if self.suffix else str(self.number)

    @property
    def key(self) -> tuple[int, int]:
        """Orders articles: 31, 31-1, 31-2, 32."""
        return (self.number, self.suffix)

    def lines(self) -> Iterator[str]:
        """The article line by line: the number stands before its first paragraph."""
        rest = (line for paragraph in self.paragraphs for line in paragraph.lines())
        yield f"{self.label}　{self.caption}{next(rest, '')}".rstrip("　")
        yield from rest

    def part(self, parts: Sequence[int]) -> Part | None:
        """The cited paragraph, item or sub-item; None if the article has no such part, or has it twice.

        One part is an item where the article has a single paragraph and that has items, else a paragraph; two are a
        paragraph and its item; three a sub-item of that.
        """
        if len(parts) == 1 and len(self.paragraphs) == 1 and self.paragraphs[0].items:
            return _numbered(self.paragraphs[0].items, parts[0])
        if not 1 <= len(parts) <= 3 or not 1 <= parts[0] <= len(self.paragraphs):
            return None
        paragraph = self.paragraphs[parts[0] - 1]
        if len(parts) == 1:
            return paragraph
        item = _numbered(paragraph.items, parts[1])
        return item if item is None or len(parts) == 2 else _numbered(item.subitems, parts[2])

    def text_of(self, parts: Sequence[int] = ()) -> str | None:
        """The words of the whole article, or of one part of it with all below it; None where `part` is None."""
        found = self.part(parts) if parts else self
        return None if found is None else "\n".join(found.lines())


def _numbered(members: Iterable[_Numbered], number: int) -> _Numbered | None:
    found = [member for member in members if member.number == number]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class OfficialText:
    """One official text. In the order of the page: `before`, `title`, `notes`, `contents`, `opening`, the headings and
    articles by their lines, `appendix`.

    `before` stands above the title (the decree that announces a text, a web page's menu); `contents` is the table of
    contents, `opening` what stands between it and the first heading or article; `appendix` is all that follows the
    last article. `source` is the file's name, `sha256` that of its bytes.
    """

    title: str
    notes: tuple[str, ...]
    headings: tuple[Heading, ...]
    articles: tuple[Article, ...]
    appendix: tuple[str, ...]
    sha256: str
    source: str
    before: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()

    @property
    def short_title(self) -> str:
        """Without 中华人民共和国, as the portal and most citations name it."""
        return _STATE.sub("", self.title)

    @property
    def adopted(self) -> date | None:
        """The latest day on which, by its notes, this version was adopted, amended or issued; None if they tell none."""
        return adopted_day(squeeze("\n".join(self.notes)))

    @property
    def effective(self) -> date | None:
        """The day from which the text says it is in force; None if it names none.

        Of a text that was amended without a new last article this is the day of the first version: earlier than
        `adopted`.
        """
        last = (squeeze(article.text_of() or "") for article in reversed(self.articles))
        return effective_day(squeeze("\n".join(self.notes)), last)

    @property
    def id(self) -> str:
        """Title and day, `行政复议法(2023-09-01)`: two versions of one text have two ids."""
        return f"{self.short_title}({self.adopted})" if self.adopted else self.short_title

    def article(self, number: str) -> Article | None:
        """By the number that citations use (`31`, `31-1`); None if there is none, or if two carry the number."""
        found = [article for article in self.articles if article.id == number]
        return found[0] if len(found) == 1 else None

    def text_of(self, citation: Citation) -> str | None:
        """The words that a citation of this text names: article, paragraph, item or sub-item; None if there are none."""
        article = self.article(citation.article)
        return article.text_of(citation.parts) if article else None

    def lines(self) -> Iterator[str]:
        """The whole text line by line."""
        yield from (*self.before, self.title, *self.notes, *self.contents, *self.opening)
        body: list[Iterable[Heading | Article]] = [self.headings, self.articles]
        for part in heapq.merge(*body, key=lambda part: part.line):
            yield from part.lines()
        yield from self.appendix

    def rebuilt(self) -> str:
        """The whole text: equal to the source but for layout (`squeeze`)."""
        return "\n".join(self.lines())
