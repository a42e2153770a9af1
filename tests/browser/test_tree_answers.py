"""Answers of a tree: changed, typed, printed, saved, handed on. Nothing of them in an address, a title or a request."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.axe import blemishes
from browser.small_site import PAGE, TODAY, build_small, readers
from browser.watch import DESK, Open, Reader, Site, look, serve

DOORS = pytest.mark.parametrize("door", ["http", "file"])
STUB_PRINT = "window.print = () => { window.printed = (window.printed || 0) + 1; }"
LAST_WITHIN = date.fromisoformat(TODAY) - timedelta(days=60)
WAIT = "#route--wait.is-here"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The small site, built once for this file."""
    folder = build_small(tmp_path_factory.mktemp("small"))
    with serve(folder) as address:
        yield Site(folder, address)


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Open]:
    """Opens readers of the small site."""
    with readers(chromium, site) as open_reader:
        yield open_reader


def _open(visit: Open, door: str = "http", **settings: object) -> Reader:
    one = visit(door, **settings)
    one.open(PAGE)
    one.find(".tree--live").wait_for()
    return one


def _tap(one: Reader, *answers: str) -> None:
    for answer in answers:
        one.find(f".is-here a.answer[data-answer='{answer}']").click()


def _answered(one: Reader) -> list[str]:
    return [row.inner_text() for row in one.find(".tree__path li span").all()]


def _wait(one: Reader) -> Reader:
    """Walk to the outcome `wait` by the longest way."""
    _tap(one, "ours", "1..5", "no", "within")
    expect(one.find(WAIT)).to_be_visible()
    return one


# ---- changing


@DOORS
def test_a_change_keeps_what_is_valid_and_names_what_is_dropped(visit: Open, door: str) -> None:
    one = _wait(_open(visit, door))
    one.find("button.tree__change").nth(1).click()
    assert one.find("#route--people.is-here").evaluate("spot => spot === document.activeElement")
    assert len(_answered(one)) == 4, "nothing is lost by looking"
    _tap(one, "6..")
    assert one.find(".tree__told li").all_inner_texts() == ["急不急？ — 不急"]
    expect(one.find(WAIT)).to_be_focused()
    assert _answered(one) == ["是什么事？ — 本机关的事", "来了几个人？ — 六人以上", "哪天收到的？ — 还在期限内"]
    one.page.go_back()
    one.page.go_back()
    assert len(_answered(one)) == 4
    expect(one.find(WAIT)).to_be_visible()
    assert one.page.url == f"{one.root}/{PAGE}"


def test_a_change_that_drops_nothing_says_so_and_the_same_answer_again_says_nothing(visit: Open) -> None:
    one = _open(visit)
    _tap(one, "ours", "6..", "past")
    one.find("button.tree__change").nth(1).click()
    _tap(one, "6..")
    assert one.find(".tree__told").inner_text() == ""
    expect(one.find("#route--urge.is-here")).to_be_visible()
    one.find("button.tree__change").nth(1).click()
    _tap(one, "1..5")
    assert "哪天收到的？ — 已经超过" in one.find(".tree__told").inner_text()
    expect(one.find("#route--urgent.is-here")).to_be_visible()


@DOORS
def test_all_on_one_page_is_kept_and_takes_answers_in_any_order(visit: Open, door: str) -> None:
    one = _open(visit, door)
    one.find(".tree__mode").click()
    one.page.reload()
    assert one.find(".question:visible").count() == 4
    assert one.find(".outcome:visible").count() == 3
    one.find("#route--days a.answer[data-answer='within']").click()
    assert "是什么事" in one.find(".tree__told").inner_text()
    assert _answered(one) == []
    one.find("#route--kind a.answer[data-answer='ours']").click()
    one.find("#route--people a.answer[data-answer='6..']").click()
    expect(one.find(WAIT)).to_be_focused()
    assert len(_answered(one)) == 3
    one.find("#route--kind a.answer[data-answer='other']").click()
    assert "来了几个人？" in one.find(".tree__told").inner_text()
    one.find(".tree__mode").click()
    assert one.find(".question:visible, .outcome:visible").count() == 1
    expect(one.find(".is-here")).to_be_focused()
    assert one.page.evaluate("Object.keys(localStorage).filter(key => key.includes('tree'))") == [
        "xinfang-guide:tree-mode"
    ]
    assert one.page.url == f"{one.root}/{PAGE}"


