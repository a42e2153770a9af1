"""A citation as Chinese prose writes it: the words, what they name, and why they may name nothing certain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from portal.model.citation import Citation, article_name, chinese_number

Level = Literal["division", "article", "paragraph", "item", "subitem"]
LEVELS: tuple[Level, ...] = ("division", "article", "paragraph", "item", "subitem")
_SIGNS: dict[Level, str] = {"article": "条", "paragraph": "款", "item": "项", "subitem": "目"}

Reason = Literal["", "no-law", "no-text", "no-place", "nothing-before", "generic", "short", "version", "backwards"]

_WHOLE = "写出法规名和条文号，例如{example}；不是引用条文的，换个说法，例如“第一点”"
_PLACE = "写明是第几条、第几款，例如第三十四条第一款"
_WRITE = "写成{example}"
_EXPLAINED: dict[Reason, tuple[str, str]] = {
    "no-law": ("“{words}”看不出是哪部法规的", _WHOLE),
    "no-text": ("“{words}”只在法规自己的页面里才说得清，这里不是法规的页面", _WHOLE),
    "no-place": ("“{words}”看不出是从哪一条、哪一款数起", _PLACE),
    "nothing-before": ("“{words}”的前面没有可以指的条、款、项", _PLACE),
    "generic": ("“{words}”没有写法规的全名，看不出是哪一部", _WHOLE),
    "short": ("“{words}”里的法规名不是全名", _WRITE),
    "version": ("“{words}”有几个版本，看不出是哪一个", _WRITE),
    "backwards": ("“{words}”的起点在终点后面", "查对条文号，小的写在前面"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """What the words name. `regulation` is an id of the library, otherwise `name` is the title as written (no 《》).

    `paragraph` 款, `item` 项 and `subitem` 目 count from 1; 0 is "not named". `division` (第三章, 本章第一节) is a
    part of a law that holds articles: a target, but no article.
    """

    regulation: str = ""
    name: str = ""
    article: str = ""
    paragraph: int = 0
    item: int = 0
    subitem: int = 0
    division: str = ""

    def __str__(self) -> str:
        law = self.regulation or (f"《{self.name}》" if self.name else "?")
        numbers = "".join(f"{getattr(self, level)}{sign}" for level, sign in _SIGNS.items() if getattr(self, level))
        return f"{law}/{self.division or numbers}"

    @property
    def lowest(self) -> Level:
        """The lowest level that is named; `article` if none is."""
        return next((level for level in reversed(LEVELS) if getattr(self, level)), "article")

    def above(self, level: Level) -> Target:
        """The same without this level and all below it."""
        emptied: dict[str, Any] = {name: type(getattr(self, name))() for name in LEVELS[LEVELS.index(level) :]}
        return replace(self, **emptied)

    def down_to(self, level: Level) -> Target:
        """The same without all below this level."""
        return self.above(level).at(level, getattr(self, level))

    def at(self, level: Level, number: str | int) -> Target:
        """The same with this level set: an article's number is text, all others are integers."""
        changed: dict[str, Any] = {level: number}
        return replace(self, **changed)

    def order(self, level: Level) -> tuple[int, int]:
        """What articles, paragraphs and items are sorted by: number and insert (第三十一条之二 is 31, 2)."""
        number, _, insert = str(getattr(self, level)).partition("-")
        return int(number or 0), int(insert or 0)

    def in_words(self) -> str:
        """第三十一条第六项: the place in full, without the law's name."""
        lower = ((self.paragraph, "款"), (self.item, "项"), (self.subitem, "目"))
        tail = "".join(f"第{chinese_number(number)}{sign}" for number, sign in lower if number)
        return self.division or (article_name(self.article) if self.article else "") + tail

    def citation(self, paragraphs: tuple[int, ...] = ()) -> Citation | None:
        """As the library cites it; `paragraphs` is the shape of the cited article (`Article.paragraphs`), if known.

        An item written without its paragraph belongs to the one paragraph that has items; the only paragraph of an
        article with items is the article itself. None where there is no article to lead to: a division, no law.
        """
        if self.division:
            return None
        if not self.regulation:
            return Citation(name=f"《{self.name}》{self.in_words()}", unverified=True) if self.name else None
        return Citation(self.regulation, self.article, self._parts(paragraphs))

    def _parts(self, paragraphs: tuple[int, ...]) -> tuple[int, ...]:
        paragraph = self.paragraph
        if len(paragraphs) == 1 and paragraphs[0] and paragraph <= 1:
            paragraph = 0
        elif self.item and not paragraph:
            holders = [number for number, items in enumerate(paragraphs, 1) if items]
            paragraph = holders[0] if len(holders) == 1 else 0
        return tuple(part for part in (paragraph, self.item, self.subitem) if part)


@dataclass(frozen=True, slots=True)
class ProseCitation:
    """The words `text[start:end]` and what they name: several targets for a range (第十七条至第十九条) or 前两款.

    With a `reason` the targets hold only what could be told; `suggestion` is a better wording, empty if none is known.
    """

    start: int
    end: int
    words: str
    targets: tuple[Target, ...]
    reason: Reason = ""
    suggestion: str = ""


def explain(citation: ProseCitation) -> tuple[str, str]:
    """Message and hint for the author of an unclear citation; raises KeyError for a clear one."""
    message, hint = _EXPLAINED[citation.reason]
    example = citation.suggestion or "《信访工作条例》第三十四条"
    return message.format(words=citation.words), hint.format(example=example)
