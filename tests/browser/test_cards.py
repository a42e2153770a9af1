"""A checklist as a card: one A4 sheet where it fits, several where not, nothing cut off, nothing of the page around it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser

from browser.axe import blemishes
from browser.watch import DESK, PHONE, Open, Reader, Site
from portal.model.reference import split_references
from portal.rendering.site import Site as Rendering
from projects import build, buildable
from small import small_text

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="没有 pdftotext：先运行 sh scripts/browser.sh"
)
HOME = "https://guide.example.test/staff/"
VISIT, LONG = "procedures/visit/index.html", 90
REAL = ("collective-visit", "reception", "mediation", "hall-fire")


def card(one: Reader, name: str, target: Path) -> Path:
    """Press the button of a checklist and print what the browser would print."""
    one.page.evaluate("window.print = () => {}")
    one.find(f".card-foot[data-card={name}] button").click()
    one.page.pdf(path=str(target), prefer_css_page_size=True)
    return target


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def text_of(pdf: Path) -> str:
    return squeezed(run("pdftotext", "-raw", str(pdf), "-"))


def sheets(pdf: Path) -> int:
    """Pages, all of them A4."""
    info = run("pdfinfo", str(pdf))
    width, height = (float(number) for number in re.findall(r"Page size:\s+([\d.]+) x ([\d.]+)", info)[0])
    assert (round(width), round(height)) == (595, 842)
    return int(re.findall(r"Pages:\s+(\d+)", info)[0])


def outside(pdf: Path) -> list[str]:
    """Words that reach into the margin or over the edge (points; the margin is 25, and letters have room above and below)."""
    words = re.findall(
        r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</word>',
        run("pdftotext", "-bbox", str(pdf), "-"),
    )
    assert words
    return [w for x0, y0, x1, y1, w in words if min(float(x0), float(y0)) < 8 or float(x1) > 581 or float(y1) > 828]


@pytest.mark.parametrize("name", REAL)
def test_a_real_checklist_is_one_sheet(
    reader: Open, renderings: dict[str, Rendering], tmp_path: Path, name: str
) -> None:
    one = reader(size=DESK)
    one.open(renderings["staff"].addresses.of["checklist", name].partition("#")[0])
    pdf = card(one, name, tmp_path / "card.pdf")
    assert sheets(pdf) == 1
    assert outside(pdf) == []
    text, library = text_of(pdf), renderings["staff"].library
    checklist = library.checklists[name]
    assert text.startswith(squeezed(checklist.title))
    for _, _, item in checklist.all_items():
        for line in (item.do, item.say or ""):
            assert all(squeezed(piece) in text for piece in split_references(line) if isinstance(piece, str)), line
    for phase in checklist.phases.values():
        assert squeezed(phase.title) in text
        assert phase.pause is None or squeezed(phase.pause.confirm) in text
    for word in ("搜索", "源文件", "依据：", "打印卡片", "大字"):
        assert word not in text
    assert one.find(".sheet").count() == 0, "it is gone after printing"


def test_every_list_is_one_sheet(reader: Open, renderings: dict[str, Rendering]) -> None:
    """What the script finds when it has tried every size of type; that paper agrees, the lists above show."""
    one = reader(door="file", size=DESK)
    site = renderings["staff"]
    pages = {name: site.addresses.of["checklist", name].partition("#")[0] for name in site.library.checklists}
    assert len(pages) > 40
    over = []
    for page in sorted(set(pages.values())):
        one.open(page)
        one.page.evaluate("window.print = () => {}")
        for name in (name for name, address in pages.items() if address == page):
            one.find(f".card-foot[data-card={name}] button").click()
            if one.find(".sheet--one").count() != 1:
                over.append(name)
            one.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert over == []


def step(number: int) -> str:
    """A step of the long list."""
    return f"第{number}步做到{'底' * (10 + number % 40)}"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that knows its address, with a short list and one of very many steps."""
    folder = tmp_path_factory.mktemp("cards")
    text = small_text("procedures/visit/visit.checklist.yml")
    head, _, phases = text.replace("id: visit", "id: long").replace("来访清单", "很长的清单").partition("phases:\n")
    phase, _, _ = phases.partition("      greet:")
    steps = [f"      s{n}: {{do: {step(n)}, who: clerk, practice: true}}\n" for n in range(LONG)]
    parts = [phase.replace("meet:", f"part-{n}:") + "".join(steps[n : n + 9]) for n in range(0, LONG, 9)]
    long = {"procedures/visit/long.checklist.yml": f"{head}phases:\n{''.join(parts)}"}
    root = buildable(folder / "project", **long)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + f"\nsite_url: {HOME}\n", "utf-8")
    build(root, folder / "site")
    return Site((folder / "site").resolve(), "http://unused")


@pytest.fixture
def one(chromium: Browser, small: Site) -> Iterator[Reader]:
    """A reader of the small site, from its folder."""
    made = Reader(chromium, small, "file", size=PHONE)
    yield made
    made.close()
    assert made.bad == []


def test_an_over_long_list_goes_on_on_the_next_sheet(one: Reader, tmp_path: Path) -> None:
    one.open("checklists/long.html")
    pdf = card(one, "long", tmp_path / "long.pdf")
    assert sheets(pdf) == 2
    assert outside(pdf) == []
    text = text_of(pdf)
    assert [n for n in range(LONG) if step(n) not in text] == []


def test_the_code_is_the_address_of_the_page(one: Reader, tmp_path: Path) -> None:
    one.open(VISIT)
    expected = segno.make(HOME + VISIT, micro=False, error="m", boost_error=False)
    drawn = one.find(".card-foot__code path").get_attribute("d")
    assert drawn and drawn in expected.svg_inline(omitsize=True, border=2)
    card(one, "visit", tmp_path / "card.pdf")
    assert len(run("pdftotext", str(tmp_path / "card.pdf"), "-")) > 50


def test_ticks_are_printed(one: Reader, tmp_path: Path) -> None:
    one.open(VISIT)
    assert "✓" not in text_of(card(one, "visit", tmp_path / "empty.pdf"))
    one.find("#visit--greet label").click(position={"x": 5, "y": 5})
    assert text_of(card(one, "visit", tmp_path / "ticked.pdf")).count("✓") == 1


def test_a_procedure_prints_its_text_without_the_tree(one: Reader, tmp_path: Path) -> None:
    one.open(VISIT)
    one.page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    text = text_of(tmp_path / "page.pdf")
    assert "请来访人坐下" in text and "版本" in text
    assert squeezed(one.find(".question__ask").first.inner_text()) not in text


@pytest.mark.parametrize("width", [320, 1440])
def test_the_button_is_large_and_named(chromium: Browser, small: Site, width: int) -> None:
    made = Reader(chromium, small, "file", size={"width": width, "height": 740})
    made.open(VISIT)
    box = made.find(".card-foot button").bounding_box()
    assert box and box["height"] >= 44 and box["x"] + box["width"] <= width
    assert blemishes(made) == []
    made.page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    made.find(".card-foot button").focus()
    made.page.keyboard.press("Enter")
    assert made.page.evaluate("window.printed") == 1
    made.close()


def test_without_an_address_there_is_no_code(reader: Open) -> None:
    one = reader()
    one.open("procedures/reception/index.html")
    assert one.find(".card-foot__code").count() == 0
    assert "版本" in one.find(".card-foot__text").first.inner_text()