def test_storage_that_is_forbidden_costs_only_the_memory(visit: Open) -> None:
    deny = "Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError'); }"
    one = _open(visit, start=deny)
    one.find(".tree__mode").click()
    expect(one.find(".portal-note--wrong")).to_be_visible()
    assert one.find(".question:visible").count() == 4


def test_state_of_an_older_version_is_no_state(visit: Open) -> None:
    one = _open(visit)
    one.page.evaluate("history.replaceState({'tree-route': {here: 'route--days', steps: []}}, '')")
    one.page.reload()
    expect(one.find("#route--kind.is-here")).to_be_visible()


def test_two_answers_before_the_next_picture_are_two_steps_back(visit: Open) -> None:
    one = _open(visit)
    one.page.evaluate(
        "['other', 'ours'].forEach(answer => document.querySelector(`.is-here [data-answer=${answer}]`).click())"
    )
    look(one.page)
    expect(one.find("#route--people.is-here")).to_be_focused()
    assert one.find("a.is-chosen").count() == 1
    one.page.go_back()
    look(one.page)
    assert one.find("#route--kind a.is-chosen").get_attribute("data-answer") == "other"
    one.page.go_back()
    look(one.page)
    expect(one.find("#route--kind.is-here")).to_be_visible()
    assert one.find("a.is-chosen").count() == 0


# ---- typing


def test_a_number_picks_its_range(visit: Open) -> None:
    one = _open(visit)
    _tap(one, "ours")
    ranges = {"1": "1..5", "5": "1..5", "6": "6..", " 12 ": "6..", "１２": "6..", "999999999": "6.."}
    for typed, answer in ranges.items():
        one.find("#route--people-own").fill(typed)
        assert one.find("a.answer.is-picked").get_attribute("data-answer") == answer, typed
        assert (
            one.find("a.answer.is-picked .answer__label").inner_text()
            in one.find("#route--people-own-said").inner_text()
        )
        one.page.keyboard.press("Enter")
        look(one.page)
        assert f"填的是 {typed.strip()} 人" in _answered(one)[1]
        assert one.page.evaluate("document.activeElement.matches('.is-here')")
        one.page.go_back()


def test_what_is_no_number_is_refused_in_words(visit: Open) -> None:
    one = _open(visit)
    _tap(one, "ours")
    for typed in ("", "0", "-3", "1.5", "1e3", "三", "<b>9</b>", "9" * 100_000, "😀"):
        one.find("#route--people-own").fill(typed)
        one.page.keyboard.press("Enter")
        expect(one.find("#route--people-own-said")).to_contain_text("整数")
        expect(one.find("#route--people-own")).to_be_focused()
        assert one.find("#route--people-own").get_attribute("aria-invalid") == "true"
    one.find("#route--people-own").fill("3")
    assert one.find("#route--people-own").get_attribute("aria-invalid") == "false"


@DOORS
@pytest.mark.parametrize(
    ("day", "answer"),
    [(LAST_WITHIN, "within"), (LAST_WITHIN - timedelta(days=1), "past"), (date.fromisoformat(TODAY), "within")],
)
def test_a_day_is_counted_from(visit: Open, door: str, day: date, answer: str) -> None:
    one = _open(visit, door)
    _tap(one, "ours", "6..")
    one.find("#route--days-own").fill(day.isoformat())
    assert one.find("a.answer.is-picked").get_attribute("data-answer") == answer
    one.find("#route--days .question__own button").click()
    assert str(day + timedelta(days=60)) in one.find(".tree__told").inner_text()
    assert str(day) in one.find(".tree__told .day").all_inner_texts(), "a day is not broken in two"
    assert str(day) in _answered(one)[-1]
    assert one.find(".outcome.is-here").get_attribute("data-outcome") == ("wait" if answer == "within" else "urge")


