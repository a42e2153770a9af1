"""Titles of laws as prose writes them: in full, without 中华人民共和国, of a certain year, shortened, without 《》."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from portal.model.prose_citation import Reason
from portal.model.regulation import Regulation

STATE = "中华人民共和国"
KINDS = "条例|办法|规定|细则|规则|解释|决定|法典|宪法|准则|规程|法"
_VERSION = re.compile(r"[（(][^（）()]*(?:年|修|失效|废止)[^（）()]*[）)]$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# 行政复议法实施条例 is not the 行政复议法.
_OTHER_WORK = "(?!的?(?:实施|施行|解释|司法解释|修正案|草案))"
_SHORTEST = 4

GENERIC = re.compile(r"[新旧老原]?(?:有关|相关|国家|其他|这部|这个)?(?!宪法)" rf"(?:{KINDS}|法律|法规)")
_UNMARKED = re.compile(
    rf"([一-鿿]{{0,40}}(?:{KINDS}))([（(][^（）()]{{1,40}}[）)])?[ \u3000\n]?[的中里之]?[ \u3000\n]?$"
)
_LONGEST = 100
# Words that are no part of the title after them; 民法典和刑法 are two titles.
_BEFORE = re.compile(
    "依照|按照|根据|依据|违反|适用|参照|符合|对照|援引|引用|属于|触犯|涉嫌|构成|以及|或者|并且|不服|遵守|现行|[的了是按看依]"
    rf"|(?:{KINDS})[和与及或]"
)
# 转述新法第十九条, 照条例第三十四条: of what stands before, only 新法 and 条例 name the law, and they name none.
_VAGUE = re.compile(
    rf"(?<![更创革维])[新旧老](?:{KINDS})$|(?<=[照按据凭])(?<![护执证牌拍]照)(?<![数证票单收]据)(?:条例|办法|规定)$"
)
_NO_TITLE = re.compile("(?:^|[方做看用说想合依无违执司立普守语手疗])法$")


@dataclass(frozen=True, slots=True)
class Law:
    """A law that a text names: `regulation` is its id, if the library has it. `suggestion` is a fuller title in 《》."""

    regulation: str = ""
    name: str = ""
    reason: Reason = ""
    suggestion: str = ""


@dataclass(frozen=True)
class Titles:
    """Titles and short titles of the library's regulations, each with the id that it means.

    A title may end in its version, 信访条例（2005年，已失效）; the years tell apart what shares a title.
    """

    ids: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _versions(self) -> dict[str, dict[str, frozenset[str]]]:
        found: dict[str, dict[str, frozenset[str]]] = {}
        for title, regulation in self.ids.items():
            years = frozenset(_YEAR.findall(f"{title} {regulation}"))
            found.setdefault(plain_title(title), {})[regulation] = years
        return found

    @cached_property
    def pattern(self) -> str:
        """A regular expression for any known title in a sentence, without 《》; it matches nothing if none is known."""
        names = sorted(map(re.escape, self._versions), key=len, reverse=True)
        return rf"(?:{STATE})?(?:{'|'.join(names)}){_OTHER_WORK}" if names else "(?!)"

    def find(self, written: str, note: str = "") -> Law:
        """The law of this title; `note` is what stands in brackets after it: （2005年）."""
        name = plain_title(written)
        versions = self._versions.get(name)
        if versions is None:
            full = self._full(name)
            return Law("", name, "short", f"《{full}》") if full else Law("", name)
        years = set(_YEAR.findall(note + written))
        fitting = [one for one, known in versions.items() if not years or not known or known & years]
        if len(fitting) == 1:
            return Law(fitting[0], name)
        if fitting:
            newest = max(max(versions[one], default="") for one in fitting)
            return Law("", name, "version", f"《{name}》（{newest}年）")
        return Law("", f"{name}（{'、'.join(sorted(years))}年）")

    def _full(self, short: str) -> str:
        """The one title that this looks like a short form of: same ends, every sign of it in the same order."""
        if len(short) < _SHORTEST:
            return ""
        fitting = [name for name in self._versions if _is_short_for(short, name)]
        return fitting[0] if len(fitting) == 1 else ""


def titles_of(regulations: Iterable[Regulation]) -> Titles:
    """The titles of a library, each with the years in which it was adopted and took effect."""
    ids: dict[str, str] = {}
    for one in regulations:
        ids[f"{plain_title(one.title)}（{one.adopted.year}年、{one.effective.year}年）"] = one.id
    return Titles(ids)


def plain_title(title: str) -> str:
    """Without 中华人民共和国, blanks and a version in brackets: 信访条例（2005年，已失效） → 信访条例."""
    title = re.sub(r"\s", "", title)
    return _VERSION.sub("", title).removeprefix(STATE) or title


def _is_short_for(short: str, title: str) -> bool:
    signs = iter(title)
    return (short[0], short[-1]) == (title[0], title[-1]) and all(sign in signs for sign in short)


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A title that nobody put in 《》: `text[start:end]` holds it, the note in brackets after it and the filler."""

    start: int
    end: int
    name: str
    note: str


def title_before(text: str, low: int, end: int, short_titles: Collection[str] = ()) -> Unmarked | None:
    """城市低保条例 before 第十五条: the title that ends at `end` and begins at `low` or later; None if there is none."""
    low = max(low, end - _LONGEST)
    match = _UNMARKED.search(text[low:end])
    if match is None:
        return None
    name_end = low + match.end(1)
    start = title_start(text, low, name_end)
    known = next((name for name in short_titles if text.endswith(name, start, name_end)), "")
    vague = _VAGUE.search(text, start, name_end)
    start = name_end - len(known) if known else vague.start() if vague else start
    name = text[start:name_end]
    return None if _NO_TITLE.search(name) else Unmarked(start, end, name, match[2] or "")


def title_start(text: str, low: int, end: int) -> int:
    """Where a title without 《》 begins that ends at `end`."""
    low = max(low, end - _LONGEST)
    match = re.search("[一-鿿]+$", text[low:end])
    start = low + match.start() if match else end
    about = text.find("关于", start, end)  # 最高人民法院关于…的若干规定: after 关于 all is title.
    for cut in _BEFORE.finditer(text, start, about if about > start else end - 1):
        start = cut.end()
    return start
