"""Block text (`|`, `>`): lines that are written as they are meant, and that no mending may touch."""

from __future__ import annotations

import re

_OPENING = re.compile(r"^( *)(?:.*[:-][ \t]+)?[|>][0-9+-]*[ \t]*(?:#.*)?$")


def block_lines(lines: list[str]) -> frozenset[int]:
    """The indexes of the lines inside block text: those further in than the line that opens it, and blank ones."""
    inside: set[int] = set()
    outer: int | None = None
    for index, line in enumerate(lines):
        if outer is not None:
            if not line.strip() or len(line) - len(line.lstrip()) > outer:
                inside.add(index)
                continue
            outer = None
        opening = _OPENING.match(line)
        if opening and line.strip()[:1] != "#":
            outer = len(opening[1])
    return frozenset(inside)
