"""One line of an official text: what it is by its own look. Heading, article, item, table of contents, or text."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from portal.model.numeral import SIGNS, read_number
from portal.model.official import squeeze

_NUMBER = f"[{SIGNS}]+"
_ARTICLE = re.compile(
    rf"第\s*(?P<number>{_NUMBER})\s*[条條](?:\s*之\s*(?P<suffix>{_NUMBER}))?(?P<stop>\s*[:：.．](?!\d))?"
    r"(?P<gap>\s*)(?P<rest>.*)",
    re.DOTALL,
)
_RUNNING_ARTICLE = re.compile(rf"(?<=[。！？；])\s*(?=第{_NUMBER}[条條](?:之{_NUMBER})?\s)")
_HEADING = re.compile(
    rf"(?P<label>第\s*(?P<number>{_NUMBER})\s*(?P<kind>分[编編]|[编編篇]|部分|章|[节節]|目))(?P<gap>\s*)(?P<rest>.*)"
)
_LEVELS = {"编": 1, "編": 1, "篇": 1, "部分": 1, "分编": 2, "分編": 2, "章": 3, "节": 4, "節": 4, "目": 5}
_UNNUMBERED = {"总则", "總則", "附则", "附則", "序言", "前言", "引言", "序"}
_SHORT = 10
"""Such a name is never longer, however wide it is set."""
_REFERENCE = re.compile(
    rf"[的、，,；;。）)》]|第[（(〔]?{_NUMBER}[）)〕]?[款项項目条條]|[和或与與及至到](?:者第|第|本[法条條])|以及|规定|規定|所[列称稱述]|中[的规規所]|之[规規]定|款|项|項"
)
"""What follows 第三十一条 in a sentence that only names it."""
_STOPS = frozenset("。；;：:，,！？!?")
_ENDS = frozenset('。；;：:！？!?…”’"』」）)〉》】〕')
_COMMAS = frozenset("，、,﹑")
_BRACKETED = re.compile(rf"[（(〔［\[]\s*(?P<number>{_NUMBER})\s*[）)〕］\]]\s*")
_POINTED = re.compile(r"(?P<number>[0-9０-９]{1,3})(?:[.．](?![0-9０-９])|、)\s*")
_COMMAED = re.compile(r"(?P<number>[一二三四五六七八九十]{1,3})、\s*")
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CONTENTS = {"目录", "目录：", "目次", "目錄"}
_DIGITS, _LEADER = "0123456789０１２３４５６７８９", ".．…·⋯—-"
_ATTACHED = re.compile(
    r"附(?:[:：].*|(?:件|录|錄|表|图|圖|注)[一二三四五六七八九十0-9]{0,3}(?:[:：].*|[^，。；]{0,40}))"
)
_DECISION = re.compile(
    r"(?:关于|關於|全国人民代表大会|全国人大|国务院|最高人民|中共中央|中华人民共和国).*(?:决定|決定|决议|修正案|说明|公告)"
)

Style = Literal["chinese", "bracket", "point", "comma", "circle"]


class Line(NamedTuple):
    """A line that is not blank. `rank` is a heading's depth in Markdown, HTML or Word (1 highest, 0 none).

    `begins` is true where the source sets off a paragraph here: by a blank line, an indent, or its format.
    """

    number: int
    column: int
    text: str
    rank: int = 0
    begins: bool = True


class Doubt(NamedTuple):
    """Something about a text that nobody should guess: where, its code, what was found, what to do."""

    line: int
    column: int
    code: str
    message: str
    hint: str


class ArticleMark(NamedTuple):
    """The start of an article; `number` is None where its spelling leaves doubt. `rest` stands on the same line."""

    number: int | None
    suffix: int | None
    label: str
    rest: str

    @property
    def readable(self) -> bool:
        """Is its spelling beyond doubt?"""
        return self.number is not None and self.suffix is not None

    @property
    def key(self) -> tuple[int, int]:
        """Orders articles whose numbers are readable."""
        return (self.number or 0, self.suffix or 0)


class HeadingMark(NamedTuple):
    """A heading. `level` is 0 where only the source's format says that it is one; `number` is None without one."""

    level: int
    number: int | None
    label: str
    title: str


