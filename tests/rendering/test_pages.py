"""Page by page: what stands on it, in which order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from htmlpage import Element, parse_html
from portal.build import load_words
from portal.rendering.makers import render
from portal.rendering.page import RenderedPage
from portal.rendering.site import Site
from small import small_text

MakeSite = Callable[..., Site]
W = load_words()
CHECKLIST = "procedures/visit/visit.checklist.yml"
DRILL = "procedures/visit/talk.drill.yml"
FORM = "procedures/visit/note.form.yml"
VISIT = "procedures/visit/index.md"
LAW = "regulations/law-a/index.md"
RULES = "regulations/law-a/rules.yml"


def pages(site: Site) -> dict[str, RenderedPage]:
    """Every page by its address."""
    found = list(render(site))
    assert len({page.address for page in found}) == len(found)
    return {page.address: page for page in found}


def page(site: Site, address: str) -> Element:
    """One page, parsed."""
    return parse_html(pages(site)[address].html)


class TestChecklist:
    def test_items_keep_their_order_and_are_numbered_through(self, make_site: MakeSite) -> None:
        more = (
            small_text(CHECKLIST)
            + "  part:\n    title: 送别\n    items:\n      see: {do: 送到门口, who: chief, practice: true}\n"
        )
        visit = page(make_site(**{CHECKLIST: more}), "procedures/visit/index.html")
        assert [i.attrs["id"] for i in visit.find("li", "item")] == [
            f"visit--{name}" for name in ("greet", "listen", "write", "receipt", "tell", "see")
        ]
        assert [n.text for n in visit.find(css="item__number")] == ["1.", "2.", "3.", "4.", "5.", "6."]
        assert [items.attrs["start"] for items in visit.find("ol", "items")] == ["1", "6"]
        assert [h.text for h in visit.find("h2") if "class" not in h.attrs] == [
            "一、接待" + W["checklist"]["within"].format(length="10 分钟"),
            "二、送别",
        ]

    def test_an_item_says_who_on_what_basis_and_by_when(self, small_site: Site) -> None:
        tell = page(small_site, "procedures/visit/index.html").one(id="visit--tell")
        assert tell.one(css="role").text == "接待员"
        assert "《试验条例》第三条" in tell.one(css="basis").text
        assert "60 日" in tell.one(css="item__limit").text

    def test_marks_stand_where_they_belong(self, small_site: Site) -> None:
        visit = page(small_site, "procedures/visit/index.html")
        critical = [i.attrs["id"] for i in visit.find("li", "item") if i.find(css="mark--critical")]
        practice = [i.attrs["id"] for i in visit.find("li", "item") if i.find(css="mark--practice")]
        assert critical == ["visit--write"]
        assert practice == ["visit--greet", "visit--listen"]
        assert "item--critical" in visit.one(id="visit--write").attrs["class"]

    def test_every_item_has_a_box_to_tick_with_its_label(self, small_site: Site) -> None:
        visit = page(small_site, "procedures/visit/index.html")
        for item in visit.find("li", "item"):
            box = item.one("input")
            assert box.attrs["type"] == "checkbox"
            assert item.one("label").attrs["for"] == box.attrs["id"]

    def test_the_pause_says_who_confirms_what(self, small_site: Site) -> None:
        pause = page(small_site, "procedures/visit/index.html").one(css="pause")
        assert pause.one(css="role").text == "负责人"
        assert pause.one("q").text == "五条都做完了"

    def test_exact_words_and_reasons(self, make_site: MakeSite) -> None:
        said = small_text(CHECKLIST).replace("请来访人坐下,", "请来访人坐下, say: 您请坐, why: 站着说不清,")
        greet = page(make_site(**{CHECKLIST: said}), "procedures/visit/index.html").one(id="visit--greet")
        assert greet.one(css="say").text == f"{W['part']['say']}您请坐"
        assert greet.one(css="why").text == f"{W['part']['why']}站着说不清"


class TestRegulation:
    def test_articles_in_order_with_their_anchors(self, small_site: Site) -> None:
        law = page(small_site, "regulations/law-a/index.html")
        assert [(h.attrs["id"], h.text) for h in law.find("h3")] == [
            ("article-1", "第一条 收件"),
            ("article-2", "第二条 分办"),
            ("article-3", "第三条 办结"),
        ]

    def test_every_paragraph_and_item_can_be_cited(self, small_site: Site) -> None:
        ids = page(small_site, "regulations/law-a/index.html").ids
        assert {"article-1-1", "article-1-2", "article-2-1", "article-2-2", "article-2-3", "limit-handle"} <= set(ids)

    def test_it_lists_who_cites_each_article_once(self, small_site: Site) -> None:
        law = page(small_site, "regulations/law-a/index.html")
        articles = law.find(css="article")
        cited = [[a.text for part in article.find(css="cited-by") for a in part.find("a")] for article in articles]
        assert cited == [
            ["来访", "来访清单：填好登记表", "来访清单：当面给回执"],
            ["走哪条路：转送"],
            ["来访", "来访清单：告诉办结的日子", "走哪条路：催办"],
        ]
        link = law.find(css="cited-by")[0].find("a")[1]
        assert link.attrs["href"] == "../../procedures/visit/index.html#visit--write"
        assert law.find(css="cited-by")[0].one("summary").text == W["regulation"]["cited-by"].format(number=3)

    def test_the_public_edition_lists_no_staff_object(self, make_site: MakeSite) -> None:
        drill = small_text(DRILL) + "basis: [law-a/2]\n"
        for edition, listed in (("staff", True), ("public", False)):
            law = page(make_site(edition, **{DRILL: drill}), "regulations/law-a/index.html")
            assert ("接谈演练" in law.text) is listed

    @pytest.mark.parametrize(
        ("ends", "effective", "state"),
        [
            ("", "2026-01-01", "in-force"),
            ("ends: 2026-06-01\n", "2026-01-01", "ended"),
            ("", "2026-06-02", "not-yet"),
        ],
    )
    def test_its_state_on_the_day(self, make_site: MakeSite, ends: str, effective: str, state: str) -> None:
        text = small_text(LAW).replace("effective: 2026-01-01\n", f"effective: {effective}\n{ends}")
        law = page(make_site(**{LAW: text}), "regulations/law-a/index.html")
        assert law.one(css="law-head__state").text == W["regulation"][state].format(day="2026年6月2日")

    def test_it_says_that_nobody_checked_it(self, small_site: Site) -> None:
        law = page(small_site, "regulations/law-a/index.html")
        assert law.one(css="law-head__verified--no").text == W["regulation"]["not-verified"]
        assert law.one(css="law-head__gist").text == W["regulation"]["gist-only"]

    def test_the_table_of_limits(self, make_site: MakeSite) -> None:
        more = '    extend: {by: 30 days, approval: office, notify: true}\n    applies: "2.3"\n    if_missed: 督办\n    counting:'
        law = page(
            make_site(**{RULES: small_text(RULES).replace("    counting:", more)}), "regulations/law-a/index.html"
        )
        row = law.one("tr", id="limit-handle")
        cells = {cell.attrs["data-label"]: cell.text for cell in row.all() if "data-label" in cell.attrs}
        limit = W["limit"]
        assert cells[limit["who"]] == "信访部门"
        assert cells[limit["from-when"]] == limit["from"].format(event="收到之日")
        assert cells[limit["length"]].startswith("60 日")
        assert "30 日" in cells[limit["length"]]
        assert limit["approval"].format(actor="信访部门") in cells[limit["length"]]
        assert limit["notify"] in cells[limit["length"]]
        assert W["mark"]["assumed"] in cells[limit["counting"]]
        assert cells[limit["missed"]] == "督办"
        assert "第三条" in cells[limit["article"]]
        assert "第二条第三项" in cells[limit["what"]]

    def test_duties_say_must_may_or_must_not(self, small_site: Site) -> None:
        duty = page(small_site, "regulations/law-a/index.html").one(css="duties").one("li")
        assert duty.one("b").text == "信访部门"
        assert duty.one(css="force").text == W["force"]["must"]
        assert "第一条第一款" in duty.text


class TestDrill:
    def test_the_facilitator_sees_the_expected_steps_in_time_order(self, make_site: MakeSite) -> None:
        early = (
            "  early:\n    at: 0:01\n    from: 门卫\n    to: [clerk]\n    text: 有人来了。\n    expect: [visit/greet]\n"
        )
        drill = page(
            make_site(**{DRILL: small_text(DRILL).replace("discussion", early + "discussion")}),
            "drills/talk.html",
        )
        assert [t.text for t in drill.find("time")] == ["0:01", "0:05"]
        expected = [a for part in drill.find(css="inject__expect") for a in part.find("a")]
        assert [a.text for a in expected] == ["请来访人坐下", "听完再记", "等待"]
        assert expected[2].attrs["href"] == "../procedures/visit/index.html#route--wait"

    def test_the_players_see_no_answer(self, make_site: MakeSite) -> None:
        text = small_text(DRILL).replace("expect:", "good: 坐下来听\n    poor: 打断人家\n    expect:")
        site = make_site(**{DRILL: text})
        players = page(site, "drills/talk-players.html")
        assert "我们等了很久。" in players.text
        assert "你在窗口" in players.text
        for answer in ("听完再记", "等待", "坐下来听", "打断人家", "哪一步最难", "写一条改进", "听完再记"):
            assert answer not in players.text, answer
            assert answer in page(site, "drills/talk.html").text, answer

    def test_a_player_sees_only_what_is_addressed_to_the_role(self, make_site: MakeSite) -> None:
        text = small_text(DRILL).replace(
            "clerk: {brief: 你在窗口}", "clerk: {brief: 你在窗口}\n  chief: {brief: 你在楼上}"
        )
        cards = page(make_site(**{DRILL: text}), "drills/talk-players.html").find(css="card")
        assert ["我们等了很久。" in card.text for card in cards] == [True, False]


class TestForm:
    def test_fields_have_labels_kinds_and_marks(self, make_site: MakeSite) -> None:
        fields = """\
      name: {label: 姓名, required: true, help: 写全名}
      day: {label: 哪天, kind: date}
      count: {label: 几人, kind: number}
      tel: {label: 电话, kind: phone}
      story: {label: 经过, kind: long-text}
      way: {label: 方式, kind: choice, choices: [当面, 来信]}
      more: {label: 附件, kind: choices, choices: [照片, 文件]}
