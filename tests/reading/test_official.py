"""An official text in all the forms it comes in: what is found, what is reported, what is refused."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from portal.model.citation import Citation
from portal.model.official import Article, OfficialText, squeeze
from portal.model.problem import Problem
from portal.reading.official import MOST, parse_official
from portal.reading.official_source import parse_source
from portal.reading.text import Unreadable

LAW = """示范条例

2021年3月1日 某机关公布

第一章 总　则

第一条 为了示范，制定本条例。

第二条 有下列情形之一的，适用本条例：

（一）甲；

（二）乙，包括：

1. 丙；

2. 丁。

前款第二项不包括戊。

第二章 附则

第三条 本条例自2021年5月1日起施行。
"""


def parse(text: str, name: str = "a.txt") -> tuple[OfficialText, tuple[Problem, ...]]:
    """Whatever is tested: nothing of a plain text may be lost, nothing change its order."""
    found, problems = parse_official(parse_source(text.encode("utf-8"), name))
    assert name.endswith(".md") or squeeze(found.rebuilt()) == squeeze(text)
    return found, problems


def clean(text: str, name: str = "a.txt") -> OfficialText:
    """The text, about which there must be nothing to report."""
    found, problems = parse(text, name)
    assert problems == ()
    return found


def told(text: str, name: str = "a.txt") -> list[tuple[int, str]]:
    """Line and code of all that is reported."""
    return [(problem.place.line, problem.code) for problem in parse(text, name)[1]]


def refused(text: str, name: str = "a.txt") -> Problem:
    with pytest.raises(Unreadable) as error:
        parse(text, name)
    return error.value.problem


def law(*articles: str, title: str = "示范条例") -> str:
    return "\n\n".join([title, *articles])


def shape(article: Article) -> list[list[int]]:
    """For each paragraph, for each item, the number of its sub-items."""
    return [[len(item.subitems) for item in paragraph.items] for paragraph in article.paragraphs]


def test_every_part_is_found() -> None:
    text = clean(LAW)
    assert (text.title, text.notes) == ("示范条例", ("2021年3月1日 某机关公布",))
    assert [(h.level, h.label, h.title, h.line) for h in text.headings] == [
        (3, "第一章", "总则", 5),
        (3, "第二章", "附则", 21),
    ]
    assert [(a.id, a.line, a.path) for a in text.articles] == [
        ("1", 7, ("第一章 总则",)),
        ("2", 9, ("第一章 总则",)),
        ("3", 23, ("第二章 附则",)),
    ]
    assert shape(text.articles[1]) == [[0, 2], []]
    assert (text.adopted, text.effective, text.id) == (date(2021, 3, 1), date(2021, 5, 1), "示范条例(2021-03-01)")


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        ("1", "第一条为了示范，制定本条例。"),
        ("1.1", "为了示范，制定本条例。"),
        ("1.2", None),
        ("2.1", "有下列情形之一的，适用本条例：（一）甲；（二）乙，包括：1.丙；2.丁。"),
        ("2.2", "前款第二项不包括戊。"),
        ("2.1.2", "（二）乙，包括：1.丙；2.丁。"),
        ("2.1.2.1", "1.丙；"),
        ("2.1.2.3", None),
        ("2.1.3", None),
        ("2.3", None),
        ("2.0", None),
        ("2.1.2.1.1", None),
        ("4", None),
    ],
)
def test_a_citation_leads_to_the_words_it_names(citation: str, words: str | None) -> None:
    article, *parts = citation.split(".")
    found = clean(LAW).text_of(Citation("law-a", article, tuple(map(int, parts))))
    assert (squeeze(found) if found is not None else None) == words


def test_one_part_is_an_item_where_the_single_paragraph_has_items() -> None:
    """The same rule as for the gists (`portal.model.regulation.Article.has`)."""
    article = clean(law("第一条 下列：", "（一）甲；", "（二）乙。")).articles[0]
    assert article.text_of((2,)) == "（二）乙。"
    assert article.text_of((1, 2)) == "（二）乙。"
    assert article.text_of((3,)) is None


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("第三十一条", "31"),
        ("第三十一条之一", "31-1"),
        ("第 三十一 条 之 十二", "31-12"),
        ("第一百零五条", "105"),
        ("第一百〇五条", "105"),
        ("第一百○五条", "105"),
        ("第一百一十条", "110"),
        ("第一百十条", "110"),
        ("第一千二百六十条", "1260"),
        ("第一二六〇条", "1260"),
        ("第31条", "31"),
        ("第３１条", "31"),
        ("第 31 条", "31"),
        ("第31条之2", "31-2"),
        ("第三十一條", "31"),
    ],
)
@pytest.mark.parametrize("gap", [" ", "　", "　　", "\n", "：", ""])
def test_numbers_of_articles(spelling: str, name: str, gap: str) -> None:
    text, _ = parse(f"示范条例\n\n{spelling}{gap}申请人应当说明理由。\n")
    assert [(a.id, a.text_of((1,))) for a in text.articles] == [(name, "申请人应当说明理由。")]


@pytest.mark.parametrize(
    "rest", ["的规定", "、第三条", "和第三条的规定", "第二款规定", "规定的期限", "所列情形", "至第五条"]
)
def test_a_sentence_that_begins_with_a_reference_is_no_article(rest: str) -> None:
    text = clean(law("第一条 甲。", f"第九条{rest}，从其约定。", "第二条 乙。"))
    assert [a.id for a in text.articles] == ["1", "2"]
    assert len(text.articles[0].paragraphs) == 2


@pytest.mark.parametrize(
    "start", ["中华人民共和国公民", "第三人", "第二审人民法院", "规范", "与本案有关的人", "和平时期"]
)
def test_an_article_without_a_gap_after_its_number(start: str) -> None:
    assert [a.id for a in clean(law("第一条甲。", f"第二条{start}可以申请。")).articles] == ["1", "2"]


@pytest.mark.parametrize("brackets", ["（{}）", "({})", "〔{}〕", "（{})", "({}）", "[{}]", "（ {} ）"])
@pytest.mark.parametrize("gap", ["", " ", "　"])
def test_brackets_of_items(brackets: str, gap: str) -> None:
    items = [brackets.format(number) + gap + "甲；" for number in ("一", "二", "十一")]
    text, problems = parse(law("第一条 下列：", *items))
    assert [(item.number, item.text) for item in text.articles[0].paragraphs[0].items] == [
        (1, "甲；"),
        (2, "甲；"),
        (11, "甲；"),
    ]
    assert [problem.code for problem in problems] == ["law-items"]


@pytest.mark.parametrize("style", ["{}. ", "{}．", "{}、", "（{}）", "({})"])
def test_sub_items_below_an_item(style: str) -> None:
    subs = [style.format(number) + "丙；" for number in (1, 2)]
    article = clean(law("第一条 下列：", "（一）甲：", *subs, "（二）乙：", *subs)).articles[0]
    assert shape(article) == [[2, 2]]
    assert article.text_of((2, 1)) is None
    assert (article.text_of((1, 2, 1)) or "").endswith("丙；")


@pytest.mark.parametrize("style", ["{}. ", "（{}）", "{}、"])
def test_arabic_numbers_right_below_a_paragraph_are_items(style: str) -> None:
    items = [style.format(number) + "丙；" for number in (1, 2)]
    assert shape(clean(law("第一条 下列：", *items)).articles[0]) == [[0, 0]]


def test_circled_numbers_and_a_third_level() -> None:
    lines = ["第一条 下列：", "（一）甲：", "1. 乙：", "①丙；", "②丁；", "2. 戊。"]
    article = clean(law(*lines)).articles[0]
    assert shape(article) == [[2]]
    assert article.text_of((1, 1, 1)) == "1.乙：\n①丙；\n②丁；"


def test_what_looks_like_a_number_in_a_sentence_is_none() -> None:
    article = clean(
        law("第一条 标准：", "1.5 米以上的，不予受理。", "2022年以后另行规定。", "三、四级单位除外。")
    ).articles[0]
    assert shape(article) == [[], [], [], []]


def test_a_list_goes_on_after_a_text_between_its_items() -> None:
    """信访条例 of 2005, article 21."""
    article = clean(law("第一条 下列：", "（一）甲；", "（二）乙。", "乙的说明。", "（三）丙。", "后款。")).articles[0]
    assert shape(article) == [[0, 0, 0], []]
    assert article.text_of((1, 2)) == "（二）乙。\n乙的说明。"


def test_after_a_colon_a_list_begins_anew() -> None:
    lines = law("第一条 下列：", "（一）甲；", "（二）乙。", "另有下列：", "（三）丙。")
    assert shape(parse(lines)[0].articles[0]) == [[0, 0], [0]]
    assert told(lines) == [(11, "law-items")]


def test_the_words_of_an_item_stand_below_its_number() -> None:
    article = clean(law("第一条 下列：", "（一）", "甲；", "（二）", "乙。")).articles[0]
    assert [item.text for item in article.paragraphs[0].items] == ["甲；", "乙。"]


def test_a_reference_at_the_start_of_a_broken_line_is_no_item() -> None:
    text = "示范条例\n第一条 下列：\n（一）甲；\n（二）依照第九条第\n（五）项处理；\n（三）与\n（七）所列相同的。\n第二条 依照第九条第\n（一）项处理。\n"
    assert [shape(article) for article in parse(text)[0].articles] == [[[0, 0, 0]], [[]]]


@pytest.mark.parametrize("indent", ["　", "  ", "\t　"])
def test_an_indent_begins_a_paragraph(indent: str) -> None:
    """Even where the line above has no stop."""
    text = clean(f"示范条例\n{indent}第一条 甲\n{indent}乙\n{indent}第二条 丙")
    assert [[p.text for p in article.paragraphs] for article in text.articles] == [["甲", "乙"], ["丙"]]


def test_a_list_without_numbers_is_part_of_its_paragraph() -> None:
    """Constitution, article 65: 委员长，副委员长若干人，…"""
    article = clean(law("第一条 由下列人员组成：", "甲，", "乙若干人，", "丙。", "后款。")).articles[0]
    assert [paragraph.text for paragraph in article.paragraphs] == [
        "由下列人员组成：\n甲，\n乙若干人，\n丙。",
        "后款。",
    ]


LAYOUTS = {
    "no blank lines": LAW.replace("\n\n", "\n"),
    "many blank lines": LAW.replace("\n\n", "\n \n\u3000\n\n"),
    "indented": "\n".join(f"　　{line}" for line in LAW.split("\n")),
    "indented, no blank lines": "\n".join(f"　　{line}" for line in LAW.split("\n") if line),
    "windows": LAW.replace("\n", "\r\n"),
    "old mac": LAW.replace("\n", "\r"),
    "text below the number": LAW.replace("条 ", "条\n"),
    "full-width gaps": LAW.replace("条 ", "条　　").replace("第一章 ", "第一章　"),
    "no gap after numbers": LAW.replace("条 ", "条"),
    "half-width brackets": LAW.replace("（一）", "(一)").replace("（二）", "(二) "),
    "characters without width": LAW.replace("条 ", "条\u200b ").replace("（", "\u200b（").replace("\n\n", "\n\ufeff\n"),
    "chapter's name below its number": LAW.replace("第一章 总　则", "第一章\n总　则").replace(
        "第二章 附则", "第二章\n附则"
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_layout_changes_nothing(layout: str) -> None:
    text, expected = clean(LAYOUTS[layout]), clean(LAW)
    assert text.title == expected.title
    assert text.notes == expected.notes
    assert [(h.level, h.name) for h in text.headings] == [(h.level, h.name) for h in expected.headings]
    for found, wanted in zip(text.articles, expected.articles, strict=True):
        assert (found.id, found.path, shape(found)) == (wanted.id, wanted.path, shape(wanted))
        assert squeeze(found.text_of() or "").replace("(", "（").replace(")", "）") == squeeze(wanted.text_of() or "")


MARKDOWN = {
    "headings": LAW.replace("示范", "# 示范", 1).replace("第一章", "## 第一章").replace("第二章", "## 第二章 ", 1),
    "headings of articles": LAW.replace("第一条", "### 第一条").replace("第三条", "### 第三条"),
    "headings closed": LAW.replace("第一章 总　则", "## 第一章 总　则 ##"),
    "text below a heading": LAW.replace("第一条 ", "### 第一条\n\n"),
    "bold numbers": LAW.replace("第一条", "**第一条**").replace("第三条", "__第三条__").replace("（一）", "**（一）**"),
    "bold headings": LAW.replace("第一章 总　则", "**第一章 总　则**"),
    "escaped numbers": LAW.replace("1. ", "1\\. ").replace("2. ", "2\\. "),
    "comments": LAW.replace("第一章", "<!-- INFO\nEND -->第一章", 1),
}


@pytest.mark.parametrize("form", MARKDOWN, ids=str)
def test_markdown_marks_are_layout(form: str) -> None:
    text, expected = clean(MARKDOWN[form], "a.md"), clean(LAW)
    assert [(h.level, h.name) for h in text.headings] == [(h.level, h.name) for h in expected.headings]
    assert squeeze(text.rebuilt()) == squeeze(LAW)
    assert [shape(a) for a in text.articles] == [shape(a) for a in expected.articles]


def test_places_name_line_and_column() -> None:
    text = "# 示范条例\n\n<!-- 注\n释 -->\n\n- x\n\n## 第一章 总则\n\n第一条 甲。\n\n   ### **第五条** 乙。\n"
    assert [str(problem.place) for problem in parse(text, "laws/a.md")[1]] == ["laws/a.md:12:1"]
    odd = "示范条例\n\n第一条 甲。\n\n　　第一百五条 乙。\n"
    assert [(str(problem.place), problem.code) for problem in parse(odd)[1]] == [("a.txt:5:3", "law-number")]


CONTENTS = """示范条例

