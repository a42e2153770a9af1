"""From a folder to a checked library."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    with collector_paused():
        library, unread = read_library(root, today, progress)
        return Checked(library, ordered([*unread, *check_library(library)]))


@contextmanager
def collector_paused() -> Iterator[None]:
    """Making many objects that stay: the collector would look at all of them again and again and free nothing.

    Without the pause it takes a third of the time of reading. What was made is frozen, or the first collection after
    the pause would go through all of it. Objects nobody refers to are freed as always.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.freeze()
            gc.enable()
