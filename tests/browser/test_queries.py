"""Citizens find their page by everyday words: a table of queries against the built public site.

A new wording goes into `queries.yml` first; then the page learns it (its `keywords`, or a glossary term's `also`).
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from browser.watch import DESK, Open, Reader

TABLE = [
    (query, frozenset(row["pages"]))
    for row in yaml.safe_load((Path(__file__).parent / "queries.yml").read_text("utf-8"))
    for query in row["queries"]
]
FIRST = 3
FLOOR = 0.98
"""Share of queries whose page stands among the first three: 198 of 201 when last measured; it may only rise."""


def test_the_table_is_large_enough() -> None:
    assert len(TABLE) >= 150
    assert len({query for query, _ in TABLE}) == len(TABLE)


@pytest.fixture
def desk(reader: Open) -> Reader:
    one = reader("public", size=DESK)
    one.open("about.html")
    one.quiet()
    return one


def first_pages(one: Reader, query: str) -> list[str]:
    """The first three pages of the result list."""
    results = one.ask(query)
    found = results.evaluate_all("links => links.slice(0, 9).map(link => link.href)")
    pages = (address.partition("#")[0].partition("?")[0].removeprefix(one.root + "/") for address in found)
    return list(dict.fromkeys(pages))[:FIRST]


def test_everyday_words_lead_to_the_page(desk: Reader) -> None:
    one = desk
    missed = []
    for query, pages in TABLE:
        found = first_pages(one, query)
        if not pages & set(found):
            missed.append((query, found))
    print(f"{len(TABLE) - len(missed)} of {len(TABLE)} queries have their page among the first {FIRST}")
    assert len(missed) <= len(TABLE) * (1 - FLOOR), missed
