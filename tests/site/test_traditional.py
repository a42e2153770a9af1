"""The public edition in Traditional characters: converted, labelled, every address as it was, with its own search."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from htmlpage import parse_html
from portal.publish import publish
from portal.rendering.page import RenderedPage
from portal.traditional import convert, convert_html, convert_page
from projects import build, buildable
from small import TODAY


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("信访工作条例第三十四条", "信訪工作條例第三十四條"),
        ("复查、复核、行政复议", "複查、複核、行政複議"),
        ("台账、平台、窗口", "台帳、平台、窗口"),
        ("12345 abc", "12345 abc"),
    ],
)
def test_words_of_the_field(simplified: str, traditional: str) -> None:
    assert convert(simplified) == traditional


@pytest.mark.parametrize(
    "kept",
    [
        '<a href="#不能做什么">x</a>',
        '<h2 id="办结期限">x</h2>',
        '<script>var 条 = "条";</script>',
        "<style>.条{}</style>",
    ],
)
def test_addresses_ids_and_scripts_stay(kept: str) -> None:
    assert convert_html(kept) == kept


def test_what_is_seen_is_converted() -> None:
    html = '<p title="办结">办结<b data-back="条">条</b></p>'
    assert convert_html(html) == '<p title="辦結">辦結<b data-back="條">條</b></p>'


def test_a_page_says_that_it_was_converted() -> None:
    page = convert_page(RenderedPage("a.html", "办结", ("<p>条</p>",), keywords=("没人办",)), "轉換")
    assert page.html.startswith('<p class="converted">轉換</p>')
    assert (page.title, page.keywords, page.address) == ("辦結", ("沒人辦",), "a.html")


def test_the_built_site_leads_where_the_simplified_one_leads(tmp_path: Path) -> None:
    root = buildable(tmp_path / "project")
    (root / "mkdocs.public-hant.yml").write_text(
        (Path(__file__).parents[2] / "mkdocs.public-hant.yml").read_text("utf-8"), "utf-8"
    )
    build(root, tmp_path / "hans", "public")
    publish(root, "public", tmp_path / "hant", TODAY, False, lambda row: None, traditional=True)
    pages = sorted(path.relative_to(tmp_path / "hans") for path in (tmp_path / "hans").rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        before, after = ((tmp_path / site / page).read_text("utf-8") for site in ("hans", "hant"))
        assert links(after) == links(before), page
    text = (tmp_path / "hant/regulations/law-a/index.html").read_text("utf-8")
    assert "試驗條例" in text
    assert "本頁由簡體自動轉換" in text
    assert 'lang="zh-TW"' in text
    found = json.dumps(json.loads((tmp_path / "hant/search/search_index.json").read_bytes()), ensure_ascii=False)
    assert "試驗" in found.replace("\u200b", "")


def links(html: str) -> list[str]:
    """Every address and anchor of the page."""
    return [e.attrs[name] for e in parse_html(html).all() for name in ("href", "id") if name in e.attrs]
