"""Nothing of an official text is lost: every character but layout comes back, in its order, and in its place."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.model.citation import article_name, chinese_number
from portal.model.numeral import read_number
from portal.model.official import OfficialText, squeeze
from portal.reading.official import parse_official
from portal.reading.official_line import Line
from portal.reading.official_source import Source, parse_source, read_source
from portal.reading.text import Unreadable

LAWS = Path(__file__).resolve().parents[3] / "shared" / "laws"
FILES = sorted(path for path in LAWS.glob("*.md") if path.name != "README.md")
needs_laws = pytest.mark.skipif(not FILES, reason="the official texts (../shared/laws) are not here")
KNOWN: dict[str, list[str]] = {}
"""What is doubtful in the texts of the archive, by file; each was looked at. Nothing, so far."""
NO_DAY = {"保障农民工工资支付条例(2019-12-30).md": None, "退役军人安置条例(2024-07-29).md": None}
EARLIER_DAY = {"物业管理条例(2018-03-19).md": "2016-02-06", "社会救助暂行办法(2019-03-02).md": "2014-02-21"}
"""The archive's notes lack the last amendment, or all: the day in the file's name is not in the text."""


def body(text: str) -> str:
    """The body of an archived file without its Markdown, in the simplest way: independent of the code under test."""
    without_comments = re.sub("<!--.*?-->", "", text, flags=re.DOTALL)
    return re.sub(r"[\s\u200b]+", "", re.sub("^#+ ", "", without_comments, flags=re.MULTILINE))


def rows() -> dict[str, dict[str, str]]:
    with (LAWS / "index.csv").open(encoding="utf-8") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


@needs_laws
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestArchivedText:
    def test_every_character_comes_back(self, path: Path) -> None:
        text, problems = parse_official(read_source(path, path.name))
        assert squeeze(text.rebuilt()) == body(path.read_text("utf-8"))
        assert [problem.code for problem in problems] == KNOWN.get(path.name, [])

    def test_articles_run_from_the_first_to_the_last(self, path: Path) -> None:
        """Each article stands on the line that it names, and their number is that of the lines that begin with one."""
        text, _ = parse_official(read_source(path, path.name))
        lines = path.read_text("utf-8").split("\n")
        assert [article.id for article in text.articles] == [str(n + 1) for n in range(len(text.articles))]
        assert len(text.articles) == sum(
            re.match("第[一二三四五六七八九十百零]+ ?条", line) is not None for line in lines
        )
        for article in text.articles:
            assert lines[article.line - 1].replace(" ", "").startswith(article_name(article.id))

    def test_title_and_day_are_those_of_the_index(self, path: Path) -> None:
        text, _ = parse_official(read_source(path, path.name))
        row = rows()[path.name]
        day = {**NO_DAY, **EARLIER_DAY}.get(path.name, row["adopted"])
        assert text.short_title == row["title"]
        assert (text.adopted.isoformat() if text.adopted else None) == day

    def test_other_forms_of_the_file_hold_the_same_text(self, path: Path) -> None:
        """Without ○ and characters without width, which GBK lacks."""
        plain = re.sub("<!--.*?-->", "", path.read_text("utf-8"), flags=re.DOTALL)
        plain = re.sub("^#+ ", "", plain, flags=re.MULTILINE).replace("○", "〇").replace("\u200b", "")
        page = "<!doctype html><body>" + "".join(f"<p>{escape(line)}</p>" for line in plain.split("\n"))
        expected = same(plain.encode("utf-8"), "a.txt")
        assert same(re.sub("\n+", "\n", plain).encode("utf-8"), "no-blank-lines.txt") == expected
        assert same(plain.encode("utf-8-sig"), "mark.txt") == expected
        assert same(plain.encode("gbk"), "gbk.txt") == expected
        assert same(page.encode("utf-8"), "page.html") == expected


def escape(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;")


def same(data: bytes, name: str) -> OfficialText:
    """The text but for line numbers, its file's name and hash."""
    text, _ = parse_official(parse_source(data, name))
    headings = tuple(replace(heading, line=0) for heading in text.headings)
    articles = tuple(replace(article, line=0) for article in text.articles)
    return replace(text, headings=headings, articles=articles, source="", sha256="")


WORDS = st.text("申请人应当依照规定办理三五条款项第一年月日、，《》（）", min_size=1, max_size=30).map(
    lambda text: f"凡{text}"
)
SENTENCE = WORDS.map(lambda text: f"{text.rstrip('、，')}。")
Shape = list[tuple[str, list[tuple[str, list[str]]]]]
"""Paragraphs: a text and its items; an item: a text and its sub-items."""


@st.composite
def articles(draw: st.DrawFn) -> list[tuple[str, Shape]]:
    """Articles by their citation's number, without gaps: `1`, `2`, `2-1`, `3`, …"""
    items = st.lists(st.tuples(SENTENCE, st.lists(SENTENCE, max_size=3)), max_size=4)
    paragraphs = st.lists(st.tuples(SENTENCE, items), min_size=1, max_size=3)
    found: list[tuple[str, Shape]] = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        found.append((str(number), draw(paragraphs)))
        found += [(f"{number}-{suffix}", draw(paragraphs)) for suffix in range(1, draw(st.integers(0, 2)) + 1)]
    return found


