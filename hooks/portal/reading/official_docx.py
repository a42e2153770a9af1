"""The text of a Word file, paragraph by paragraph, with what is in tables, content controls and accepted insertions."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from portal.model.official import WIDTHLESS
from portal.model.place import Place
from portal.model.problem import Problem
from portal.reading.official_line import Line
from portal.reading.text import Unreadable

MAX_UNPACKED = 200_000_000
_STYLE = re.compile(r"(?:heading|标题)\s*([1-6])", re.IGNORECASE)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ELSEWHERE = f"{_WORD}moveFrom"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}


def read_docx(data: bytes, name: str) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """A line for each line of a paragraph that holds text; lines are counted by paragraphs. Raises Unreadable.

    Warnings tell of what a text may lose here: numbers that Word makes itself, and footnotes.
    """
    # Loading it takes half as long as starting the portal: only whoever imports a Word file waits.
    from docx import Document

    _refuse_bombs(data, name)
    try:
        document = Document(io.BytesIO(data))
        styles = {style.style_id: style for style in document.styles}
        body = document.element.body
    except Exception:  # python-docx lets through whatever a broken package makes zipfile, lxml or itself raise
        raise _bad(name, "Word 文件读不懂", "在 Word 或 WPS 里打开，另存为 .docx 或 .txt") from None
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, paragraph in enumerate(_paragraphs(body), 1):
        rank = _rank(paragraph, styles)
        own = [text for text in map(str.strip, _text(paragraph).split("\n")) if text]
        lines += [Line(number, 1, text, rank) for text in own]
        found = (Problem(Place(name, number), *words, "warning") for words in _losses(paragraph, styles, own))
        # Each kind of loss once: a whole law may be numbered by Word.
        problems += [problem for problem in found if problem.code not in {known.code for known in problems}]
    return tuple(lines), tuple(problems)


def _refuse_bombs(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(entry.file_size for entry in package.infolist())
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _bad(name, "Word 文件或压缩包已损坏", "重新下载或另存一份") from None
    if "word/document.xml" not in names:
        raise _bad(name, "这是压缩包或别的办公文件，不是 Word 文件", "先解压，或另存为 .docx")
    if size > MAX_UNPACKED:
        raise _bad(name, f"展开后有 {size / 1e6:.0f} MB", "法规文本不会这么大：检查是否放错了文件")


def _paragraphs(body: Any) -> Iterator[Any]:
    """Every paragraph, wherever it stands; not those that repeat a drawing's text for old versions of Word."""
    for paragraph in body.iter(f"{_WORD}p"):
        if next(paragraph.iterancestors(_FALLBACK), None) is None:
            yield paragraph


def _text(paragraph: Any) -> str:
    """The paragraph's own text; that of a text box inside it comes as a paragraph of its own.

    Deleted text has other elements (`w:delText`) and so is left out; inserted text is in; moved text only once.
    """
    pieces: list[str] = []
    for element in paragraph.iter(f"{_WORD}t", *_SIGNS):
        above = element.iterancestors(f"{_WORD}p", _ELSEWHERE)
        if next(above, None) is paragraph and element.getparent().tag == f"{_WORD}r":
            pieces.append(_SIGNS.get(element.tag) or element.text or "")
    text = "".join(pieces)
    for sign in WIDTHLESS:
        text = text.replace(sign, "")
    return text


def _style(paragraph: Any, styles: dict[str, Any]) -> Any:
    """The paragraph's style; None without one."""
    mark = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    return None if mark is None else styles.get(mark.get(f"{_WORD}val"))


def _rank(paragraph: Any, styles: dict[str, Any]) -> int:
    style = _style(paragraph, styles)
    label = (style.name or "").strip() if style is not None else ""
    match = _STYLE.fullmatch(label)
    return int(match[1]) if match else int(label.lower() in ("title", "标题"))


def _losses(paragraph: Any, styles: dict[str, Any], own: list[str]) -> Iterator[tuple[str, str, str]]:
    """Code, message and hint of what this paragraph shows in Word but does not hold as text."""
    style = _style(paragraph, styles)
    holders = [paragraph] if style is None else [paragraph, style.element]
    if own and any(holder.find(f"{_WORD}pPr/{_WORD}numPr") is not None for holder in holders):
        hint = "在 Word 里全选后把自动编号转成文字，再导入"
        yield "law-auto-number", f"“{own[0][:12]}”前面的编号是 Word 自动生成的，没有读入", hint
    if paragraph.find(f".//{_WORD}footnoteReference") is not None:
        yield "law-footnote", "这里有脚注，脚注的文字没有读入", "需要的话把脚注移进正文"


def _bad(name: str, message: str, hint: str) -> Unreadable:
    return Unreadable(Problem(Place(name), "law-format", message, hint))
