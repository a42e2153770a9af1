"""From the words of a citation to the library's own form of it."""

from __future__ import annotations

import pytest

from portal.model.prose_citation import Target


@pytest.mark.parametrize(
    ("target", "paragraphs", "cited"),
    [
        (Target("a", article="31", item=6), (6,), "a/31.6"),
        (Target("a", article="31", paragraph=1, item=6), (6,), "a/31.6"),
        (Target("a", article="31", paragraph=1), (6,), "a/31"),
        (Target("a", article="31", item=6), (0, 6), "a/31.2.6"),
        (Target("a", article="31", item=6), (6, 6), "a/31.6"),
        (Target("a", article="31", paragraph=2, item=6), (6, 6), "a/31.2.6"),
        (Target("a", article="31", paragraph=1), (0,), "a/31.1"),
        (Target("a", article="31-2", paragraph=2), (0, 0), "a/31-2.2"),
        (Target("a", article="31", item=6), (), "a/31.6"),
        (Target("a", article="31", paragraph=1, item=2, subitem=3), (2, 0), "a/31.1.2.3"),
        (Target(name="刑法", article="17"), (), "《刑法》第十七条"),
    ],
)
def test_a_target_as_the_library_cites_it(target: Target, paragraphs: tuple[int, ...], cited: str) -> None:
    citation = target.citation(paragraphs)
    assert str(citation) == cited and citation is not None
    assert citation.unverified is bool(target.name)


@pytest.mark.parametrize("target", [Target("a", division="第三章"), Target(article="34")])
def test_a_chapter_or_an_article_of_no_law_cannot_be_cited(target: Target) -> None:
    assert target.citation() is None


def test_a_target_above_and_down_to_a_level() -> None:
    target = Target("a", article="31", paragraph=1, item=2, subitem=3)
    assert (str(target), target.in_words()) == ("a/31条1款2项3目", "第三十一条第一款第二项第三目")
    assert str(target.above("paragraph")) == "a/31条"
    assert str(target.down_to("paragraph")) == "a/31条1款"
    assert target.lowest == "subitem" and Target("a").lowest == "article"
