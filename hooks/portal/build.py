"""The front door of the core: from a folder to a checked library, and from that to pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portal.checks.table import check_library
from portal.model.library import Library
from portal.model.problem import Problem, ordered
from portal.reading.folder import read_library

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """A library and everything that is wrong with it."""

    library: Library
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems that forbid building."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def load_checked(root: Path, today: date, progress: Progress | None = None) -> Checked:
    """Read and check everything below `root` as of `today`. The whole library is checked, whatever edition follows."""
    library, unread = read_library(root, today, progress)
    return Checked(library, ordered([*unread, *check_library(library)]))
