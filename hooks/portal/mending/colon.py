"""Full-width colons after keys, where the reader points at them."""

from __future__ import annotations

import re

from portal.mending.shape import known_keys
from portal.mending.state import read_state
from portal.mending.subject import Subject

_CODE = "yaml-fullwidth-colon"
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*$")
_ROUNDS = 20


def halve_colons(text: str, subject: Subject) -> str:
    """`title：甲` → `title: 甲`, for keys the model knows and for ids that open a group of keys."""
    for _ in range(_ROUNDS):
        lines = text.split("\n")
        for problem in read_state(text, subject).faults:
            if problem.code == _CODE:
                line, column = problem.place.line - 1, problem.place.column - 1
                lines[line] = _halved(lines[line], column, subject)
        after = "\n".join(lines)
        if after == text:
            return text
        text = after
    return text


def _halved(line: str, column: int, subject: Subject) -> str:
    """The line with this colon half-width, where a key stands before it."""
    key, rest = _KEY.search(line[:column]), line[column + 1 :].strip(" 　")
    if line[column : column + 1] != "：" or not key or (rest and key[0] not in known_keys(subject.model)):
        return line
    return f"{line[:column]}: {rest}" if rest else f"{line[:column]}:"
