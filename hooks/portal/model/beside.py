"""Limits that stand beside each other: a local one and the national one on the same matter. Shown both, never merged."""

from __future__ import annotations

from portal.model.library import Library


def beside(library: Library, name: str) -> tuple[str, ...]:
    """The limits to show with this one: the national one that it names, or the local ones that name it.

    Of two local ones beside the same national limit neither names the other: they are for different places.
    """
    found = library.limit(name)
    named = found[1].beside if found else None
    if named:
        return (named,) if library.limit(named) else ()
    return tuple(other for other, _, limit in library.limits() if limit.beside == name)
