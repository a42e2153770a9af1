"""From a checked library to the pages of one edition."""

from __future__ import annotations

from importlib.resources import files

import yaml

from portal.checked import Progress, collector_paused
from portal.checks.table import sentences
from portal.model.library import Edition, Library
from portal.reading.codes import CODES
from portal.rendering.makers import render
from portal.rendering.page import RenderedPage
from portal.rendering.site import Site, Words


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
