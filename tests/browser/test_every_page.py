"""Every page of both editions: asks nobody else for anything, says nothing on the console, fits a small screen."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from browser.watch import DESK, PHONE, Open, Reader

ZOOMED = {"width": 320, "height": 640}
TABLET = {"width": 768, "height": 1024}
PARTS = 4
SAMPLE = 5

# Elements of the article that stick out of the screen and do not scroll by themselves.
_OUTSIDE = """() => {
    const wide = document.documentElement.clientWidth;
    const scrolls = spot => {
        for (let up = spot; up && up !== document.body; up = up.parentElement)
            if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX)) return true;
        return false;
    };
    return Array.from(document.querySelectorAll('article *, main *'))
        .filter(spot => spot.checkVisibility() && spot.getBoundingClientRect().right > wide + 1 && !scrolls(spot)
            && spot.closest('.md-content, body > main'))
        .map(spot => spot.tagName + '.' + spot.className + ': ' + spot.textContent.trim().slice(0, 40)).slice(0, 3);
}"""
# Whatever scrolls sideways must be within reach of the keyboard.
_UNREACHED = """() => Array.from(document.querySelectorAll('.md-content *'))
    .filter(spot => spot.checkVisibility() && spot.scrollWidth > spot.clientWidth + 1
        && ['auto', 'scroll'].includes(getComputedStyle(spot).overflowX) && spot.tabIndex < 0)
    .map(spot => spot.tagName + '.' + spot.className)"""
# What is tapped must be 44 px high: for a choice, the label around it or beside it counts.
_SMALL = """() => {
    const targets = 'a.answer, a.plan, a.door, a.phone, .quick a, .index__title a, summary, button, a.md-button, ' +
        'label.option, input:not([type=radio], [type=checkbox]), textarea, select, .tree__again a';
    const bad = Array.from(document.querySelectorAll(`.md-content :is(${targets}), .md-header__button`))
        .filter(spot => spot.checkVisibility() && spot.getBoundingClientRect().height < 43.9)
        .map(spot => spot.tagName + '.' + spot.className + ' ' + spot.getBoundingClientRect().height);
    for (const tick of document.querySelectorAll('li.item input')) {
        tick.scrollIntoView({block: 'center'});
        const box = tick.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
        for (const offset of [-21, 0, 21]) {
            const hit = document.elementFromPoint(x, y + offset);
            if (hit !== tick && hit?.closest('label')?.control !== tick) bad.push(`${tick.id} ${offset}`);
        }
    }
    return bad;
}"""


def _faults(one: Reader, page: str, sizes: Sequence[dict[str, int]]) -> list[str]:
    """What is wrong with one page at several widths; everything that can be opened is opened."""
    one.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    one.open(page)
    one.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    found = [f"{page}: too small to tap: {small}" for small in one.page.evaluate(_SMALL)]
    for size in sizes:
        one.page.set_viewport_size(size)  # type: ignore[arg-type]
        wide = one.page.evaluate("document.documentElement.scrollWidth")
        if wide > size["width"]:
            found.append(f"{page}: {wide} px wide on a screen of {size['width']} px")
        found += [f"{page}: outside a screen of {size['width']} px: {spot}" for spot in one.page.evaluate(_OUTSIDE)]
        found += [f"{page}: out of the keyboard's reach: {spot}" for spot in one.page.evaluate(_UNREACHED)]
    return found


def _assert_no_faults(one: Reader, pages: Sequence[str], *sizes: dict[str, int]) -> None:
    faults = [fault for page in pages for fault in _faults(one, page, sizes)]
    one.quiet()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page(reader: Open, part: int) -> None:
    one = reader()
    pages = one.site.pages()
    assert len(pages) > 100
    _assert_no_faults(one, pages[part::PARTS], ZOOMED)


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("door", ["http", "file"])
@pytest.mark.parametrize("edition", ["staff", "public"])
def test_pages_in_every_frame(
    reader: Open, request: pytest.FixtureRequest, edition: str, door: str, script: bool
) -> None:
    """Both editions, by both doors, with scripts and without, at four widths: samples by seed, or with --whole-site all."""
    one = reader(edition, door=door, script=script)
    pages = one.site.pages()
    if not request.config.getoption("--whole-site"):
        chance = random.Random(f"{edition} {door} {script}")
        folders = sorted({page.rpartition("/")[0]: page for page in chance.sample(pages, len(pages))}.values())
        pages = sorted({*chance.sample(folders, min(SAMPLE, len(folders))), *chance.sample(pages, SAMPLE)})
    _assert_no_faults(one, pages, PHONE, ZOOMED, TABLET, DESK)


def test_dark_theme_follows_the_device(reader: Open) -> None:
    for scheme, name in (("light", "default"), ("dark", "slate")):
        one = reader(scheme=scheme)
        one.open("index.html")
        assert one.page.evaluate("document.body.dataset.mdColorScheme") == name
