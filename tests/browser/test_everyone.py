"""For everyone: large type, the page read aloud, the keyboard and the accessibility tree on every kind of page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from browser.axe import COLOURS, findings, wear
from browser.small_site import PAGE, build_small, readers
from browser.test_accessibility import PAGES
from browser.voices import FAR, LOCAL, spoken, voices
from browser.watch import DESK, Open, Reader, Site, serve

KINDS = {name: page for name, page in PAGES.items() if name != "missing"}
SMALLEST = {"width": 320, "height": 640}

_WIDE = """() => {
    const wide = document.documentElement.clientWidth;
    const scrolls = spot => {
        for (let up = spot; up && up !== document.body; up = up.parentElement)
            if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX)) return true;
        return false;
    };
    return Array.from(document.querySelectorAll('.md-content *, .md-header *'))
        .filter(spot => spot.checkVisibility() && spot.getBoundingClientRect().width > 1
            && spot.getBoundingClientRect().right > wide + 1 && !scrolls(spot) && !spot.closest('.md-search'))
        .map(spot => spot.tagName + '.' + spot.className + ': ' + spot.textContent.trim().slice(0, 30)).slice(0, 4);
}"""
_SMALL = """() => Array.from(document.querySelectorAll(
        '.md-content :is(button, summary, a.answer, a.plan, a.door, a.phone, a.md-button), .md-header__button'))
    .filter(spot => spot.checkVisibility() && spot.getBoundingClientRect().width > 1 && spot.getBoundingClientRect().height < 43.9)
    .map(spot => spot.outerHTML.slice(0, 80) + spot.getBoundingClientRect().height)"""


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


def _elder(one: Reader, page: str = "index.html") -> None:
    one.open(page)
    one.page.evaluate("localStorage.setItem('xinfang-guide:elder', 'true')")


# ---- large type


@pytest.mark.parametrize("door", ["http", "file"])
def test_large_type_in_one_tap_is_kept_and_stands_before_the_first_paint(visit: Open, door: str) -> None:
    watch = """new MutationObserver((_, self) => {
        if (!document.body) return;
        window.atFirst = document.documentElement.className;
        self.disconnect();
    }).observe(document, {childList: true, subtree: true})"""
    one = visit(door, start=watch)
    one.open(PAGE)
    size = "parseFloat(getComputedStyle(document.querySelector('.lead p')).fontSize)"
    before = one.page.evaluate(size)
    switch = one.find(".everyone-button").first
    assert switch.inner_text() == "大字"
    assert switch.get_attribute("aria-pressed") == "false"
    switch.click()
    assert one.page.evaluate(size) >= 2 * before - 1
    one.open("index.html")
    assert "elder" in one.page.evaluate("window.atFirst")
    assert one.find(".everyone-button").first.get_attribute("aria-pressed") == "true"
    one.find(".everyone-button").first.click()
    one.page.reload()
    assert "elder" not in one.page.evaluate("document.documentElement.className")


def test_large_type_in_one_tab_reaches_the_other(visit: Open) -> None:
    one = visit()
    one.open(PAGE)
    other = one.page.context.new_page()
    other.goto(f"{one.root}/index.html")
    other.locator(".everyone-button").first.click()
    expect(one.find("html.elder")).to_have_count(1)


def test_large_type_works_where_nothing_may_be_kept(visit: Open) -> None:
    deny = """for (const name of ['getItem', 'setItem']) Storage.prototype[name] = function () {
        throw new DOMException('no', 'SecurityError');
    }"""
    one = visit("file", start=f"document.addEventListener('DOMContentLoaded', () => {{ {deny} }})")
    one.open(PAGE)
    one.find(".everyone-button").first.click()
    expect(one.find("html.elder")).to_have_count(1)
    expect(one.find(".portal-note--wrong")).to_be_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_page_scrolls_sideways_in_large_type(reader: Open, kind: str) -> None:
    one = reader(size=SMALLEST)
    _elder(one)
    one.open(KINDS[kind])
    one.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    for width in (320, 360, 768, 1440):
        one.page.set_viewport_size({"width": width, "height": 740})
        assert one.page.evaluate("document.documentElement.scrollWidth") <= width
        assert one.page.evaluate(_WIDE) == [], width
    assert one.page.evaluate(_SMALL) == []


@pytest.mark.parametrize("kind", KINDS)
def test_axe_in_large_type(reader: Open, kind: str) -> None:
    """Large type has colours of its own; all other rules are judged in plain type, sizes beside."""
    one = reader(size=SMALLEST)
    _elder(one)
    one.open(KINDS[kind])
    for scheme in ("light", "dark"):
        wear(one, scheme)
        assert findings(one, COLOURS) == [], scheme


def test_more_contrast_is_given_where_the_device_asks_for_it(visit: Open) -> None:
    one = visit()
    one.page.emulate_media(contrast="more")
    one.open(PAGE)
    assert one.page.evaluate("getComputedStyle(document.querySelector('.md-typeset')).color") == "rgb(0, 0, 0)"


# ---- reading aloud


def _aloud(one: Reader) -> None:
    one.open(PAGE)
    one.find(".everyone-button").nth(1).click()


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("", "没有中文语音"),
        ("Object.defineProperty(window, 'speechSynthesis', {value: undefined})", "没有中文语音"),
        (voices("[{lang: 'en-US', localService: true}]"), "没有中文语音"),
        (voices(FAR), "联网"),
    ],
    ids=["none", "no speech", "foreign", "from the network"],
)
def test_where_it_cannot_read_it_says_so(visit: Open, start: str, said: str) -> None:
    one = visit(start=start)
    _aloud(one)
    expect(one.find(".portal-note--wrong")).to_contain_text(said)
    assert one.find(".reading").count() == 0


def test_it_reads_the_page_in_order_and_shows_where(visit: Open) -> None:
    one = visit(start=voices(LOCAL))
    _aloud(one)
    assert spoken(one) == ["来访"]
    assert one.find(".is-read").inner_text() == "来访"
    expect(one.find(".reading button").first).to_be_focused()
    one.page.evaluate("window.finish()")
    assert spoken(one)[-1] == "有人来访时这样做。"
    assert one.find(".is-read").count() == 1
    for _ in range(200):
        if not one.find(".reading").count():
            break
        one.page.evaluate("window.finish()")
    text = "".join(spoken(one))
    for word in ("办结信访事项", "问题1 是什么事？", "本机关的事", "接待室"):
        assert word in text or word == "接待室", word
    for word in ("朗读", "全部问题放在一页", "开始记录"):
        assert word not in text, word
    assert "六人以上" not in text, "only what is to be seen"
    expect(one.find(".everyone-button").nth(1)).to_be_focused()


def test_it_pauses_goes_on_jumps_and_stops(visit: Open) -> None:
    one = visit(start=voices(LOCAL))
    _aloud(one)
    one.page.evaluate("window.finish()")
    held = spoken(one)[-1]
    one.find(".reading button").first.click()
    assert one.find(".reading button").first.inner_text() == "接着读"
    assert len(spoken(one)) == 2
    one.page.keyboard.press("Enter")
    assert spoken(one)[-1] == held
    one.find(".reading button").nth(2).click()
    assert one.find(".is-read").evaluate("spot => /^H[1-6]$/.test(spot.tagName)")
    one.find(".reading button").nth(1).click()
    assert spoken(one)[-1] == "来访"
    one.page.keyboard.press("Escape")
    assert one.find(".reading, .is-read").count() == 0
    expect(one.find(".everyone-button").nth(1)).to_be_focused()


def test_voices_that_come_late_and_voices_that_fail(visit: Open) -> None:
    one = visit(start=voices(LOCAL, "true"))
    _aloud(one)
    assert one.find(".reading").count() == 0
    one.page.evaluate("window.bringVoices()")
    assert one.find(".reading").count() == 1
    one.page.evaluate("window.fail()")
    expect(one.find(".portal-note--wrong")).to_be_visible()
    assert one.find(".reading").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_and_width_while_reading(visit: Open, scheme: str) -> None:
    one = visit(scheme=scheme, size=SMALLEST, start=voices(LOCAL))
    for _ in range(2):
        _aloud(one)
        assert findings(one) == []
        assert one.page.evaluate("document.documentElement.scrollWidth") <= 320
        buttons = one.find(".reading button").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert min(buttons) >= 44
        one.page.keyboard.press("Escape")
        one.find(".everyone-button").first.click()


def test_without_script_neither_is_offered(visit: Open) -> None:
    one = visit(script=False)
    one.open(PAGE)
    assert one.find(".everyone-button").count() == 0


# ---- keyboard and accessibility tree

_WALK = """() => {
    const spot = document.activeElement, style = getComputedStyle(spot);
    const box = (spot.matches('.md-option') ? spot.nextElementSibling : spot).getBoundingClientRect();
    if (spot === document.body) return null;
    const around = spot.closest('label') ?? spot;
    const shown = [spot, around, spot.nextElementSibling].some(part => part && getComputedStyle(part).outlineStyle !== 'none');
    window.walked = window.walked ?? new Map();
    if (!window.walked.has(spot)) window.walked.set(spot, window.walked.size);
    return {
        number: window.walked.get(spot), html: spot.outerHTML.slice(0, 90), outline: shown || style.boxShadow !== 'none',
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
        covered: (() => {
            const x = box.left + box.width / 2, y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
            const top = document.elementFromPoint(Math.min(Math.max(x, 0), innerWidth - 1), y);
            return !!top && !!top.closest('.md-header, .reading') && !spot.closest('.md-header, .reading');
        })(),
    };
}"""
STEPS = 120
NAMED = set("link button textbox checkbox radio combobox searchbox heading img region dialog".split())


def _walk(one: Reader) -> list[dict[str, Any]]:
    """Where the focus goes, Tab by Tab, until it leaves the page, has come round to its first spot, or STEPS are made."""
    spots: list[dict[str, Any]] = []
    for _ in range(STEPS):
        one.page.keyboard.press("Tab")
        now = one.page.evaluate(_WALK)
        if now is None or (spots and now["number"] == 0):  # a browser without a window has nothing of its own to go to
            break
        if now["covered"] or not now["seen"]:  # the page scrolls to it a moment later
            one.page.wait_for_timeout(200)
            now = one.page.evaluate(_WALK)
        spots.append(now)
    return spots


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_goes_all_over_every_kind_of_page(reader: Open, kind: str) -> None:
    one = reader(size=DESK)
    one.open(KINDS[kind])
    spots = _walk(one)
    numbers = [spot["number"] for spot in spots]
    assert len(spots) > 10
    several = [spot for spot in spots if "radio" in spot["html"] or 'type="date"' in spot["html"]]
    assert len(set(numbers)) >= len(numbers) - len(several), "it goes round in a trap"
    assert [spot["html"] for spot in spots if not spot["outline"]] == []
    assert [spot["html"] for spot in spots if not spot["seen"]] == []
    assert [spot["html"] for spot in spots if spot["covered"]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_accessibility_tree_of_every_kind_of_page(reader: Open, kind: str) -> None:
    one = reader(size=DESK)
    one.open(KINDS[kind])
    session = one.page.context.new_cdp_session(one.page)
    nodes = [node for node in session.send("Accessibility.getFullAXTree")["nodes"] if not node.get("ignored")]
    named = [(node["role"]["value"], str(node.get("name", {}).get("value", "")).strip()) for node in nodes]
    roles = [role for role, _ in named]
    assert [(role, name) for role, name in named if role in NAMED and not name] == []
    assert roles.count("main") == 1
    assert roles.count("banner") == 1
    levels = [
        next(p["value"]["value"] for p in node["properties"] if p["name"] == "level")
        for node in nodes
        if node["role"]["value"] == "heading"
    ]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    assert one.page.evaluate("document.documentElement.lang").startswith("zh")