@st.composite
def styles(draw: st.DrawFn) -> dict[str, str]:
    """How a publisher writes: gaps, brackets, what stands between paragraphs."""
    return {
        "gap": draw(st.sampled_from([" ", "　", "　　", "\n"])),
        "item": draw(st.sampled_from(["（{}）", "({})", "（{})", "〔{}〕 "])),
        "sub": draw(st.sampled_from(["{}. ", "{}．", "（{}）", "({}) "])),
        "end": draw(st.sampled_from(["\n", "\n\n", "\n　　", "\r\n\r\n"])),
    }


def written(content: list[tuple[str, Shape]], style: dict[str, str]) -> str:
    lines = ["示范条例"]
    for number, paragraphs in content:
        first = True
        for text, items in paragraphs:
            lines.append(f"{article_name(number)}{style['gap']}{text}" if first else text)
            first = False
            for index, (words, subs) in enumerate(items, 1):
                lines.append(style["item"].format(chinese_number(index)) + words)
                lines += [style["sub"].format(position) + sub for position, sub in enumerate(subs, 1)]
    return style["end"].join(lines)


def read_back(text: OfficialText) -> list[tuple[str, Shape]]:
    return [
        (
            article.id,
            [
                (paragraph.text, [(item.text, [sub.text for sub in item.subitems]) for item in paragraph.items])
                for paragraph in article.paragraphs
            ],
        )
        for article in text.articles
    ]


@given(articles(), styles())
def test_what_was_written_is_read_back(content: list[tuple[str, Shape]], style: dict[str, str]) -> None:
    """Not only each character: each stands in its article, paragraph, item and sub-item."""
    source = written(content, style)
    text, problems = parse_official(parse_source(source.encode("utf-8"), "a.txt"))
    assert read_back(text) == content
    assert problems == ()
    assert squeeze(text.rebuilt()) == squeeze(source)


PIECES = [
    "示范条例",
    "目录",
    "第一章 总则",
    "第二章",
    "附则",
    "附件",
    "第一条 甲。",
    "第二条",
    "第三条之一 乙，",
    "第9条 丙",
]
PIECES += [
    "（一）丁；",
    "(三) 戊",
    "1. 己",
    "（2）庚；",
    "①辛",
    "一、壬：",
    "文字。",
    "文字",
    "，",
    "2020年1月1日公布",
    "第一百五条",
]
PIECES += [
    "**第四条** 癸。",
    "### 第五条 子",
    "<!-- 丑",
    "-->",
    "　　",
    "\u200b",
    "第一条规定。第六条 寅。",
    "【卯】",
    "第十條 辰。",
]


@given(
    st.sampled_from(["", "示范条例\n第一条 始。\n"]),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=40),
    st.sampled_from(["\n", "\n\n", "\n　　", " "]),
)
def test_any_text_is_either_refused_or_kept_whole(start: str, pieces: list[str], gap: str) -> None:
    """And nothing but the one exception ever comes out."""
    data = (start + gap.join(pieces)).encode("utf-8", "replace")
    assume(not data.startswith(b"PK"))
    try:
        text, problems = parse_official(parse_source(data, "a.txt"))
    except Unreadable as error:
        assert error.problem.message and error.problem.hint
        assert not start or error.problem.code in ("law-two-texts", "law-format")
        return
    assert squeeze(text.rebuilt()) == squeeze(data.decode("utf-8"))
    assert all(problem.severity == "warning" for problem in problems)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    for name in ("a.txt", "a.md", "a.html", "a.docx"):
        try:
            parse_official(parse_source(data, name))
        except Unreadable as error:
            assert error.problem.message and error.problem.hint


@given(st.lists(st.text("第一二条章（）1. 。：，、甲", min_size=1, max_size=12), max_size=20), st.integers(0, 3))
def test_lines_of_any_format_are_kept_whole(texts: list[str], rank: int) -> None:
    """Formats other than plain text bring headings of their own."""
    lines = [
        Line(index, 1, text.strip(), rank if index % 3 == 0 else 0)
        for index, text in enumerate(texts, 1)
        if text.strip()
    ]
    try:
        text, _ = parse_official(Source("a.docx", "0" * 64, tuple(lines)))
    except Unreadable:
        return
    assert squeeze(text.rebuilt()) == squeeze("".join(line.text for line in lines))


@given(st.integers(1, 9999))
def test_every_number_is_read_as_it_is_written(number: int) -> None:
    written_number = chinese_number(number)
    assert read_number(written_number) == number
    assert read_number(written_number.replace("零", "〇")) == number
    assert read_number("".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))) == number
    assert read_number(str(number)) == number


@given(st.text("零〇一二三五九十百千1９", min_size=1, max_size=12))
def test_a_spelling_means_one_number_or_none(text: str) -> None:
    number = read_number(text)
    assert number is None or 1 <= number <= 9999


@pytest.mark.parametrize(
    "text",
    ["", "一百五", "十百", "百", "零", "〇", "0", "二千百", "一千零零五", "12345", "九" * 500, "五十二十", "-1", "甲"],
)
def test_doubtful_numbers_are_none(text: str) -> None:
    assert read_number(text) is None
