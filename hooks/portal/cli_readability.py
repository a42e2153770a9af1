"""`portal readability`: sentence length and rare words of everything that citizens read."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path

import click
import jieba

from portal.checked import load_checked
from portal.cli_options import FORMAT, TODAY
from portal.model.library import Library
from portal.model.prose import Prose
from portal.model.readability import Readability, measure
from portal.model.tree import Tree

_RARE = 20
"""Occurrences in the dictionary's sixty million words of text below which a word counts as rare."""


@click.command()
@FORMAT
@click.option("--all", "everything", is_flag=True, help="逐页列出，不只列难读的")
@TODAY
@click.pass_obj
def readability(root: Path, form: str, everything: bool, today: date) -> None:
    """公开页面好不好读：句子多长，生僻词多少。"""
    library = load_checked(root, today).library
    found = list(measure_library(library))
    if form == "json":
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
        return
    hard = [one for one in found if one.is_hard]
    for one in sorted(found if everything else hard, key=lambda one: -one.mean):
        rare = "、".join(one.rare_words[:5])
        click.echo(
            f"{one.name}: 平均 {one.mean:.1f} 字，最长 {one.longest} 字（{one.longest_text[:20]}…），生僻词 {one.rare:.1%}（{rare}）"
        )
    sentences = sum(one.sentences for one in found)
    mean = sum(one.mean * one.sentences for one in found) / max(sentences, 1)
    click.echo(f"公开的 {len(found)} 份内容，{sentences} 句，平均每句 {mean:.1f} 字；难读的 {len(hard)} 份")


def measure_library(library: Library) -> Iterator[Readability]:
    """Every public page and tree in Chinese."""
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    known = {word for term in library.glossary.terms.values() for word in (term.term, *term.also)}
    for word in known:
        jieba.add_word(word)
    for name, texts in _public_texts(library):
        yield measure(name, texts, partial(jieba.lcut, HMM=False), lambda word: word not in known and _is_rare(word))


def _is_rare(word: str) -> bool:
    """A word of the dictionary that is hardly ever written. What the dictionary does not hold is mostly two words."""
    return len(word) > 1 and 0 < (jieba.dt.FREQ.get(word) or 0) < _RARE


def _public_texts(library: Library) -> Iterator[tuple[str, list[str]]]:
    for page in library.guides.values():
        if page.public and page.lang == "zh":
            yield page.origin.file, [page.summary, *_prose_texts(page.body)]
    for tree in library.trees.values():
        if tree.public:
            yield tree.origin.file, list(_tree_texts(tree))


def _prose_texts(prose: Prose) -> Iterator[str]:
    for token in prose.tokens:
        if token.type == "inline":
            yield token.content


def _tree_texts(tree: Tree) -> Iterator[str]:
    for question in tree.questions.values():
        yield from (question.ask, question.help or "")
    for outcome in tree.outcomes.values():
        yield from (*outcome.do, *outcome.papers, outcome.where or "", outcome.warning or "", outcome.next or "")
