"""A tree on the page: every path of the model is a path of links, and the map draws every box clear of the others."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from htmlpage import Element, parse_html
from portal.build import load_words, open_site
from portal.model.library import Library
from portal.model.tree import Tree
from portal.model.walk import paths
from portal.rendering.tree import reading_order, tree_parts
from portal.rendering.tree_map import _NO_START, FONT, PAD, SMALL, WIDTH, tree_map, wrap
from portal.rendering.view import View
from small import TODAY
from strategies import TEXT, trees

WORDS = load_words()


def drawn(tree: Tree) -> Element:
    """The map of a tree, parsed."""
    numbers = {name: number for number, name in enumerate(reading_order(tree), 1)}
    return parse_html(tree_map(tree, numbers, WORDS["tree"]))


def on_page(tree: Tree) -> Element:
    """A tree as it stands on a page, parsed."""
    site = open_site(Library(TODAY, trees={tree.id: tree}), "staff", WORDS)
    return parse_html("".join(str(part) for part in tree_parts(View(site, "trees/random.html"), tree)))


def reached(tree: Tree) -> set[str]:
    """Questions and outcomes that some path meets."""
    found = {walk.outcome for walk in paths(tree)}
    return found | {step.question for walk in paths(tree) for step in walk.steps}


class TestReadingOrder:
    @given(trees(most=6))
    def test_each_question_stands_before_all_it_leads_to(self, tree: Tree) -> None:
        order = reading_order(tree)
        assert order[0] == tree.start
        assert sorted(order) == sorted(reached(tree) & tree.questions.keys())
        for question, _, branch in tree.edges():
            if question in order and branch.go in order:
                assert order.index(question) < order.index(branch.go)

    def test_first_answers_come_first(self) -> None:
        branch = {"label": "是", "go": "end"}
        data = {
            "id": "t",
            "title": "树",
            "reviewed": TODAY,
            "reviewer": "clerk",
            "start": "a",
            "questions": {
                "c": {"kind": "choices", "ask": "丙", "choices": {"x": branch}},
                "b": {"kind": "choices", "ask": "乙", "choices": {"x": branch}},
                "a": {
                    "kind": "choices",
                    "ask": "甲",
                    "choices": {"x": branch | {"go": "b"}, "y": branch | {"go": "c"}},
                },
            },
            "outcomes": {"end": {"title": "完", "do": ("走",), "practice": True}},
        }
        assert reading_order(Tree.model_validate(data)) == ["a", "b", "c"]


class TestPage:
    @given(trees(most=5))
    def test_every_path_of_the_model_is_a_path_of_links(self, tree: Tree) -> None:
        page = on_page(tree)
        links = {
            question.attrs["data-question"]: {
                a.attrs["data-answer"]: a.attrs["href"].removeprefix(f"#{tree.id}--")
                for a in question.find("a", "answer")
            }
            for question in page.find("section", "question")
        }
        outcomes = {outcome.attrs["data-outcome"] for outcome in page.find("section", "outcome")}
        for walk in paths(tree):
            here = tree.start
            for step in walk.steps:
                assert here == step.question
                here = links[here][step.answer]
            assert here == walk.outcome
            assert here in outcomes

    @given(trees(most=5))
    def test_ids_are_unique_and_every_link_finds_one(self, tree: Tree) -> None:
        page = on_page(tree)
        assert sorted(page.ids) == sorted(set(page.ids))
        targets = {a.attrs["href"].removeprefix("#") for a in page.find("a") if a.attrs["href"].startswith("#")}
        targets = {target for target in targets if target}
        assert targets <= set(page.ids)

    @given(trees(most=5))
    def test_questions_are_numbered_in_reading_order(self, tree: Tree) -> None:
        page = on_page(tree)
        assert [q.attrs["data-question"] for q in page.find("section", "question")] == reading_order(tree)
        numbers = [n.text for n in page.find(css="question__number")]
        assert numbers == [f"问题{number}" for number in range(1, len(numbers) + 1)]

    @given(trees(most=5))
    def test_the_outline_names_every_question_and_outcome_that_can_be_reached(self, tree: Tree) -> None:
        outline = on_page(tree).one(css="outline")
        named = {a.attrs["href"].removeprefix(f"#{tree.id}--") for a in outline.find("a")}
        assert named == reached(tree)


class TestMap:
    @given(trees())
    def test_boxes_never_overlap(self, tree: Tree) -> None:
        boxes = [tuple(float(r.attrs[key]) for key in ("x", "y", "width", "height")) for r in drawn(tree).find("rect")]
        assert boxes
        for index, (x, y, width, height) in enumerate(boxes):
            for other_x, other_y, other_width, other_height in boxes[index + 1 :]:
                apart = (
                    x + width < other_x
                    or other_x + other_width < x
                    or y + height < other_y
                    or other_y + other_height < y
                )
                assert apart

    @given(trees())
    def test_everything_lies_inside_the_picture(self, tree: Tree) -> None:
        picture = drawn(tree).one("svg")
        width, height = float(picture.attrs["width"]), float(picture.attrs["height"])
        for rect in picture.find("rect"):
            x, y = float(rect.attrs["x"]), float(rect.attrs["y"])
            assert x >= 0
            assert y >= 0
            assert x + float(rect.attrs["width"]) <= width
            assert y + float(rect.attrs["height"]) <= height

    @given(trees())
    def test_text_stays_inside_its_box_and_lines_do_not_touch(self, tree: Tree) -> None:
        for box in drawn(tree).find("a", "map__box"):
            rect = box.one("rect")
            x, y = float(rect.attrs["x"]), float(rect.attrs["y"])
            rows = box.find("text")
            for row in rows:
                size = SMALL if row.attrs["class"] == "map__answer" else FONT
                said = "".join(map(str, row.children))
                assert float(row.attrs["x"]) + measure(said, size) <= x + WIDTH
                assert y <= float(row.attrs["y"]) - size
                assert float(row.attrs["y"]) <= y + float(rect.attrs["height"]) - PAD / 2
            for upper, lower in pairwise(rows):
                assert float(lower.attrs["y"]) - float(upper.attrs["y"]) >= SMALL

    @given(trees())
    def test_no_line_crosses_a_box(self, tree: Tree) -> None:
        picture = drawn(tree)
        columns = {float(r.attrs["x"]) for r in picture.find("rect")}
        for line in picture.find("path", "map__line"):
            start, across, _, end = line.attrs["d"].replace("M", "").replace("V", "H").split("H")
            x1, middle, x2 = float(start.split()[0]), float(across), float(end)
            assert x1 < middle < x2
            assert not any(column < middle < column + WIDTH for column in columns)
            assert x2 in columns

    @given(trees(most=6))
    def test_it_shows_every_question_and_outcome_that_can_be_reached(self, tree: Tree) -> None:
        picture = drawn(tree)
        shown = {a.attrs["href"].removeprefix(f"#{tree.id}--") for a in picture.find("a")}
        assert shown == reached(tree)
        assert len(picture.find("path")) == len(picture.find("rect")) - 1


def measure(text: str, size: int) -> float:
    """Width of a line: a full-width sign is as wide as the font, any other at most six tenths."""
    return sum(size * (1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.6) for sign in text)


class TestWrap:
    @given(TEXT, st.sampled_from([SMALL, FONT]), st.integers(4, 20))
    def test_nothing_is_lost_and_no_line_is_too_wide(self, text: str, size: int, signs: int) -> None:
        width = float(size * signs)
        lines = wrap(text, size, width)
        assert "".join(lines) == text
        for line in lines:
            assert line
            over = measure(line, size) - width
            assert over <= 0 or (line[-1] in _NO_START and over <= size)

    @given(TEXT, st.integers(4, 20))
    def test_closing_punctuation_begins_no_line(self, text: str, signs: int) -> None:
        lines = wrap(text, FONT, float(FONT * signs))
        for before, line in pairwise(lines):
            assert line[0] not in _NO_START or set(before) <= set(_NO_START)

    def test_examples(self) -> None:
        assert wrap("一二三四五六", 10, 30) == ["一二三", "四五六"]
        assert wrap("一二三。四五", 10, 30) == ["一二三。", "四五"]
        assert wrap("一二三”。四五", 10, 30) == ["一二", "三”。", "四五"]
        assert wrap("", 10, 30) == []