目　录

第一章 总则……………1
第二章 办理
  第一节 受理 …… 2
第三章 附则 3

第一章　总　则

第一条 甲。

第二章 办理

第一节 受理

第二条 乙。

第三章 附则

第三条 丙。
"""


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        (CONTENTS, 5),
        (CONTENTS.replace("目　录\n\n", ""), 4),
        (CONTENTS.replace("目　录", "目录："), 5),
        (CONTENTS.replace("\n\n", "\n"), 5),
        (
            CONTENTS.replace("第一章 总则……", "第一章 总则\n第一条 目的……").replace(
                "第二章 办理\n ", "第二条 二\n第二章 办理\n "
            ),
            7,
        ),
    ],
    ids=["as usual", "without its title", "colon", "no blank lines", "with articles"],
)
def test_a_table_of_contents_is_kept_apart(text: str, entries: int) -> None:
    found = clean(text)
    assert len(found.contents) == entries
    assert [(a.id, a.path) for a in found.articles] == [
        ("1", ("第一章 总则",)),
        ("2", ("第二章 办理", "第一节 受理")),
        ("3", ("第三章 附则",)),
    ]


def test_contents_whose_end_cannot_be_found_are_told() -> None:
    text = "示范条例\n\n目录\n\n第一章 总则\n\n第二章 附则\n\n第一条 甲。\n\n第二条 乙。\n"
    found, _ = parse(text)
    assert told(text) == [(3, "law-contents")]
    assert (found.contents, found.headings) == (("目录", "第一章 总则", "第二章 附则"), ())


def test_parts_chapters_and_a_preamble() -> None:
    parts = ["序言", "很久以前。", "后来。", "第一编 甲", "第一分编 子", "第一章 乙", "第一节 丙", "第一条 丁。"]
    parts += ["第二编 戊", "第一章 己", "第二条 庚。", "附　则", "第三条 辛。"]
    text = clean(law(*parts))
    assert [(h.level, h.name) for h in text.headings] == [
        (3, "序言"),
        (1, "第一编 甲"),
        (2, "第一分编 子"),
        (3, "第一章 乙"),
        (4, "第一节 丙"),
        (1, "第二编 戊"),
        (3, "第一章 己"),
        (1, "附则"),
    ]
    assert [p.text for p in text.headings[0].paragraphs] == ["很久以前。", "后来。"]
    assert [a.path for a in text.articles] == [
        ("第一编 甲", "第一分编 子", "第一章 乙", "第一节 丙"),
        ("第二编 戊", "第一章 己"),
        ("附则",),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "第一章规定的事项，从其规定。",
        "第二章 规定的下列事项：",
        "第一章、第二章的规定",
        "第三章 " + "很长的一句话" * 11,
    ],
)
def test_a_sentence_that_names_a_chapter_is_no_heading(line: str) -> None:
    text = parse(law("第一条 甲。", line, "第二条 乙。"))[0]
    assert (text.headings, len(text.articles[0].paragraphs)) == ((), 2)


def test_a_heading_goes_on_in_the_next_line() -> None:
    """刑事诉讼法, part 5, chapter 4."""
    text = clean(law("第一章 犯罪嫌疑人、被告人逃匿、死亡案件", "违法所得的没收程序", "第一条 甲。"))
    assert [h.title for h in text.headings] == ["犯罪嫌疑人、被告人逃匿、死亡案件违法所得的没收程序"]


@pytest.mark.parametrize(
    "attachment",
    [
        "附件",
        "附件一：机构名单",
        "附：名单",
        "附表1",
        "附录",
        "全国人民代表大会常务委员会关于修改《示范条例》的决定",
        "国务院关于修改部分行政法规的决定",
        "中华人民共和国刑法修正案",
    ],
)
@pytest.mark.parametrize("below", ["说明文字。", "第一条 附件的第一条。\n\n第二条 附件的第二条。"])
def test_attachments_and_decisions_after_the_text(attachment: str, below: str) -> None:
    text = clean(law("第一条 甲。", "第二条 乙。", attachment, below))
    assert [a.id for a in text.articles] == ["1", "2"]
    assert text.appendix[0] == attachment
    assert "".join(text.appendix[1:]) == below.replace("\n", "")


def test_what_a_web_page_prints_below_the_text_is_no_paragraph() -> None:
    text = clean(
        law("第一条 甲。", "第二条 本条例自2021年5月1日起施行。", "《旧条例》同时废止。", "责任编辑：某某", "关闭窗口")
    )
    assert len(text.articles[1].paragraphs) == 2
    assert text.appendix == ("责任编辑：某某", "关闭窗口")


def test_items_without_stops_at_the_end_are_no_appendix() -> None:
    text = clean(law("第一条 甲。", "第二条 下列：", "（一）乙", "（二）丙", "1. 丁"))
    assert (shape(text.articles[1]), text.appendix) == ([[0, 1]], ())


def test_a_broken_line_at_the_end_is_no_appendix() -> None:
    text, _ = parse("示范条例\n第一条 甲。\n第二条 本条例自\n2021年5月1日\n起施行。\n")
    assert (len(text.articles[1].paragraphs), text.appendix) == (1, ())


def test_attached_inside_an_article_is_no_appendix() -> None:
    text = clean(
        law("第一条 甲。", "附件：名单", "第二条 乙。", "附则", "第三条 附带的请求，一并处理。", "附加的材料退回。")
    )
    assert ([a.id for a in text.articles], text.appendix) == (["1", "2", "3"], ())


def test_several_articles_on_one_line() -> None:
    text = clean("示范条例\n第一条 甲。第二条 依照第一条 处理。第三条　丙；第四条 丁。")
    assert [(a.id, a.text_of((1,))) for a in text.articles] == [
        ("1", "甲。"),
        ("2", "依照第一条 处理。"),
        ("3", "丙；"),
        ("4", "丁。"),
    ]


@pytest.mark.parametrize(
    ("line", "caption", "words"),
    [
        ("第一条 【目的】为了示范。", "【目的】", "为了示范。"),
        ("第一条【目的】\n\n为了示范。", "【目的】", "为了示范。"),
    ],
)
def test_names_of_articles(line: str, caption: str, words: str) -> None:
    article = clean(law(line)).articles[0]
    assert (article.caption, article.text_of((1,))) == (caption, words)


def test_a_name_in_a_markdown_heading() -> None:
    article = clean("# 示范条例\n\n### 第一条 目的\n\n为了示范。\n\n再说。", "a.md").articles[0]
    assert (article.caption, len(article.paragraphs)) == ("目的", 2)


@pytest.mark.parametrize(
    ("above", "title", "before"),
    [
        (
            ["中华人民共和国国务院令", "第711号", "现公布《示范条例》，自公布之日起施行。", "总理 某某", "示范条例"],
            "示范条例",
            4,
        ),
        (["中华人民共和国国务院令", "示范条例"], "示范条例", 1),
        (["首页", "法规库", "示范条例（试行）"], "示范条例（试行）", 2),
        (["首页", "中华人民共和国示范法"], "中华人民共和国示范法", 1),
        (["中华人民共和国", "示范法"], "中华人民共和国示范法", 0),
        (["某某省", "示范办法(2018修正)"], "某某省示范办法(2018修正)", 0),
        (["中 华 人 民 共 和 国 示 范 法"], "中华人民共和国示范法", 0),
    ],
)
def test_the_title_and_what_stands_above_it(above: list[str], title: str, before: int) -> None:
    text = clean("\n".join([*above, "（2019年4月3日某机关通过）", "第一条 甲。"]))
    assert (text.title, len(text.before), text.notes) == (title, before, ("（2019年4月3日某机关通过）",))


def test_a_title_printed_twice_is_the_first() -> None:
    text = clean("\n".join(["中华人民共和国示范法", "2019年4月3日通过", "中华人民共和国", "示范法", "第一条 甲。"]))
    assert (text.title, text.before) == ("中华人民共和国示范法", ())
    assert text.notes == ("2019年4月3日通过", "中华人民共和国", "示范法")


def test_a_name_that_the_notes_quote_is_not_the_title() -> None:
    notes = ["2017年6月27日某会议《", "关于修改〈示范法〉的决定", "》第三次修正"]
    assert clean("\n".join(["示范法", *notes, "第一条 甲。"])).title == "示范法"


def test_an_unusual_title_is_taken_and_told() -> None:
    text = "关于几个问题\n\n第一条 甲。"
    assert parse(text)[0].title == "关于几个问题"
    assert told(text) == [(1, "law-title")]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("一 二 三", []),
        ("一 一之一 一之二 二", []),
        ("一 二 四", [(7, "law-gap", "第四条前面缺第三条（上一条是第二条）")]),
        ("一 二 六", [(7, "law-gap", "第六条前面缺第三条至第五条（上一条是第二条）")]),
        ("三 四", [(3, "law-gap", "第三条前面缺第一条至第二条")]),
        ("一 一之三 二", [(5, "law-gap", "第一条之三前面缺第一条之一至第一条之二（上一条是第一条）")]),
        ("一 二之一 三", [(5, "law-gap", "第二条之一前面缺第二条（上一条是第一条）")]),
        ("一 二 二 三", [(7, "law-repeat", "第二条出现了两次，上一次在第 5 行")]),
        ("一 三 二 四", [(5, "law-order", "第三条的位置不对：排在第一条之后、第二条之前")]),
        ("一 二 三百 四", [(7, "law-order", "第三百条的位置不对"), (9, "law-gap", "第四条前面缺第三条")]),
        ("一 二 四 七", [(7, "law-gap", "第四条前面缺第三条"), (9, "law-gap", "第七条前面缺第五条至第六条")]),
    ],
)
def test_faults_of_numbering_are_told_and_nothing_is_lost(numbers: str, expected: list[tuple[int, str, str]]) -> None:
    spelled = [f"第{number.replace('之', '条之')}" + ("" if "之" in number else "条") for number in numbers.split()]
    text, problems = parse(law(*(f"{number} 甲。" for number in spelled)))
    assert [article.label for article in text.articles] == spelled
    assert [(problem.place.line, problem.code) for problem in problems] == [each[:2] for each in expected]
    for problem, (_, _, words) in zip(problems, expected, strict=True):
        assert problem.message.startswith(words)
        assert problem.severity == "warning"


def test_a_single_second_first_article_is_a_repeat_not_a_second_text() -> None:
    assert told(law("第一条 甲。", "第二条 乙。", "第一条 丙。", "第三条 丁。")) == [(7, "law-repeat")]


def test_an_article_that_stands_twice_cannot_be_cited() -> None:
    text, _ = parse(law("第一条 甲。", "第二条 乙。", "第二条 丙。"))
    assert text.article("2") is None
    assert text.article("1") is not None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["第一条 下列：", "（一）甲；", "（三）乙。"], [(7, "law-items")]),
        (["第一条 下列：", "（二）甲。"], [(5, "law-items")]),
        (["第一条 下列：", "（一）甲：", "1. 子；", "3. 丑。"], [(9, "law-items")]),
        (["第一章 甲", "第一条 甲。", "第三章 乙", "第二条 乙。"], [(7, "law-heading-order")]),
        (["第一章 甲", "第一节 子", "第一条 甲。", "第二章 乙", "第一节 子", "第二条 乙。"], []),
        (["第一编 甲", "第一章 子", "第一条 甲。", "第二编 乙", "第二章 丑", "第二条 乙。"], []),
        (["第一章 甲", "第一条 甲。", "第一章 乙", "第二条 乙。"], [(7, "law-heading-order")]),
        (["第一编 甲", "第一章 子", "第一条 甲。", "第一章 丑", "第二条 乙。"], [(9, "law-heading-order")]),
        (["第一条 甲。", "第百五条 乙。"], [(5, "law-number")]),
        (["第一条 甲。", "第零条 乙。"], [(5, "law-number")]),
        (["第一条 甲。", "第二条"], [(5, "law-empty-article")]),
        (["第一条 甲。", "第2条 乙。", "第三条 丙。"], [(5, "law-mixed")]),
        (["第一條 甲。", "第二條 乙。"], [(3, "law-traditional")]),
        (["第一条 甲�。"], [(3, "law-damaged")]),
    ],
)
def test_other_doubts_are_told(lines: list[str], expected: list[tuple[int, str]]) -> None:
    assert told(law(*lines)) == expected
    assert squeeze(parse(law(*lines))[0].rebuilt()) == squeeze(law(*lines))


def test_broken_lines_are_joined_and_told() -> None:
    text = "示范条例\n\n第一条 信访人对处理意见不服的，可以\n自收到之日起三十日内请求复\n查。\n第二条 依照\n第一条的规定。\n"
    found, problems = parse(text)
    assert [problem.code for problem in problems] == ["law-wrapped"]
    assert [len(article.paragraphs) for article in found.articles] == [1, 1]


def test_a_flood_of_faults_is_cut_short() -> None:
    _, problems = parse(law(*(f"第{number}条 甲。" for number in range(1, 300, 2))))
    assert len(problems) == MOST + 1
    assert problems[-1].message.startswith("从这里起，同样的问题还有 129 处")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("# Reference texts\n\nThese are texts.\n", "law-no-articles", 1),
        ("国务院关于某事的通知\n\n一、第一。\n\n二、第二。\n", "law-no-articles", 1),
        ("示范条例\n\n目录\n\n第一章 总则\n\n第二章 附则\n", "law-no-articles", 1),
        ("第一条 甲。\n\n第二条 乙。\n", "law-no-title", 1),
        (law("第一条 甲。", "第二条 乙。", "第一条 丙。", "第二条 丁。"), "law-two-texts", 7),
        (" \n\n　", "law-empty", 1),
        ("<!-- -->\n", "law-empty", 1),
    ],
)
def test_what_is_no_law_is_refused(text: str, code: str, line: int) -> None:
    problem = refused(text, "a.md")
    assert (problem.code, problem.place.line, problem.severity) == (code, line, "error")
    assert problem.message
    assert problem.hint


@pytest.mark.parametrize(
    ("notes", "last", "adopted", "effective"),
    [
        (["2022年1月24日 审议批准", "2022年2月25日 发布"], "本条例自2022年5月1日起施行。", "2022-02-25", "2022-05-01"),
        (["2005年1月10日 公布", "2005年5月1日 施行"], "本条例由甲解释。", "2005-01-10", "2005-05-01"),
        (["2005年1月10日公布 自2005年5月1日起施行"], "甲。", "2005-01-10", "2005-05-01"),
        (["（2005年1月10日某机关公布）"], "本条例自公布之日起施行。", "2005-01-10", "2005-01-10"),
        (["2005年1月10日 通过"], "本法自公布之日起施行。", "2005-01-10", None),
        (["2005年1月10日公布", "2007年1月10日公布"], "本法自公布之日起施行。", "2007-01-10", None),
        (["1982年12月4日 公告公布施行", "2018年3月11日 修正"], "甲。", "2018-03-11", "1982-12-04"),
        (["二〇〇五年一月十日公布"], "本条例自二〇〇五年五月一日起实施。", "2005-01-10", "2005-05-01"),
        (["２００５年１月１０日公布"], "乙。", "2005-01-10", None),
        (["2005年2月30日公布"], "本条例自2005年13月1日起施行。", None, None),
        ([], "甲。2001年1月1日某机关公布的《旧条例》同时废止。", None, None),
        (["1994年5月12日 通过", "2012年10月26日 修正"], "本法自1995年1月1日起施行。", "2012-10-26", "1995-01-01"),
    ],
)
def test_dates_that_the_text_names(notes: list[str], last: str, adopted: str | None, effective: str | None) -> None:
    text = clean("\n".join(["示范条例", *notes, "第一条 甲。", f"第二条 {last}"]))
    assert text.adopted == (date.fromisoformat(adopted) if adopted else None)
    assert text.effective == (date.fromisoformat(effective) if effective else None)


def test_every_code_has_its_broken_example(project: Path) -> None:
    """Each problem that the reading of official texts can tell is told in some test."""
    reading = project / "hooks/portal/reading"
    sources = [*reading.glob("official*.py"), project / "hooks/portal/cli_law.py"]
    codes = {code for path in sources for code in re.findall('"(law-[a-z-]+)"', path.read_text("utf-8"))}
    tests = [*(project / "tests/reading").glob("test_official*.py"), project / "tests/cli/test_law.py"]
    told_in_tests = "".join(path.read_text("utf-8") for path in tests)
    assert len(codes) > 20
    assert [code for code in sorted(codes) if f'"{code}"' not in told_in_tests] == []
