"""From bytes to lines: encodings, formats told by their content, and files that are something else."""

from __future__ import annotations

import hashlib
import io
import os
import re
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from portal.model.problem import Problem
from portal.reading.official import parse_official
from portal.reading.official_source import MAX_BYTES, Source, parse_source, read_source
from portal.reading.text import Unreadable

TEXT = "示范条例\n\n第一条 信访人应当依照规定提出申请，并说明理由。\n\n第二条 本条例自2021年5月1日起施行。\n"
TRADITIONAL = "示範條例\n\n第一條 信訪人應當依照規定提出申請，並說明理由。\n\n第二條 本條例自公布之日起施行。\n"
FULL = ["示范条例", "第一条 信访人应当依照规定提出申请，并说明理由。", "第二条 本条例自2021年5月1日起施行。"]


def words(source: Source) -> list[str]:
    return [line.text for line in source.lines]


def refused(data: bytes, name: str = "a.txt") -> Problem:
    with pytest.raises(Unreadable) as error:
        parse_source(data, name)
    return error.value.problem


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb2312", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings_of_simplified_text(encoding: str) -> None:
    assert words(parse_source(TEXT.encode(encoding), "a.txt")) == FULL


def test_big5_is_the_encoding_of_traditional_text() -> None:
    text, problems = parse_official(parse_source(TRADITIONAL.encode("big5"), "a.txt"))
    assert text.title == "示範條例"
    assert [problem.code for problem in problems] == ["law-traditional"]


def test_a_bad_byte_in_utf_8_is_shown_where_it_is() -> None:
    data = (TEXT * 20).encode("utf-8")
    spot = data.index("说明".encode())
    problem = refused(data[:spot] + b"\xff" + data[spot:])
    assert (problem.code, str(problem.place)) == ("law-encoding", "a.txt:3:20")


