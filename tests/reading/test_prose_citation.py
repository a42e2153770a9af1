"""Citations written in Chinese prose: marked sentences, a marked sample of real law texts, and what always holds."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from portal.model.citation import chinese_number
from portal.model.numeral import read_number
from portal.model.prose_citation import ProseCitation, Target, explain
from portal.reading.home import Home
from portal.reading.prose_citation import Context, find_citations, find_in_pieces
from portal.reading.titles import Titles, plain_title

HERE = Path(__file__).parent
LAWS = HERE.parents[2] / "shared" / "laws"
FLOOR = 0.99

TITLES = Titles(
    {
        "信访工作条例": "xinfang-2022",
        "信访条例（2005年，已失效）": "xinfang-2005",
        "行政复议法": "administrative-reconsideration-2023",
        "行政诉讼法": "administrative-litigation",
        "刑事诉讼法": "criminal-procedure",
        "治安管理处罚法": "public-security-penalties",
        "集会游行示威法": "assembly",
        "精神卫生法": "mental-health",
        "城市居民最低生活保障条例": "urban-dibao",
        "社会救助暂行办法": "social-assistance",
        "政府信息公开条例": "information-disclosure",
        "宪法": "constitution",
    }
)
GUIDE = Context(TITLES, likely="信访工作条例")


def found(text: str, context: Context = GUIDE) -> list[tuple[str, str]]:
    """Words and targets; `?` for what stays unclear (a short title's target is told all the same)."""
    return [(one.words, _target(one)) for one in find_citations(text, context)]


def _target(one: ProseCitation) -> str:
    return "?" if one.reason not in ("", "short") else "+".join(map(str, one.targets))


# Sentences of our own kind.

SENTENCES: list[dict[str, Any]] = yaml.safe_load((HERE / "citation_sentences.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["text"][:24])
def test_marked_sentences(case: dict[str, Any]) -> None:
    home = None
    if "home" in case:
        regulation, article, paragraph = case["home"].split("/")
        home = Home(regulation, article, int(paragraph))
    assert found(case["text"], Context(TITLES, home)) == list(case.get("cites", {}).items())


def test_the_marked_sentences_are_enough() -> None:
    assert sum(1 for case in SENTENCES if case.get("cites")) >= 40
    assert sum(1 for case in SENTENCES if not case.get("cites")) >= 15


# Real law texts.

_ARTICLE = re.compile(r"第([零一二三四五六七八九十百千]+)条[ \u3000]*")
_ITEM = re.compile(r"[（(]([一二三四五六七八九十]+)[)）]")


def passages(text: str) -> dict[str, str]:
    """`article.paragraph.item` → the passage, without its article's number.

    A paragraph between two items whose numbers go on (三, 四) belongs to the item before it.
    """
    lines = [line.strip(" \u3000") for line in text.splitlines()]
    lines = [line for line in lines if line and line[0] not in "<#"]
    result: dict[str, str] = {}
    article = paragraph = item = 0
    for index, line in enumerate(lines):
        if head := _ARTICLE.match(line):
            article, paragraph, item = read_number(head[1]) or 0, 1, 0
        elif number := _ITEM.match(line):
            item = read_number(number[1]) or 0
        elif not item or _next_item(lines[index + 1 :]) != item + 1:
            paragraph, item = paragraph + 1, 0
        result.setdefault(f"{article}.{paragraph}.{item}", _ARTICLE.sub("", line, count=1) if head else line)
    return result


def _next_item(lines: list[str]) -> int:
    for line in lines:
        if _ARTICLE.match(line):
            return 0
        if number := _ITEM.match(line):
            return read_number(number[1]) or 0
    return 0


SAMPLE: dict[str, list[dict[str, Any]]] = yaml.safe_load((HERE / "citation_sample.yml").read_text("utf-8"))


@pytest.mark.skipif(not LAWS.is_dir(), reason="../shared/laws is not there: precision and recall were not measured")
@pytest.mark.parametrize("half", SAMPLE)
def test_precision_and_recall_on_real_law_texts(half: str, capsys: pytest.CaptureFixture[str]) -> None:
    with (LAWS / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    titles = Titles({row["title"]: row["id"] for row in rows})
    texts = {row["id"]: passages((LAWS / row["file"]).read_text("utf-8")) for row in rows}
    right = wrong = missed = 0
    misses: list[str] = []
    for case in SAMPLE[half]:
        article, paragraph, item = case["at"].split(".")
        home = Home(case["file"], "" if article == "0" else article, int(paragraph), int(item))
        got = Counter(found(texts[case["file"]][case["at"]], Context(titles, home)))
        want = Counter((words, target) for words, target in case["cites"])
        right += (got & want).total()
        wrong += (got - want).total()
        missed += (want - got).total()
        misses += [f"{case['file']} {case['at']}: {dict(got - want)} for {dict(want - got)}"] if got != want else []
    precision, recall = right / (right + wrong), right / (right + missed)
    with capsys.disabled():
        print(f"\n{half}: {right + missed} citations marked, precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= FLOOR and recall >= FLOOR, "\n".join(misses)


def test_the_sample_is_large_enough() -> None:
    assert sum(len(case["cites"]) for case in SAMPLE["first"]) >= 200
    assert sum(1 for case in SAMPLE["first"] if not case["cites"]) >= 100


# Where the text stands.


@pytest.mark.parametrize(
    ("text", "home", "expected"),
    [
        ("前条", Home("a", "32", articles=("31", "31-1", "32")), "a/31-1条"),
        ("前条", Home("a", "31-1", articles=("31", "31-1", "32")), "a/31条"),
        ("前条", Home("a", "31-2"), "a/31-1条"),
        ("前两条", Home("a", "5"), "a/3条+a/4条"),
        ("前三款", Home("a", "5", 4), "a/5条1款+a/5条2款+a/5条3款"),
        ("前项", Home("a", "5", 1, 3), "a/5条1款2项"),
        ("前两项", Home("a", "5", 1, 3), "a/5条1款1项+a/5条1款2项"),
        ("本条", Home("a", "5", 2), "a/5条"),
        ("本款", Home("a", "5", 2), "a/5条2款"),
        ("本款第三项", Home("a", "5", 2), "a/5条2款3项"),
        ("第三项", Home("a", "5", 2), "a/5条2款3项"),
        ("前款第一项、第三项", Home("a", "5", 2), "a/5条1款1项 a/5条1款3项"),
        ("前条第二款", Home("a", "5", 2), "a/4条2款"),
        ("第三条第二项第一目", Home("a"), "a/3条2项1目"),
        ("第三十一条至第三十二条", Home("a", "1", articles=("31", "31-1", "32")), "a/31条+a/31-1条+a/32条"),
        ("本章第一节", Home("a", "5"), "a/本章第一节"),
        ("第一编第三章规定", Home("a", "5"), "a/第一编第三章"),
        ("依照《民法典》第三条和第五条，第七条", Home("a", "9"), "《民法典》/3条 《民法典》/5条 《民法典》/7条"),
        ("《民法典》同时废止（第七条）", Home("a", "9"), "a/7条"),
    ],
)
def test_relative_words_count_from_home(text: str, home: Home, expected: str) -> None:
    assert " ".join(target for _, target in found(text, Context(TITLES, home))) == expected


def test_a_law_is_forgotten_in_the_next_paragraph_but_a_short_title_is_kept() -> None:
    text = "《信访工作条例》（以下简称条例）分级。\n\n第三十四条写期限。\n\n条例第三十五条写复查。"
    assert found(text) == [("第三十四条", "?"), ("条例第三十五条", "xinfang-2022/35条")]


# One example for each reason, as the author reads it.

_REWORD = "；不是引用条文的，换个说法，例如“第一点”"
UNCLEAR = [
    ("no-law", "只管第三十一条第六项的事。", GUIDE, "“第三十一条第六项”看不出是哪部法规的", "写出法规名和条文号，例如《信访工作条例》第三十一条第六项" + _REWORD),
    ("no-law", "按第二十条规定办。", Context(), "“第二十条”看不出是哪部法规的", "写出法规名和条文号，例如《信访工作条例》第三十四条" + _REWORD),
    ("no-text", "本条例第二十二条怎么办？", GUIDE, "“本条例第二十二条”只在法规自己的页面里才说得清，这里不是法规的页面", "写出法规名和条文号，例如《信访工作条例》第二十二条" + _REWORD),
    ("no-place", "前款规定的期限", Context(home=Home("a")), "“前款”看不出是从哪一条、哪一款数起", "写明是第几条、第几款，例如第三十四条第一款"),
    ("nothing-before", "前款规定的期限", Context(home=Home("a", "3", 1)), "“前款”的前面没有可以指的条、款、项", "写明是第几条、第几款，例如第三十四条第一款"),
    ("generic", "条例第三十四条只管申诉求决。", GUIDE, "“条例第三十四条”没有写法规的全名，看不出是哪一部", "写出法规名和条文号，例如《信访工作条例》第三十四条" + _REWORD),
    ("short", "城市低保条例第十五条", GUIDE, "“城市低保条例第十五条”里的法规名不是全名", "写成《城市居民最低生活保障条例》第十五条"),
    ("version", "《甲法》第三条", Context(Titles({"甲法（2010年）": "a", "甲法（2020年）": "b"})), "“《甲法》第三条”有几个版本，看不出是哪一个", "写成《甲法》（2020年）第三条"),
    ("backwards", "《信访工作条例》第九条至第三条", GUIDE, "“《信访工作条例》第九条至第三条”的起点在终点后面", "查对条文号，小的写在前面"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "text", "context", "message", "hint"), UNCLEAR)
def test_unclear_citations_are_explained(reason: str, text: str, context: Context, message: str, hint: str) -> None:
    (one,) = find_citations(text, context)
    assert (one.reason, *explain(one)) == (reason, message, hint)


def test_the_suggestion_for_a_list_or_range_names_every_place_in_full() -> None:
    unclear = find_citations("按第三十五条、第三十六条至第三十八条办。", GUIDE)
    assert [one.suggestion for one in unclear] == [
        "《信访工作条例》第三十五条",
        "《信访工作条例》第三十六条至第三十八条",
    ]


# Titles.


@pytest.mark.parametrize(
    ("written", "note", "expected"),
    [
        ("信访工作条例", "", "xinfang-2022"),
        ("中华人民共和国行政复议法", "", "administrative-reconsideration-2023"),
        ("信访条例", "", "xinfang-2005"),
        ("信访条例", "（2005年）", "xinfang-2005"),
        ("信访条例", "（1995年）", ""),
        ("行政复议法实施条例", "", ""),
        ("复议法", "", ""),
    ],
)
def test_titles_are_known_by_name_and_year(written: str, note: str, expected: str) -> None:
    assert TITLES.find(written, note).regulation == expected


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("中华人民共和国 宪法", "宪法"),
        ("信访条例（2005年，已失效）", "信访条例"),
        ("民事诉讼法（试行）", "民事诉讼法（试行）"),
        ("中华人民共和国", "中华人民共和国"),
    ],
)
def test_plain_titles(title: str, plain: str) -> None:
    assert plain_title(title) == plain


# Pieces of Markdown.


def test_a_links_words_name_the_law_but_are_not_cited_again() -> None:
    pieces = [("见", True), ("《信访工作条例》第三十四条", False), ("、第三十五条；", True), ("第三十六条", False)]
    assert [(index, one.start, one.end, str(one.targets[0])) for index, one in find_in_pieces(pieces, GUIDE)] == [
        (2, 1, 6, "xinfang-2022/35条")
    ]


def test_a_citation_across_pieces_is_cut_to_the_first_open_one() -> None:
    pieces = [("《信访工作条例》", False), ("第三十四", True), ("条第一款", True)]
    ((index, one),) = find_in_pieces(pieces, GUIDE)
    assert (index, one.start, one.end, one.words) == (1, 0, 4, "《信访工作条例》第三十四条第一款")


# What always holds.

SIGNS = (
    ["第", "条", "款", "项", "目", "章", "节", "编", "之一", "前", "本", "同", "该", "至", "、", "和", "，", "。", "\n", " "]
    + ["《", "》", "（", "）", "(", ")", "信访工作条例", "行政复议法", "条例", "法", "规定", "建议", "以下简称", "2005年", "分则"]
    + list("一二三十百千零〇两两12９") + ["第三十一条", "第六项", "前款", "前两款", "本条例", "省", "依照", "协议"]
)  # fmt: skip
MIXED = st.lists(st.sampled_from(SIGNS) | st.characters(), max_size=40).map("".join)
HOMES = st.none() | st.builds(
    Home,
    st.sampled_from(["xinfang-2022", "a"]),
    st.sampled_from(["", "1", "31", "31-1", "9999"]),
    st.integers(0, 4),
    st.integers(0, 3),
    st.sampled_from([(), ("1", "31", "31-1", "32")]),
)


@given(MIXED, HOMES)
def test_any_text_gives_citations_in_order_inside_it(text: str, home: Home | None) -> None:
    citations = find_citations(text, Context(TITLES, home, "信访工作条例"))
    for one in citations:
        assert 0 <= one.start < one.end <= len(text) and text[one.start : one.end] == one.words
        assert one.targets and (not one.reason or explain(one))
        assert one.reason or all(target.regulation or target.name for target in one.targets)
    assert all(one.end <= other.start for one, other in pairwise(citations))


@given(st.lists(st.tuples(MIXED, st.booleans()), max_size=5))
def test_pieces_give_spans_inside_open_pieces(pieces: list[tuple[str, bool]]) -> None:
    for index, one in find_in_pieces(pieces, GUIDE):
        assert pieces[index][1] and 0 <= one.start < one.end <= len(pieces[index][0])


@given(MIXED, st.integers(0, 60))
def test_cutting_open_text_in_two_loses_no_citation(text: str, at: int) -> None:
    whole = [(one.words, one.targets) for one in find_citations(text, GUIDE)]
    pieces = find_in_pieces([(text[:at], True), (text[at:], True)], GUIDE)
    assert [(one.words, one.targets) for _, one in pieces] == whole


ARTICLES = st.builds(
    lambda number, insert: f"{number}-{insert}" if insert else str(number), st.integers(1, 9999), st.integers(0, 20)
)
TARGETS = st.builds(
    Target,
    st.just("xinfang-2022"),
    article=ARTICLES,
    paragraph=st.integers(0, 30),
    item=st.integers(0, 30),
    subitem=st.integers(0, 9),
)


def test_every_number_of_an_article_is_read_back() -> None:
    for number in range(1, 10000):
        for written in (chinese_number(number), str(number)):
            (one,) = find_citations(f"《甲法》第{written}条", Context())
            assert one.targets == (Target(name="甲法", article=str(number)),)


@given(
    TARGETS, st.sampled_from(["《信访工作条例》", "信访工作条例", "中华人民共和国信访工作条例", "看《信访工作条例》的"])
)
def test_every_place_written_in_full_is_read_back(target: Target, law: str) -> None:
    (one,) = find_citations(f"{law}{target.in_words()}写得清楚。", GUIDE)
    assert (one.targets, one.reason) == ((target,), "")


@given(TARGETS)
def test_a_bare_place_belongs_to_its_own_regulation(target: Target) -> None:
    (one,) = find_citations(f"按{target.in_words()}办。", Context(home=Home("xinfang-2022", "1", 1)))
    assert one.targets == (target,)
