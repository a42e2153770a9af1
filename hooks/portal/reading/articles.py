"""From the body of a regulation's page to its articles: a heading an article, a paragraph a 款, a list item a 项."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from markdown_it.token import Token

from portal.model.citation import Citation
from portal.model.numeral import read_number
from portal.model.place import Place
from portal.model.problem import Problem
from portal.model.prose import Prose
from portal.model.regulation import Article

_ARTICLE = re.compile(r"第([零一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?\s*(.*)")


def split_articles(prose: Prose, name: str, first_line: int) -> tuple[Prose, dict[str, Article], list[Problem]]:
    """What stands before the first heading, the articles by number, and the headings that are wrong."""
    articles: dict[str, Article] = {}
    problems: list[Problem] = []
    preface = replace(prose, tokens=(), headings=())
    chapter = ""
    for heading, tokens in _sections(prose.tokens):
        if heading is None:
            preface = replace(preface, tokens=tuple(tokens))
            continue
        text = heading[1].content
        place = Place(name, first_line + (heading[0].map[0] if heading[0].map else 0))
        if heading[0].tag == "h2":
            chapter = text
            continue
        match = _ARTICLE.fullmatch(text)
        number = _number(match) if match else None
        if match is None or number is None:
            problems.append(
                Problem(place, "regulation-heading", f"“{text}”不是条的标题", "写成“### 第三十一条 小标题”；章用“## ”")
            )
            continue
        if number in articles:
            problems.append(Problem(place, "regulation-heading", f"“{text}”写了两次", "删掉重复的一条"))
            continue
        gist = tuple(tokens)
        paragraphs = _paragraphs(gist)
        _set_anchors(number, gist, paragraphs)
        articles[number] = Article(number, match[3], chapter, Prose(gist, first_line=first_line), paragraphs, place)
    return preface, articles, problems


def _number(match: re.Match[str]) -> str | None:
    """The article's number as citations write it: `31`, `31-1`."""
    number, insert = read_number(match[1]), read_number(match[2] or "一")
    if number is None or insert is None:
        return None
    return f"{number}-{insert}" if match[2] else str(number)


def _sections(tokens: tuple[Token, ...]) -> Iterator[tuple[list[Token] | None, list[Token]]]:
    """Heading tokens (None before the first) and the tokens that follow, up to the next heading."""
    heading: list[Token] | None = None
    rest: list[Token] = []
    index = 0
    while index < len(tokens):
        if tokens[index].type == "heading_open":
            if heading is not None or rest:
                yield heading, rest
            heading, rest = list(tokens[index : index + 3]), []
            index += 3
        else:
            rest.append(tokens[index])
            index += 1
    if heading is not None or rest:
        yield heading, rest


def _paragraphs(tokens: tuple[Token, ...]) -> tuple[int, ...]:
    """Number of items in each paragraph: a list belongs to the paragraph before it."""
    counts: list[int] = []
    for token in tokens:
        if token.type == "paragraph_open" and token.level == 0:
            counts.append(0)
        elif token.type == "list_item_open" and token.level == 1 and counts:
            counts[-1] += 1
    return tuple(counts)


def _set_anchors(number: str, tokens: tuple[Token, ...], paragraphs: tuple[int, ...]) -> None:
    """Give each paragraph and item the anchor that a citation of it leads to."""
    paragraph = item = 0
    for token in tokens:
        if token.type == "paragraph_open" and token.level == 0:
            paragraph, item = paragraph + 1, 0
            if len(paragraphs) > 1 or not paragraphs[0]:
                token.attrSet("id", Citation(article=number, parts=(paragraph,)).anchor)
        elif token.type == "list_item_open" and token.level == 1 and paragraph:
            item += 1
            parts = (item,) if len(paragraphs) == 1 else (paragraph, item)
            token.attrSet("id", Citation(article=number, parts=parts).anchor)
