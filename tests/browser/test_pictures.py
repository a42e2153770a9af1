"""Steps in drawn pictures: whole at every width, in both themes and in large type, with and without script; heard by a tap."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from browser.small_site import CASES, TREE, readers
from browser.voices import LOCAL, spoken, voices
from browser.watch import DESK, Open, Site, serve
from projects import build, buildable
from small import small_text

PAGE = "index.html"
VISIT = "procedures/visit/index.html"
PANELS = """
:::pictures
- ![火](picture:flame) ![躺着的人](picture:hurt) ![电话](picture:call)

  **有危险，先打电话**

  [](tel:110)
:::

:::pictures
1. ![笔](picture:write) ![有人替您写](picture:speak)

   **写下来，说出来也行**

   [来访](../procedures/visit/index.md)

2. ![日历](picture:calendar)[](limit:law-a/handle)

   **等书面答复**

3. ![往上走一级](picture:up-once) ![日历](picture:calendar)[](limit:law-a/handle)

   **不满意，请上一级看**
:::

:::pictures
- ![问号](picture:other)

  **[催办](../procedures/visit/index.md#route--urge)**
:::
"""
_FAULTS = """() => {
    const wide = document.documentElement.clientWidth, bad = [], box = spot => spot.getBoundingClientRect();
    if (document.documentElement.scrollWidth > wide) bad.push('page ' + document.documentElement.scrollWidth);
    for (const svg of document.querySelectorAll('.picture')) {
        const {left, right, width, height} = box(svg), frame = box(svg.closest('li, .prose'));
        if (width < 36 || Math.abs(width - height) > 1) bad.push(`size ${width} ${height}`);
        if (left < frame.left || right > frame.right) bad.push('outside ' + svg.getAttribute('class'));
    }
    for (const limit of document.querySelectorAll('.picture--calendar + .limit')) {
        const day = box(limit), sheet = box(limit.previousElementSibling);
        const words = document.createRange();
        words.selectNodeContents(limit);
        const text = box(words);
        if (text.left < sheet.left || text.right > sheet.right || text.bottom > sheet.bottom || text.top < sheet.top + sheet.height / 4)
            bad.push('the days stand outside the calendar');
        if (day.height < 44) bad.push('small day');
    }
    for (const spot of document.querySelectorAll('.panel__say, .pictures p:not(:has(strong)) a:not(.limit)'))
        if (box(spot).height < 43.9) bad.push('small ' + spot.textContent);
    return bad;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The small site with panels on its first page and pictures at the first question of its tree."""
    base = tmp_path_factory.mktemp("pictures")
    tree = TREE.replace("help: 归我们管的}", "help: 归我们管的, picture: government}")
    tree = tree.replace("label: 别的机关的事, go: send}", "label: 别的机关的事, go: send, picture: elsewhere}")
    changes = {"docs/index.md": small_text("docs/index.md") + PANELS, "procedures/visit/route.tree.yml": tree}
    build(buildable(base / "project", **changes, **{"procedures/visit/cases.yml": CASES}), base / "site")
    with serve((base / "site").resolve()) as address:
        yield Site((base / "site").resolve(), address)


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Open]:
    """Opens readers of the small site."""
    with readers(chromium, site) as open_reader:
        yield open_reader


def test_panels_are_whole_at_every_width_and_in_large_type(visit: Open) -> None:
    one = visit("file")
    for elder in (False, True):
        for page in (PAGE, VISIT):
            one.open(page)
            one.page.evaluate("large => document.documentElement.classList.toggle('elder', large)", elder)
            for width in (320, 360, 768, 1440):
                one.page.set_viewport_size({"width": width, "height": 740})
                assert one.page.evaluate(_FAULTS) == [], (page, width, elder)


def test_axe_finds_nothing_in_both_themes_and_pictures_have_names(visit: Open) -> None:
    for scheme in ("light", "dark"):
        one = visit(scheme=scheme, size=DESK)
        for page in (PAGE, VISIT):
            one.open(page)
            found = Axe().run(one.page).response["violations"]
            assert [bad["id"] for bad in found if bad["impact"] in ("serious", "critical")] == [], (page, scheme)
        one.open(PAGE)
        expect(one.page.get_by_role("img", name="有人替您写")).to_be_visible()
        shapes = "getComputedStyle(document.querySelector('.picture--write .accent')).stroke"
        assert one.page.evaluate(shapes) == {"light": "rgb(23, 90, 156)", "dark": "rgb(143, 193, 242)"}[scheme]


def test_a_tap_reads_one_step_and_says_so_where_it_cannot(visit: Open) -> None:
    one = visit(start=voices(LOCAL))
    one.open(PAGE)
    say = one.page.get_by_role("button", name="听：写下来，说出来也行")
    say.focus()
    one.page.keyboard.press("Enter")
    while one.find(".reading").count():
        one.page.evaluate("window.finish()")
    assert spoken(one) == ["写下来，说出来也行", "来访"]
    expect(say).to_be_focused()
    mute = visit(start=voices("[]"), size={"width": 320, "height": 640})
    mute.open(PAGE)
    mute.find(".panel__say").first.click()
    expect(mute.find(".portal-note--wrong")).to_contain_text("没有中文语音", timeout=5000)


def test_pictures_lead_into_the_tree_with_and_without_script(visit: Open) -> None:
    for script in (True, False):
        one = visit("file", script=script)
        one.open(PAGE)
        one.page.get_by_role("img", name="问号").click(force=True)  # the link covers its whole card
        expect(one.find("#route--urge")).to_be_in_viewport()
        assert one.find(".panel__say").count() == 0
        one.open(VISIT)
        answer = one.find(".answers--drawn a.answer").first
        expect(answer.locator("svg.picture")).to_be_visible()
        answer.locator("svg.picture").click()
        expect(one.find("#route--people")).to_be_in_viewport()
