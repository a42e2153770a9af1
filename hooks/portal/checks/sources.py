"""The written text of files, for rules about what may stand anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from portal.model.library import Library
from portal.model.place import Place

_STORIES = (".drill.yml", "cases.yml")
"""Made-up events happen on days and take days."""
_HANDBOOK = "docs/authors/"


def steps_and_pages(library: Library) -> Iterator[tuple[str, str]]:
    """File and text of every page, checklist, tree and form; not of stories, nor of the handbook on how to write."""
    for file, text in library.sources.items():
        if file.startswith(("procedures/", "docs/")) and not file.endswith(_STORIES) and _HANDBOOK not in file:
            yield file, text


def place_at(file: str, text: str, position: int) -> Place:
    """The place of a character of a file."""
    line = text.count("\n", 0, position) + 1
    return Place(file, line, position - text.rfind("\n", 0, position))
