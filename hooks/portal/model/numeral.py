"""Numbers as articles, chapters and items are numbered: 三十一, 一百零五, 一二六〇, 31, ３１."""

from __future__ import annotations

from functools import lru_cache

from portal.model.citation import chinese_number

SIGNS = "零〇○一二三四五六七八九十百千0-9０-９"
"""Every sign such a number is written with, to stand in a character class."""
_LONGEST = len("九千九百九十九")
_ZEROS = str.maketrans("〇○", "零零")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}


@lru_cache(maxsize=4096)
def read_number(text: str) -> int | None:
    """The number, 1 to 9999; None where the spelling leaves doubt: 一百五 may be 105 or 150."""
    if len(text) > _LONGEST:
        return None
    if text.isdecimal():
        return _known(int(text))
    plain = text.translate(_ZEROS)
    if plain and set(plain) <= set(_DIGITS):
        return _known(int("".join(str(_DIGITS[sign]) for sign in plain)))
    if not plain or not set(plain) <= _DIGITS.keys() | _UNITS.keys():
        return None
    number = _sum(plain)
    # 一十 and 十, 一百一十 and 一百十 are both in use and mean the same.
    return number if plain.replace("一十", "十") == chinese_number(number).replace("一十", "十") else None


def _known(number: int) -> int | None:
    return number if 0 < number < 10000 else None


def _sum(text: str) -> int:
    total = digit = 0
    for sign in text:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit
