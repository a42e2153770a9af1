"""Reckoning days: choose, reckon, keep, undo, export, print; with bad input, without script, at every width and theme."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import icalendar
import ics
import pytest
from playwright.sync_api import Browser, expect

from browser.axe import blemishes
from browser.watch import DESK, PHONE, Reader, Site, serve
from projects import build, buildable
from small import small_text

NOW = "2026-03-20T10:00:00"
RULES = """\
limits:
  handle: {title: 办结信访事项, article: 3, actor: office, from: receipt, length: 60 days, counting: assumed,
    extend: {by: 30 days, approval: office, notify: true}, if_missed: "向上一级反映（[](cite:law-a/1)）。", evidence: 60日内办结}
  tell: {title: 书面告知, article: 3, actor: office, from: receipt, length: 5 working-days, counting: working-days, evidence: 5个工作日}
  appeal: {title: 请求复查; 逗号,反斜杠, article: 3, actor: office, from: answer, length: 30 days, counting: civil-procedure, evidence: 30日}
"""
MAP = "successors: {1: law-a/1, 2: law-a/2, 3: law-a/3}\n"
VOCABULARY = "actors:\n  office: 信访部门\nevents:\n  receipt: 收到之日\n  answer: 收到书面答复之日\n"
OLD = small_text("regulations/law-a/index.md").replace("law-a", "law-old").replace("试验条例", "旧条例")
OLD = OLD.replace("2025-12-01", "2005-01-01").replace("2026-01-01", "2005-05-01\nends: 2026-01-01")
NEW = small_text("regulations/law-a/index.md").replace("scope: full", "replaces: [law-old]\nscope: full")
FILES = {
    "regulations/law-a/rules.yml": RULES.replace("请求复查; 逗号,反斜杠", '"请求复查；逗号,分号;反斜杠\\\\"'),
    "regulations/law-a/index.md": NEW,
    "regulations/law-old/index.md": OLD,
    "regulations/law-old/rules.yml": RULES.partition("  tell")[0].replace("law-a", "law-old") + MAP,
    "regulations/vocabulary.yml": VOCABULARY,
}
Open = Callable[..., Reader]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The smallest library with a few limits more, public edition."""
    base = tmp_path_factory.mktemp("days")
    root = buildable(base / "project", **FILES)
    build(root, base / "public", "public")
    with serve(base / "public") as address:
        yield Site((base / "public").resolve(), address)


@pytest.fixture
def days(chromium: Browser, small: Site) -> Iterator[Open]:
    """Opens the page at a fixed hour; at the end nothing bad may have happened to any reader."""
    readers: list[Reader] = []

    def open_days(door: str = "http", **settings: object) -> Reader:
        one = Reader(chromium, small, door, **settings)  # type: ignore[arg-type]
        readers.append(one)
        one.page.clock.set_fixed_time(NOW)
        one.open("deadlines.html")
        return one

    yield open_days
    for one in readers:
        one.close()
    assert [bad for one in readers for bad in one.bad] == []


def reckon(one: Reader, event: str, day: str, law: str = "law-a") -> None:
    """Choose, fill in, press."""
    one.page.evaluate("id => { document.querySelector(`[value='${id}']`).checked = true; }", f"{law}.{event}")
    one.find("#days-day").fill(day)
    one.find(".days__form [type=submit]").click()


def keep(one: Reader, name: str) -> None:
    one.find("#days-name").fill(name)
    one.find(".days__keep button").click()


def exported(one: Reader, button: str) -> str:
    """The calendar file that a button gives."""
    with one.page.expect_download() as waiting:
        one.find(button).click()
    assert waiting.value.suggested_filename == "我的日子.ics"
    return Path(str(waiting.value.path())).read_bytes().decode("utf-8")


def findings(one: Reader) -> list[str]:
    one.quiet()
    return blemishes(one)


@pytest.mark.parametrize("door", ["http", "file"])
def test_what_happened_and_when_gives_every_last_day(days: Open, door: str) -> None:
    one = days(door)
    reckon(one, "receipt", "2026-02-13")
    assert one.find(".days__result h2").inner_text() == "从2026年2月13日（星期五）起"
    cards = one.find(".days__result li.due")
    assert [card.locator("time").first.get_attribute("datetime") for card in cards.all()] == [
        "2026-02-27",
        "2026-04-14",
    ]
    text = cards.nth(1).inner_text()
    assert (
        "还有 25 天" in text
        and "法规没有写明怎么起算" in text
        and "2026年5月14日" in text
        and "须经信访部门批准" in text
    )
    assert (
        cards.nth(1).locator("a", has_text="第一条").get_attribute("href") == "regulations/law-a/index.html#article-1"
    )
    assert "已经过了 21 天" in cards.nth(0).inner_text()
    assert one.page.evaluate("document.activeElement.matches('.days__result h2')")
    assert "?" not in one.page.url and "#" not in one.page.url


