"""Nothing here helps to intercept, track, shame or silence anyone, and nobody's own data stands anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.checks.rule import Finding, Rule, Subject
from portal.checks.sources import place_at

_NAMED_IN = ("docs/red-lines.md", "exceptions.yml")
"""The page that names such practice as what must not be done, and the list of exceptions with its reasons."""
_PRACTICE = re.compile(
    "稳控|劝返|截访|拦访|接访遣返|接回户籍地|挑头|缠访|闹访|非访|老上访|上访专业户|无理访|重点人员|重点信访人|黑名单"
    "|花钱买平安|息诉罢访|息访|零上访|零进京|训诫书|控制在当地|堵在当地|信访排名|化解率|打击(?!报复)"
)
_LONG_NUMBER = re.compile("[0-9][0-9 -]{9,}[0-9Xx]")
_PERSONAL = (
    (
        re.compile(r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]{4}[0-9Xx](?![0-9])"),
        "身份证号",
    ),
    (re.compile(r"(?<![0-9-])1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])"), "手机号"),
    (re.compile(r"(?<![0-9])(?:62|4|5)[0-9]{14,17}(?![0-9])"), "银行卡号"),
)


def old_practice(subject: Subject) -> Iterator[Finding]:
    """Words of interception and control stand on the red-lines page only."""
    for file, text in subject.library.sources.items():
        for match in _PRACTICE.finditer(text) if file not in _NAMED_IN else ():
            yield Finding(
                place_at(file, text, match.start()),
                f"“{match[0]}”是红线里的说法",
                "写依法该做什么、谁来做、为什么；要讲不能做的事，链接到 [](page:red-lines)",
            )


def personal_data(subject: Subject) -> Iterator[Finding]:
    """No identity card, mobile telephone or bank card number."""
    for file, text in subject.library.sources.items():
        for number in _LONG_NUMBER.finditer(text):
            for pattern, name in _PERSONAL:
                for match in pattern.finditer(number[0]):
                    hint = "删掉；例子用明显虚构的写法，如 0000-0000101"
                    place = place_at(file, text, number.start() + match.start())
                    yield Finding(place, f"这里像是{name}", hint)


RULES = (
    Rule("rights-red-line", "红线里的说法只出现在红线页；别处写依法该怎么做。", old_practice),
    Rule("rights-personal-data", "任何文件里都没有身份证号、手机号、银行卡号。", personal_data),
)
