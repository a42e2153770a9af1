"""The components that look the same everywhere: citation, limit, role, mark, reference, link."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from htmlpage import parse_html
from portal.build import load_words
from portal.model.citation import Citation, parse_citation
from portal.rendering.addresses import find_addresses, relative
from portal.rendering.site import Site
from portal.rendering.view import View, place_name
from small import small_text

MakeSite = Callable[..., Site]
WORDS = load_words()
MARK = WORDS["mark"]
LAW = "regulations/law-a/index.md"
RULES = "regulations/law-a/rules.yml"


@pytest.fixture
def view(small_site: Site) -> View:
    """Seen from a page two folders deep."""
    return View(small_site, "procedures/visit/index.html")


def marks(html: str) -> list[str]:
    """The small marks of a piece of HTML: their words."""
    return [element.text for element in parse_html(html).find(css="mark")]


class TestCitationNames:
    @pytest.mark.parametrize(
        ("citation", "name"),
        [
            ("xinfang-2022/31.6", "第三十一条第六项"),
            ("xinfang-2022/20.3", "第二十条第三款"),
            ("xinfang-2022/22.1.3", "第二十二条第一款第三项"),
            ("xinfang-2022/34", "第三十四条"),
            ("xinfang-2022", ""),
        ],
    )
    def test_the_words_fit_the_article(self, real_site: Site, citation: str, name: str) -> None:
        assert place_name(real_site, parse_citation(citation)) == name

    @pytest.mark.parametrize(
        ("citation", "name"),
        [("law-a/1.2", "第一条第二款"), ("law-a/2.3", "第二条第三项"), ("law-a/2.1.3", "第二条第一款第三项")],
    )
    def test_one_part_is_an_item_only_where_there_is_one_paragraph(
        self, small_site: Site, citation: str, name: str
    ) -> None:
        assert place_name(small_site, parse_citation(citation)) == name

    def test_an_inserted_article(self, small_site: Site) -> None:
        assert place_name(small_site, Citation("law-a", "31-1")) == "第三十一条之一"


class TestCitation:
    def test_it_links_to_the_very_place(self, view: View) -> None:
        link = parse_html(view.cite(parse_citation("law-a/2.3"))).one("a")
        assert link.text == "《试验条例》第二条第三项"
        assert link.attrs["href"] == "../../regulations/law-a/index.html#article-2-3"

    def test_its_own_label(self, view: View) -> None:
        assert parse_html(view.cite(parse_citation("law-a/2"), "分办的规定")).one("a").text == "分办的规定"

    def test_a_regulation_that_nobody_checked_is_marked(self, view: View) -> None:
        assert marks(view.cite(parse_citation("law-a/3"))) == [MARK["unverified"]]

    def test_a_checked_one_is_not(self, make_site: MakeSite) -> None:
        verified = f'verified: {{on: 2026-02-01, against: 公报, sha256: "{"0" * 64}"}}'
        site = make_site(**{LAW: small_text(LAW).replace("verified: no", verified)})
        view = View(site, "index.html")
        assert marks(view.cite(parse_citation("law-a/3"))) == []
        assert marks(view.cite(parse_citation({"cite": "law-a/3", "unverified": True}))) == [MARK["unverified"]]

    def test_an_instrument_without_a_text_is_named_and_marked(self, view: View) -> None:
        html = view.cite(parse_citation({"name": "某某办法", "unverified": True}))
        assert "《某某办法》" in parse_html(html).text
        assert not parse_html(html).find("a")
        assert marks(html) == [MARK["unverified"]]

    def test_practice_is_marked_with_and_without_a_basis(self, view: View) -> None:
        assert marks(view.basis((), True)) == [MARK["practice"]]
        assert marks(view.basis((), False)) == []
        both = view.basis([parse_citation("law-a/1"), parse_citation("law-a/3")], True)
        assert "、" in parse_html(both).text
        assert marks(both) == [MARK["unverified"], MARK["unverified"], MARK["practice"]]

    def test_every_mark_says_what_it_means(self, view: View) -> None:
        for name in ("practice", "unverified", "assumed", "critical"):
            mark = parse_html(view.mark(name)).one(css="mark")
            assert mark.text
            assert len(mark.attrs["title"]) > len(mark.text)


class TestLimit:
    def test_on_its_own(self, view: View) -> None:
        limit = parse_html(view.deadline("law-a/handle")).one(css="deadline")
        assert limit.text.startswith("办结信访事项：自收到之日起60 日")
        assert limit.one("b").text == "60 日"
        assert limit.one("a").attrs["href"] == "../../regulations/law-a/index.html#limit-handle"
        assert [mark.text for mark in limit.find(css="mark")] == [MARK["assumed"], MARK["unverified"]]

    def test_inside_a_sentence(self, view: View) -> None:
        html = view.text("请在[](limit:law-a/handle)内办完，[最长](limit:law-a/handle)这些天。")
        assert parse_html(html).text == f"请在60 日 {MARK['unverified']}内办完，最长这些天。"
        assert len(parse_html(html).find(css="limit")) == 2

    def test_inside_a_sentence_a_checked_figure_has_no_mark(self, make_site: MakeSite) -> None:
        checked = f"verified: {{on: 2026-01-02, against: 甲.md, sha256: {'0' * 64}}}"
        view = View(make_site(**{LAW: small_text(LAW).replace("verified: no", checked)}), "index.html")
        assert marks(view.text("请在[](limit:law-a/handle)内办完。")) == []

    def test_an_extension_is_told(self, make_site: MakeSite) -> None:
        rules = small_text(RULES).replace("    counting:", "    extend: {by: 30 days, notify: true}\n    counting:")
        site = make_site(**{RULES: rules})
        assert "可延长 30 日" in parse_html(View(site, "index.html").deadline("law-a/handle")).text

    def test_a_counted_limit_is_not_called_assumed(self, make_site: MakeSite) -> None:
        site = make_site(**{RULES: small_text(RULES).replace("assumed", "civil-procedure")})
        assert marks(View(site, "index.html").deadline("law-a/handle")) == [MARK["unverified"]]

    @pytest.mark.parametrize(
        ("length", "counting", "words"),
        [
            ("30 minutes", "moment", "30 分钟"),
            ("24 hours", "moment", "24 小时"),
            ("60 days", "assumed", "60 日"),
            ("5 working-days", "working-days", "5 个工作日"),
            ("6 months", "assumed", "6 个月"),
            ("2 years", "assumed", "2 年"),
        ],
    )
    def test_every_unit_has_its_words(self, make_site: MakeSite, length: str, counting: str, words: str) -> None:
        rules = small_text(RULES).replace("60 days", length).replace("assumed", counting)
        site = make_site(**{RULES: rules})
        assert f"<b>{words}</b>" in View(site, "index.html").deadline("law-a/handle")


class TestText:
    def test_only_references_become_markup(self, view: View) -> None:
        html = view.text('<b onclick="x">[a](https://example.test) [词](term:matter) & 完')
        assert [e.tag for e in parse_html(html).all()][1:] == ["a"]
        assert parse_html(html).text == '<b onclick="x">[a](https://example.test) 词 & 完'

    def test_a_level_of_the_grading_shows_its_name_and_figure(self, small_site: Site) -> None:
        view = View(small_site, "index.html")
        assert view.text("到了[](threshold:gate/1)，请负责人。") == "到了“一般”级（5 人起），请负责人。"

    @pytest.mark.parametrize(
        ("text", "address", "label"),
        [
            ("[](step:visit/listen)", "#visit--listen", "听完再记"),
            ("[等](step:route/wait)", "#route--wait", "等"),
            ("[](question:route/kind)", "#route--kind", "是什么事？"),
        ],
    )
    def test_a_step_a_result_and_a_question_are_linked(self, view: View, text: str, address: str, label: str) -> None:
        link = parse_html(view.text(text)).one("a")
        assert (link.attrs["href"], link.text) == (address, label)

    def test_empty_brackets_take_the_title(self, view: View) -> None:
        html = view.text(
            "[](term:matter)[](form:note)[](tree:route)[](procedure:visit)[](page:index)[](regulation:law-a)"
        )
        assert [a.text for a in parse_html(html).find("a")] == [
            "信访事项",
            "登记表",
            "走哪条路",
            "来访",
            "首页",
            "试验条例",
        ]

    def test_a_link_inside_a_title_is_flattened(self, view: View) -> None:
        html = view.text_link("index.html", "先看[](term:matter)和[期限](limit:law-a/handle)")
        assert len(parse_html(html).find("a")) == 1
        assert parse_html(html).text == "先看信访事项和期限"

    def test_what_an_edition_does_not_hold_leads_nowhere(self, make_site: MakeSite) -> None:
        public = View(make_site("public"), "index.html")
        assert public.href("drill", "talk") == "#"
        assert public.href("form", "note") == "procedures/visit/index.html#form-note"


class TestRelative:
    @pytest.mark.parametrize(
        ("here", "target", "link"),
        [
            ("index.html", "a/b.html", "a/b.html"),
            ("a/b.html", "index.html", "../index.html"),
            ("a/b.html", "a/c.html#x", "c.html#x"),
            ("a/b/c.html", "a/d/e.html", "../d/e.html"),
            ("a/b.html", "a/b.html#x", "#x"),
            ("a/b.html", "a/b.html", "b.html"),
        ],
    )
    def test_examples(self, here: str, target: str, link: str) -> None:
        assert relative(here, target) == link

    @given(
        st.lists(st.sampled_from("abc"), max_size=4),
        st.lists(st.sampled_from("abc"), max_size=4),
        st.sampled_from(["", "#x"]),
    )
    def test_it_always_leads_back(self, here: list[str], target: list[str], anchor: str) -> None:
        page, goal = Path("/site", *here, "p.html"), Path("/site", *target, "q.html")
        link = relative("/".join([*here, "p.html"]), "/".join([*target, "q.html"]) + anchor)
        path, _, _ = link.partition("#")
        assert Path("/site", *page.relative_to("/site").parts[:-1], path).resolve() == goal
        assert link.endswith(anchor)


class TestAddresses:
    def test_a_placed_object_stands_on_its_page(self, small_site: Site) -> None:
        addresses = find_addresses(small_site.library)
        assert addresses.of["form", "note"] == "procedures/visit/index.html#form-note"
        assert addresses.of["drill", "talk"] == "drills/talk.html"
        assert ("form", "note") in addresses.placed
        assert ("drill", "talk") not in addresses.placed

    def test_no_two_objects_share_an_address(self, real_site: Site) -> None:
        addresses = list(find_addresses(real_site.library).of.values())
        assert sorted(addresses) == sorted(set(addresses))
