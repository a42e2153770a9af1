"""Markdown pages: front matter, headings, links, blocks — and that HTML is text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from portal.model.problem import Problem
from portal.model.prose import Prose
from portal.reading.markdown import BOXES, PLACEABLE, MarkdownFile, _parser, parse_prose, split_front_matter


def prose(text: str, first_line: int = 1) -> Prose:
    found, problems = parse_prose(text, "a.md", first_line)
    assert problems == []
    return found


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "甲 <b onclick=x>乙</b>", "<img src=x onerror=y>", "<!-- 注 -->", "<https://a.b>"]
    + ["<div>\n甲\n</div>", "&lt;script&gt;"],
)
def test_html_is_text(text: str) -> None:
    tokens = prose(text).tokens
    kinds = {child.type for token in tokens for child in [token, *(token.children or [])]}
    assert not kinds & {"html_block", "html_inline"}


def test_the_front_matter_is_cut_off_and_lines_keep_counting() -> None:
    parts = split_front_matter("---\nid: a\ntitle: 乙\n---\n\n[](form:note)\n", "a.md")
    assert isinstance(parts, MarkdownFile)
    assert parts.front.data == {"id": "a", "title": "乙"}
    assert parts.front.find_marks().children["title"].line == 3
    link = prose(parts.body, parts.body_line).links[0]
    assert (link.place.line, link.place.column) == (6, 4)


@pytest.mark.parametrize(
    "text", ["", "# 页", " ---\nid: a\n---\n", "---\nid: a\n", "--\nid: a\n--\n", "\n---\nid: a\n---\n"]
)
def test_a_page_without_front_matter_is_told(text: str) -> None:
    found = split_front_matter(text, "a.md")
    assert isinstance(found, Problem)
    assert found.code == "markdown-front-matter"


def test_a_line_of_dashes_in_the_body_is_no_front_matter() -> None:
    parts = split_front_matter("---\nid: a\n---\n甲\n\n---\n\n乙\n", "a.md")
    assert isinstance(parts, MarkdownFile)
    assert parts.body == "甲\n\n---\n\n乙\n"


def test_anchors_of_headings_are_unique_and_chinese() -> None:
    headings = prose("# 怎么 申请？\n\n## 步骤\n\n## 步骤\n\n## 步骤-2\n\n## ！！\n\n## `code` **粗**").headings
    assert [heading.anchor for heading in headings] == ["怎么-申请", "步骤", "步骤-2", "步骤-2-2", "section", "code-粗"]
    assert [heading.level for heading in headings] == [1, 2, 2, 2, 2, 2]


def test_the_anchor_is_on_the_heading_that_is_printed() -> None:
    found = prose("# 甲\n\n## 乙")
    assert [token.attrGet("id") for token in found.tokens if token.type == "heading_open"] == ["甲", "乙"]


@pytest.mark.parametrize("kind", PLACEABLE)
def test_a_block_places_objects(kind: str) -> None:
    placed = prose(f"甲\n\n```{kind}\none\ntwo\n```\n", first_line=10).placements[0]
    assert (placed.kind, placed.ids, str(placed.place)) == (kind, ("one", "two"), "a.md:12:1")


def test_a_block_without_a_name_is_shown_as_it_is() -> None:
    found = prose("```\nchecklist\n```\n\n    id: indented")
    assert found.placements == ()


@pytest.mark.parametrize("box", BOXES)
def test_boxes(box: str) -> None:
    opening = prose(f":::{box}\n甲\n:::").tokens[0]
    assert (opening.type, opening.info.strip()) == ("container_box_open", box)


@pytest.mark.parametrize(
    ("text", "target", "place"),
    [
        ("[甲](b.md)", "b.md", "a.md:1:5"),
        ("一行\n[甲](b.md)", "b.md", "a.md:2:5"),
        ("- 一\n- [甲](b.md#节)", "b.md#%E8%8A%82", "a.md:2:7"),
        ("| 甲 |\n|---|\n| [](form:note) |", "form:note", "a.md:3:6"),
        ("> [](cite:law-a/31.6)", "cite:law-a/31.6", "a.md:1:6"),
        ("![图](assets/a.png)", "assets/a.png", "a.md:1:6"),
        ("[甲][乙]\n\n[乙]: b.md", "b.md", "a.md:1:1"),
    ],
)
def test_links_are_found_where_they_stand(text: str, target: str, place: str) -> None:
    found = prose(text).links
    assert [(link.target, str(link.place), link.image) for link in found] == [(target, place, text.startswith("!"))]


@pytest.mark.parametrize("text", ["`[](form:note)`", "\\[甲\\](b.md)", "```\n[甲](b.md)\n```"])
def test_what_is_no_link_is_none(text: str) -> None:
    assert prose(text).links == ()


def test_a_script_is_no_link_and_is_told() -> None:
    found, problems = parse_prose("[甲](javascript:alert(1))", "a.md")
    assert found.links == ()
    assert [problem.code for problem in problems] == ["markdown-reference"]


SIGNS = [*"字句，。 ab1.-`*_[]()!<>&:\\\n|#~：", "[](form:note)", "[看](cite:law-a/31.6)", "](page:", "[甲*"]
LINES = st.lists(st.sampled_from(SIGNS), max_size=40).map("".join)


@given(LINES)
def test_sparing_the_inline_rules_changes_nothing(text: str) -> None:
    """Plain text, paragraphs and links are taken without the library's rules: the tokens must be the library's own."""
    parser, spared = MarkdownIt("commonmark", {"html": False}).enable("table"), _parser()
    parser.disable(["html_block", "html_inline", "lheading"])
    parser.validateLink, parser.normalizeLink = spared.validateLink, spared.normalizeLink  # type: ignore[method-assign]
    assert [t.as_dict() for t in spared.parse(text)] == [t.as_dict() for t in parser.parse(text)]


def test_dashes_under_a_paragraph_draw_a_line() -> None:
    found = prose("请带身份证\n---\n再来\n===\n")
    assert not found.headings
    assert [token.type for token in found.tokens if token.type == "hr"] == ["hr"]
