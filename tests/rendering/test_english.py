"""English pages: interface words, lengths, citations and dates in English; what stays Chinese says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from htmlpage import Element, parse_html
from portal.model.citation import parse_citation
from portal.model.duration import find_english_lengths
from portal.rendering.language import chinese_marked, has_chinese
from portal.rendering.makers import render
from portal.rendering.page import RenderedPage
from portal.rendering.site import Site
from portal.rendering.view import View, citation_name, place_name
from small import small_text

MakeSite = Callable[..., Site]
LAW = "regulations/law-a/index.md"
RULES = "regulations/law-a/rules.yml"
GUIDE = """---
id: guide
title: Time limits
audience: public
lang: en
reviewed: 2026-05-02
reviewer: chief
summary: Ask the 信访局 first.
basis: [law-a/1.2, law-a/2.3]
---
:::short-answer
You hear within [](limit:law-a/handle); show the 处理意见书，编号 to them ([](cite:law-a/2.3)).
:::

See [](page:index), [back](page:other) and [](term:matter), [the 首页 page](page:index).

```limits
law-a/handle
```
"""
OTHER = GUIDE.replace("id: guide", "id: other").replace("title: Time limits", "title: Another")
WITH_ENGLISH = {
    LAW: small_text(LAW).replace("title: 试验条例\n", "title: 试验条例\nenglish: Trial Regulations\n"),
    "docs/guide.md": GUIDE,
    "docs/other.md": OTHER,
}


@pytest.fixture
def english(make_site: MakeSite) -> Site:
    """A small library with two English pages."""
    return make_site(**WITH_ENGLISH)


def page(site: Site, address: str) -> RenderedPage:
    return next(page for page in render(site) if page.address == address)


def chinese_without_mark(element: Element, lang: str = "en") -> list[str]:
    """Chinese text below no element that says it is Chinese."""
    lang = element.attrs.get("lang", lang)
    found: list[str] = []
    for child in element.children:
        if isinstance(child, Element):
            found += chinese_without_mark(child, lang)
        elif has_chinese(child) and lang != "zh":
            found.append(child)
    return found


class TestPage:
    def test_it_knows_its_language(self, english: Site) -> None:
        assert page(english, "guide.html").lang == "en"
        assert page(english, "index.html").lang == "zh"

    def test_interface_lengths_citations_and_dates_are_english(self, english: Site) -> None:
        body = parse_html(page(english, "guide.html").html)
        assert body.one(css="box__title").text == "Short answer"
        assert body.find(css="limit")[0].text == "60 days"
        assert body.find("a", css="cite")[0].text == "Trial Regulations, art. 2(3)"
        assert "Trial Regulations, art. 1, para. 2" in body.one(css="basis").text
        assert "2 May 2026" in body.one(css="foot__fresh").text
        assert "official text is in Chinese" in body.one(css="foot__fresh").text
        assert "2 May 2026" in body.one(css="content-day").text

    def test_everything_chinese_says_so(self, english: Site) -> None:
        body = parse_html(page(english, "guide.html").html)
        assert chinese_without_mark(body) == []
        marked = [part.text for part in body.find("span") if part.attrs.get("lang") == "zh"]
        assert {"信访局", "处理意见书，编号", "首页", "信访事项"} <= set(marked)

    def test_a_placed_block_stays_chinese_and_says_so(self, english: Site) -> None:
        body = parse_html(page(english, "guide.html").html)
        block = next(part for part in body.find("div") if part.attrs.get("lang") == "zh")
        assert "60 日" in block.one(css="limits").text

    def test_links_name_the_language_they_lead_to(self, english: Site) -> None:
        links = {link.attrs["href"]: link.attrs for link in parse_html(page(english, "guide.html").html).find("a")}
        assert links["index.html"]["hreflang"] == "zh"
        assert "hreflang" not in links["other.html"]

    def test_a_chinese_page_names_english_ones_in_english(self, make_site: MakeSite) -> None:
        home = small_text("docs/index.md") + "\n[English](page:guide) 和 [英文](page:guide)\n"
        site = make_site(**{**WITH_ENGLISH, "docs/index.md": home})
        links = parse_html(page(site, "index.html").html).find("a")
        one, two = (link.attrs for link in links if link.attrs.get("hreflang") == "en")
        assert one["lang"] == "en"
        assert "lang" not in two

    def test_a_law_without_english_title_keeps_its_own(self, make_site: MakeSite) -> None:
        site = make_site(**{**WITH_ENGLISH, LAW: small_text(LAW)})
        body = parse_html(page(site, "guide.html").html)
        assert body.find("a", css="cite")[0].text == "《试验条例》, art. 2(3)"
        assert chinese_without_mark(body) == []

    def test_no_translation_is_loaded_without_need(self, small_site: Site) -> None:
        assert small_site.translations == {}
        with pytest.raises(KeyError):
            small_site.speaking("en")


class TestPlaces:
    @pytest.mark.parametrize(
        ("citation", "name"),
        [
            ("xinfang-2022/31.6", ", art. 31(6)"),
            ("xinfang-2022/20.3", ", art. 20, para. 3"),
            ("xinfang-2022/22.1.3", ", art. 22, para. 1(3)"),
            ("xinfang-2022/34", ", art. 34"),
            ("xinfang-2022", ""),
        ],
    )
    def test_the_words_fit_the_article(self, real_site: Site, citation: str, name: str) -> None:
        assert place_name(real_site.speaking("en"), parse_citation(citation)) == name

    def test_with_its_law(self, real_site: Site) -> None:
        name = citation_name(real_site.speaking("en"), parse_citation("xinfang-2022/34"))
        assert name == "Regulations on Petition Work, art. 34"

    def test_every_law_cited_on_an_english_page_has_an_english_title(self, real_site: Site) -> None:
        for rendered in render(real_site):
            if rendered.lang == "en":
                body = parse_html(rendered.html)
                assert chinese_without_mark(body) == [], rendered.address
                cites = body.find("a", css="cite")
                assert [cite.text for cite in cites if has_chinese(cite.text)] == [], rendered.address

    def test_one_of_a_unit(self, make_site: MakeSite) -> None:
        site = make_site(
            **{**WITH_ENGLISH, RULES: small_text(RULES).replace("60 days", "1 months").replace("60日", "1个月")}
        )
        assert "1 month<" in View(site.speaking("en"), "index.html").limit("law-a/handle")
        assert "1 个月<" in View(site, "index.html").limit("law-a/handle")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("plain <b>", "plain &lt;b&gt;"),
        ("the 信访局 (xìn fǎng jú)", 'the <span lang="zh">信访局</span> (xìn fǎng jú)'),
        ("《信访条例》, art. 2", '<span lang="zh">《信访条例》</span>, art. 2'),
        ("请书面告诉我，办得怎样？ Yes", '<span lang="zh">请书面告诉我，办得怎样？</span> Yes'),
        ("“我要反映”", '<span lang="zh">“我要反映”</span>'),
    ],
)
def test_runs_of_chinese(text: str, marked: str) -> None:
    assert chinese_marked(text) == marked


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("within 60 days", ["60 days"]),
        ("within 1 day, one month", ["1 days", "1 months"]),
        ("15 working days or fifteen Business Days", ["15 working-days", "15 working-days"]),
        ("a 60-day limit, a twenty-one-day wait, thirty calendar days", ["60 days", "21 days", "30 days"]),
        ("two weeks, 48 hours, Three months, ninety-nine years", ["14 days", "48 hours", "3 months", "99 years"]),
        ("on 5 May 2026, article 31, someone days, day 3, phone 110, daybreak", []),
        ("two daylight hours, 3 Daytona", []),
    ],
)
def test_lengths_as_english_writes_them(text: str, lengths: list[str]) -> None:
    assert [str(written.length) for written in find_english_lengths(text)] == lengths
