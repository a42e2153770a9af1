"""Old and new articles side by side, what is still to come, limits beside each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from htmlpage import Element, parse_html
from portal.build import load_words
from portal.rendering.makers import render
from portal.rendering.site import Site
from small import small_text

MakeSite = Callable[..., Site]
W = load_words()
U = W["mark"]["unverified"]
LAW = small_text("regulations/law-a/index.md")
RULES = small_text("regulations/law-a/rules.yml").partition("duties:")[0]
NEW, OLD, MAP = "regulations/law-a/index.html", "regulations/law-old/index.html", "regulations/law-a/changes.html"
GENERATIONS = {
    "regulations/law-a/index.md": LAW.replace("source:", "replaces: [law-old]\nsource:"),
    "regulations/law-old/index.md": LAW.partition("### 第二条")[0]
    .replace("id: law-a", "id: law-old")
    .replace("title: 试验条例", "title: 旧条例")
    .replace("effective: 2026-01-01\n", "effective: 2020-07-01\nends: 2026-01-01\n")
    .replace("articles: 3\nscope: full", "articles: 4\nscope: selected"),
    "regulations/law-old/rules.yml": 'successors:\n  "1": law-a/1\n  "3": [law-a/3, law-a/1.2]\ndropped:\n  "2": 不再分类\n',
}
LOCAL = {
    "regulations/law-b/index.md": LAW.replace("id: law-a", "id: law-b").replace("title: 试验条例", "title: 省条例"),
    "regulations/law-b/rules.yml": RULES.replace("60", "30").replace(
        "counting:", "beside: law-a/handle\n    note: 省内用这一个\n    counting:"
    ),
}


def page(site: Site, address: str) -> Element:
    return parse_html(pages(site)[address])


def pages(site: Site) -> dict[str, str]:
    found = list(render(site))
    assert len({one.address for one in found}) == len(found)
    return {one.address: one.html for one in found}


def links(element: Element) -> list[str]:
    return [link.attrs["href"] for link in element.find("a")]


class TestMap:
    def test_every_old_article_has_a_row_with_what_took_its_place(self, make_site: MakeSite) -> None:
        table = page(make_site(**GENERATIONS), MAP).find("table", "changes")[0]
        rows = [[cell.text for cell in row.find(css="cell")] for row in table.one("tbody").find("tr")]
        assert rows == [
            [f"第一条 收件 {U}", f"第一条 {U} 收件"],
            [f"第二条 {U}", W["changes"]["no-successor"] + "不再分类"],
            [f"第三条 {U}", f"第三条 {U} 办结第一条第二款 {U} 收件"],
            [f"第四条 {U}", W["changes"]["unmapped"]],
        ]

    def test_the_sums_say_what_has_no_successor(self, make_site: MakeSite) -> None:
        found = page(make_site(**GENERATIONS), MAP)
        counts = W["changes"]["counts"].format(number=4, mapped=2, gone=2)
        assert found.one(css="changes__counts").text == counts
        gone = found.find("table", "changes")[1]
        assert [row.one("th").text for row in gone.one("tbody").find("tr")] == [f"第二条 {U}", f"第四条 {U}"]

    def test_what_is_new_is_listed(self, make_site: MakeSite) -> None:
        found = page(make_site(**GENERATIONS), MAP).one("ul", "changes__added")
        assert links(found) == ["index.html#article-2"]

    def test_nothing_new_is_said(self, make_site: MakeSite) -> None:
        rules = {"regulations/law-old/rules.yml": "successors:\n  '1': [law-a/1, law-a/2, law-a/3]\n"}
        found = page(make_site(**GENERATIONS | rules), MAP)
        assert W["changes"]["added-none"] in found.text
        assert not found.find("ul", "changes__added")

    def test_both_regulations_lead_to_it(self, make_site: MakeSite) -> None:
        site = make_site(**GENERATIONS)
        assert "changes.html" in links(page(site, NEW).one(css="law-head"))
        assert "../law-a/changes.html" in links(page(site, OLD).one(css="law-head"))

    def test_a_reader_with_an_old_citation_lands_on_the_new_article(self, make_site: MakeSite) -> None:
        """Excerpted or not: every number has its anchor on the old page, and a link from there."""
        old = page(make_site(**GENERATIONS), OLD)
        for number in ("1", "2", "3", "4"):
            old.one(id=f"article-{number}")
        assert links(old.one(css="article__successor")) == ["../law-a/index.html#article-1"]
        third = links(old.one(id="article-3"))
        assert third == ["../law-a/index.html#article-3", "../law-a/index.html#article-1-2"]
        assert "不再分类" in old.one(id="article-2").text

    def test_every_link_of_the_map_leads_somewhere(self, make_site: MakeSite) -> None:
        html = pages(make_site(**GENERATIONS))
        for link in links(parse_html(html[MAP])):
            target, _, anchor = link.partition("#")
            goal = OLD if target.startswith("../law-old") else NEW
            assert f'id="{anchor}"' in html[goal], link

    def test_one_that_took_no_place_has_no_page(self, small_site: Site) -> None:
        found = pages(small_site)
        assert MAP not in found
        assert W["changes"]["name"] not in found[NEW]
        assert 'id="others"' not in found[NEW]

    def test_a_map_alone_makes_the_page(self, make_site: MakeSite) -> None:
        assert MAP in pages(make_site(**GENERATIONS | {"regulations/law-a/index.md": LAW}))

    def test_the_public_edition_holds_nothing_of_a_staff_regulation(self, make_site: MakeSite) -> None:
        secret = GENERATIONS["regulations/law-old/index.md"].replace("audience: public", "audience: staff")
        found = pages(make_site("public", **GENERATIONS | {"regulations/law-old/index.md": secret}))
        assert MAP not in found
        assert not [address for address, html in found.items() if "旧条例" in html or "law-old" in html]

    def test_a_reason_is_text(self, make_site: MakeSite) -> None:
        rules = {"regulations/law-old/rules.yml": "dropped:\n  '1': <b>没了</b>\n  '2': <i>没了</i>\n"}
        html = pages(make_site(**GENERATIONS | rules))
        assert "&lt;b&gt;" in html[MAP]
        assert "<i>" not in html[MAP] + html[OLD]

    def test_the_real_one_is_whole(self, real_site: Site) -> None:
        old = page(real_site, "regulations/xinfang-2005/index.html")
        for number in range(1, 52):
            old.one(id=f"article-{number}")
        table = page(real_site, "regulations/xinfang-2022/changes.html").find("table", "changes")[0]
        rows = table.one("tbody").find("tr")
        assert len(rows) == 51
        assert [row.text for row in rows if W["changes"]["unmapped"] in row.text] == []


class TestDays:
    @pytest.mark.parametrize(
        ("effective", "ends", "state", "coming"),
        [
            ("2026-06-01", "", "现行有效", []),
            ("2026-06-02", "", "尚未施行，自2026年6月2日起施行", ["自 2026年6月2日 起施行：后条例"]),
            ("2026-01-01", "2026-06-02", "现行有效，自2026年6月2日起失效", ["自 2026年6月2日 起失效：后条例"]),
            ("2026-01-01", "2026-06-01", "已经失效", []),
            (
                "2027-01-01",
                "2028-01-01",
                "尚未施行，自2027年1月1日起施行",
                ["自 2027年1月1日 起施行：后条例", "自 2028年1月1日 起失效：后条例"],
            ),
        ],
    )
    def test_state_and_what_is_to_come(
        self, make_site: MakeSite, effective: str, ends: str, state: str, coming: list[str]
    ) -> None:
        text = LAW.replace("id: law-a", "id: law-new").replace("title: 试验条例", "title: 后条例")
        text = text.replace(
            "effective: 2026-01-01\n", f"effective: {effective}\n" + (f"ends: {ends}\n" if ends else "")
        )
        rules = {"regulations/law-new/rules.yml": RULES}
        site = make_site(**{"regulations/law-new/index.md": text, **rules})
        assert page(site, "regulations/law-new/index.html").one(css="law-head__state").text == state
        hub = page(site, "regulations/index.html")
        assert [row.text for rows in hub.find("ul", "coming") for row in rows.find("li")] == coming
        marked = [one.text for one in page(site, "limits/index.html").find(css="law-head__state")]
        assert marked == ([] if state.startswith("现行有效") else [state])


class TestBeside:
    def test_the_table_shows_both_wherever_it_stands(self, make_site: MakeSite) -> None:
        site = make_site(**LOCAL)
        for address in ("limits/index.html", "regulations/law-b/index.html", "regulations/law-a/index.html"):
            rows = [row for row in page(site, address).find("tr") if row.find("b")]
            assert rows, address
            for row in rows:
                assert {b.text for b in row.find("b")} == {"60 日", "30 日"}, address
                assert row.text.count("省内用这一个") == 1, address

    def test_the_component_shows_both(self, make_site: MakeSite) -> None:
        tell = page(make_site(**LOCAL), "procedures/visit/index.html").one(id="visit--tell")
        assert [one.one("b").text for one in tell.find(css="deadline")] == ["60 日", "30 日"]
        assert W["limit"]["beside"] in tell.text

    def test_alone_nothing_is_added(self, small_site: Site) -> None:
        html = pages(small_site)
        assert W["limit"]["beside"] not in html["limits/index.html"] + html["procedures/visit/index.html"]

    def test_the_public_edition_shows_no_staff_limit(self, make_site: MakeSite) -> None:
        secret = LOCAL | {
            "regulations/law-b/index.md": LOCAL["regulations/law-b/index.md"].replace(
                "audience: public", "audience: staff"
            )
        }
        assert [a for a, html in pages(make_site("public", **secret)).items() if W["limit"]["beside"] in html] == []
