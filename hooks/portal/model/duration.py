"""Lengths of time as text writes them: 60日, 五个工作日, 两个月, 48小时; 60 days, five working days, a two-month stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from portal.model.length import Length, Unit
from portal.model.numeral import read_number

_UNITS = {
    "个工作日": "working-days",
    "工作日": "working-days",
    "个自然日": "days",
    "日": "days",
    "天": "days",
    "个月": "months",
    "年": "years",
    "小时": "hours",
    "个小时": "hours",
    "分钟": "minutes",
}
_UNIT = re.compile("|".join(sorted(_UNITS, key=len, reverse=True)))
_NUMERALS = "0123456789０１２３４５６７８９一二三四五六七八九十百两〇○零"
_NUMBER = re.compile(rf"(?:[0-9０-９]+|[{_NUMERALS[20:]}]+)[ 　]?$")
_ENGLISH_UNITS: dict[str, tuple[Unit, int]] = {
    "working day": ("working-days", 1),
    "business day": ("working-days", 1),
    "calendar day": ("days", 1),
    "day": ("days", 1),
    "week": ("days", 7),
    "month": ("months", 1),
    "year": ("years", 1),
    "hour": ("hours", 1),
    "minute": ("minutes", 1),
}
_SMALL = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ENGLISH = re.compile(
    rf"\b(?:(?P<digits>[1-9][0-9]{{0,4}})|(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<rest>{'|'.join(_SMALL[:9])}))?"
    rf"|(?P<small>{'|'.join(sorted(_SMALL, key=len, reverse=True))}))"
    r"[\s-](?P<unit>(?:(?:working|business|calendar)[\s-])?(?:day|week|month|year|hour|minute))s?\b",
    re.IGNORECASE,
)
_BEFORE = frozenset(_NUMERALS + " 　")
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Written:
    """A length and where it stands in the text."""

    length: Length
    words: str
    start: int


def find_lengths(text: str) -> Iterator[Written]:
    """Every length of time in the text. Days of the calendar (5月1日, 2026年) and ordinals (第三日) are none."""
    for unit in _UNIT.finditer(text):
        # Units are many and numbers before them few: most are passed over here.
        if text[unit.start() - 1 : unit.start()] not in _BEFORE:
            continue
        match = _NUMBER.search(text, max(0, unit.start() - _LONGEST), unit.start())
        number = read_number(match[0].strip().replace("两", "二")) if match else None
        if (
            match
            and number
            and not _is_date(
                text[max(0, match.start() - 3) : match.start()], text[unit.end() : unit.end() + 1], unit[0], number
            )
        ):
            length = Length(number, cast(Unit, _UNITS[unit[0]]))
            yield Written(length, text[match.start() : unit.end()], match.start())


def _is_date(before: str, after: str, unit: str, number: int) -> bool:
    sign = before.rstrip()[-1:]
    return (
        sign == "第"
        or (unit == "日" and sign in ("月", "号", "-", "."))
        or (unit == "年" and (number >= 1000 or sign in ("0", "二") or after in ("度", "级", "代")))
    )


def find_english_lengths(text: str) -> Iterator[Written]:
    """Every length of time in English text: 15 working days, sixty days, a 60-day limit; a week counts seven days."""
    for match in _ENGLISH.finditer(text):
        unit, times = _ENGLISH_UNITS[re.sub(r"[\s-]", " ", match["unit"].lower())]
        yield Written(Length(_english_number(match) * times, unit), " ".join(match[0].split()), match.start())


def _english_number(match: re.Match[str]) -> int:
    if match["digits"]:
        return int(match["digits"])
    small, tens, rest = (str(match[name] or "").lower() for name in ("small", "tens", "rest"))
    if small:
        return _SMALL.index(small) + 1
    return 10 * (_TENS.index(tens) + 2) + (_SMALL.index(rest) + 1 if rest else 0)
