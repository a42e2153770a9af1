"""From a file on disk to the lines of an official text: plain text, Markdown, HTML or DOCX, told by their content."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.model.official import WIDTHLESS
from portal.model.place import Place
from portal.model.problem import Problem
from portal.reading.official_docx import read_docx
from portal.reading.official_html import read_html
from portal.reading.official_line import Line
from portal.reading.text import Unreadable

MAX_BYTES = 20_000_000
"""The longest law, 民法典, has 0.4 MB of text; as a web page or Word file a few MB."""
_FOREIGN = {
    b"%PDF": ("这是 PDF 文件", "在 PDF 阅读器里复制文字，存成 .txt；扫描件要先做文字识别并逐字校对"),
    b"\xd0\xcf\x11\xe0": ("这是旧版 Word 文件（.doc）", "在 Word 或 WPS 里另存为 .docx"),
    b"{\\rtf": ("这是 RTF 文件", "在 Word 或 WPS 里另存为 .docx"),
    b"\x89PNG": ("这是图片", "扫描件要先做文字识别并逐字校对，存成 .txt"),
    b"\xff\xd8\xff": ("这是图片", "扫描件要先做文字识别并逐字校对，存成 .txt"),
    b"GIF8": ("这是图片", "扫描件要先做文字识别并逐字校对，存成 .txt"),
    b"Rar!": ("这是压缩包", "先解压"),
    b"7z\xbc\xaf": ("这是压缩包", "先解压"),
    b"\x1f\x8b": ("这是压缩包", "先解压"),
}
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LEGACY = ["gb18030", "big5", "utf_16_le", "utf_16_be"]
_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|\?xml[^>]*\?>\s*<(?:!doctype\s+)?html)", re.I
)
_HASHES = re.compile(r"#{1,6}(?=\s|$)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f�]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file's lines that are not blank, its name as messages show it, and the hash of its bytes.

    Lines of HTML and DOCX are counted by paragraphs. `problems` are warnings: what the format may have hidden.
    """

    name: str
    sha256: str
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...] = ()


def read_source(path: Path, name: str) -> Source:
    """Read a file from disk; `name` is what messages call it. Raises Unreadable."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _bad(name, "law-unreadable", "这不是普通文件", "换成真正的文件")
        if status.st_size > MAX_BYTES:
            found = f"文件有 {status.st_size / 1e6:.0f} MB，超过 {MAX_BYTES // 1_000_000} MB"
            raise _bad(name, "law-too-big", found, "法规文本不会这么大：检查是否放错了文件")
        return parse_source(path.read_bytes(), name)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise _bad(name, "law-unreadable", f"文件打不开（{reason}）", "检查文件权限，或重新放一份") from None


def parse_source(data: bytes, name: str) -> Source:
    """Bytes to lines. The content decides about the format; only Markdown is told by its name. Raises Unreadable."""
    if not data.strip():
        raise _bad(name, "law-empty", "文件是空的", "放入法规全文")
    for start, (found, hint) in _FOREIGN.items():
        if data.startswith(start):
            raise _bad(name, "law-format", found, hint)
    problems: tuple[Problem, ...] = ()
    if data.startswith(b"PK"):
        lines, problems = read_docx(data, name)
    elif _HTML.match(data[:2000]) or name.lower().endswith((".html", ".htm")):
        lines = read_html(_without_widthless(_decode(data, name)), name)
    else:
        text = _without_widthless(_decode(data, name))
        lines = _markdown(text) if name.lower().endswith((".md", ".markdown")) else _plain(text)
    if not lines:
        raise _bad(name, "law-empty", "文件里没有文字", "放入法规全文；扫描件要先做文字识别")
    return Source(name, hashlib.sha256(data).hexdigest(), lines, (*problems, *_damage(lines, name)))


def _damage(lines: tuple[Line, ...], name: str) -> Iterator[Problem]:
    """The sign � stands where an earlier program lost a character."""
    lost = [line for line in lines if "�" in line.text]
    if lost:
        place = Place(name, lost[0].number, lost[0].column + lost[0].text.index("�"))
        found = f"这里的字已经丢失，只剩“�”（一共 {len(lost)} 行）"
        yield Problem(place, "law-damaged", found, "换一份完好的文本", "warning")


def _without_widthless(text: str) -> str:
    for sign in WIDTHLESS:
        text = text.replace(sign, "")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes, name: str) -> str:
    """UTF-8 if it can be (nothing else looks like it by chance), else what charset-normalizer finds most likely."""
    encoding = next((found for mark, found in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = _legacy(data, name, error)
    _refuse_binary(text, name)
    return text


def _legacy(data: bytes, name: str, error: UnicodeDecodeError) -> str:
    if error.encoding.startswith("utf") and data.decode("utf-8", "replace").count("�") * 100 < len(data):
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        place = Place(name, line, column)
        raise Unreadable(
            Problem(
                place, "law-encoding", "这里有坏字节，其余是 UTF-8 编码", "重新下载，或从原件复制这一处再存成 UTF-8"
            )
        )
    # It takes 20 ms to load, and most files are UTF-8.
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_LEGACY).best()
    if best is None:
        raise _bad(name, "law-encoding", "看不出是什么编码的文字", "在编辑器里另存为 UTF-8 编码")
    return data.decode(best.encoding)


def _refuse_binary(text: str, name: str) -> None:
    if _CONTROLS.search(text) and len(_CONTROLS.findall(text)) > 10 + len(text) // 1000:
        raise _bad(name, "law-format", "这不是文字文件", "换成 .txt、.md、.html 或 .docx 的法规全文")


def _plain(text: str) -> tuple[Line, ...]:
    """Lines that are not blank. A blank line before, or an indent, begins a paragraph."""
    lines: list[Line] = []
    blank = True
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if stripped:
            indent = len(raw) - len(raw.lstrip())
            lines.append(Line(number, indent + 1, stripped, 0, blank or indent > 1 or raw[0] == "　"))
        blank = not stripped
    return tuple(lines)


def _markdown(text: str) -> tuple[Line, ...]:
    """The same without comments, heading marks, bold and escapes.

    Not by a Markdown parser: CommonMark joins neighbouring lines and renumbers lists, but in a law each line and each
    number is the text itself.
    """
    return tuple(line for line in map(_marked, _plain(_without_comments(text))) if line.text)


def _marked(line: Line) -> Line:
    text, column, rank = line.text, line.column, 0
    if match := _HASHES.match(text):
        rank, text = match.end(), text[match.end() :].lstrip()
        column += len(line.text) - len(text)
        bare = text.rstrip("#")
        text = bare.rstrip() if bare[-1:].isspace() or not bare else text
    if "**" in text or "__" in text:
        column += 2 if text.startswith(("**", "__")) else 0
        text = _BOLD.sub(r"\2", text).strip()
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    return Line(line.number, column, text, rank, line.begins)


def _without_comments(text: str) -> str:
    """A comment leaves its line ends behind: line numbers must stay true. One that never ends is text."""
    pieces: list[str] = []
    start = 0
    while (opened := text.find("<!--", start)) >= 0 and (closed := text.find("-->", opened + 4)) >= 0:
        pieces += [text[start:opened], "\n" * text.count("\n", opened, closed)]
        start = closed + 3
    return "".join([*pieces, text[start:]])


def _bad(name: str, code: str, message: str, hint: str) -> Unreadable:
    return Unreadable(Problem(Place(name), code, message, hint))