def test_a_day_off_at_the_end_shows_the_later_reading(days: Open) -> None:
    one = days()
    reckon(one, "receipt", "2026-03-02")
    assert "也有可能算到\n2026年5月6日（星期三）" in one.find("li.due").last.inner_text()


def test_the_mostly_used_come_first_and_the_search_finds_the_rest(days: Open) -> None:
    one = days()
    assert one.find(".days__event input").first.get_attribute("value") == "law-a.receipt"
    one.find("#days-search").fill("复查")
    assert one.find(".days__event:visible").count() == 1
    expect(one.find(".days__found")).to_have_text("找到 1 件。")
    one.find("#days-search").fill("🙂" * 60000 + "<b>")
    assert one.find(".days__event:visible").count() == 0
    assert "没有找到" in one.find(".days__found").inner_text()
    one.find("#days-search").fill("旧条例 办结")
    assert one.find(".days__event:visible input").get_attribute("value") == "law-old.receipt"


@pytest.mark.parametrize(
    ("day", "says"),
    [("", "先选日子"), ("1948-12-31", "1949"), ("0001-01-01", "1949"), ("2101-01-01", "2100"), ("9999-12-31", "2100")],
)
def test_a_wrong_day_is_refused_at_its_field(days: Open, day: str, says: str) -> None:
    one = days()
    reckon(one, "receipt", day)
    assert says in one.find("[role=alert].days__wrong").inner_text()
    assert one.find(".days__result").is_hidden()
    field = one.find("#days-day")
    assert field.get_attribute("aria-invalid") == "true" and field.get_attribute("aria-describedby") == "days-wrong"
    assert one.page.evaluate("document.activeElement.id") == "days-day"
    reckon(one, "receipt", "2026-03-02")
    assert one.find(".days__wrong").is_hidden() and one.find("li.due").count() == 2


def test_without_an_event_nothing_is_reckoned(days: Open) -> None:
    one = days()
    one.find("#days-day").fill("2026-03-02")
    one.find(".days__form [type=submit]").click()
    assert "先选一件事" in one.find(".days__wrong").inner_text()
    assert one.page.evaluate("document.activeElement.id") == "days-search"


def test_an_unknown_year_gives_no_working_days_and_says_so(days: Open) -> None:
    one = days()
    reckon(one, "receipt", "2028-03-01")
    unknown = one.find(".due--unknown")
    assert "书面告知" in unknown.inner_text() and "2028 年的放假安排没有录入" in unknown.inner_text()
    assert unknown.locator("time").count() == 0
    assert "2028 年的放假安排没有录入" in one.find(".due--ahead").inner_text()
    assert "还没有到" in one.find(".days__result .box").first.inner_text()


def test_limits_not_in_force_on_that_day_are_left_out_with_a_word(days: Open) -> None:
    one = days()
    reckon(one, "receipt", "2020-03-02")
    assert one.find(".days__result li.due").count() == 0
    note = one.find(".days__result .box").inner_text()
    assert "有 2 个期限没有列出" in note and "2026-01-01 才施行" in note and "《旧条例》" in note and "改选" in note
    reckon(one, "receipt", "2026-03-02", "law-old")
    assert "已经失效" in one.find(".days__result .box").inner_text()
    reckon(one, "receipt", "2020-03-02", "law-old")
    assert one.find(".days__result li.due").count() == 1


def test_matters_are_kept_sorted_and_survive(days: Open) -> None:
    one = days()
    for event, day, name in (
        ("receipt", "2026-03-16", "后一件"),
        ("answer", "2026-02-25", "先一件"),
        ("answer", "2026-01-05", ""),
    ):
        reckon(one, event, day)
        keep(one, name)
    one.open("deadlines.html")
    assert [title.inner_text() for title in one.find(".matter h3").all()] == ["收到书面答复之日", "后一件", "先一件"]
    states = [due.get_attribute("class") for due in one.find(".matter li.due").all()]
    assert states == ["due due--past", "due due--near", "due due--ahead", "due due--near"]
    assert "快到了，还有 3 天" in one.find(".matter").nth(1).inner_text()
    assert "3 件" in one.find(".days__shortcut").inner_text()
    one.find(".matter").nth(2).locator("button").first.click()
    assert (
        one.find(".days__name").inner_text() == "先一件"
        and "2026年2月25日" in one.find(".days__result h2").inner_text()
    )
    keep(one, "先一件")
    assert one.find(".matter").count() == 3 and "已经记过" in one.find(".portal-note").inner_text()
    assert one.requests == [url for url in one.requests if "先一件" not in url and "answer" not in url]


