"""From a passage of Chinese prose to the citations in it.

Taken: numbers after a law's title, 本条例 or 该法; numbers alone, joined to the citation before them, to the law named
before them or to the text's own law; 前款, 前条, 本条, 同条. What cannot be told is told, with the reason.
Not taken: a title alone; 第一条 and 第二项 of an ordinary list; 第三章 where no law is named; the points of a contract.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from portal.model.numeral import read_number
from portal.model.prose_citation import LEVELS, Level, ProseCitation, Reason, Target
from portal.reading.citation_words import MOST_IN_RANGE, Numbers, Word, split_words
from portal.reading.home import Home
from portal.reading.titles import GENERIC, Law, Titles, title_before, title_start

# A passage without any of these cites nothing and names nothing for later.
_ANYTHING = re.compile("第|前[一二两三四五六七八九]?[条款项]|[本同该][条款项]|以下.{0,2}称")
_FILLER = re.compile(r"[ \u3000\n]?[的中里之]?[ \u3000\n]?")
_LIST = re.compile(r"\s?(?:[、，,]\s?)?(?:和|与|及|或者?|以及|并|[至到—–~～-])?\s?")
_RANGE = re.compile(r"\s?[至到—–~～-]\s?")
_AND = r"\s?(?:[、和与及至到]|或者?|以及)\s?"
_SENTENCE_END = re.compile("[。！？!?]")
_LONGEST_SENTENCE = 500
_SHORT_TITLE = re.compile(r"以下(?:统|简)?称[为：:]?[“\"《]?([^“”\"《》（）()，,、]{2,20})")
_AREA = frozenset("省市县区州旗盟")
_UNITS: dict[str, Level] = {
    "编": "division",
    "章": "division",
    "节": "division",
    "条": "article",
    "款": "paragraph",
    "项": "item",
}

# What stands around the number of a place in a law, and around a number that counts things or the points of a paper.
_SAYS = re.compile(r"\s?(?:的?规定|所[列称指述]|之规定)")
_CUE = re.compile(r"(?:依照|按照|根据|依据|违反|适用|参照|符合|对照|援引|引用|触犯|[（(])\s?$")
_NEXT_ARTICLE = re.compile(rf"{_AND}第\s?([^第条]{{1,9}})条")
_COUNTED = re.compile(
    rf"(?:{_AND}第?[^第，。；、条款项目]{{1,9}}[条款项]){{0,12}}(?:"
    "建议|意见|产品|热线|线|路|街|巷|走廊|通道|车道|消息|新闻|短信|微信|信息|措施|理由|诉求|请求|要求|经验|原则|工作|任务"
    "|问题|办法|记录|留言|待办|纪律|船|狗|鱼|裤|腿|毛巾)"
)
_PAPERS = "协议书?|合同书?|契约|承诺书|公约|清单|笔录|记录|纪要|表格?|名单|提纲|稿"
_PAPER = re.compile(rf"(?:{_PAPERS})$")
_POINT_OF_PAPER = re.compile(rf"(?:{_PAPERS}|方案|章程|制度|守则)的?(?:第[^第，。；条款项目]{{1,9}}[条款项目]{_AND})*$")
_FAR = 60
_FEW = 10
_REMEMBERED = 50


@dataclass(frozen=True, slots=True)
class Context:
    """What the words alone don't say. `home`: the text belongs to a regulation; `likely`: a title to suggest."""

    titles: Titles = field(default_factory=Titles)
    home: Home | None = None
    likely: str = ""


def find_citations(text: str, context: Context) -> tuple[ProseCitation, ...]:
    """All citations in the text, in order, without overlap; those that stay unclear carry a reason. Never raises.

    Paragraphs are parted by blank lines: a law named in one is forgotten in the next; a short title (以下简称) is kept.
    """
    short_titles: dict[str, Law] = {}
    found: list[ProseCitation] = []
    start = 0
    for passage in re.split(r"(\n\s*\n)", text):
        if _ANYTHING.search(passage):
            for one in _Passage(passage, context, short_titles).read():
                found.append(replace(one, start=one.start + start, end=one.end + start))
        start += len(passage)
    return tuple(found)


