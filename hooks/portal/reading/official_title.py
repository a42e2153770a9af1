"""Which line before the first heading or article is the title; what stands above it; the notes below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from portal.model.official import squeeze
from portal.reading.official_line import Doubt, Line, tidy

_KINDS = (
    "法 典 条例 條例 办法 辦法 规定 規定 细则 細則 规则 規則 规程 規程 章程 准则 準則 守则 守則 决定 決定 决议 決議 "
    "解释 解釋 通则 通則 意见 意見 方案 制度 标准 標準 纲要 綱要 修正案 公约 公約 协定 協定 办法 大纲 纪律 要求"
).split()
_TITLE = re.compile(
    rf"[^（(“《0-9０-９第][^。；，：;,:]{{0,98}}(?:{'|'.join(_KINDS)})(?:[（(][^）)]{{1,24}}[）)])*|[^。；，：]?法"
)
_HEAD = re.compile(
    r"(?:中华人民共和国|中華人民共和國|全国人民代表大会|国务院|最高人民|中共中央|[^。，]{2,12}[省市区州县])"
)
_DECREE = re.compile(r"(?:令|公告|公报|号|目录|通知)$")
_NO_TITLE = re.compile(r"[。；，：;,:！？]$|^[（(0-9０-９]|^第.{1,8}号$")


def split_preface(lines: Sequence[Line]) -> tuple[tuple[str, ...], str, tuple[str, ...], list[Doubt]]:
    """What stands above the title, the title (empty if no line can be one), the notes, and any doubt about it."""
    start, end, sure = _title(lines)
    title = tidy("".join(line.text for line in lines[start:end]))
    doubts = []
    if title and not sure:
        hint = "名称应当以“法、条例、规定、办法”等结尾；不对的，把名称放在第一行，或改成 Markdown 的“# 名称”"
        doubts.append(Doubt(lines[start].number, lines[start].column, "law-title", f"把“{title[:30]}”当作名称", hint))
    return _texts(lines[:start]), title, _texts(lines[end:]), doubts


def _title(lines: Sequence[Line]) -> tuple[int, int, bool]:
    """Where the title begins and ends, and whether it looks like one.

    The last line that looks like one: a decree or a decision may stand above it, but below it there are only notes.
    """
    looks = [i for i, line in enumerate(lines) if _TITLE.fullmatch(squeeze(line.text)) and not _is_quoted(lines, i)]
    ranked = [index for index, line in enumerate(lines) if line.rank == 1]
    best = [index for index in looks if index in ranked] or looks
    if best:
        last = best[0] if lines[best[0]].rank == 1 else best[-1]
        begin = last - _lines_above(lines, last)
        name = squeeze("".join(line.text for line in lines[begin : last + 1]))
        twice = next((i for i in looks if squeeze(lines[i].text) == name), begin)  # a page may print it a second time
        return (twice, twice + 1, True) if twice < begin else (begin, last + 1, True)
    plain = ranked or [index for index, line in enumerate(lines) if not _NO_TITLE.search(squeeze(line.text))]
    return (plain[0], plain[0] + 1, False) if plain else (0, 0, False)


def _is_quoted(lines: Sequence[Line], index: int) -> bool:
    """Does the line above open a 《 that it does not close? Then this is a name that the notes mention."""
    return index > 0 and lines[index - 1].text.count("《") > lines[index - 1].text.count("》")


def _lines_above(lines: Sequence[Line], start: int) -> int:
    """1 if the line above is the first half of the title: 中华人民共和国 / 信访法."""
    if start == 0 or lines[start].rank or lines[start - 1].number < lines[start].number - 2:
        return 0
    above = squeeze(lines[start - 1].text)
    half = _HEAD.match(above) and not _DECREE.search(above) and not _NO_TITLE.search(above)
    return int(bool(half) and not squeeze(lines[start].text).startswith(("中华人民共和国", "中華人民共和國")))


def _texts(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(line.text for line in lines)
