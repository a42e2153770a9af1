"""Keys in the order in which the models name them: whole lines change places, comments go with their keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from portal.mending.shape import arranged, field_order
from portal.mending.subject import Subject

_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Disorder:
    """A mapping whose keys stand out of order. `limit`: the line before which everything of it stands."""

    node: MappingNode
    order: tuple[str, ...]
    limit: int
    root: bool

    @property
    def entries(self) -> list[int]:
        """For every place, the number of the entry that belongs there."""
        keys = [key.value for key, _ in self.node.value]
        return [keys.index(name) for name in arranged(keys, self.order)]

    def holds(self, other: Disorder) -> bool:
        """Does the other stand inside this one?"""
        mine, its = self.node, other.node
        inside = mine.start_mark.index <= its.start_mark.index and its.end_mark.index <= mine.end_mark.index
        return inside and other is not self


def order_keys(text: str, subject: Subject) -> str:
    """Put the innermost mappings that are out of order in order, until none is; free ids stay where they are."""
    for _ in range(_ROUNDS):
        found = list(_disorders(yaml.compose(text, yaml.CSafeLoader), subject, (), text.count("\n") + 1))
        innermost = [disorder for disorder in found if not any(disorder.holds(other) for other in found)]
        after = text
        for disorder in sorted(innermost, key=lambda each: each.node.start_mark.index, reverse=True):
            after = _order_flow(after, disorder) if disorder.node.flow_style else _order_block(after, disorder)
        if after == text:
            return text
        text = after
    return text


def _disorders(node: Node | None, subject: Subject, path: tuple[object, ...], limit: int) -> Iterator[Disorder]:
    """Every mapping out of order at or below a node."""
    if isinstance(node, SequenceNode):
        for index, (child, end) in enumerate(zip(node.value, _ends(node.value, limit), strict=True)):
            yield from _disorders(child, subject, (*path, index), end)
    elif isinstance(node, MappingNode):
        names = [key.value for key, _ in node.value if isinstance(key, ScalarNode)]
        order = field_order(subject.model, path, names) if len(names) == len(node.value) else ()
        if order and names != arranged(names, order):
            yield Disorder(node, order, limit, not path)
        ends = _ends([key for key, _ in node.value], limit)
        for (key, value), end in zip(node.value, ends, strict=True):
            yield from _disorders(value, subject, (*path, key.value), end)


def _ends(nodes: Sequence[Node], limit: int) -> list[int]:
    """For each node the line at which the next one begins."""
    return [*(node.start_mark.line for node in nodes[1:]), limit][: len(nodes)]


def _order_flow(text: str, disorder: Disorder) -> str:
    """`{b: 1, a: 2}`: the entries change places, what stands between them stays."""
    spans = [(key.start_mark.index, value.end_mark.index) for key, value in disorder.node.value]
    start, end = spans[0][0], spans[-1][1]
    empty = any(value.start_mark.index == value.end_mark.index for _, value in disorder.node.value)
    if empty or "#" in text[start:end]:
        return text
    ordered = [text[slice(*spans[index])] for index in disorder.entries]
    gaps = [text[left[1] : right[0]] for left, right in pairwise(spans)]
    parts = [ordered[0], *(piece for pair in zip(gaps, ordered[1:], strict=True) for piece in pair)]
    return text[:start] + "".join(parts) + text[end:]


def _order_block(text: str, disorder: Disorder) -> str:
    """Lines of one entry stay together. In a list the dash stays in front of whatever comes first."""
    lines = text.split("\n")
    marks = [key.start_mark for key, _ in disorder.node.value]
    column, first = marks[0].column, marks[0].line
    if len({mark.line for mark in marks}) < len(marks) or any(mark.column != column for mark in marks):
        return text
    dash = lines[first][:column]
    stays = disorder.root or bool(dash.strip())
    starts = [
        mark.line if stays and not index else _with_comments(lines, mark.line, column)
        for index, mark in enumerate(marks)
    ]
    bounds = [*starts, _end(lines, marks[-1].line, disorder.limit, column)]
    lines[first] = " " * column + lines[first][column:]
    chunks = [lines[start:end] for start, end in pairwise(bounds)]
    ordered = [line for index in disorder.entries for line in chunks[index]]
    if dash.strip() and ordered[0].lstrip().startswith("#"):
        return text
    ordered[0] = dash + ordered[0][column:] if dash.strip() else ordered[0]
    return "\n".join([*lines[: bounds[0]], *ordered, *lines[bounds[-1] :]])


def _with_comments(lines: list[str], line: int, column: int) -> int:
    """The first line of the comments right above a key, in its column."""
    while line and lines[line - 1].startswith(" " * column + "#"):
        line -= 1
    return line


def _end(lines: list[str], last: int, limit: int, column: int) -> int:
    """The end of the last entry: blank lines and comments further out, or in its column, are no part of it."""
    end = limit
    while end - 1 > last:
        text = lines[end - 1].strip()
        indent = len(lines[end - 1]) - len(lines[end - 1].lstrip())
        if text and not (text.startswith("#") and indent <= column):
            break
        end -= 1
    return end