def test_delete_and_clear_can_be_undone(days: Open) -> None:
    one = days()
    for name in ("甲", "乙"):
        reckon(one, "receipt", "2026-03-16")
        keep(one, name)
    one.find(".matter").first.get_by_role("button", name="删掉").click()
    assert one.find(".matter").count() == 1
    assert one.page.evaluate("document.activeElement.textContent") == "撤销"
    one.page.keyboard.press("Enter")
    assert one.find(".matter").count() == 2 and one.find(".days__undo").count() == 0
    one.find(".days__kept").get_by_role("button", name="全部清空").click()
    assert one.find(".matter").count() == 0 and "还没有记" in one.find(".days__kept").inner_text()
    one.find(".days__undo button").click()
    assert [title.inner_text() for title in one.find(".matter h3").all()] == ["甲", "乙"]
    one.find(".days__kept").get_by_role("button", name="全部清空").click()
    assert one.page.evaluate("Object.keys(localStorage).filter(key => key.includes('deadline')).length") == 0


def test_another_tab_on_the_same_device_shows_the_same_matters(days: Open) -> None:
    one = days()
    other = one.page.context.new_page()
    other.goto(one.page.url)
    reckon(one, "receipt", "2026-03-16")
    keep(one, "两边都有")
    expect(other.locator(".matter h3")).to_have_text("两边都有")


def test_hostile_and_broken_entries_are_shown_as_text_and_can_be_removed(days: Open) -> None:
    one = days()
    one.page.evaluate(
        """() => {
        const put = (key, value) => localStorage.setItem('xinfang-guide:deadline:' + key, value);
        put('a', '{cut off');
        put('b', JSON.stringify({name: '<img src=x onerror="document.title=1">', event: 'law-a.receipt', day: '2026-03-16'}));
        put('c', JSON.stringify({name: '没有了', event: 'law-z.gone', day: '2026-03-16'}));
        put('d', JSON.stringify({name: {}, event: 'law-a.receipt', day: '<script>'}));
        put('e', '[1,2]'); put('f', 'null');
        put('g', JSON.stringify({name: '🙂'.repeat(50000), event: 'law-a.receipt', day: '2026-03-17'}));
    }"""
    )
    one.open("deadlines.html")
    assert one.find(".matter").count() == 7
    assert one.find(".matter img").count() == 0 and one.page.title() != "1"
    assert one.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for _ in range(7):
        one.find(".matter").last.get_by_role("button", name="删掉").click()
    assert one.find(".matter").count() == 0


@pytest.mark.parametrize(("error", "says"), [("QuotaExceededError", "满了"), ("SecurityError", "不让保存")])
def test_storage_full_or_forbidden_is_told_and_the_result_stays(days: Open, error: str, says: str) -> None:
    one = days()
    one.page.evaluate("name => { Storage.prototype.setItem = () => { throw new DOMException('', name); }; }", error)
    reckon(one, "receipt", "2026-03-16")
    keep(one, "存不下")
    assert says in one.find(".portal-note[role=alert]").inner_text()
    assert one.find("#days-name").input_value() == "存不下" and one.find(".days__result li.due").count() == 2


