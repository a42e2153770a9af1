"""Two versions of a text: every article of both is told once, paired by its words, with the words that changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.model.amendment import Change, compare, words
from portal.model.citation import article_name
from portal.model.official import Article, Item, OfficialText, Paragraph
from portal.reading.folder import read_library
from portal.reading.official import parse_official
from portal.reading.official_source import read_source
from projects import PROJECT, REAL_TODAY

LAWS = PROJECT.parent / "shared" / "laws"
OLD, NEW = "信访条例(2005-01-10).md", "信访工作条例(2022-02-25).md"
LETTERS = "依法受理办结复查核实告知转送督办登记期限机关单位"


def law(*texts: str) -> OfficialText:
    """A text whose articles are numbered from one; `|` begins an item, a line break a paragraph."""
    articles = [article(number, text) for number, text in enumerate(texts, 1)]
    return OfficialText("试验条例", (), (), tuple(articles), (), "0" * 64, "x.txt")


def article(number: int, text: str) -> Article:
    paragraphs = []
    for line in text.split("\n"):
        head, *items = line.split("|")
        numbered = tuple(Item(n, f"（{n}）", item) for n, item in enumerate(items, 1))
        paragraphs.append(Paragraph(head, numbered))
    return Article(number, 0, article_name(str(number)), (), number, tuple(paragraphs))


def told(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(c.kind, c.old.id if c.old else "", c.new.id if c.new else "") for c in changes]


A, B, C = "信访人应当向有权处理的机关提出。", "机关应当自受理之日起60日内办结。", "复查意见应当书面答复信访人。"
CASES = [
    ("nothing", [A, B, C], [A, B, C], [("same", "1", "1"), ("same", "2", "2"), ("same", "3", "3")]),
    ("a number", [A, B], [A, B.replace("60", "90")], [("same", "1", "1"), ("changed", "2", "2")]),
    ("one is gone", [A, B, C], [A, C], [("same", "1", "1"), ("removed", "2", ""), ("renumbered", "3", "2")]),
    ("one is new", [A, B], [A, C, B], [("same", "1", "1"), ("renumbered", "2", "3"), ("added", "", "2")]),
    ("two change places", [A, B], [B, A], [("renumbered", "1", "2"), ("renumbered", "2", "1")]),
    (
        "moved and changed",
        [A, B],
        [C, A, B.replace("60", "90")],
        [("renumbered", "1", "2"), ("changed", "2", "3"), ("added", "", "1")],
    ),
    ("the same words twice", [A, A], [A, A], [("same", "1", "1"), ("same", "2", "2")]),
    ("a paragraph cut in two", [A + B], [A + "\n" + B], [("changed", "1", "1")]),
    ("nothing left", [A], [], [("removed", "1", "")]),
    ("nothing before", [], [A], [("added", "", "1")]),
]


@pytest.mark.parametrize(("old", "new", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_became_of_each_article(old: list[str], new: list[str], expected: list[tuple[str, str, str]]) -> None:
    assert told(compare(law(*old), law(*new))) == expected


@pytest.mark.parametrize(
    "written",
    [
        "自受理之日起６０日内（含本日）办结：|一项；|二项。",
        "自受理之日起 60 日内(含本日)办结:|一项;|二项。",
        "自受理之日起\u300060日内（含本日）办结：|一项；|二项。",
    ],
)
def test_layout_and_width_do_not_count(written: str) -> None:
    plain = law("自受理之日起60日内（含本日）办结：|一项；|二项。")
    assert told(compare(plain, law(written))) == [("same", "1", "1")]


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("起60日内办结。", "起90日内办结。", [("起60日内", "起90日内")]),
        ("起60日内办结。", "起60个工作日内办结。", [("起60日内", "起60个工作日内")]),
        ("应当答复。", "应当书面答复。", [("应当答复", "应当书面答复")]),
        ("应当书面答复。", "应当答复。", [("应当书面答复", "应当答复")]),
        (
            "自收到之日起15日内告知信访人，并且说明理由和依据，自受理之日起60日内办结。",
            "自收到之日起10日内告知信访人，并且说明理由和依据，自受理之日起90日内办结。",
            [("日起15日内", "日起10日内"), ("日起60日内", "日起90日内")],
        ),
    ],
)
def test_the_words_that_changed(old: str, new: str, edits: list[tuple[str, str]]) -> None:
    (change,) = compare(law(old), law(new))
    assert [(edit.old, edit.new) for edit in change.edits] == edits


texts = st.lists(st.text(LETTERS + "0159，。", min_size=1, max_size=40), max_size=12)


@given(texts, texts)
def test_every_article_of_both_texts_is_told_once(old: list[str], new: list[str]) -> None:
    changes = compare(law(*old), law(*new))
    assert [c.old.id for c in changes if c.old] == [str(n) for n in range(1, len(old) + 1)]
    assert sorted(int(c.new.id) for c in changes if c.new) == list(range(1, len(new) + 1))
    for change in changes:
        if change.old and change.new:
            equal = words(change.old) == words(change.new)
            assert equal == (change.kind in ("same", "renumbered"))
            assert bool(change.edits) != equal


@given(texts)
def test_a_text_does_not_differ_from_itself(texts: list[str]) -> None:
    assert {change.kind for change in compare(law(*texts), law(*texts))} <= {"same"}


@given(st.lists(st.text(LETTERS, min_size=8, max_size=30), min_size=2, max_size=8, unique=True), st.data())
def test_an_article_left_out_is_the_one_removed(texts: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, len(texts) - 1))
    changes = compare(law(*texts), law(*texts[:gone], *texts[gone + 1 :]))
    assert [c.old.id for c in changes if c.kind == "removed" and c.old] == [str(gone + 1)]
    assert [c.new.id for c in changes if c.new] == [str(n) for n in range(1, len(texts))]


@pytest.mark.skipif(not (LAWS / OLD).exists(), reason="../shared/laws is not here")
def test_the_pairs_of_two_real_texts_agree_with_the_map_made_by_reading(project: Path) -> None:
    old, new = (parse_official(read_source(LAWS / name, name))[0] for name in (OLD, NEW))
    rules = read_rules(project)
    pairs = [(c.old.id, c.new.id) for c in compare(old, new) if c.old and c.new]
    wrong = [(one, other) for one, other in pairs if other not in rules[one]]
    print(f"\n{len(pairs)} of {len(old.articles)} articles paired, {len(wrong)} against the map: {wrong}")
    assert wrong == []
    assert len(pairs) >= 24


def read_rules(project: Path) -> dict[str, set[str]]:
    """Old article → the articles that the project's own map names."""
    regulation = read_library(project, REAL_TODAY)[0].regulations["xinfang-2005"]
    return {number: {one.article for one in regulation.successors(number)} for number in regulation.rules.successors}
