"""Citations: how authors write them, how pages print them, and which parts of an article exist."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from portal.model.citation import Citation, article_name, chinese_number, parse_citation
from portal.model.numeral import read_number
from portal.model.place import Place
from portal.model.prose import Prose
from portal.model.regulation import Article

WRITTEN = [
    ("law-a/34", Citation("law-a", "34")),
    ("law-a/31.6", Citation("law-a", "31", (6,))),
    ("law-a/22.1.3", Citation("law-a", "22", (1, 3))),
    ("law-a/31-1", Citation("law-a", "31-1")),
    ("law-a/31-2.10", Citation("law-a", "31-2", (10,))),
    ("law-a", Citation("law-a")),
    ("/34", Citation("", "34")),
    ("34", Citation("", "34")),
    ("23.3", Citation("", "23", (3,))),
    (34, Citation("", "34")),
    ({"cite": "law-a/3", "unverified": True}, Citation("law-a", "3", unverified=True)),
    ({"name": "某办法", "unverified": True}, Citation(name="某办法", unverified=True)),
    (Citation("law-a", "1"), Citation("law-a", "1")),
]
REFUSED = [
    "",
    "/",
    "law-a/",
    "law-a/0",
    "law-a/03",
    "law-a/３",
    "law-a/3.0",
    "law-a/3.1.1.1.1",
    "law-a/第三条",
    "Law-A/3",
    "law-a/3 ",
    "law-a/3\n",
    "条例",
    "law-a/12345",
    True,
    False,
    None,
    0,
    -3,
    3.1,
    (),
    {},
    {"cite": "law-a/3"},
    {"cite": "law-a/3", "unverified": False},
    {"cite": "law-a/3", "name": "某办法", "unverified": True},
    {"name": " ", "unverified": True},
    {"name": 3, "unverified": True},
    {"cite": 3, "unverified": True},
]


@pytest.mark.parametrize(("written", "meant"), WRITTEN)
def test_a_citation_is_read(written: object, meant: Citation) -> None:
    assert parse_citation(written) == meant


@pytest.mark.parametrize("written", REFUSED, ids=repr)
def test_anything_else_is_refused_with_an_example(written: object) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse_citation(written)
    assert "xinfang-2022/31.6" in refused.value.message()
    assert "{{" not in refused.value.message()


@pytest.mark.parametrize("text", ["law-a/34", "law-a/31.6", "law-a/22.1.3", "law-a/31-1.2", "law-a", "/34"])
def test_a_citation_prints_as_it_was_written(text: str) -> None:
    assert str(parse_citation(text)) == text


def test_an_instrument_without_text_prints_its_name() -> None:
    assert str(Citation(name="某办法", unverified=True)) == "某办法"


@pytest.mark.parametrize(
    ("citation", "anchor"),
    [
        (Citation("law-a", "31"), "article-31"),
        (Citation("law-a", "31", (6,)), "article-31-6"),
        (Citation("law-a", "22", (1, 3)), "article-22-1-3"),
        (Citation("law-a", "31-1", (2,)), "article-31-1-2"),
        (Citation("law-a"), ""),
        (Citation(name="某办法"), ""),
    ],
)
def test_the_anchor_on_the_page_of_the_regulation(citation: Citation, anchor: str) -> None:
    assert citation.anchor == anchor


def test_inside_a_regulation_its_own_id_is_filled_in() -> None:
    assert Citation("", "34", (2,), unverified=True).within("law-a") == Citation("law-a", "34", (2,), unverified=True)
    assert Citation("law-b", "34").within("law-a") == Citation("law-b", "34")
    assert Citation(name="某办法").within("law-a") == Citation(name="某办法")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (31, "三十一"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (111, "一百一十一"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1100, "一千一百"),
        (1260, "一千二百六十"),
        (9999, "九千九百九十九"),
        (0, "0"),
        (-1, "-1"),
        (10000, "10000"),
    ],
)
def test_numbers_as_articles_are_numbered(number: int, text: str) -> None:
    assert chinese_number(number) == text


@given(st.integers(1, 9999))
def test_a_number_reads_back_from_its_chinese_form(number: int) -> None:
    assert read_number(chinese_number(number)) == number


@pytest.mark.parametrize(
    ("article", "name"), [("31", "第三十一条"), ("31-1", "第三十一条之一"), ("110", "第一百一十条"), ("10", "第十条")]
)
def test_the_name_of_an_article(article: str, name: str) -> None:
    assert article_name(article) == name


def article(*paragraphs: int) -> Article:
    return Article("1", "", "", Prose(), paragraphs, Place("law-a"))


@pytest.mark.parametrize(
    ("paragraphs", "there", "not_there"),
    [
        ((), [()], [(1,), (1, 1)]),
        ((0,), [(), (1,)], [(0,), (2,), (1, 1)]),
        ((0, 0), [(1,), (2,)], [(3,), (2, 1)]),
        ((3,), [(1,), (3,), (1, 3)], [(0,), (4,), (2, 1), (1, 4)]),
        ((2, 0), [(1,), (2,), (1, 2)], [(3,), (1, 3), (2, 1), (0, 1), (1, 2, 1)]),
    ],
)
def test_which_paragraphs_and_items_an_article_has(
    paragraphs: tuple[int, ...], there: list[tuple[int, ...]], not_there: list[tuple[int, ...]]
) -> None:
    """One part is an item where there is just one paragraph, otherwise a paragraph."""
    assert [parts for parts in there if not article(*paragraphs).has(parts)] == []
    assert [parts for parts in not_there if article(*paragraphs).has(parts)] == []
