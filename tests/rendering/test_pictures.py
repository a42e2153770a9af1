"""Drawn pictures in a text and in a tree: with words for those who cannot see them, silent where words stand beside."""

from __future__ import annotations

from htmlpage import Element, parse_html
from portal.rendering.site import Site
from portal.rendering.written import written_pages
from rendering.conftest import MakeSite
from small import small_text

PEN = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">
<path d="M8 8H88" class="accent"/>
<g transform="rotate(5)"><circle cx="9" cy="9" r="4"/></g>
</svg>
"""
PANELS = """
:::pictures
1. ![一支<笔](picture:pen)[](limit:law-a/handle)

   **写下来**
:::
"""
DRAWN = {
    "go: people}": "go: people, picture: pen}",
    "go: send}\n  people": "go: send, picture: pen}\n  people",
    "    title: 等待": "    title: 等待\n    picture: pen",
}


def drawn(make_site: MakeSite) -> Site:
    """A panel on the first page; a picture at each answer of the first question and at an outcome."""
    tree = small_text("procedures/visit/route.tree.yml")
    for plain, pictured in DRAWN.items():
        assert plain in tree
        tree = tree.replace(plain, pictured)
    page = small_text("docs/index.md") + PANELS
    return make_site(
        "public",
        **{"docs/assets/pictures/pen.svg": PEN, "docs/index.md": page, "procedures/visit/route.tree.yml": tree},
    )


def pages(site: Site) -> dict[str, Element]:
    return {page.address: parse_html(page.html) for page in written_pages(site)}


def test_a_picture_in_the_text_has_words_and_the_limit_beside_it(make_site: MakeSite) -> None:
    panel = pages(drawn(make_site))["index.html"].one(css="pictures").one("li")
    picture = panel.one("svg", "picture--pen")
    assert (picture.attrs["role"], picture.attrs["aria-label"]) == ("img", "一支<笔")
    assert [shape.tag for shape in picture.all()] == ["svg", "path", "g", "circle"]
    assert panel.one("a", "limit").text == "60 日"


def test_a_tree_shows_pictures_that_say_nothing_twice(make_site: MakeSite) -> None:
    page = pages(drawn(make_site))["procedures/visit/index.html"]
    answers = page.one("ul", "answers--drawn")
    assert [svg.attrs["aria-hidden"] for svg in answers.find("svg")] == ["true", "true"]
    assert len(page.one("section", id="route--wait").find("svg", "picture")) == 1


def test_a_picture_makes_no_new_version(make_site: MakeSite) -> None:
    tree = drawn(make_site).library.trees["route"]
    assert tree.questions["kind"].branches()["ours"].picture == "pen"
    assert "pen" not in tree.model_dump_json()
