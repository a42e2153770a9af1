"""The page of a regulation: a heading an article, a paragraph a 款, a list item a 项, each with its anchor."""

from __future__ import annotations

import pytest

from portal.model.numeral import read_number
from portal.model.regulation import Article
from portal.reading.articles import split_articles
from portal.reading.markdown import parse_prose


def articles(text: str) -> dict[str, Article]:
    prose, _ = parse_prose(text, "a.md", 5)
    _, found, problems = split_articles(prose, "a.md", 5)
    assert problems == []
    return found


def anchors(article: Article) -> list[str]:
    return [token.attrGet("id") for token in article.gist.tokens if token.attrGet("id")]


PAGE = """前言。

## 第一章 总则

### 第一条 目的

一款。

### 第三十一条之二 变更

头一款：

- 一项；
- 二项。

第二款。

## 第二章 附则

### 第一百零五条

只有一款：

1. 一项；
   - 项下的小点
2. 二项。
"""


def test_articles_by_number_with_title_chapter_and_place() -> None:
    found = articles(PAGE)
    assert {number: (one.title, one.chapter, one.place.line) for number, one in found.items()} == {
        "1": ("目的", "第一章 总则", 9),
        "31-2": ("变更", "第一章 总则", 13),
        "105": ("", "第二章 附则", 24),
    }


def test_paragraphs_and_their_items_are_counted() -> None:
    assert [article.paragraphs for article in articles(PAGE).values()] == [(0,), (2, 0), (2,)]


def test_each_citable_place_has_the_anchor_that_a_citation_leads_to() -> None:
    found = articles(PAGE)
    assert anchors(found["1"]) == ["article-1-1"]
    assert anchors(found["31-2"]) == ["article-31-2-1", "article-31-2-1-1", "article-31-2-1-2", "article-31-2-2"]
    assert anchors(found["105"]) == ["article-105-1", "article-105-2"]


def test_what_stands_before_the_first_heading_is_the_preface() -> None:
    prose, _ = parse_prose(PAGE, "a.md", 5)
    preface, _, _ = split_articles(prose, "a.md", 5)
    assert [token.content for token in preface.tokens if token.type == "inline"] == ["前言。"]


@pytest.mark.parametrize("heading", ["附则", "第31条", "第条", "三十一条", "第一节"])
def test_other_headings_are_told(heading: str) -> None:
    prose, _ = parse_prose(f"### {heading}\n\n文字。", "a.md", 5)
    _, found, problems = split_articles(prose, "a.md", 5)
    assert [(problem.code, str(problem.place)) for problem in problems] == [("regulation-heading", "a.md:5:1")]
    assert found == {}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一千零一", 1001),
    ],
)
def test_chinese_numbers(text: str, number: int) -> None:
    assert read_number(text) == number
