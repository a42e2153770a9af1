"""The words that make up a citation in Chinese: titles, 本条例, 前款, 第三十一条第六项. Words only, no meaning yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal

from portal.model.numeral import SIGNS, read_number
from portal.model.prose_citation import LEVELS, Level, Target
from portal.reading.titles import KINDS, Titles

MOST_IN_RANGE = 200

_BLANK = r"[ \u3000\n]?"
_N = f"[{SIGNS}]{{1,8}}"
_TO = "[至到—–~～-]"
_MORE = rf"(?:(?:[、和]|{_TO}){_N})*"
_NOTE = r"(?:[（(](?![^）)]{0,60}第[^）)]{1,9}条)(?:[^（）()《》\n]|《[^《》\n]*》){1,60}[）)]){0,2}"
_TITLE = r"《(?P<name>(?:[^《》\n]|《[^《》\n]*》){1,80})》"
_LEVELS = {
    "division": rf"(?:分则|总则|附则)?(?:第{_BLANK}{_N}{_BLANK}[编章节])+",
    # 第十七、十八条; 第十七条至十九条; 第三十一条之一.
    "article": rf"第{_BLANK}{_N}(?:条?(?:[、和]|{_TO}){_N})*{_BLANK}条(?!例)(?:之[一二三四五六七八九十]{{1,2}})?",
    "paragraph": rf"第{_BLANK}{_N}{_MORE}{_BLANK}款",
    "item": rf"(?:第{_BLANK})?[（(]{_N}[）)]{_BLANK}项|第{_BLANK}{_N}{_MORE}{_BLANK}项",
    "subitem": rf"第{_BLANK}{_N}{_MORE}{_BLANK}目",
}
_NUMBERS = "(?=第|[分总附]则第|[（(])" + rf"{_BLANK}[的中]?{_BLANK}".join(
    f"(?P<{level}>{pattern})?" for level, pattern in _LEVELS.items()
)
# 以前条件, 目前款项, 本条例, 本条款, 前项目 are other words.
_RELATIVE = (
    "(?<![以之目])前(?P<count>[一二两三四五六七八九])?(?:条(?![件款例目约文理])|款(?![项目])|项(?!目))"
    "|[本同该](?:条(?![例款件目])|款(?![项目]))|本项(?!目)|本[编章节](?=第)"
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What 第三十一条第六项 names; `top` is its highest level and `low` its lowest. Several places for 第一、二款."""

    top: Level
    low: Level
    places: tuple[Target, ...]
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """`text[start:end]`. A title has its `name` and the `note` in brackets after it; 本条例 and 该法 the kind of law."""

    kind: Literal["title", "known", "own", "that", "relative", "numbers"]
    start: int
    end: int
    text: str
    name: str = ""
    note: str = ""
    count: int = 1
    numbers: Numbers | None = None


def split_words(text: str, titles: Titles) -> Iterator[Word]:
    """Every word of a citation in the text, from left to right; ordinals that are no numbers are left out."""
    for match in _pattern(titles.pattern).finditer(text):
        start, end, written = match.start(), match.end(), match.group()
        match match.lastgroup:
            case "title":
                yield Word("title", start, end, written, match["name"], match["note"])
            case "known":
                yield Word("known", start, end, written, match["known_name"], match["known_note"])
            case "own":
                yield Word("own", start, end, written, match["own_kind"])
            case "that":
                yield Word("that", start, end, written, match["that_kind"])
            case "relative":
                yield Word("relative", start, end, written, count=_count(match["count"]))
            case "numbers":
                numbers = _read_numbers(match)
                if numbers:
                    end = start + len(written.rstrip(" \u3000\n的中"))
                    yield Word("numbers", start, end, text[start:end], numbers=numbers)


@lru_cache(maxsize=8)
def _pattern(known: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<title>{_TITLE}(?P<note>{_NOTE}))|(?P<known>(?P<known_name>{known})(?P<known_note>{_NOTE}))"
        rf"|(?P<own>(?<![基成资样版文])本(?P<own_kind>{KINDS}))|(?P<that>(?:该|同|上述|前述)(?P<that_kind>{KINDS}))"
        rf"|(?P<relative>{_RELATIVE})|(?P<numbers>{_NUMBERS})"
    )


def _count(sign: str | None) -> int:
    return 1 if sign is None else 2 if sign == "两" else read_number(sign) or 1


def _read_numbers(match: re.Match[str]) -> Numbers | None:
    """None where no level is named, or a number is none (第一二条)."""
    named = [level for level in LEVELS if match[level]]
    if not named:
        return None
    if "article" in named:  # 第三章第二十条: the article says it all.
        named = [level for level in named if level != "division"]
    values: dict[Level, tuple[int, ...]] = {one: _values(match[one]) for one in named if one != "division"}
    if not all(values.values()):
        return None
    division = re.sub(r"\s", "", match["division"]) if named[0] == "division" else ""
    articles = [str(number) for number in values.get("article", ())] or [""]
    articles[-1] += _insert(match["article"])
    paragraphs, items, subitems = (values.get(level, (0,)) for level in LEVELS[2:])
    numbers = product(articles, paragraphs, items, subitems)
    places = tuple(Target("", "", *four, division) for four in numbers)
    backwards = any(list(one) != sorted(one) for one in values.values())
    return Numbers(named[0], named[-1], places[:MOST_IN_RANGE], backwards)


def _insert(article: str | None) -> str:
    """第三十一条之一 → -1."""
    _, found, insert = (article or "").partition("之")
    return f"-{read_number(insert)}" if found else ""


def _values(part: str) -> tuple[int, ...]:
    """The numbers of one level: 第十七至十九条 → 17, 18, 19; empty where one of them is no number."""
    part = part.partition("之")[0]
    values: list[int] = []
    end = 0
    for match in re.finditer(_N, part):
        number = read_number(match.group())
        if number is None:
            return ()
        if values and re.search(_TO, part[end : match.start()]) and number - values[-1] <= MOST_IN_RANGE:
            values += range(values[-1] + 1, number)
        values.append(number)
        end = match.end()
    return tuple(values)