def test_a_day_nobody_can_count_from_is_refused_in_words(visit: Open) -> None:
    one = _open(visit)
    _tap(one, "ours", "6..")
    reasons = {"": "完整的日子", "2026-06-02": "还没有到", "1948-12-31": "1949", "0026-03-02": "1949"}
    for day, why in reasons.items():
        one.find("#route--days-own").fill(day)
        one.find("#route--days .question__own button").click()
        expect(one.find("#route--days-own-said.is-wrong")).to_contain_text(why)
        expect(one.find("#route--days.is-here")).to_be_visible()


def test_without_script_nothing_is_offered_that_needs_it(visit: Open) -> None:
    one = visit(script=False)
    one.open(PAGE)
    assert one.find(".tree button, .tree form, .tree input").count() == 0
    assert one.find(".question:visible").count() == 4


# ---- on paper

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="没有 pdftotext")


def _pdf(one: Reader, target: Path) -> tuple[str, list[tuple[int, int]]]:
    """Text without white space, and the size of every page in points."""
    one.page.pdf(path=str(target), prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-raw", str(target), "-"], check=True, capture_output=True, text=True).stdout
    info = subprocess.run(["pdfinfo", "-l", "9", str(target)], check=True, capture_output=True, text=True).stdout
    sizes = [(round(float(w)), round(float(h))) for w, h in re.findall(r"size:\s+([\d.]+) x ([\d.]+)", info)]
    return re.sub(r"\s+", "", text), sizes


@needs_poppler
def test_the_result_is_printed_with_answers_reasons_articles_date_and_version(visit: Open, tmp_path: Path) -> None:
    one = _open(visit, size=DESK, start=STUB_PRINT)
    _tap(one, "ours")
    one.find("#route--people-own").fill("8")
    one.page.keyboard.press("Enter")
    _tap(one, "past")
    one.find(".tree__end button").first.click()
    assert one.page.evaluate("window.printed") == 1
    text, sizes = _pdf(one, tmp_path / "result.pdf")
    version = one.find(".tree").get_attribute("data-hash")
    for word in (
        "走哪条路",
        "是什么事？",
        "本机关的事",
        "只看眼前这一件。",
        "归我们管的",
        "第一条",
        "填的是8人",
        "催办",
        "报负责人",
    ):
        assert word in text, word
    for word in (TODAY, version or "?", "2026年5月1日", "第三条"):
        assert word in text, word
    for word in ("别的机关的事", "搜索", "转到另一台手机", "从头再问", "当面登记"):
        assert word not in text, word
    assert sizes == [(595, 842)]


@needs_poppler
def test_the_whole_tree_is_printed_without_the_rest_of_the_page(visit: Open, tmp_path: Path) -> None:
    one = _open(visit, size=DESK, start=STUB_PRINT)
    _tap(one, "ours")
    one.find(".tree__outline summary").click()
    one.find(".tree__outline .tree__tools button").click()
    text, sizes = _pdf(one, tmp_path / "text.pdf")
    for word in ("走哪条路", "问题1是什么事？", "别的机关的事", "→问题2", "六人以上", "结果转送", "结果催办"):
        assert word in text, word
    for word in ("接待室", "搜索", "✓", "看全图", "或者直接填"):
        assert word not in text, word
    assert set(sizes) == {(595, 842)}


@needs_poppler
def test_the_poster_is_one_page(visit: Open, tmp_path: Path) -> None:
    one = _open(visit, size=DESK, start=STUB_PRINT)
    one.find(".tree__map summary").click()
    one.page.get_by_role("button", name="打印成海报").click()
    text, sizes = _pdf(one, tmp_path / "poster.pdf")
    assert len(sizes) == 1
    assert sorted(sizes[0]) == [842, 1191], "A3"
    for word in ("走哪条路", "问题1是什么事？", "【别的机关的事】", TODAY):
        assert word in text, word
    one.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert one.find(".tree-sheet").count() == 0


@needs_poppler
def test_a_poster_too_small_to_read_goes_on_several_sheets_and_cuts_no_box(visit: Open, tmp_path: Path) -> None:
    one = _open(visit, size=DESK, start=STUB_PRINT)
    one.find(".tree__map summary").click()
    one.page.evaluate("document.querySelector('svg.map').setAttribute('width', 6000)")
    one.page.get_by_role("button", name="打印成海报").click()
    cuts = """() => Array.from(document.querySelectorAll('.tree-sheet svg.map'), map => map.getAttribute('viewBox').split(' ').map(Number))"""
    pieces = one.page.evaluate(cuts)
    assert len(pieces) == 1, "wide, but not high: one sheet in full width"
    one.page.evaluate("document.querySelector('.tree__map svg.map').setAttribute('width', 300)")
    one.page.evaluate("document.querySelector('.tree__map svg.map').setAttribute('height', 3000)")
    one.page.get_by_role("button", name="打印成海报").click()
    pieces = one.page.evaluate(cuts)
    boxes = one.page.evaluate(
        "Array.from(document.querySelectorAll('.tree__map svg.map rect'), box => [+box.getAttribute('y'), +box.getAttribute('height')])"
    )
    ends = [top + height for _, top, _, height in pieces]
    assert len(pieces) > 3 and ends[-1] == 3000
    assert [piece[1] for piece in pieces[1:]] == ends[:-1], "nothing is left out"
    assert [(top, end) for end in ends for top, height in boxes if top < end < top + height] == []
    text, sizes = _pdf(one, tmp_path / "poster.pdf")
    assert len(sizes) == len(pieces)
    for number in range(1, len(pieces) + 1):
        assert f"走哪条路第{number}张，共{len(pieces)}张" in text


def test_the_map_shows_the_whole_or_where_the_reader_stands(visit: Open) -> None:
    one = _open(visit)
    _tap(one, "ours")
    one.find(".tree__map summary").click()
    frame, drawn = one.find(".map-frame"), one.find("svg.map")
    one.page.get_by_role("button", name="缩小，看整张图").click()
    assert drawn.evaluate("map => map.getBoundingClientRect().width") <= frame.evaluate("frame => frame.clientWidth")
    one.page.get_by_role("button", name="放大，看我在哪里").click()
    assert drawn.evaluate("map => map.getBoundingClientRect().width") == float(drawn.get_attribute("width") or 0)
    expect(one.find(".map .is-you rect")).to_be_in_viewport()


def test_the_picture_stands_by_itself(visit: Open) -> None:
    one = _open(visit)
    one.find(".tree__map summary").click()
    with one.page.expect_download() as download:
        one.find(".tree__map .tree__tools button").last.click()
    assert download.value.suggested_filename == "route.svg"
    picture = ET.fromstring(download.value.path().read_text("utf-8"))
    names = {part.tag.partition("}")[2] for part in picture.iter()}
    assert names == {"svg", "g", "rect", "text", "path", "style"}
    drawn = "".join(picture.itertext())
    for word in ("走哪条路", "哪天收到的？", "【六人以上】", "转送", TODAY):
        assert word in drawn
    assert not [key for part in picture.iter() for key in part.attrib if "href" in key or key.startswith("on")]


# ---- handing on


def _saved(one: Reader, target: Path) -> Path:
    with one.page.expect_download() as download:
        one.find(".tree__end button").last.click()
    assert download.value.suggested_filename == "回答-route.json"
    download.value.save_as(target)
    return target


@DOORS
def test_a_file_hands_the_answers_on(visit: Open, door: str, tmp_path: Path) -> None:
    one = _open(visit, door)
    _tap(one, "ours")
    one.find("#route--people-own").fill("3")
    one.page.keyboard.press("Enter")
    _tap(one, "no")
    one.find("#route--days-own").fill(LAST_WITHIN.isoformat())
    one.page.keyboard.press("Enter")
    file = _saved(one, tmp_path / "answers.json")
    other = _open(visit, door)
    other.find(".tree input[type=file]").set_input_files(file)
    expect(other.find(WAIT)).to_be_focused()
    assert _answered(other) == _answered(one)
    assert "核对" in other.find(".tree__told").inner_text()
    other.page.clock.set_fixed_time("2026-06-09T09:00:00+08:00")
    other.find(".tree input[type=file]").set_input_files(file)
    expect(other.find("#route--urge.is-here")).to_be_visible()
    assert "重新算过：哪天收到的？" in other.find(".tree__told").inner_text()


def _file(**changes: object) -> str:
    rows = [{"question": "kind", "answer": "ours"}, {"question": "people", "answer": "6.."}]
    content = {"format": "xinfang-guide/answers", "version": 1, "tree": "route", "hash": "0", "answers": rows}
    return json.dumps({**content, **changes}, ensure_ascii=False)


EVIL = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"
BAD = {
    "not json": "回答",
    "cut off": _file()[:-9],
    "a list": "[1]",
    "nothing": "null",
    "foreign": json.dumps({"name": "别的程序", "items": [1]}),
    "from the future": _file(version=2),
    "rows of another kind": _file(answers=[1, None, {"question": 1}]),
    "too many": _file(answers=[{"question": "kind", "answer": "ours"}] * 101),
    "markup for an id": _file(tree=EVIL),
    "markup for what was typed": _file(answers=[{"question": "people", "answer": "6..", "given": EVIL}]),
    "another tree": _file(tree="which-route"),
    "huge": _file(title="好" * 200_000),
}


def test_a_bad_file_is_refused_in_words_and_costs_nothing(visit: Open, tmp_path: Path) -> None:
    one = _wait(_open(visit))
    for name, content in BAD.items():
        (tmp_path / "bad.json").write_text(content, "utf-8")
        one.find(".tree input[type=file]").set_input_files(tmp_path / "bad.json")
        expect(one.find(".portal-note--wrong"), name).to_contain_text("回答")
        one.find(".portal-note button").click()
        expect(one.find(WAIT)).to_be_visible()
        assert len(_answered(one)) == 4
        assert one.page.evaluate("window.hacked") is None


def test_an_old_file_is_taken_as_far_as_it_fits_and_markup_in_it_is_nothing(visit: Open, tmp_path: Path) -> None:
    rows = [
        {"question": "kind", "answer": "ours", "ask": EVIL, "label": EVIL},
        {"question": "gone", "answer": "yes"},
        {"question": "__proto__", "answer": "constructor"},
        {"question": "people", "answer": "toString"},
        {"question": "days", "answer": "within"},
    ]
    (tmp_path / "old.json").write_text(_file(answers=rows, title=EVIL, reviewed=EVIL), "utf-8")
    one = _open(visit)
    one.find(".tree input[type=file]").set_input_files(tmp_path / "old.json")
    expect(one.find("#route--people.is-here")).to_be_focused()
    told = one.find(".tree__told").inner_text()
    assert "3 个回答对不上" in told
    assert "用不上：哪天收到的？" in told
    assert "改过" in told
    assert _answered(one) == ["是什么事？ — 本机关的事"]
    assert one.page.evaluate("window.hacked") is None


def _link(one: Reader) -> str:
    """What the code says: the library is asked to tell."""
    one.page.evaluate("""() => new Promise(done => {
        const script = document.createElement('script');
        script.src = '../../assets/vendor/qrcode/qrcode.js';
        script.onload = done;
        document.head.append(script);
    })""")
    one.page.evaluate("""() => {
        const real = window.qrcode;
        window.qrcode = (...all) => {
            const code = real(...all), add = code.addData;
            code.addData = (text, mode) => { window.coded = text; add.call(code, text, mode); };
            return code;
        };
    }""")
    one.find(".tree__end button").nth(1).click()
    expect(one.find(".tree__code-title")).to_be_focused()
    link: str = one.page.evaluate("window.coded")
    return link


def test_a_code_hands_the_answers_on_and_leaves_no_trace_in_the_address(visit: Open) -> None:
    one = _wait(_open(visit))
    link = _link(one)
    assert link.startswith(f"{one.root}/{PAGE}#answers=")
    assert len(link) < 400
    assert one.find(".tree__code svg path").get_attribute("d")
    one.find(".tree__code button").click()
    assert one.page.evaluate("document.activeElement === document.querySelectorAll('.tree__end button')[1]")
    other = visit()
    other.page.goto(link)
    expect(other.find(WAIT)).to_be_visible()
    assert _answered(other) == _answered(one)
    clean = f"{other.root}/{PAGE}"
    assert other.page.evaluate("location.href") == clean
    assert "answers" not in other.page.title()
    other.page.go_back()
    assert other.page.evaluate("location.href") == clean
    expect(other.find("#route--kind.is-here")).to_be_visible()
    other.page.evaluate("link => { location.href = link; }", link)
    expect(other.find(WAIT)).to_be_visible()
    assert other.page.evaluate("location.href") == clean


def test_a_damaged_code_is_refused_in_words(visit: Open) -> None:
    one = visit()
    for damage in ("", "%%%", "e30", "bnVsbA", "A" * 300_000):
        one.page.goto("about:blank")
        one.page.goto(f"{one.root}/{PAGE}#answers={damage}")
        expect(one.find(".portal-note--wrong")).to_be_visible()
        expect(one.find("#route--kind.is-here")).to_be_visible()
        assert one.page.evaluate("location.href") == f"{one.root}/{PAGE}"


def test_from_a_folder_there_is_a_file_and_no_code(visit: Open) -> None:
    one = _wait(_open(visit, "file"))
    assert one.find(".tree__end button").all_inner_texts() == ["打印结果", "存成文件"]


# ---- everyone

_STATES = ("start", "typed wrong", "changing", "outcome with code", "all on one page")


def _bring(one: Reader, state: str) -> None:
    if state == "typed wrong":
        _tap(one, "ours")
        one.find("#route--people-own").fill("x")
        one.page.keyboard.press("Enter")
    elif state != "start":
        _wait(one)
    if state == "changing":
        one.find("button.tree__change").nth(1).click()
    if state == "outcome with code":
        one.find(".tree__end button").nth(1).click()
        one.find(".tree__code svg").wait_for()
    if state == "all on one page":
        one.find(".tree__mode").click()


@pytest.mark.parametrize("elder", [False, True], ids=["plain", "elder"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_width_and_targets_in_every_state(visit: Open, scheme: str, elder: bool) -> None:
    for state in _STATES:
        one = _open(visit, scheme=scheme, size={"width": 320, "height": 640})
        if elder:
            one.find(".everyone-button").first.click()
        _bring(one, state)
        one.page.evaluate("scrollTo(0, 0)")  # what the header covers would count as a small target
        assert blemishes(one) == [], state
        for width in (320, 360, 768, 1440):
            one.page.set_viewport_size({"width": width, "height": 740})
            assert one.page.evaluate("document.documentElement.scrollWidth") <= width, (state, width)
        small = one.find(".tree button:visible, .tree input:visible, .tree a.answer:visible").evaluate_all(
            "spots => spots.filter(spot => spot.getBoundingClientRect().height < 43.9 || "
            "spot.getBoundingClientRect().width < 43.9).map(spot => spot.outerHTML)"
        )
        assert not small, (state, small)


def test_by_keyboard_alone(visit: Open) -> None:
    one = _open(visit, size=DESK)

    def tab_to(selector: str) -> None:
        for _ in range(40):
            one.page.keyboard.press("Tab")
            if one.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                outline = "getComputedStyle(document.activeElement).outlineStyle"
                assert one.page.evaluate(outline) != "none", selector
                return
        raise AssertionError(selector)

    one.find("#route--kind").focus()
    tab_to("a.answer[data-answer=ours]")
    one.page.keyboard.press("Enter")
    tab_to("#route--people-own")
    one.page.keyboard.type("7")
    one.page.keyboard.press("Enter")
    tab_to("a.answer[data-answer=unsure]")
    one.page.keyboard.press("Enter")
    expect(one.find(WAIT)).to_be_focused()
    tab_to(".tree__end button:nth-child(2)")
    one.page.keyboard.press("Enter")
    expect(one.find(".tree__code-title")).to_be_focused()
    tab_to(".tree__code button")
    one.page.keyboard.press("Enter")
    one.find(".tree__mode").focus()
    one.page.keyboard.press("Enter")
    tab_to("button.tree__change")
    one.page.keyboard.press("Enter")
    expect(one.find("#route--kind.is-here")).to_be_focused()
