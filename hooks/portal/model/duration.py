"""Lengths of time as Chinese text writes them: 60日, 五个工作日, 两个月, 三年, 48小时."""

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
_WRITTEN = re.compile(
    r"(?P<number>[0-9０-９]+|[一二三四五六七八九十百两〇○零]+)[ 　]?(?P<unit>"
    + "|".join(sorted(_UNITS, key=len, reverse=True))
    + ")"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A length and where it stands in the text."""

    length: Length
    words: str
    start: int


def find_lengths(text: str) -> Iterator[Written]:
    """Every length of time in the text. Days of the calendar (5月1日, 2026年) and ordinals (第三日) are none."""
    for match in _WRITTEN.finditer(text):
        number = read_number(match["number"].replace("两", "二"))
        if number and not _is_date(text, match, number):
            yield Written(Length(number, cast(Unit, _UNITS[match["unit"]])), match[0], match.start())


def _is_date(text: str, match: re.Match[str], number: int) -> bool:
    before = text[match.start() - 1 : match.start()].strip() or text[: match.start()].rstrip()[-1:]
    after = text[match.end() : match.end() + 1]
    unit = match["unit"]
    return (
        before == "第"
        or (unit == "日" and before in ("月", "号", "-", "."))
        or (unit == "年" and (number >= 1000 or before in ("0", "二") or after in ("度", "级", "代")))
    )
