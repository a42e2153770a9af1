"""The front door of the core: from a folder to a checked library, and from that to pages."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import yaml

from portal.checks.table import check_library, sentences
from portal.model.library import Edition, Library
from portal.model.problem import Problem, ordered
from portal.reading.codes import CODES
from portal.reading.folder import read_library
from portal.rendering.makers import render
from portal.rendering.page import RenderedPage
from portal.rendering.site import Site, Words

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


def load_words(language: str = "zh") -> Words:
    """The interface words of one language."""
    words: Words = yaml.safe_load(files("portal").joinpath("words", f"{language}.yml").read_text("utf-8"))
    return words


def open_site(library: Library, edition: Edition, words: Words, home: str = "") -> Site:
    """The site of one edition, to stand at the address `home`: what it may not hold is left out before rendering."""
    rules = {**CODES, **sentences()}
    own = library.for_edition(edition)
    languages = {str(guide.lang) for guide in own.guides.values()} - {"zh"}
    translations = {lang: load_words(lang) for lang in languages}
    return Site(own, edition, words, tuple(sorted(rules.items())), home, translations=translations)


def render_pages(site: Site, progress: Progress | None = None) -> list[RenderedPage]:
    """Every page of the edition, in a fixed order."""
    pages = []
    with collector_paused():
        for number, page in enumerate(render(site), 1):
            pages.append(page)
            if progress and number % 50 == 0:
                progress(number, 0)
    return pages


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
