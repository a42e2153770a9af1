"""A checklist as a run: ticked, noted, timed, kept, joined, reported, handed over; over http and from a folder."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Download, expect

from browser.axe import blemishes
from browser.runs import (
    ITEMS,
    LONG,
    PAGE,
    PHASES,
    answer,
    begin,
    build_runs,
    button,
    more,
    note,
    skip,
    start,
    states,
    stored,
    tick,
)
from browser.watch import DESK, PHONE, Open, Reader, Site, look, serve

DOORS = pytest.mark.parametrize("door", ["http", "file"])
DONE = "完成 hh:mm 李W（接待员）"
AWAKE = """window.awake = 0; Object.defineProperty(navigator, 'wakeLock', {value: {request: async () => {
    window.awake += 1; return {release: () => { window.awake -= 1; }}; }}});"""
HOSTILE = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"


@pytest.fixture(scope="module")
def small_sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Site]]:
    """Both editions of the small library, served."""
    folders = build_runs(tmp_path_factory.mktemp("runs"))
    with ExitStack() as stack:
        yield {name: Site(folder, stack.enter_context(serve(folder))) for name, folder in folders.items()}


@pytest.fixture
def open_reader(chromium: Browser, small_sites: dict[str, Site]) -> Iterator[Open]:
    """Opens readers of the small site; at the end none may have met anything bad."""
    readers: list[Reader] = []

    def reader(edition: str = "staff", door: str = "http", **settings: Any) -> Reader:
        readers.append(Reader(chromium, small_sites[edition], door, **settings))
        return readers[-1]

    yield reader
    for one in readers:
        one.close()
    assert [bad for one in readers for bad in one.bad] == []


def ago(minutes: int) -> str:
    """A time for the start field."""
    return (datetime.now() - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")


def downloaded(one: Reader, name: str) -> bytes:
    """What a button saves."""
    with one.page.expect_download() as caught:
        button(one, name)
    download: Download = caught.value
    assert re.fullmatch(r"checklist-[a-z-]+-[\d-]+\.(json|csv|html)", download.suggested_filename)
    return Path(download.path()).read_bytes()


def give(one: Reader, content: bytes) -> None:
    """Import a file on the page of all runs."""
    one.find("input[type=file]").set_input_files(
        {"name": "run.json", "mimeType": "application/json", "buffer": content}
    )


def a_file(one: Reader) -> dict[str, Any]:
    """A run as a file: one item ticked."""
    start(one)
    tick(one, 1)
    more(one, "看报告")
    return dict(json.loads(downloaded(one, "存成文件（可以导入）")))


class TestRun:
    @DOORS
    def test_a_tick_without_a_run_begins_one_and_is_there_after_a_reload(self, open_reader: Open, door: str) -> None:
        one = open_reader(door=door)
        one.open(PAGE)
        one.quiet()
        item = one.find("li.item").nth(2)
        item.scroll_into_view_if_needed()
        before = item.bounding_box()
        tick(one, 3)
        after = item.bounding_box()
        assert before and after and abs(before["y"] - after["y"]) <= 1, "nothing moves under the finger"
        height = one.page.evaluate("document.documentElement.scrollHeight")
        assert one.page.evaluate("document.activeElement.matches('li.item input')")
        expect(one.find(".portal-note")).to_contain_text("开始记录")
        tick(one, 4)
        assert one.page.evaluate("document.documentElement.scrollHeight") == height, (
            "the state stands beside the buttons"
        )
        one.page.reload()
        assert [one.find("li.item input").nth(at).is_checked() for at in range(5)] == [False, False, True, True, False]

    def test_two_ticks_before_the_next_picture_begin_one_run_that_a_reload_keeps(self, open_reader: Open) -> None:
        one = open_reader()
        one.open(PAGE)
        one.quiet()
        with one.page.expect_navigation():
            one.page.evaluate(
                """() => {
                    const ticks = document.querySelectorAll('li.item .item__do input');
                    [0, 1, 2, 2].forEach(at => ticks[at].click());
                    location.reload();
                }"""
            )
        ticks = one.find("li.item .item__do input")
        for at, ticked in enumerate([True, True, False, False]):
            expect(ticks.nth(at)).to_be_checked(checked=ticked)
        assert len([key for key in stored(one) if key.startswith("run:")]) == 1

    def test_a_tick_taken_back_before_the_next_picture_is_taken_back(self, open_reader: Open) -> None:
        one = open_reader()
        start(one)
        one.page.evaluate("[0, 0, 1].forEach(at => document.querySelectorAll('li.item .item__do input')[at].click())")
        look(one.page)
        assert states(one) == [f"2 {DONE}"]

    @DOORS
    def test_from_start_to_reload(self, open_reader: Open, door: str) -> None:
        one = open_reader(door=door)
        start(one)
        address, title, asked = one.page.url, one.page.title(), len(one.requests)
        tick(one, 1)
        skip(one, 2, "没有人受伤")
        note(one, 3, f"{HOSTILE} 😀")
        button(one, "说出来了，确认，一、接班（争取 10 分钟内）")
        expected = [f"1 {DONE}", "2 不适用 hh:mm 李W（接待员）：没有人受伤", f"3 hh:mm 李W（接待员）：{HOSTILE} 😀"]
        assert states(one) == expected
        assert (one.page.url, one.page.title(), one.requests[asked:]) == (address, title, [])
        one.page.reload()
        expect(one.find(".run-bar__name")).to_have_text("东门 · 2/5 条")
        assert states(one) == expected
        assert "李W" in one.find(".run-confirmed").inner_text()
        assert one.find("li.item img, li.item script").count() == 0

    def test_undo_takes_back_one_step_after_another_also_after_a_reload(self, open_reader: Open) -> None:
        one = open_reader()
        start(one)
        tick(one, 1)
        tick(one, 4)
        tick(one, 4)
        note(one, 3, "看过")
        assert states(one) == [f"1 {DONE}", "3 hh:mm 李W（接待员）：看过"]
        one.page.reload()
        for expected in ([f"1 {DONE}"], [f"1 {DONE}", f"4 {DONE}"], [f"1 {DONE}"], []):
            button(one, "撤销")
            assert states(one) == expected

    def test_without_script_the_page_is_the_checklist(self, open_reader: Open) -> None:
        one = open_reader(script=False)
        one.open(PAGE)
        assert one.find("li.item").count() == 5
        assert one.find("article button, .run-start").count() == 0
        one.open("runs.html")
        assert one.find(".runs-lists a").count() == 3

    def test_a_public_checklist_runs_too_and_names_nobody_of_the_staff(self, open_reader: Open) -> None:
        one = open_reader("public")
        one.open(LONG)
        assert one.find("[data-phones], a[href$='runs.html']").count() == 0
        button(one, "开始记录")
        button(one, "开始")
        tick(one, 1)
        expect(one.find(".run-bar__name")).to_contain_text("1/200")

    def test_the_role_filter_keeps_the_numbers(self, open_reader: Open) -> None:
        one = open_reader()
        start(one)
        one.page.get_by_label("只看哪个岗位").select_option("负责人")
        assert one.find("li.item:visible .item__number").all_inner_texts() == ["5."]

    def test_critical_items_stand_on_top_and_are_the_same_items(self, open_reader: Open) -> None:
        one = open_reader()
        start(one)
        one.find(".run-critical input").check()
        assert states(one) == [f"1 {DONE}"]
        tick(one, 1)
        assert not one.find(".run-critical input").is_checked()

    def test_duty_phones_are_dialled_by_a_tap(self, open_reader: Open) -> None:
        one = open_reader()
        start(one, LONG)
        button(one, "电话")
        assert one.find("dialog a").get_attribute("href") == "tel:00000000001"
        one.page.keyboard.press("Escape")
        expect(one.find("dialog")).to_have_count(0)

    def test_exact_words_are_large(self, open_reader: Open) -> None:
        one = open_reader()
        one.open(PAGE)
        size = "parseFloat(getComputedStyle(document.querySelector('.say')).fontSize)"
        before = one.page.evaluate(size)
        begin(one)
        assert one.page.evaluate(size) >= before * 1.25

    def test_two_runs_of_one_checklist(self, open_reader: Open) -> None:
        one = open_reader()
        one.page.context.add_init_script(AWAKE)
        start(one, name="东门")
        tick(one, 1)
        assert one.page.evaluate("window.awake") == 1, "the screen stays on while a run is open"
        more(one, "收起（记录还在）")
        assert one.page.evaluate("window.awake") == 0
        begin(one, name="西门")
        tick(one, 2)
        one.open("runs.html")
        assert sorted(one.find(".run-row__name").all_inner_texts()) == ["东门", "西门"]
        one.page.get_by_role("link", name="打开：东门").click()
        expect(one.find(".run-bar__name")).to_have_text("东门 · 1/5 条")
        assert states(one) == [f"1 {DONE}"]
        assert one.page.url.endswith("#checklist-zq-crowd"), "the place on the page, and nothing of the run"

    def test_the_end_asks_for_what_is_open(self, open_reader: Open) -> None:
        one = open_reader()
        start(one)
        more(one, "结束记录")
        expect(one.find("dialog")).to_contain_text("还有 5 条没有做，1 个停顿点没有确认。其中关键的：第 1 条。")
        one.find("dialog").get_by_role("button", name="存下").click()
        expect(one.find("dialog [role=alert]")).to_have_text("请写一句原因。")
        answer(one, "演练")
        expect(one.find(".run-bar__name")).to_contain_text("已结束")
        assert one.find("li.item input:disabled").count() == 5
        more(one, "重新打开")
        tick(one, 1)

    def test_a_pause_point_passed_over_is_shown(self, open_reader: Open) -> None:
        one = open_reader()
        start(one, LONG)
        tick(one, ITEMS + 1)
        expect(one.find(".run-confirmed").first).to_have_text("这里还没有确认")
        expect(one.find(".run-live")).to_contain_text("停顿点还没有确认")


class TestTime:
    @pytest.mark.parametrize(
        ("minutes", "level", "text"),
        [(1, "on", "还剩 [6-9] 分钟"), (8, "near", "还剩 [12] 分钟"), (13, "over", "超时 [3-6] 分钟")],
    )
    def test_the_time_box_runs_from_the_stored_start(
        self, open_reader: Open, minutes: int, level: str, text: str
    ) -> None:
        one = open_reader()
        start(one, when=ago(minutes))
        for _ in range(2):
            expect(one.find(".phase .run-time")).to_have_class(f"run-time run-time--{level}")
            expect(one.find(".run-bar__time")).to_contain_text(re.compile(text))
            one.page.reload()

    def test_the_next_box_begins_when_the_pause_is_confirmed(self, open_reader: Open) -> None:
        one = open_reader()
        start(one, LONG, when=ago(13))
        clocks = one.find(".phase .run-time span")
        expect(clocks.nth(1)).to_have_text("还没开始计时。")
        one.find(".run-confirm").first.click()
        expect(clocks.first).to_have_text(re.compile(r"用了 1[34] 分钟，超时 [34] 分钟"))
        expect(clocks.nth(1)).to_contain_text(re.compile("还剩 (9|10) 分钟"))

    @pytest.mark.parametrize(("jump", "text"), [(3600, "往前跳了 1 小时"), (-7200, "往回拨了 2 小时")])
    def test_a_changed_clock_is_noticed_and_loses_nothing(self, open_reader: Open, jump: int, text: str) -> None:
        one = open_reader()
        start(one)
        tick(one, 1)
        one.page.evaluate("jump => { const now = Date.now; Date.now = () => now() + jump * 1000; }", jump)
        tick(one, 1)
        tick(one, 2)
        assert states(one) == [f"2 {DONE}"], "what came later counts, whatever the clock says"
        expect(one.find(".run-says .run-warn:visible")).to_contain_text(text)
        more(one, "看报告")
        expect(one.find(".run-report .run-warn")).to_contain_text(text)

    @pytest.mark.parametrize(("when", "text"), [("", "要有年月日"), ("2099-01-01T00:00", "还没到")])
    def test_a_start_that_cannot_be(self, open_reader: Open, when: str, text: str) -> None:
        one = open_reader()
        one.open(PAGE)
        button(one, "开始记录")
        one.page.get_by_label("开始时间").fill(when)
        button(one, "开始")
        expect(one.find("dialog [role=alert]")).to_contain_text(text)


class TestKept:
    @DOORS
    def test_two_tabs_stay_in_step_and_lose_nothing(self, open_reader: Open, door: str) -> None:
        one = open_reader(door=door)
        start(one)
        other = open_reader(door=door)
        other.page = one.page.context.new_page()
        other.open(PAGE)
        other.find(".run-continue").click()
        tick(one, 1)
        expect(other.find("#zq-crowd--come .item__state")).to_contain_text("完成")
        tick(other, 2)
        expect(one.find("#zq-crowd--look .item__state")).to_contain_text("完成")
        for reader, far, said in ((one, other, "完成"), (other, one, ""), (one, other, "完成")):
            tick(reader, 3)
            expect(far.find("#zq-crowd--ring .item__state")).to_have_text(re.compile(f"^{said}( |$)"))
        assert states(one) == states(other)

    def test_both_tabs_write_at_once(self, open_reader: Open) -> None:
        one = open_reader()
        start(one)
        lost = """() => {
            const run = portal.runs[0].run, far = portal.run.check({...portal.run.toFile(run)}).run;
            portal.run.add(far, "s", "look", "done", "far").i = "farx" + "tab-9";
            portal.store.write("run:" + run.id, {format: "xinfang-guide-run", version: 1, ...far});
        }"""
        one.page.evaluate(lost)
        tick(one, 3)
        one.page.reload()
        assert [row[:1] for row in states(one)] == ["2", "3"]

    @pytest.mark.parametrize(
        ("how", "text"),
        [
            ("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }", "存储满了"),
            (
                "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); }})",
                "无痕模式",
            ),
        ],
    )
    def test_where_nothing_can_be_stored_the_run_goes_on_and_says_so(
        self, open_reader: Open, how: str, text: str
    ) -> None:
        one = open_reader()
        one.page.context.add_init_script(how)
        start(one)
        expect(one.find(".portal-note--wrong")).to_contain_text(text)
        one.find(".portal-note button").click()
        tick(one, 1)
        assert states(one) == [f"1 {DONE}"]
        assert one.find(".portal-note").count() == 0, "told once, then shown where the run is"
        expect(one.find(".run-says .run-warn").first).to_contain_text("只在这个窗口里")
        more(one, "看报告")
        assert json.loads(downloaded(one, "存成文件（可以导入）"))["events"]
        one.bad[:] = [
            bad for bad in one.bad if "SecurityError" not in bad
        ]  # the theme's own, from its switch of colours

    def test_the_source_changed_since(self, open_reader: Open) -> None:
        one = open_reader()
        file = a_file(one)
        file |= {"hash": "0123456789ab", "id": "abcdefgh2345"}
        file["texts"] |= {"look": "看旧记录", "gone": "已经没有的一条"}
        file["events"].append(
            {"i": "abcdxyz-9", "o": file["started"] + 9, "t": file["started"] + 9, "k": "s", "x": "gone", "v": "done"}
        )
        one.open("runs.html")
        give(one, json.dumps(file).encode())
        button(one, "接收")
        expect(one.find(".run-row .run-warn")).to_have_text("清单在开始记录以后改过。")
        one.page.locator(".run-row", has=one.find(".run-warn")).locator(
            "a"
        ).click()  # its twin began in the same moment
        expect(one.find(".run-says")).to_contain_text("第 2 条当时写的是：看旧记录")
        expect(one.find(".run-says")).to_contain_text("已经没有的一条（完成")
        assert states(one) == [f"1 {DONE}"]

    def test_delete_one_and_clear_all(self, open_reader: Open) -> None:
        one = open_reader()
        for name in ("甲", "乙", "丙"):
            start(one, name=name)
            more(one, "收起（记录还在）")
        one.page.on("dialog", lambda box: box.accept())
        one.open("runs.html")
        one.page.locator(".run-row", has_text="乙").get_by_role("button", name="删除").click()
        assert sorted(one.find(".run-row__name").all_inner_texts()) == ["丙", "甲"]
        button(one, "清除全部清单记录")
        assert stored(one) == []
        expect(one.find(".runs")).to_contain_text("还没有清单记录")

    def test_deleted_in_another_tab(self, open_reader: Open) -> None:
        one = open_reader()
        start(one)
        other = one.page.context.new_page()
        other.goto(f"{one.root}/runs.html")
        other.on("dialog", lambda box: box.accept())
        other.get_by_role("button", name="删除").click()
        expect(one.find(".portal-note")).to_contain_text("另一个窗口里删除")
        assert stored(one) == ["run-device", "run-me"]

    def test_a_damaged_record_is_named_not_hidden(self, open_reader: Open) -> None:
        one = open_reader()
        one.open("runs.html")
        one.page.evaluate("portal.store.write('run:zz', {format: 1})")
        one.page.reload()
        expect(one.find(".run-row")).to_contain_text("读不出来")


class TestExport:
    def test_json_goes_to_another_device(self, open_reader: Open) -> None:
        one = open_reader()
        content = json.dumps(a_file(one)).encode()
        other = open_reader(door="file")
        other.open("runs.html")
        give(other, content)
        expect(other.find("dialog")).to_contain_text("《门口清单》，东门")
        button(other, "接收")
        other.page.get_by_role("link", name="打开：东门").click()
        expect(other.find(".run-bar__name")).to_have_text("东门 · 1/5 条")
        assert states(other) == [f"1 {DONE}"]

    def test_csv_cannot_become_a_formula(self, open_reader: Open) -> None:
        one = open_reader()
        start(one, name="=1+1")
        texts = ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "＝1+1", '"; 两\n行', "照常"]
        for text in texts:
            note(one, 1, text)
            skip(one, 2, text)
            tick(one, 2)
            tick(one, 2)
        skip(one, 2, "=cmd|' /C calc'!A0")
        more(one, "看报告")
        raw = downloaded(one, "存成表格（CSV）").decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(raw)))
        assert len(rows) == 6 and all(len(row) == 10 for row in rows)
        assert [cell for row in rows for cell in row if re.match(r"[\s]*[=+\-@＝＋－＠]", cell)] == []
        assert rows[2][8] == "'=cmd|' /C calc'!A0"
        assert all(text in rows[1][9] for text in texts)

    def test_the_report_as_a_page_holds_text_only(self, open_reader: Open) -> None:
        one = open_reader()
        start(one, name=HOSTILE, place=HOSTILE)
        note(one, 1, HOSTILE)
        more(one, "看报告")
        page = downloaded(one, "存成网页").decode()
        assert page.count("&lt;img") >= 3
        assert "<img" not in page and "<script" not in page

    def test_the_report_is_printed_alone(self, open_reader: Open) -> None:
        one = open_reader(size=DESK)
        start(one)
        tick(one, 1)
        one.page.evaluate("window.print = () => { window.printed = document.body.className; }")
        more(one, "看报告")
        button(one, "打印")
        assert "print-one" in one.page.evaluate("printed")
        one.page.emulate_media(media="print")
        assert one.find(".run-report").is_visible() and not one.find("li.item").first.is_visible()

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("empty", "不是清单记录"),
            ("foreign", "不是清单记录"),
            ("list", "不是清单记录"),
            ("version", "另一个版本"),
            ("cut", "不完整"),
            ("big", "文件太大"),
            ("time", "不对的内容"),
            ("kind", "不对的内容"),
            ("state", "不对的内容"),
            ("id", "不对的内容"),
            ("array", "不对的内容"),
            ("proto", "不对的内容"),
        ],
    )
    def test_a_file_that_cannot_be_taken(self, open_reader: Open, name: str, text: str) -> None:
        one = open_reader()
        good = {"format": "xinfang-guide-run", "version": 1, "id": "abcdefgh2345", "list": "visit", "hash": "0" * 12}
        good |= {"title": "甲", "started": 1_800_000_000_000, "events": []}  # type: ignore[dict-item]
        event = {"i": "abcdxyz-1", "o": 1_800_000_000_001, "t": 1_800_000_000_001, "k": "s", "x": "greet", "v": "done"}
        files: dict[str, Any] = {
            "foreign": {"name": "x"},
            "list": [1, 2],
            "version": {**good, "version": 2},
            "time": {**good, "started": "now"},
            "kind": {**good, "events": [{**event, "k": "constructor"}]},
            "state": {**good, "events": [{**event, "v": HOSTILE}]},
            "id": {**good, "id": "../../x"},
            "array": {**good, "events": [{**event, "x": ["greet"]}]},
            "proto": {**good, "events": [{**event, "x": "__proto__"}]},
        }
        content = json.dumps(files.get(name, good)).encode()
        raw = {"empty": b"", "cut": content[:-20], "big": content + b" " * 7_000_000}.get(name, content)
        one.open("runs.html")
        before = stored(one)
        give(one, raw)
        expect(one.find(".portal-note--wrong")).to_contain_text(text)
        assert stored(one) == before

    def test_markup_in_every_field_is_text(self, open_reader: Open) -> None:
        one = open_reader()
        file = a_file(one)
        file |= {
            "id": "abcdefgh2345",
            "title": HOSTILE,
            "texts": {"come": HOSTILE, "__proto__": HOSTILE},
            "hash": "0" * 12,
            "page": HOSTILE,
        }
        base = {"o": file["started"] + 5, "t": file["started"] + 5, "b": HOSTILE, "r": HOSTILE}
        kinds = [("m", "name"), ("m", "place"), ("n", "come"), ("n", "")]
        file["events"] = [{**base, "i": f"abcdxyz-{n}", "k": k, "x": x, "v": HOSTILE} for n, (k, x) in enumerate(kinds)]
        file["events"].append({**base, "i": "abcdxyz-9", "k": "s", "x": "look", "v": "na"})
        title = one.page.title()
        one.open("runs.html")
        give(one, json.dumps(file).encode())
        button(one, "接收")
        one.find(".run-row a").first.click()
        more(one, "看报告")
        assert one.page.title() == title
        assert one.find("article img, .run-bar script, .run-report script, li.item script").count() == 0


class TestHandover:
    PARTS = """rows => portal.handover.pack(portal.run.toRow(portal.runs[0].run)).then(portal.handover.cut)"""

    def _codes(self, one: Reader, notes: int = 0) -> list[str]:
        for number in range(notes):
            one.page.evaluate(
                "n => portal.run.add(portal.runs[0].run, 'n', 'come', n + '：' + Math.random() + Math.random() + '来人', '李W')",
                number,
            )
        return list(one.page.evaluate(self.PARTS))

    def test_one_code(self, open_reader: Open) -> None:
        one = open_reader()
        start(one)
        tick(one, 1)
        (part,) = self._codes(one)
        more(one, "交给另一台手机")
        expect(one.find("dialog canvas")).to_be_visible()
        dark = "c => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 0; i < d.length; i += 4) n += d[i] < 9; return n / d.length * 4; }"
        assert 0.2 < one.find("dialog canvas").evaluate(dark) < 0.6
        other = open_reader()
        other.open(f"{PAGE}#run={part}")
        assert "#" not in other.page.url
        expect(other.find("dialog")).to_contain_text("东门")
        assert stored(other) == [], "nothing is kept before the reader says so"
        button(other, "接收")
        expect(other.find(".run-bar__name")).to_have_text("东门 · 1/5 条")
        assert states(other) == [f"1 {DONE}"]
        assert [url for url in other.requests if "run=" in url and "#run=" not in url] == []
        other.page.reload()
        assert "#" not in other.page.url and other.find("dialog[open]").count() <= 1

    def test_several_codes_in_any_order_and_twice(self, open_reader: Open) -> None:
        one = open_reader()
        start(one)
        parts = self._codes(one, notes=60)
        assert len(parts) > 4
        other = open_reader()
        for number, part in enumerate([parts[2], parts[0], parts[2], *reversed(parts[3:])]):
            page = other.page.context.new_page() if number else other.page
            page.goto(f"{other.root}/{PAGE}#run={part}")
            expect(page.locator(".portal-note")).to_contain_text(f"共 {len(parts)} 张")
        expect(page.locator(".portal-note")).to_contain_text("还差第 2 张")
        other.open("index.html")
        other.open(f"{PAGE}#run={parts[1]}")
        button(other, "接收")
        assert other.find(".item__notes li").count() == 60
        assert [key for key in stored(other) if "part" in key] == []

    @pytest.mark.parametrize("damage", ["", "1.x", "{}", "cut", "changed", "foreign"])
    def test_a_damaged_code(self, open_reader: Open, damage: str) -> None:
        one = open_reader()
        start(one)
        (part,) = self._codes(one)
        foreign = one.page.evaluate("portal.handover.pack('[1, 2]').then(portal.handover.cut)")[0]
        made = {"cut": part[:-5], "changed": part[:-1] + ("A" if part[-1] != "A" else "B"), "foreign": foreign}
        other = open_reader()
        other.open(f"{PAGE}#run={made.get(damage, damage)}")
        expect(other.find(".portal-note--wrong")).to_be_visible()
        assert stored(other) == [] and "#" not in other.page.url

    def test_a_small_code_that_unfolds_into_something_huge(self, open_reader: Open) -> None:
        one = open_reader()
        one.open(PAGE)
        bomb = "portal.handover.pack('[' + ' '.repeat(30000000)).catch(() => 'packing refused')"
        assert one.page.evaluate(bomb) and one.page.evaluate(
            """async () => {
                const stream = new Blob([new Uint8Array(30000000)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
                const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
                let text = ""; bytes.forEach(b => { text += String.fromCharCode(b); });
                const packed = "z" + btoa(text).replace(/\\+/g, "-").replace(/\\//g, "_").replace(/=+$/, "");
                return portal.handover.unpack(packed).then(() => false, () => true);
            }"""
        )

    def test_without_compression_it_goes_plain(self, open_reader: Open) -> None:
        one = open_reader()
        one.page.context.add_init_script("delete window.CompressionStream")
        start(one)
        packed = one.page.evaluate("portal.handover.pack('好😀')")
        assert packed[0] == "p" and one.page.evaluate("packed => portal.handover.unpack(packed)", packed) == "好😀"

    def test_from_a_folder_by_file_and_said_so(self, open_reader: Open) -> None:
        one = open_reader(door="file")
        start(one)
        more(one, "交给另一台手机")
        expect(one.find("dialog")).to_contain_text("从文件夹打开")
        assert one.find("dialog canvas").count() == 0
        one.page.keyboard.press("Escape")
        (part,) = self._codes(one)
        other = open_reader(door="file")
        other.open(f"{PAGE}#run={part}")
        button(other, "接收")
        assert "#" not in other.page.url

    def test_back_and_forth_between_two_devices(self, open_reader: Open) -> None:
        one, other = open_reader(), open_reader()
        start(one)
        tick(one, 1)
        other.open(f"{PAGE}#run={self._codes(one)[0]}")
        button(other, "接收")
        other.page.get_by_label("我的代号").fill("王")
        other.find("dialog").get_by_role("button", name="存下").click()
        tick(other, 2)
        tick(one, 3)
        one.open("index.html")
        one.open(f"{PAGE}#run={self._codes(other)[0]}")
        button(one, "接收")
        assert [row[:1] for row in states(one)] == ["1", "2", "3"]


class TestLarge:
    def test_200_items_and_500_notes_stay_quick(self, open_reader: Open) -> None:
        one = open_reader()
        start(one, LONG)
        assert one.find("li.item").count() == PHASES * ITEMS
        one.page.evaluate("""() => {
            const widget = portal.runs[0], names = widget.items.map(item => item.name);
            names.slice(1).forEach(name => portal.run.add(widget.run, "s", name, "done", "李"));
            for (let n = 0; n < 500; n += 1) portal.run.add(widget.run, "n", names[n % 200], "备注 " + n + "，来了几个人", "李");
            portal.run.save(widget.run);
        }""")
        one.page.reload()
        expect(one.find(".run-bar__name")).to_contain_text("199/200")
        assert one.find(".item__notes li").count() == 500
        letters = one.page.evaluate("Object.keys(localStorage).reduce((sum, key) => sum + localStorage[key].length, 0)")
        assert letters < 200_000, "a device keeps about five million: many such runs"
        taken = one.page.evaluate("""() => {
            const times = [];
            for (let n = 0; n < 9; n += 1) {
                const from = performance.now();
                document.querySelector("li.item input").click();
                times.push(performance.now() - from);
            }
            return times.sort((a, b) => a - b)[4];
        }""")
        assert taken < 60, f"a tick takes {taken:.1f} ms of script"

    def test_a_note_of_100_kb_is_refused_and_kept_in_the_field(self, open_reader: Open) -> None:
        one = open_reader()
        start(one)
        note(one, 1, "😀" * 25_000)
        expect(one.find("dialog [role=alert]")).to_contain_text("最多 20000 个字")
        assert len(one.find("dialog textarea").input_value()) == 25_000
        one.find("dialog textarea").fill("😀" * 9_000)
        one.find("dialog").get_by_role("button", name="存下").click()
        one.page.reload()
        assert one.find(".item__notes li").inner_text().endswith("😀" * 9_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_in_every_state(open_reader: Open, scheme: str) -> None:
    one = open_reader(scheme=scheme, size=PHONE)
    one.open(PAGE)
    one.quiet()
    assert blemishes(one) == []
    button(one, "开始记录")
    assert blemishes(one) == []
    button(one, "取消")
    begin(one, when=ago(9))
    assert blemishes(one) == []
    tick(one, 1)
    skip(one, 2, "没有")
    note(one, 3, "看过")
    assert blemishes(one) == []
    for name in ("看报告", "交给另一台手机", "结束记录"):
        more(one, name)
        one.page.wait_for_timeout(200)
        assert blemishes(one) == []
        one.page.keyboard.press("Escape")
    button(one, "更多")
    assert blemishes(one) == []
    one.page.keyboard.press("Escape")
    one.page.evaluate("Date.now = (now => () => now() + 7.2e6)(Date.now)")
    tick(one, 4)
    one.page.evaluate("scrollTo(0, 0)")  # a button half under the bar that stays on top is no small target
    assert blemishes(one) == []
    more(one, "收起（记录还在）")
    assert blemishes(one) == []
    one.open("runs.html")
    assert blemishes(one) == []


@pytest.mark.parametrize(
    ("width", "large"), [(320, False), (360, False), (768, False), (1440, False), (320, True)], ids=str
)
def test_no_sideways_scroll_and_targets_of_44_px(open_reader: Open, width: int, large: bool) -> None:
    one = open_reader(size={"width": width, "height": 740})
    if large:
        one.page.add_init_script("localStorage.setItem('xinfang-guide:elder', 'true')")
    start(one, name="很长的名字" * 15, when=ago(11))
    note(one, 1, "没有空格的很长一串" * 30 + "a" * 300)
    skip(one, 2, "原因" * 60)
    more(one, "看报告")
    wide = """Math.max(document.documentElement.scrollWidth - innerWidth,
        ...Array.from(document.querySelectorAll('dialog'), box => box.scrollWidth - box.clientWidth))"""
    assert one.find(".run-bar").bounding_box()["height"] < 300, "what stays on the screen leaves room for the list"  # type: ignore[index]
    small = """() => Array.from(document.querySelectorAll('article button, article .run-acts a, article select, dialog button, .run-critical label'))
        .filter(spot => spot.checkVisibility()).map(spot => [spot.textContent, spot.getBoundingClientRect()])
        .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([text]) => text)"""
    assert one.page.evaluate(wide) <= 0
    assert one.page.evaluate(small) == []
    button(one, "更多")
    assert one.page.evaluate(wide) <= 0
    assert one.page.evaluate(small) == []
    one.open("runs.html")
    assert one.page.evaluate(wide) <= 0


def test_by_keyboard_alone(open_reader: Open) -> None:
    one = open_reader(size=DESK)
    one.open(PAGE)
    one.quiet()

    def press(key: str) -> None:
        one.page.keyboard.press(key)
        look(one.page)

    def go(selector: str) -> None:
        for _ in range(60):
            press("Tab")
            if one.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab does not reach {selector}")

    go(".run-start button")
    press("Enter")
    one.page.keyboard.insert_text("键盘")
    go("dialog .md-button--primary")
    press("Enter")
    assert one.page.evaluate("document.activeElement.matches('.run-bar__name')")
    go("#tick-zq-crowd--come")
    press("Space")
    assert len(states(one)) == 1
    go("#zq-crowd--come [data-act=note]")
    press("Enter")
    one.page.keyboard.insert_text("备注")
    press("Tab")
    press("Enter")
    assert len(states(one)) == 2
    assert one.page.evaluate("document.activeElement.dataset.act") == "note", "the focus comes back to where it was"
    box = one.page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
    bar = one.page.evaluate("document.querySelector('.run-bar').getBoundingClientRect().toJSON()")
    assert box["top"] >= bar["bottom"] or box["bottom"] <= bar["top"], "the bar does not cover the focus"
