"""What is wrong with the numbering of articles: gaps, repeats, disorder. Reported, never mended: nobody guesses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from portal.model.official import Article

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fault:
    """`article` is where it shows, `before` the one above it (of a repeat: the first with that number).

    A gap has the numbers that are `missing`; a disorder has the article that comes `after`.
    """

    kind: Literal["gap", "repeat", "order"]
    article: Article
    before: Article | None = None
    after: Article | None = None
    missing: tuple[Key, ...] = ()


def numbering_faults(articles: Sequence[Article]) -> tuple[Fault, ...]:
    """Every fault once, by line. One wrong number makes one disorder and one gap, not a fault for each that follows."""
    first: dict[Key, Article] = {}
    faults: list[Fault] = []
    for article in articles:
        if article.key in first:
            faults.append(Fault("repeat", article, first[article.key]))
        else:
            first[article.key] = article
    single = list(first.values())
    kept = _longest_rise([article.key for article in single])
    faults += _disorder(single, set(kept))
    faults += _gaps([single[index] for index in kept], first)
    return tuple(sorted(faults, key=lambda fault: fault.article.line))


def _disorder(articles: Sequence[Article], kept: Collection[int]) -> Iterator[Fault]:
    for index, article in enumerate(articles):
        if index not in kept:
            before = articles[index - 1] if index else None
            after = articles[index + 1] if index + 1 < len(articles) else None
            yield Fault("order", article, before, after)


def _gaps(articles: Sequence[Article], known: Collection[Key]) -> Iterator[Fault]:
    """Between neighbours in the right order. A number that stands elsewhere is out of order, not missing."""
    before: Article | None = None
    for article in articles:
        missing = tuple(key for key in _between(before.key if before else (0, 0), article.key) if key not in known)
        if missing:
            yield Fault("gap", article, before, missing=missing)
        before = article


def _between(low: Key, high: Key) -> Iterator[Key]:
    """What must stand between two numbers: (31, 0) and (33, 2) ask for (32, 0), (33, 0), (33, 1)."""
    start = low[1] + 1 if high[0] == low[0] else 1
    if high[0] != low[0]:
        yield from ((number, 0) for number in range(low[0] + 1, high[0] + (high[1] > 0)))
    yield from ((high[0], suffix) for suffix in range(start, high[1]))


def _longest_rise(keys: Sequence[Key]) -> list[int]:
    """Indexes of a longest strictly rising series (patience sorting)."""
    tails: list[Key] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, key in enumerate(keys):
        place = bisect_left(tails, key)
        previous.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [key]
        ends[place : place + 1] = [index]
    chain: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(index)
        index = previous[index]
    return chain[::-1]
