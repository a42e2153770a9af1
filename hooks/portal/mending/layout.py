"""Blanks: those at the ends of lines, those that indent, and the line end that closes a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from portal.mending.block import block_lines
from portal.mending.subject import Subject

_INDENTATION = re.compile(r"[ \t　]*")
_TAB_WIDTHS = (2, 4, 8)
_WIDE_WIDTHS = (2, 1, 4)


def strip_lines(text: str, _: Subject) -> str:
    """No blanks at the ends of lines, outside block text."""
    lines = text.split("\n")
    kept = block_lines(lines)
    return "\n".join(line if index in kept else line.rstrip(" \t") for index, line in enumerate(lines))


def end_line(text: str, _: Subject) -> str:
    """The last line is closed."""
    return text if text.endswith("\n") else text + "\n"


def indentations(text: str) -> Iterator[str]:
    """The text as it is, and with the tabs and full-width spaces of its indentation as so and so many spaces."""
    yield text
    lines = text.split("\n")
    kept = block_lines(lines)
    wrong = [i for i, line in enumerate(lines) if i not in kept and set("\t　") & set(_INDENTATION.match(line)[0])]  # type: ignore[index]
    if not wrong:
        return
    for tab, wide in product(_TAB_WIDTHS, _WIDE_WIDTHS):
        changed = list(lines)
        for index in wrong:
            changed[index] = _spaced(lines[index], tab, wide)
        yield "\n".join(changed)


def _spaced(line: str, tab: int, wide: int) -> str:
    blanks = re.match(r"[ \t　]*", line)
    assert blanks is not None
    return blanks[0].replace("\t", " " * tab).replace("　", " " * wide) + line[blanks.end() :]