class ItemMark(NamedTuple):
    """The number at the start of a 项 or 目, how it is written, and what follows."""

    style: Style
    number: int
    label: str
    rest: str


Mark = ArticleMark | HeadingMark | None


def complete(text: str) -> bool:
    """Does a sentence, an item or a lead-in end here?"""
    return text[-1:] in _ENDS


def is_sentence(text: str) -> bool:
    """A sentence or a piece of one; a title ends without a stop."""
    return text[-1:] in _STOPS


def runs_on(previous: Line | None, line: Line) -> bool:
    """Does the sentence of the line before go on here?

    A list without numbers does, from the colon to the last comma (宪法 65: 由下列人员组成：委员长，副委员长若干人，…).
    """
    if previous is None:
        return False
    if previous.text[-1] in _COMMAS or (previous.text[-1] in "：:" and line.text[-1] in _COMMAS):
        return True
    return not (line.begins or complete(previous.text))


def mark_of(line: Line, joined: bool) -> Mark:
    """What starts on this line. `joined`: the sentence of the line before goes on here."""
    if line.text[0] == "第":
        return _article(line, joined) or _heading(line)
    if len(line.text) < _SHORT and squeeze(line.text) in _UNNUMBERED:
        return HeadingMark(3, None, "", tidy(line.text))
    if line.rank > 0 and not is_sentence(line.text):
        return HeadingMark(0, None, "", tidy(line.text))
    return None


def _article(line: Line, joined: bool) -> ArticleMark | None:
    match = _ARTICLE.fullmatch(line.text)
    if match is None:
        return None
    apart = match["gap"] or match["stop"] or not match["rest"]
    if not apart and (joined or _REFERENCE.match(match["rest"])):
        return None
    suffix = read_number(match["suffix"]) if match["suffix"] else 0
    label = squeeze(line.text[: match.end("stop") if match["stop"] else match.start("gap")])
    return ArticleMark(read_number(match["number"]), suffix, label, match["rest"])


def _heading(line: Line) -> HeadingMark | None:
    match = _HEADING.fullmatch(line.text)
    if match is None or is_sentence(match["rest"]) or len(match["rest"]) > 60:
        return None
    if not match["gap"] and _REFERENCE.match(match["rest"]):
        return None
    return HeadingMark(
        _LEVELS[match["kind"]], read_number(match["number"]), squeeze(match["label"]), tidy(match["rest"])
    )


def item_of(text: str) -> ItemMark | None:
    """The number of an item, if the text begins with one."""
    if match := _BRACKETED.match(text):
        written = match["number"]
        style: Style = "bracket" if written.isdecimal() else "chinese"
    elif match := _POINTED.match(text):
        style = "point"
    elif match := _COMMAED.match(text):
        style = "comma"
    elif text[:1] and text[0] in _CIRCLES:
        return ItemMark("circle", _CIRCLES.index(text[0]) + 1, text[0], text[1:].lstrip())
    else:
        return None
    number = read_number(match["number"])
    return None if number is None else ItemMark(style, number, squeeze(match[0]), text[match.end() :])


def split_running(text: str) -> list[str]:
    """The articles that share one line: after a sentence's end, 第三十一条 and a space begin a new one."""
    return _RUNNING_ARTICLE.split(text)


def is_contents(line: Line) -> bool:
    """The title of a table of contents."""
    return squeeze(line.text) in _CONTENTS


def contents_key(line: Line, mark: Mark) -> str:
    """By what an entry of the contents is found again in the text: its number, else its words without page number."""
    return (mark.label if mark else "") or squeeze(line.text).rstrip(_DIGITS).rstrip(_LEADER)


def is_attachment(line: Line) -> bool:
    """Does an attachment or a decision begin here, by its title?"""
    text = squeeze(line.text)
    return bool(_ATTACHED.fullmatch(text) or _DECISION.fullmatch(text))


def tidy(text: str) -> str:
    """A title without layout between its characters: `总　则` → `总则`. Spaces between Latin words stay."""
    return re.sub(r"(?<![!-~])\s+|\s+(?![!-~])", "", text.strip())
