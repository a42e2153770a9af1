"""Where a piece of authored content stands: file, line and column, and the map from data back to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in an authored file. `line` and `column` count from 1; `file` is relative to the project's root."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(slots=True)
class Marks:
    """Positions of one YAML node: its own, its key's (if it has one) and its children's. All count from 1."""

    line: int
    column: int
    key_line: int = 0
    key_column: int = 0
    children: dict[object, Marks] = field(default_factory=dict)


def _beginning() -> Marks:
    return Marks(1, 1)


@dataclass(frozen=True)
class Origin:
    """The file an object was read from, and the positions of everything in it.

    Most objects are never asked where their parts stand, so `find_marks` runs at the first question.
    """

    file: str
    find_marks: Callable[[], Marks] = _beginning

    @cached_property
    def marks(self) -> Marks:
        """Positions of the file's YAML."""
        return self.find_marks()

    def place(self, *path: object, key: bool = False) -> Place:
        """Position of the value at `path` (of its key with `key=True`); of the nearest parent that is written out.

        Steps that the file does not hold are passed over: pydantic puts union tags into its paths.
        """
        marks, found_last = self.marks, False
        for step in path:
            child = marks.children.get(step)
            found_last = child is not None
            if child is not None:
                marks = child
        if key and found_last and marks.key_line:
            return Place(self.file, marks.key_line, marks.key_column)
        return Place(self.file, marks.line, marks.column)


NOWHERE = Origin("")
