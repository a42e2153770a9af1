"""Drawn pictures: only plain shapes reach a page, whatever an SVG file holds; the project's own all pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.model.mention import mentions
from portal.reading.folder import read_library
from projects import PROJECT
from small import TODAY, small_library

PICTURE = "docs/assets/pictures/pen.svg"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="https://example.org/a.png"/>',
        '<use href="#a"/>',
        "<style>*{}</style>",
        "<foreignObject/>",
        '<a href="javascript:alert(1)"/>',
        "<text>字</text>",
        "字",
        '<path onload="alert(1)"/>',
        '<path style="fill:red"/>',
        '<path id="a"/>',
        '<path fill="url(#a)"/>',
        '<path class="a&quot;&gt;&lt;script"/>',
        "<![CDATA[<script>]]>",
        "&amp;lt;",
        "<path>",
    ],
)
def test_what_is_no_plain_shape_is_refused(inside: str, tmp_path: Path) -> None:
    root = small_library(tmp_path, **{PICTURE: f"{HEAD}\n{inside}</svg>\n"})
    library, problems = read_library(root, TODAY)
    assert [problem.code for problem in problems] == ["file-picture"]
    assert library.pictures == {}


def test_entities_are_never_opened(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n' + HEAD + "&b;</svg>"
    _, problems = read_library(small_library(tmp_path, **{PICTURE: bomb}), TODAY)
    assert [(problem.code, problem.place.line) for problem in problems] == [("file-picture", 1)]


def test_every_picture_of_the_project_is_used() -> None:
    library, _ = read_library(PROJECT, TODAY)
    assert library.pictures
    assert library.pictures.keys() == {mention.target for mention in mentions(library) if mention.kind == "picture"}
