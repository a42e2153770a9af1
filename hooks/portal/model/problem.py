"""One thing that is wrong in the library, told to the author: where, what was found, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from portal.model.place import Place

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding. `message` says what was found and expected, `hint` how to mend it; both are for the author."""

    place: Place
    code: str
    message: str
    hint: str
    severity: Severity = "error"

    @property
    def sort_key(self) -> tuple[Place, str, str]:
        """Problems are listed file by file, line by line."""
        return (self.place, self.code, self.message)

    def __str__(self) -> str:
        """As authors read it: `file:line:column: error code: what. What to do.`"""
        return f"{self.place}: {self.severity} {self.code}: {self.message}。{self.hint}"

    def as_dict(self) -> dict[str, object]:
        """The JSON form: code, severity, file, line, column, message, hint."""
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "message": self.message,
            "hint": self.hint,
        }


def ordered(problems: list[Problem]) -> tuple[Problem, ...]:
    """Sorted, each told once."""
    return tuple(sorted(set(problems), key=lambda problem: problem.sort_key))