def test_the_calendar_file_is_read_by_two_independent_programs(days: Open) -> None:
    one = days()
    hostile = "逗号,分号;反斜杠\\ BEGIN:VEVENT 🙂" + "很长" * 3
    for event, day in (("receipt", "2026-03-16"), ("answer", "2026-02-20")):
        reckon(one, event, day)
        keep(one, hostile)
    text = exported(one, ".days__kept > .days__acts button >> nth=0")
    lines = text.split("\r\n")
    assert all(len(line.encode("utf-8")) <= 75 for line in lines) and "\n" not in "".join(lines)
    assert any(line.startswith(" ") for line in lines)
    calendar = icalendar.Calendar.from_ical(text)
    assert [name for entry in calendar.walk() for name in entry.errors] == []
    events = calendar.walk("VEVENT")
    starts = sorted(event.decoded("DTSTART") for event in events)
    assert starts == [date(2026, 3, 23), date(2026, 3, 23), date(2026, 5, 15)]
    assert all(event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1) for event in events)
    name = hostile
    assert all(str(event["SUMMARY"]).endswith(f"（{name}）") for event in events)
    assert any("逗号,分号;反斜杠\\（" in str(event["SUMMARY"]) for event in events)
    assert all("\n" in str(event["DESCRIPTION"]) for event in events)
    for event in events:
        midnight = datetime.combine(event.decoded("DTSTART"), datetime.min.time())
        rings = [midnight + alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
        assert [(midnight.date() - ring.date()).days for ring in rings] == [7, 1] and {ring.hour for ring in rings} == {
            9
        }
    assert len({str(event["UID"]) for event in events}) == 3
    again = exported(one, ".days__kept > .days__acts button >> nth=0")
    assert re.findall("UID:.*", again) == re.findall("UID:.*", text)
    second = ics.Calendar(text)
    assert sorted(event.begin.date() for event in second.events) == starts
    assert all(event.all_day and len(event.alarms) == 2 for event in second.events)


def test_a_result_is_exported_under_the_same_names_as_when_kept(days: Open) -> None:
    one = days()
    reckon(one, "receipt", "2026-03-16")
    before = exported(one, ".days__tools > p > button >> nth=0")
    keep(one, "后来记的")
    after = exported(one, ".matter .days__acts button >> nth=1")
    assert re.findall("UID:.*", before) == re.findall("UID:.*", after) != []


def test_everything_by_keyboard(days: Open) -> None:
    one = days(size=DESK)
    key = one.page.keyboard.press
    one.find("#days-search").focus()
    one.page.keyboard.insert_text("告知")
    key("Tab")
    key("Space")
    assert one.page.evaluate("document.activeElement.checked")
    one.find("#days-day").focus()
    assert one.page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
    for _ in range(6):
        key("Tab")
        if one.page.evaluate("document.activeElement.textContent") == "今天":
            key("Enter")
            break
    assert one.find("#days-day").input_value() == "2026-03-20"
    key("Enter")
    assert one.page.evaluate("document.activeElement.matches('.days__result h2')")
    for _ in range(30):
        key("Tab")
        if one.page.evaluate("document.activeElement.id === 'days-name'"):
            break
    one.page.keyboard.insert_text("键盘记的")
    key("Enter")
    assert one.find(".matter h3").inner_text() == "键盘记的"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_in_every_state(days: Open, scheme: str) -> None:
    one = days(scheme=scheme)
    found = findings(one)
    one.find(".days__form [type=submit]").click()
    found += findings(one)
    one.find("#days-search").fill("办结")
    found += findings(one)
    reckon(one, "receipt", "2028-03-01")
    found += findings(one)
    reckon(one, "receipt", "2020-03-01")
    found += findings(one)
    for event, day in (("receipt", "2026-03-16"), ("answer", "2026-01-05"), ("answer", "2026-02-25")):
        reckon(one, event, day)
        keep(one, "一件")
    found += findings(one)
    one.find(".matter").first.get_by_role("button", name="删掉").click()
    one.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    assert found + findings(one) == []


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_no_sideways_scroll_and_targets_large_enough(days: Open, width: int) -> None:
    one = days(size={"width": width, "height": 800})
    for event in ("receipt", "answer"):
        reckon(one, event, "2026-03-16")
        keep(one, "长" * 40)
    one.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    small = one.page.evaluate(
        """() => Array.from(document.querySelectorAll('.days :is(button, summary, .days__event, input:not([type=radio]))'))
        .filter(spot => spot.checkVisibility() && spot.getBoundingClientRect().height < 43.9).map(spot => spot.outerHTML)"""
    )
    assert small == []


def test_print_shows_the_one_part(days: Open) -> None:
    one = days(size=DESK)
    reckon(one, "receipt", "2026-03-16")
    keep(one, "要打印的")
    one.page.evaluate("window.print = () => { document.body.dataset.printed = document.body.className; }")
    for button, seen, unseen in (
        (".days__tools > p > button >> nth=1", ".days__result", ".days__kept"),
        (".days__kept > .days__acts button >> nth=1", ".days__kept", ".days__result"),
    ):
        one.page.emulate_media(media="screen")
        one.find(button).click()
        one.page.emulate_media(media="print")
        assert one.find(seen).is_visible() and one.find(unseen).is_hidden()
        assert one.find(".days__form").is_hidden() and one.find(".starts").is_hidden()
        one.page.evaluate("window.dispatchEvent(new Event('afterprint'))")


@pytest.mark.parametrize("door", ["http", "file"])
def test_without_script_the_table_of_limits_stands_by_event(days: Open, door: str) -> None:
    one = days(door, script=False)
    assert "脚本没有打开" in one.find("article").inner_text()
    assert one.find(".days__form").count() == 0
    one.find(".starts__law summary").first.click()
    starts = one.find(".starts__law").first.locator(".start")
    assert [start.locator("h3").inner_text() for start in starts.all()] == ["收到之日", "收到书面答复之日"]
    assert "60 日" in starts.first.inner_text()


def test_the_home_page_and_the_table_of_limits_lead_here(days: Open) -> None:
    one = days()
    for page in ("index.html", "limits/index.html"):
        one.open(page)
        one.find('article a:has-text("算日子")').first.click()
        assert one.here == "deadlines.html"