"""
        text = small_text(FORM).replace("      name: {label: 姓名, required: true}\n", fields)
        form = page(make_site(**{FORM: text}), "procedures/visit/index.html").one("form")
        inputs = {e.attrs["name"]: e for e in form.all() if e.tag in ("input", "textarea")}
        kinds = {name: e.attrs.get("type", e.tag) for name, e in inputs.items()}
        assert kinds == {
            "name": "text",
            "day": "date",
            "count": "number",
            "tel": "tel",
            "story": "textarea",
            "way": "radio",
            "more": "checkbox",
        }
        assert "required" in inputs["name"].attrs
        assert W["form"]["required"] in form.find("label")[0].text
        assert form.one(id=inputs["name"].attrs["aria-describedby"]).text == "写全名"
        labelled = {e.attrs["for"] for e in form.find("label") if "for" in e.attrs}
        assert labelled == {e.attrs["id"] for e in inputs.values() if "id" in e.attrs}

    def test_it_can_be_sent_nowhere(self, small_site: Site) -> None:
        visit = page(small_site, "procedures/visit/index.html")
        assert not {"action", "method", "target"} & visit.one("form").attrs.keys()
        assert not [b for b in visit.find("button") if b.attrs.get("type") not in ("button", "reset")]
        assert W["form"]["stays-here"] in visit.one(css="form__privacy").text

    def test_buttons_say_what_they_do(self, small_site: Site) -> None:
        assert [b.text for b in page(small_site, "procedures/visit/index.html").find("button")] == [
            W["form"]["print"],
            W["form"]["clear"],
        ]


class TestNamesakes:
    def test_a_checklist_and_a_form_with_the_same_ids_share_no_anchor(self, make_site: MakeSite) -> None:
        form = small_text(FORM).replace("id: note", "id: visit").replace("name: {", "greet: {")
        visit = small_text(VISIT).replace("```form\nnote", "```form\nvisit")
        tree = small_text("procedures/visit/route.tree.yml").replace("[note]", "[visit]")
        checklist = small_text(CHECKLIST).replace("form: note", "form: visit")
        site = make_site(
            **{
                "procedures/visit/visit.form.yml": form,
                FORM: None,  # type: ignore[arg-type]
                VISIT: visit,
                CHECKLIST: checklist,
                "procedures/visit/route.tree.yml": tree,
            }
        )
        ids = page(site, "procedures/visit/index.html").ids
        assert sorted(ids) == sorted(set(ids))


class TestWritten:
    def test_links_between_files_become_links_between_pages(self, small_site: Site) -> None:
        visit = page(small_site, "procedures/visit/index.html")
        assert [a.attrs["href"] for a in visit.find("a") if a.text == "回首页"] == ["../../index.html"]
        home = page(small_site, "index.html")
        assert "procedures/visit/index.html" in [a.attrs["href"] for a in home.find("a")]

    def test_the_first_heading_of_a_text_is_not_a_second_title(self, small_site: Site) -> None:
        for address, rendered in pages(small_site).items():
            assert not parse_html(rendered.html).find("h1"), address

    def test_the_foot_says_how_fresh_it_is_and_where_to_mend_it(self, small_site: Site) -> None:
        foot = page(small_site, "procedures/visit/index.html").one(css="foot")
        assert "2026年5月1日" in foot.text
        assert "接待员" in foot.text
        assert foot.one(css="source").text.endswith(VISIT)

    def test_the_public_page_names_neither_reviewer_nor_file(self, make_site: MakeSite) -> None:
        visit = page(make_site("public"), "procedures/visit/index.html")
        assert not visit.find(css="source")
        assert "接待员" not in visit.one(css="foot").text

    @pytest.mark.parametrize(("box", "title"), list(W["box"].items()))
    def test_boxes(self, make_site: MakeSite, box: str, title: str) -> None:
        visit = page(
            make_site(**{VISIT: f"{small_text(VISIT)}\n:::{box}\n里面的话\n:::\n"}), "procedures/visit/index.html"
        )
        found = visit.one("div", f"box--{box}")
        assert found.one(css="box__title").text == title
        assert "里面的话" in found.text

    def test_plain_code_and_tables(self, make_site: MakeSite) -> None:
        text = f"{small_text(VISIT)}\n```\n<原样>\n```\n\n- 项\n\n  ```\n  里层\n  ```\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n"
        visit = page(make_site(**{VISIT: text}), "procedures/visit/index.html")
        assert [pre.text for pre in visit.find("pre")] == ["<原样>", "里层"]
        table = visit.one(css="table-frame").one("table")
        assert table.text == "甲 乙 1 2" and table.attrs["class"] == "plain"

    def test_a_table_of_many_columns_names_them_in_each_cell(self, make_site: MakeSite) -> None:
        rows = "| 事 | **谁** | 多长 | 依据 |\n|---|---|---|---|\n| 一 | 二 | 三 | 四 |\n| 五 | 六 | 七 | 八 |\n"
        visit = page(make_site(**{VISIT: f"{small_text(VISIT)}\n{rows}"}), "procedures/visit/index.html")
        cells = visit.one(css="table-frame").one("tbody").find("td")
        assert [cell.attrs["data-label"] for cell in cells] == ["事", "谁", "多长", "依据"] * 2
        assert [cell.text for cell in cells] == list("一二三四五六七八")


class TestPublicEdition:
    def test_it_holds_only_public_pages(self, make_site: MakeSite) -> None:
        staff, public = pages(make_site()), pages(make_site("public"))
        drills = {"drills/index.html", "drills/talk.html", "drills/talk-players.html"}
        assert set(staff) - set(public) == {*drills, "runs.html"}
        assert set(public) <= set(staff)
