"""Drawn pictures: `docs/assets/pictures/<id>.svg` becomes shapes that may stand inside a page.

Only plain shapes pass, with plain values: nothing that runs, loads or carries text. The pages frame them, so that
lines take the colour of the text and one accent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from markupsafe import escape

from portal.model.place import Place
from portal.model.problem import Problem
from portal.reading.shelves import Shelves
from portal.reading.text import Unreadable, read_text

FOLDER = "docs/assets/pictures"
VIEW_BOX = "0 0 96 96"
SHAPES = ("circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect")
_GEOMETRY = "cx cy d height points r rx ry transform width x x1 x2 y y1 y2"
_STYLE = "class fill stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-width"
_ALLOWED = frozenset(f"{_GEOMETRY} {_STYLE}".split())
_PLAIN = re.compile(r"[\w\s.,#+-]*|(?:(?:rotate|scale|translate)\([\d\s.,-]+\)\s*)+", re.ASCII)
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_pictures(root: Path, shelves: Shelves) -> None:
    """Every picture of the folder, by the name of its file."""
    for path in sorted((root / FOLDER).glob("*.svg")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():  # told already, with every other link among the assets
            shelves.broken.add(("picture", path.stem))
            continue
        try:
            shelves.pictures[path.stem] = _Drawing(name).read(read_text(root, name))
        except Unreadable as error:
            shelves.problems.append(error.problem)
            shelves.broken.add(("picture", path.stem))
        except _WrongError as wrong:
            shelves.problems.append(wrong.problem)
            shelves.broken.add(("picture", path.stem))


class _WrongError(Exception):
    """The first thing in a drawing that may not be there."""

    def __init__(self, place: Place, message: str, hint: str) -> None:
        super().__init__(message)
        self.problem = Problem(place, "file-picture", message, hint)


class _Drawing:
    """One file while it is read; what passes is written again, on one line."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.written: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def read(self, text: str) -> str:
        """The shapes; raises _WrongError at the first thing that is none."""
        if not _NAME.fullmatch(Path(self.name).stem):
            raise _WrongError(Place(self.name), "图画的文件名写法不对", "只用小写字母、数字和连字符")
        try:
            self.parser.Parse(text.encode("utf-8"), True)
        except expat.ExpatError as error:
            place = Place(self.name, error.lineno, error.offset + 1)
            raise _WrongError(place, "SVG 没有写对", "标签要成对，属性加引号") from None
        return "".join(self.written[1:-1])

    def _place(self) -> Place:
        return Place(self.name, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.written:
            return self._root(tag, attributes)
        if tag not in SHAPES:
            raise _WrongError(self._place(), f"图画里不能有 <{tag}>", f"只用 {'、'.join(SHAPES)}")
        for wrong in self._wrong(attributes):
            raise _WrongError(
                self._place(), f"图画里不能有 {wrong}", "只写形状、颜色和 class，值里没有网址、样式、编号"
            )
        said = "".join(f' {key}="{escape(" ".join(value.split()))}"' for key, value in attributes.items())
        self.written.append(f"<{tag}{said}>")

    def _root(self, tag: str, attributes: dict[str, str]) -> None:
        if tag != "svg" or attributes.get("viewBox") != VIEW_BOX:
            hint = f'第一个标签写 <svg xmlns="…" viewBox="{VIEW_BOX}">'
            raise _WrongError(self._place(), "图画的画布大小不对", hint)
        self.written.append("")

    @staticmethod
    def _wrong(attributes: dict[str, str]) -> Iterator[str]:
        yield from (key for key, value in attributes.items() if key not in _ALLOWED or not _PLAIN.fullmatch(value))

    def _end(self, tag: str) -> None:
        self.written.append(f"</{tag}>")

    def _text(self, text: str) -> None:
        if text.strip():
            raise _WrongError(self._place(), "图画里不能有文字", "字写在页面上，不画进图里")

    def _doctype(self, *_: object) -> None:
        raise _WrongError(self._place(), "图画里不能有 <!DOCTYPE>", "删掉这一行")
