"""A picture of a tree, left to right, as inline SVG; our own layout, with Chinese line breaking.

Columns are steps of depth, rows are leaves. A question stands in the row of its first answer: so the start is in the
top left corner, in view on any screen and without script. The answer that leads to a box is written inside the box, above its
text, so that no label can cross a line or another box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from portal.model.tree import Tree
from portal.rendering.markup import markup

WIDTH, GAP_X, GAP_Y, PAD = 208, 44, 12, 8
FONT, LINE, SMALL, SMALL_LINE = 14, 19, 12, 16
_NO_START = "，。、；：？！）》」』】〉〕”’…·%,.;:?!)]"


@dataclass(slots=True)
class Box:
    """One box: the answer that leads here, its text, and where it stands (pixels, top left corner)."""

    answer: list[str]
    text: list[str]
    kind: str
    target: str
    depth: int
    children: list[Box] = field(default_factory=list)
    x: float = 0
    y: float = 0

    @property
    def height(self) -> float:
        """Room for all lines."""
        return 2 * PAD + SMALL_LINE * len(self.answer) + LINE * len(self.text)


def tree_map(tree: Tree, numbers: Mapping[str, int], words: Mapping[str, str]) -> Markup:
    """The SVG of the whole tree."""
    root = _box(tree, tree.start, "", 0, numbers, words, set())
    bottom = _place(root, 1)
    boxes = _all(root)
    width = max(box.x for box in boxes) + WIDTH + 1
    drawn = Markup("\n").join(
        [_line(box, child) for box in boxes for child in box.children] + [_draw(b) for b in boxes]
    )
    head = '<svg class="map" xmlns="http://www.w3.org/2000/svg" role="group" width="{w}" height="{h}" viewBox="0 0 {w} {h}" aria-label="{label}">'
    label = words["map-label"].format(title=tree.title)
    return Markup(head).format(w=_n(width), h=_n(bottom), label=label) + drawn + Markup("</svg>")


def wrap(text: str, size: int, width: float) -> list[str]:
    """Lines no wider than `width` pixels at font `size`. Closing punctuation never begins a line: one sign of it
    may hang over the edge, more take the sign before them along to the next line.
    """
    lines, line, room = [], "", 0.0
    for sign in text:
        step = _step(sign, size)
        if line and room + step > width and not (sign in _NO_START and room <= width):
            cut = _cut(line) if sign in _NO_START else len(line)
            lines.append(line[:cut])
            line = line[cut:]
            room = sum(_step(kept, size) for kept in line)
        line += sign
        room += step
    return [*lines, line] if line else lines


def _step(sign: str, size: int) -> float:
    return size * (1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.6)


def _cut(line: str) -> int:
    """Where to break before closing punctuation; at the end where nothing else stands in the line."""
    return max(len(line.rstrip(_NO_START)) - 1, 0) or len(line)


def _box(
    tree: Tree,
    name: str,
    answer: str,
    depth: int,
    numbers: Mapping[str, int],
    words: Mapping[str, str],
    seen: set[str],
) -> Box:
    room = WIDTH - 2 * PAD - FONT
    answer_lines = wrap(f"【{answer}】", SMALL, room) if answer else []
    if name in tree.outcomes:
        return Box(answer_lines, wrap(tree.outcomes[name].title, FONT, room), "outcome", f"{tree.id}--{name}", depth)
    number = words["question"].format(number=numbers[name])
    if name in seen:
        again = words["again"].format(number=numbers[name])
        return Box(answer_lines, wrap(again, FONT, room), "again", f"{tree.id}--{name}", depth)
    seen.add(name)
    question = tree.questions[name]
    box = Box(answer_lines, wrap(f"{number} {question.ask}", FONT, room), "question", f"{tree.id}--{name}", depth)
    for branch in question.branches().values():
        box.children.append(_box(tree, branch.go, branch.label, depth + 1, numbers, words, seen))
    return box


def _place(box: Box, top: float) -> float:
    """Put the box and everything below it from `top` on; returns where the next row may begin."""
    box.x, box.y = 1 + box.depth * (WIDTH + GAP_X), top
    bottom = top
    for child in box.children:
        bottom = _place(child, bottom)
    return max(bottom, top + box.height + GAP_Y)


def _all(box: Box) -> list[Box]:
    return [box, *(below for child in box.children for below in _all(child))]


def _line(box: Box, child: Box) -> Markup:
    x1, y1 = box.x + WIDTH, box.y + box.height / 2
    x2, y2 = child.x, child.y + child.height / 2
    middle = x1 + GAP_X / 2
    return markup('<path class="map__line" d="M{} {}H{}V{}H{}"/>', _n(x1), _n(y1), _n(middle), _n(y2), _n(x2))


def _draw(box: Box) -> Markup:
    rows = []
    y = box.y + PAD
    for line in box.answer:
        y += SMALL_LINE
        rows.append(_row("map__answer", box.x + PAD, y - 4, line))
    for line in box.text:
        y += LINE
        rows.append(_row("map__text", box.x + PAD, y - 5, line))
    size = _n(box.x), _n(box.y), WIDTH, _n(box.height)
    frame = markup('<rect x="{}" y="{}" width="{}" height="{}" rx="4"/>', *size)
    pattern = '<a href="#{}" class="map__box map__box--{}">{}{}</a>'
    return markup(pattern, box.target, box.kind, frame, Markup().join(rows))


def _row(name: str, x: float, y: float, text: str) -> Markup:
    return markup('<text class="{}" x="{}" y="{}">{}</text>', name, _n(x), _n(y), text)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
