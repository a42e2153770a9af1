"""From the body of a regulation's page to its articles: a heading an article, a paragraph a 款, a list item a 项."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from portal.model.citation import Citation
from portal.model.place import Place
from portal.model.problem import Problem
from portal.model.prose import Prose
from portal.model.regulation import Article

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ARTICLE = re.compile(r"第([零一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?\s*(.*)")


def parse_chinese_number(text: str) -> int:
    """三十一 → 31, 一百零五 → 105, 十 → 10."""
    total = digit = 0
    for sign in text:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def split_articles(prose: Prose, name: str, first_line: int) -> tuple[Prose, dict[str, Article], list[Problem]]:
    """What stands before the first heading, the articles by number, and the headings that are wrong."""
    articles: dict[str, Article] = {}
    problems: list[Problem] = []
    preface = Prose(links=prose.links, placements=prose.placements)
    chapter = ""
    for heading, tokens in _sections(prose.tokens):
        if heading is None:
            preface = Prose(tuple(tokens), prose.links, prose.placements)
            continue
        text = heading[1].content
        place = Place(name, first_line + (heading[0].map[0] if heading[0].map else 0))
        if heading[0].tag == "h2":
            chapter = text
            continue
        match = _ARTICLE.fullmatch(text)
        if match is None:
            problems.append(
                Problem(place, "regulation-heading", f"“{text}”不是条的标题", "写成“### 第三十一条 小标题”；章用“## ”")
            )
            continue
        number = str(parse_chinese_number(match[1])) + (f"-{parse_chinese_number(match[2])}" if match[2] else "")
        if number in articles:
            problems.append(Problem(place, "regulation-heading", f"“{text}”写了两次", "删掉重复的一条"))
            continue
        gist = tuple(tokens)
        paragraphs = _paragraphs(gist)
        _set_anchors(number, gist, paragraphs)
        articles[number] = Article(number, match[3], chapter, Prose(gist), paragraphs, place)
    return preface, articles, problems


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