def find_in_pieces(pieces: Sequence[tuple[str, bool]], context: Context) -> tuple[tuple[int, ProseCitation], ...]:
    """The same for one paragraph of Markdown that comes in pieces: a text, and whether it may hold a citation.

    Pieces that may not (a link's words) still name laws. Gives the index of the first open piece that the citation
    touches; `start` and `end` count in that piece and are cut to it, `words` stays whole.
    """
    offsets = [0]
    for text, _ in pieces:
        offsets.append(offsets[-1] + len(text))
    found: list[tuple[int, ProseCitation]] = []
    for one in find_citations("".join(text for text, _ in pieces), context):
        for index, (low, high) in enumerate(pairwise(offsets)):
            start, end = max(one.start, low), min(one.end, high)
            if pieces[index][1] and start < end:
                found.append((index, replace(one, start=start - low, end=end - low)))
                break
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Base:
    """What numbers are counted from; 前两款 gives two targets. `law` is the title in 《》 to suggest, if any."""

    targets: tuple[Target, ...] = (Target(),)
    reason: Reason = ""
    law: str = ""


def _of_law(law: Law) -> _Base:
    return _Base((Target(law.regulation, "" if law.regulation else law.name),), law.reason, law.suggestion)


@dataclass(slots=True)
class _Passage:
    """One paragraph while it is read: the laws named so far (with where), the citations found so far."""

    text: str
    context: Context
    short_titles: dict[str, Law]
    laws: deque[tuple[int, Law]] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    found: list[ProseCitation] = field(default_factory=list)
    base: _Base = field(default_factory=_Base)

    def read(self) -> list[ProseCitation]:
        """Word by word; a word and the numbers joined to it make one citation."""
        words = list(split_words(self.text, self.context.titles))
        taken = -1
        for index, word in enumerate(words):
            if index == taken:
                continue
            after = words[index + 1] if index + 1 < len(words) else None
            if after is not None and self._is_joined(word, after):
                taken = index + 1
                self._take(word, after)
            else:
                self._take(word, None)
        return self.found

    def _is_joined(self, word: Word, after: Word) -> bool:
        if word.numbers or not after.numbers or not _FILLER.fullmatch(self.text[word.end : after.start]):
            return False
        top = after.numbers.top
        if word.kind != "relative":
            return top in ("division", "article")
        unit = _UNITS[word.text[-1]]
        return top == unit if unit == "division" else LEVELS.index(top) > LEVELS.index(unit)

    def _take(self, word: Word, after: Word | None) -> None:
        """Make the word the base of a citation, if it is one; `after` are the numbers joined to it."""
        base: _Base | None = None
        if word.kind in ("title", "known"):
            word = self._whole(word)
            law = self._law(word)
            self.laws.append((word.start, law))
            base = _of_law(law) if after and not _PAPER.search(word.name) else None
        elif word.kind in ("own", "that"):
            base = self._pointed(word) if after else None
        elif word.kind == "relative":
            base = self._relative(word, after)
        elif title := self._unmarked_title(word):
            self._take(title, word)
        elif word.numbers:
            base, after = self._bare(word, word.numbers), word
        if base is not None:
            self._add(base, word, after)

    def _add(self, base: _Base, word: Word, after: Word | None) -> None:
        """Write the citation down; one that ends a range is joined to the one that begins it."""
        start, end = word.start, after.end if after else word.end
        targets, backwards = base.targets, False
        if after and after.numbers:
            targets = tuple(_below(one, place, after.numbers.top) for one in targets for place in after.numbers.places)
            backwards = after.numbers.backwards
        joined = self._range(start, targets) if after is word else None
        if joined:
            start, targets, backwards = self.found.pop().start, *joined
        self.base = base
        self._write(start, end, targets, base.reason or ("backwards" if backwards else ""))

    def _write(self, start: int, end: int, targets: tuple[Target, ...], reason: Reason) -> None:
        suggestion = ""
        if self.base.law and (targets[0].article or targets[0].division):
            places = dict.fromkeys((targets[0].in_words(), targets[-1].in_words()))
            suggestion = self.base.law + "至".join(places)
        self.found.append(ProseCitation(start, end, self.text[start:end], targets, reason, suggestion))

    def _range(self, start: int, targets: tuple[Target, ...]) -> tuple[tuple[Target, ...], bool] | None:
        """第十七条 and 至第十九条 as all three, and whether backwards; None where more than the lowest number differs."""
        if not self.found or not _RANGE.fullmatch(self.text[self.found[-1].end : start]):
            return None
        first, last = self.found[-1].targets[-1], targets[-1]
        level = first.lowest
        if len(self.found[-1].targets) > 1 or level != last.lowest or first.above(level) != last.above(level):
            return None
        if level == "division":
            return (first, last), False
        return (first, *self._between(first, last, level), last), first.order(level) >= last.order(level)

    def _between(self, first: Target, last: Target, level: Level) -> tuple[Target, ...]:
        known = self.context.home.between(first, last, level) if self.context.home else None
        if known is not None:
            return known
        numbers = range(first.order(level)[0] + 1, last.order(level)[0])[:MOST_IN_RANGE]
        return tuple(first.at(level, str(one) if level == "article" else one) for one in numbers)

    # What a word stands for.

    def _last_end(self) -> int:
        return self.found[-1].end if self.found else 0

    def _whole(self, word: Word) -> Word:
        """北京市信访条例 ends in the name of another law that is known: the title is longer than it seems."""
        if word.kind != "known" or self.text[max(0, word.start - 1) : word.start] not in _AREA:
            return word
        name_end = word.start + len(word.name)
        start = title_start(self.text, self._last_end(), name_end)
        return replace(word, kind="title", start=start, name=self.text[start:name_end])

    def _law(self, word: Word) -> Law:
        if word.name in self.short_titles:
            return self.short_titles[word.name]
        if GENERIC.fullmatch(word.name):
            plain = word.name[0] not in "新旧老原"
            return self._named(word.name) or Law("", "", "generic", self._likely(word.name) if plain else "")
        law = self.context.titles.find(word.name, word.note)
        short = _SHORT_TITLE.search(word.note)
        if short:
            self.short_titles[short[1]] = law
        return law

    def _named(self, kind: str) -> Law | None:
        """The last law named in this paragraph whose title ends in this word."""
        return next((law for _, law in reversed(self.laws) if law.name.endswith(kind)), None)

    def _likely(self, kind: str = "") -> str:
        """The title, in 《》, that is probably meant by a law of this kind."""
        law = self._named(kind)
        likely = self.context.likely if self.context.likely.endswith(kind) else ""
        title = law.name if law else likely
        return f"《{title}》" if title else ""

    def _pointed(self, word: Word) -> _Base:
        """本条例 is the text's own law, 该法 the law named before."""
        home = self.context.home
        if word.kind == "that":
            law = self._named(word.name)
            return _of_law(law) if law else _Base(reason="no-law", law=self._likely(word.name))
        return _of_law(Law(home.regulation)) if home else _Base(reason="no-text", law=self._likely(word.name))

    def _relative(self, word: Word, after: Word | None) -> _Base | None:
        """前款, 前两款, 前条, 本条, 本款, 本章; 同条 and 该款 point at the citation before."""
        end = after.end if after else word.end
        home, unit = self.context.home, _UNITS[word.text[-1]]
        if (unit == "division" and not after) or (unit in ("article", "item") and _COUNTED.match(self.text, end)):
            return None
        certain = after is not None or _SAYS.match(self.text, end) is not None
        if word.text[0] in "同该":
            return self._same(unit) if certain else None
        if home is None:
            return _Base(reason="no-text", law=self._likely()) if certain else None
        if unit == "division":
            return _Base((Target(home.regulation, division=word.text),))
        if not getattr(home.target, unit):
            return _Base((home.target.above(unit),), "no-place")
        if word.text[0] == "本":
            return _Base((home.target.down_to(unit),))
        earlier = home.before(unit, word.count)
        return _Base(earlier) if len(earlier) == word.count else _Base((home.target.above(unit),), "nothing-before")

    def _same(self, unit: Level) -> _Base | None:
        last = self.found[-1].targets[-1] if self.found else Target()
        return replace(self.base, targets=(last.down_to(unit),)) if getattr(last, unit) else None

    def _unmarked_title(self, word: Word) -> Word | None:
        """城市低保条例 before 第十五条: a title that the library does not know and nobody put in 《》."""
        if not word.numbers or word.numbers.top not in ("division", "article"):
            return None
        title = title_before(self.text, self._last_end(), word.start, self.short_titles)
        if title is None or (GENERIC.fullmatch(title.name) and not self._looks_cited(word, word.numbers)):
            return None
        text = self.text[title.start : title.end]
        return Word("title", title.start, title.end, text, title.name, title.note)

    def _bare(self, word: Word, numbers: Numbers) -> _Base | None:
        """Numbers with nothing that they belong to written directly before them."""
        if _COUNTED.match(self.text, word.end):
            return None
        if self.found and _LIST.fullmatch(self.text[self._last_end() : word.start]):
            return self._after_last(numbers.top)
        if numbers.top == "article":
            return self._bare_article(word, numbers)
        if numbers.top == "division":
            home = self.context.home
            return _of_law(Law(home.regulation)) if home and _SAYS.match(self.text, word.end) else None
        return self._bare_part(word, numbers)

    def _after_last(self, top: Level) -> _Base:
        """What the citation before counts from: its law, its article for a paragraph."""
        return replace(self.base, targets=(self.found[-1].targets[-1].above(top),))

    def _bare_article(self, word: Word, numbers: Numbers) -> _Base | None:
        if not self._looks_cited(word, numbers):
            return None
        if self.context.home:
            near = self.found and self._in_one_sentence(self.found[-1].start, word.start)
            return self._after_last("article") if near else _of_law(Law(self.context.home.regulation))
        law = next((law for _, law in reversed(self.laws) if law.reason != "generic"), None)
        return _of_law(law) if law else _Base(reason="no-law", law=self._likely())

    def _looks_cited(self, word: Word, numbers: Numbers) -> bool:
        """第三十一条第六项 and 第二十三条 can hardly number an ordinary list; 第一条 may."""
        place = numbers.places[-1]
        if self._is_point_of_paper(word):
            return False
        if self.context.home or numbers.low != "article" or place.order("article") > (_FEW, 0) or "-" in place.article:
            return True
        after = _NEXT_ARTICLE.match(self.text, word.end)
        if after and (read_number(after[1]) or 0) > _FEW:
            return True
        if _SAYS.match(self.text, word.end) or _CUE.search(self.text, max(0, word.start - 3), word.start):
            return True
        return bool(self.laws) and self._in_one_sentence(self.laws[-1][0], word.start)

    def _is_point_of_paper(self, word: Word) -> bool:
        """协议第五条: a point of a contract, a list, a record."""
        return _POINT_OF_PAPER.search(self.text, max(0, word.start - _FAR), word.start) is not None

    def _bare_part(self, word: Word, numbers: Numbers) -> _Base | None:
        """第二款, 第三项 alone: of the article cited before in the sentence, or of the text's own article."""
        home = self.context.home
        if self.found and self._in_one_sentence(self.found[-1].start, word.start):
            last = self.found[-1].targets[-1]
            if last.article and (home is None or last.paragraph or last.item):
                return self._after_last(numbers.top)
        if home and home.article and not self._is_point_of_paper(word):
            return _Base((home.target.above(numbers.top),))
        return _Base(reason="no-law", law=self._likely()) if numbers.low != numbers.top else None

    def _in_one_sentence(self, start: int, end: int) -> bool:
        return end - start < _LONGEST_SENTENCE and _SENTENCE_END.search(self.text, start, end) is None


def _below(base: Target, place: Target, top: Level) -> Target:
    """The place that is numbered within the base: 第六项 of 第三十一条."""
    if top == "division":
        return replace(base, division=base.division + place.division)
    named = {str(level): getattr(place, level) for level in LEVELS[LEVELS.index(top) :]}
    return replace(base, **named, division="")
