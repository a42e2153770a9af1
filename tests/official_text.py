"""The official text behind the smallest project's regulation, made up like the regulation itself."""

from __future__ import annotations

from portal.model.official import OfficialText
from portal.reading.official import parse_official
from portal.reading.official_source import parse_source

LAW_A = """试验条例

2025年12月1日公布

第一章 总则

第一条 收到来件的，应当当面登记。

登记后应当出具回执。

第二条 收到的事项分成三类办理：

（一）属于本机关的；

（二）属于别的机关的；

（三）重复的。

第三条 应当自收到之日起60日内办结；情况复杂的，可以延长30日。本条例自2026年1月1日起施行。
"""


def official(text: str = LAW_A, name: str = "试验条例.txt") -> OfficialText:
    """The text, read as it would be from a file."""
    return parse_official(parse_source(text.encode("utf-8"), name))[0]
