"""Everything by keyboard: skip link, search, answers; the focus is to be seen and goes where the reader goes."""

from __future__ import annotations

from browser.watch import DESK, Open, Reader, look

_FOCUS = """() => {
    const spot = document.activeElement, style = getComputedStyle(spot), box = spot.getBoundingClientRect();
    return {
        id: spot.id, classes: spot.className, text: spot.textContent.trim().slice(0, 30),
        outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
        seen: box.bottom > 0 && box.top < innerHeight && box.height > 0,
    };
}"""


def _focus(one: Reader) -> dict[str, object]:
    """Where the focus is and whether it can be seen."""
    spot: dict[str, object] = one.page.evaluate(_FOCUS)
    return spot


def _tab_to(one: Reader, selector: str, most: int) -> int:
    """Press Tab until the focus is on the selector; returns how often."""
    for number in range(1, most + 1):
        one.page.keyboard.press("Tab")
        if one.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return number
    raise AssertionError(f"{most} times Tab did not reach {selector}")


def test_skip_link_comes_first_and_leads_to_the_text(reader: Open) -> None:
    for page in ("index.html", "trees/grade-incident.html", "plans/collective-visit/index.html"):
        one = reader(size=DESK)
        one.open(page)
        assert _tab_to(one, "a.md-skip", 1) == 1
        one.page.wait_for_timeout(100)
        assert _focus(one)["seen"]
        one.page.keyboard.press("Enter")
        _tab_to(one, "article a, article input, article [tabindex]", 1)


def test_search_is_reached_and_opens(reader: Open) -> None:
    one = reader(size=DESK)
    one.open("index.html")
    one.quiet()
    _tab_to(one, ".md-search__input", 12)
    one.page.keyboard.insert_text("复核")
    one.page.keyboard.press("End")
    one.find("a.md-search-result__link").first.wait_for()
    one.page.keyboard.press("ArrowDown")
    assert one.page.evaluate("document.activeElement.matches('a.md-search-result__link')")
    one.page.keyboard.press("Enter")
    one.page.wait_for_url(lambda url: not url.endswith("/index.html") or url.count("/") > 3)


def test_a_tree_from_the_first_answer_to_an_outcome(reader: Open) -> None:
    one = reader(size=DESK)
    one.open("trees/grade-incident.html")
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")
    _tab_to(one, ".question.is-here a.answer", 5)
    met = []
    while True:
        now = _focus(one)
        assert now["outline"] >= 2 and now["seen"], now  # type: ignore[operator]
        one.page.keyboard.press("Shift+Tab")
        _tab_to(one, ".question.is-here a.answer", 5)
        while not one.page.evaluate("document.activeElement.closest('li').matches(':last-child')"):
            links = one.page.evaluate("document.activeElement.closest('li').querySelectorAll('a').length")
            _tab_to(one, ".question.is-here a.answer", links)
        one.page.keyboard.press("Enter")
        look(one.page)
        moved = _focus(one)
        assert "is-here" in str(moved["classes"]) and moved["outline"] >= 2 and moved["seen"], moved  # type: ignore[operator]
        met.append(moved["id"])
        if "outcome" in str(moved["classes"]):
            break
        _tab_to(one, ".question.is-here a.answer", 4)
    assert len(met) == len(set(met)) >= 2
    one.page.keyboard.press("Shift+Tab")
    assert "从头" in str(_focus(one)["text"])
    one.page.keyboard.press("Enter")
    look(one.page)
    assert _focus(one)["id"] == one.find(".tree").get_attribute("data-start")


def test_what_has_the_focus_can_be_seen_all_over_a_page(reader: Open) -> None:
    for page in ("index.html", "procedures/registration-routing/index.html", "limits/index.html"):
        one = reader(size=DESK)
        one.open(page)
        one.page.keyboard.press("Tab")
        one.page.keyboard.press("Enter")
        for _ in range(25):
            one.page.keyboard.press("Tab")
            now = _focus(one)
            if one.page.evaluate("!document.activeElement.closest('article')"):
                break
            assert now["outline"] >= 2 and now["seen"], (page, now)  # type: ignore[operator]


def test_a_map_scrolls_by_keyboard(reader: Open) -> None:
    one = reader()
    one.open("trees/grade-incident.html")
    one.quiet()
    seen = """() => {
        const box = document.querySelector('.is-you rect').getBoundingClientRect();
        const frame = document.querySelector('.map-frame').getBoundingClientRect();
        return box.left >= frame.left && box.top >= frame.top && box.bottom <= frame.bottom && box.left < frame.right - 100;
    }"""
    for _ in range(2):  # the start, then the question or outcome to which the last answer leads
        one.find(".tree__map summary").click()
        one.find(".tree__map .is-you").wait_for()
        assert one.page.evaluate(seen)
        one.find(".tree__map summary").click()
        one.find(".is-here a.answer").last.click()
    one.find(".tree__map summary").click()
    one.find(".map-frame").focus()
    one.page.keyboard.press("ArrowRight")
    one.page.wait_for_timeout(500)
    assert one.find(".map-frame").evaluate("frame => frame.scrollLeft") > 0
