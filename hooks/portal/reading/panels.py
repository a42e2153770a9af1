"""What a picture in Markdown must have: words for those who cannot see it, and in a `:::pictures` box its short line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from portal.model.place import Place
from portal.model.problem import Problem
from portal.model.prose import Link

BOX = "pictures"
LONGEST = 15
"""Characters of the bold line beside a picture."""


def unsaid_pictures(inline: Token, links: Iterable[Link]) -> Iterator[Problem]:
    """Pictures without alternative text; `links` are those of the same token, in order."""
    pictures = (child for child in inline.children or [] if child.type == "image" and child.attrGet("src"))
    for child, link in zip(pictures, (link for link in links if link.image), strict=True):
        if not child.content.strip():
            hint = "方括号里写一句：图上画的是什么"
            yield Problem(link.place, "markdown-picture", f"图片“{link.target}”没有替代文字", hint)


def panel_problems(tokens: Sequence[Token], index: int, name: str, first_line: int) -> Iterator[Problem]:
    """The box that opens at `index`: each entry of its list has a picture and one bold line of few characters."""
    opening = tokens[index]
    if opening.nesting != 1 or opening.info.strip() != BOX:
        return
    for start, inside in _entries(tokens, index):
        children = [child for token in inside for child in token.children or []]
        said = _bold(children)
        if not any(child.type == "image" for child in children):
            yield _problem(name, first_line + start, "这一格没有图画", "先放图画：![画的是什么](picture:编号)")
        elif not said:
            yield _problem(name, first_line + start, "这一格没有短句", "图画后面写一句：**写下来**")
        elif len(said) > LONGEST:
            message = f"短句“{said}”有 {len(said)} 个字"
            yield _problem(name, first_line + start, message, f"不超过 {LONGEST} 个字，别的写在后面")


def _entries(tokens: Sequence[Token], index: int) -> Iterator[tuple[int, list[Token]]]:
    """Line and tokens of each entry of the lists directly in the box."""
    level = tokens[index].level
    entry: list[Token] = []
    line = 0
    for token in tokens[index + 1 :]:
        if token.level == level and token.nesting == -1:
            return
        if token.type == "list_item_open" and token.level == level + 2:
            entry, line = [], (token.map or [0])[0]
        elif token.type == "list_item_close" and token.level == level + 2:
            yield line, entry
        entry.append(token)


def _bold(children: Iterable[Token]) -> str:
    """The words between the first pair of bold marks."""
    said, bold = "", False
    for child in children:
        if child.type == "strong_close":
            return said
        bold = bold or child.type == "strong_open"
        said += child.content if bold and child.type == "text" else ""
    return said


def _problem(name: str, line: int, message: str, hint: str) -> Problem:
    return Problem(Place(name, line), "markdown-picture", message, hint)