@pytest.mark.parametrize(
    ("data", "code", "words_of_message"),
    [
        (b"", "law-empty", "空"),
        (b" \r\n\t", "law-empty", "空"),
        ("\ufeff\n".encode(), "law-empty", "没有文字"),
        (b"%PDF-1.7\n...", "law-format", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "law-format", "旧版 Word"),
        (b"{\\rtf1 abc}", "law-format", "RTF"),
        (b"\x89PNG\r\n", "law-format", "图片"),
        (b"PK\x03\x04broken", "law-format", "损坏"),
        (bytes(range(256)) * 40, "law-encoding", "编码"),
        (b"\x00\x01\x02\x03" * 100, "law-format", "不是文字"),
        (b"<html><body></body></html>", "law-empty", "没有文字"),
        (b"<html>" + b"<div>" * 5000 + b"x", "law-format", "网页"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "law.docx"])
def test_what_is_no_text_is_refused_in_plain_words(data: bytes, code: str, words_of_message: str, name: str) -> None:
    problem = refused(data, name)
    assert problem.code == code
    assert words_of_message in problem.message
    assert re.search("[一-鿿]", problem.hint)


def test_some_stray_signs_do_not_make_a_text_binary() -> None:
    assert len(parse_source(("甲\x0c乙\x02丙。" * 15 + "丁" * 9000).encode(), "a.txt").lines) == 1


def test_noise_is_refused_quickly() -> None:
    """19 MB, just below the limit; seconds at most, wherever this runs."""
    start = time.perf_counter()
    assert refused(os.urandom(MAX_BYTES - 1_000_000)).code in ("law-encoding", "law-format")
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize(
    "nasty",
    [
        "第" + "一" * 200_000 + "条 甲",
        "第" + " " * 200_000 + "条 甲",
        "第" + "1" * 200_000 + "条 甲",
        "。" + " " * 200_000,
        "<!--" * 50_000,
        "# " + " " * 200_000 + "x",
        "**a " * 50_000,
        "目录\n" + ". " * 100_000 + "x\n",
        "第一章\n" * 50_000,
        "（一）甲；\n" * 50_000,
        "第一条 甲\n" * 20_000,
    ],
    ids=lambda text: text[:6],
)
def test_hostile_texts_take_no_longer_than_their_size_allows(nasty: str) -> None:
    """A quadratic pattern would need minutes for these."""
    start = time.perf_counter()
    try:
        parse_official(parse_source(f"示范条例\n第一条 甲。\n{nasty}\n".encode(), "a.md"))
    except Unreadable as error:
        assert error.problem.code == "law-two-texts"
    assert time.perf_counter() - start < 20


def test_a_file_too_big_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "noise.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(Unreadable) as error:
        read_source(path, "noise.txt")
    assert (error.value.problem.code, error.value.problem.message) == ("law-too-big", "文件有 50 MB，超过 20 MB")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", tmp_path / "missing.txt", tmp_path):
        with pytest.raises(Unreadable) as error:
            read_source(path, path.name)
        assert error.value.problem.code == "law-unreadable"


def test_the_hash_is_that_of_the_bytes() -> None:
    source = parse_source(TEXT.encode("gbk"), "a.txt")
    assert source.sha256 == hashlib.sha256(TEXT.encode("gbk")).hexdigest()


class TestMarkdown:
    @pytest.mark.parametrize(
        ("text", "line", "rank"),
        [
            ("## 第一章 总则", "第一章 总则", 2),
            ("## 第一章 总则 ##", "第一章 总则", 2),
            ("#第一章", "#第一章", 0),
            ("####### 七", "####### 七", 0),
            ("**第一条** 甲", "第一条 甲", 0),
            ("### **第一条** 甲", "第一条 甲", 3),
            ("__第一条__ 甲", "第一条 甲", 0),
            ("2 ** 3 ** 4", "2 ** 3 ** 4", 0),
            ("1\\. 甲", "1. 甲", 0),
            ("甲<修改>乙", "甲<修改>乙", 0),
            ("甲<!-- 注 -->乙", "甲乙", 0),
            ("甲<!-- 没有完", "甲<!-- 没有完", 0),
        ],
    )
    def test_marks(self, text: str, line: str, rank: int) -> None:
        assert [(found.text, found.rank) for found in parse_source(text.encode(), "a.md").lines] == [(line, rank)]

    def test_plain_text_keeps_its_signs(self) -> None:
        assert words(parse_source("## **甲** <!-- 乙 -->".encode(), "a.txt")) == ["## **甲** <!-- 乙 -->"]

    def test_a_comment_keeps_the_lines_below_it_where_they_are(self) -> None:
        assert [line.number for line in parse_source("甲\n<!--\n\n-->\n乙".encode(), "a.md").lines] == [1, 5]


PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html><html><head><title>法规库</title><style>p{{}}</style><script>var 第一条 = 1;</script></head>
<body><nav><a>首页</a></nav><h1>示范条例</h1>
<!-- 第九条 注释 -->
{body}
</body></html>"""


class TestHtml:
    @pytest.mark.parametrize(
        "body",
        [
            "<p>第一条&nbsp;甲<b>乙</b>。</p><p>第二条 丙。</p>",
            "<div>第一条 甲<span>乙</span>。<br>第二条 丙。</div>",
            "<p><strong>第一条</strong>\n甲乙。\n<p>第二条\n丙。",
            "<pre>第一条 甲乙。\n第二条 丙。</pre>",
            "<table><tr><td>第一条 甲乙。</td></tr><tr><td>第二条 丙。</td></tr></table>",
            "第一条 甲乙。<ul><li>第二条 丙。</li></ul>",
        ],
    )
    @pytest.mark.parametrize("name", ["a.html", "a.txt"])
    def test_blocks_are_lines_and_inline_marks_are_not(self, body: str, name: str) -> None:
        text, problems = parse_official(parse_source(PAGE.format(body=body).encode(), name))
        assert problems == ()
        assert (text.before, text.title) == (("首页",), "示范条例")
        assert [(a.id, a.text_of((1,))) for a in text.articles] == [("1", "甲乙。"), ("2", "丙。")]

    def test_text_as_typed_keeps_its_lines(self) -> None:
        lines = parse_source("<html><pre>甲\n<b>乙\n丙</b>\n丁</pre>戊\n己</html>".encode(), "a.html").lines
        assert [line.text for line in lines] == ["甲", "乙", "丙", "丁", "戊 己"]

    def test_a_page_in_gbk(self) -> None:
        page = "<html><head><meta charset='gb2312'></head><body>" + TEXT.replace("\n", "<br>") + "</body></html>"
        assert words(parse_source(page.encode("gbk"), "a.htm")) == FULL

    def test_headings_keep_their_rank(self) -> None:
        lines = parse_source(b"<html><h1>A</h1><h3>B <i>C</i></h3>D</html>", "a.html").lines
        assert [(line.text, line.rank) for line in lines] == [("A", 1), ("B C", 3), ("D", 0)]


def document(*paragraphs: str, style: str | None = None) -> bytes:
    word = Document()
    for paragraph in paragraphs:
        word.add_paragraph(paragraph, style=style)
    return saved(word)


def saved(word: object) -> bytes:
    stream = io.BytesIO()
    word.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


class TestDocx:
    @pytest.mark.parametrize("name", ["a.docx", "a.doc", "a.txt"])
    def test_paragraphs_are_lines(self, name: str) -> None:
        assert words(parse_source(document(*FULL), name)) == FULL

    def test_tables_breaks_and_tabs(self) -> None:
        word = Document()
        word.add_paragraph("示范条例")
        word.add_paragraph("第一条\t甲。\n第二条 乙。")
        word.add_table(1, 1).cell(0, 0).text = "第三条 丙。"
        word.add_paragraph("第四条 丁。")
        assert words(parse_source(saved(word), "a.docx"))[1:] == [
            "第一条\t甲。",
            "第二条 乙。",
            "第三条 丙。",
            "第四条 丁。",
        ]

    def test_headings_keep_their_rank(self) -> None:
        word = Document()
        word.add_heading("示范条例", 0)
        word.add_heading("第一章 总则", 1)
        word.add_paragraph("第一条 甲。")
        assert [line.rank for line in parse_source(saved(word), "a.docx").lines] == [1, 1, 0]

    @pytest.mark.parametrize(
        ("xml", "expected"),
        [
            ("<w:ins {}><w:r><w:t>新增</w:t></w:r></w:ins>", "第一条 甲新增"),
            ("<w:del {}><w:r><w:delText>删去</w:delText></w:r></w:del>", "第一条 甲"),
            ("<w:moveFrom {}><w:r><w:t>移走</w:t></w:r></w:moveFrom>", "第一条 甲"),
            ("<w:sdt {}><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "第一条 甲控件"),
            ("<w:hyperlink {}><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "第一条 甲链接"),
            ("<w:r {}><w:instrText>PAGE</w:instrText></w:r>", "第一条 甲"),
        ],
    )
    def test_only_what_the_reader_of_the_final_text_sees(self, xml: str, expected: str) -> None:
        word = Document()
        word.add_paragraph("第一条 甲")._p.append(parse_xml(xml.format(nsdecls("w"))))
        assert words(parse_source(saved(word), "a.docx")) == [expected]

    def test_content_controls_around_paragraphs(self) -> None:
        word = Document()
        word.add_paragraph("示范条例")
        block = (
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>第一条 甲。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
        word.element.body.insert(1, parse_xml(block))
        assert words(parse_source(saved(word), "a.docx")) == ["示范条例", "第一条 甲。"]

    def test_a_text_box_is_read_once(self) -> None:
        """Word writes it twice: for new versions, and as a fallback for old ones."""
        box = "<w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent>"
        space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        inner = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        word = Document()
        run = parse_xml(f"<w:r {nsdecls('w')} {space}><mc:AlternateContent>{inner}</mc:AlternateContent></w:r>")
        word.add_paragraph("框外")._p.append(run)
        assert words(parse_source(saved(word), "a.docx")) == ["框外", "框里"]

    def test_numbers_that_word_makes_are_told_once(self) -> None:
        source = parse_source(document("甲。", "乙。", style="List Number"), "a.docx")
        assert [(problem.code, problem.place.line, problem.severity) for problem in source.problems] == [
            ("law-auto-number", 1, "warning")
        ]

    def test_footnotes_are_told(self) -> None:
        word = Document()
        reference = f"<w:r {nsdecls('w')}><w:footnoteReference w:id='2'/></w:r>"
        word.add_paragraph("第一条 甲。")._p.append(parse_xml(reference))
        assert [problem.code for problem in parse_source(saved(word), "a.docx").problems] == ["law-footnote"]

    @pytest.mark.parametrize("entry", ["xl/workbook.xml", "note.txt"])
    def test_other_packages_are_refused(self, entry: str) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            package.writestr(entry, "x")
        assert "不是 Word 文件" in refused(stream.getvalue(), "a.docx").message

    def test_a_package_without_its_parts_is_refused(self) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            package.writestr("word/document.xml", "<broken")
        assert refused(stream.getvalue(), "a.docx").message == "Word 文件读不懂"

    def test_a_bomb_is_refused_before_it_is_unpacked(self) -> None:
        stream = io.BytesIO()
        with (
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package,
            package.open("word/document.xml", "w", force_zip64=True) as entry,
        ):
            for _ in range(250):
                entry.write(bytes(1_000_000))
        assert "250 MB" in refused(stream.getvalue(), "a.docx").message
