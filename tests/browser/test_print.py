"""On paper: A4, every item and field with its box to tick or line to write on, nothing of the navigation."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from browser.watch import DESK, Open
from portal.model.reference import split_references
from portal.rendering.site import Site as Rendering

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="没有 pdftotext：先运行 sh scripts/browser.sh"
)
DPI = 144
CHECKLISTS = {
    "collective-visit": "plans/collective-visit/index.html",
    "reception": "procedures/reception/index.html",
}


def _print(reader: Open, page: str, target: Path, *, script: bool = True, do: str = "") -> Path:
    """Print a page of the staff edition, after `do` was run on it."""
    one = reader(script=script, size=DESK)
    one.open(page)
    if script:
        one.quiet()
    if do:
        one.page.evaluate(do)
    one.page.pdf(path=str(target), prefer_css_page_size=True)
    return target


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def _squeezed(text: str) -> str:
    """Without white space: lines are broken anywhere in Chinese."""
    return re.sub(r"\s+", "", text)


def _text(pdf: Path) -> str:
    return _squeezed(_run("pdftotext", "-raw", str(pdf), "-"))


def _plain(text: str) -> list[str]:
    """The pieces of an authored line that are printed as they stand (references are printed with their titles)."""
    return [_squeezed(piece) for piece in split_references(text) if isinstance(piece, str)]


def _assert_a4(pdf: Path) -> None:
    info = _run("pdfinfo", str(pdf))
    width, height = (float(number) for number in re.findall(r"Page size:\s+([\d.]+) x ([\d.]+)", info)[0])
    assert (round(width), round(height)) == (595, 842)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("name", CHECKLISTS)
def test_a_checklist(reader: Open, renderings: dict[str, Rendering], tmp_path: Path, name: str, script: bool) -> None:
    pdf = _print(reader, CHECKLISTS[name], tmp_path / "list.pdf", script=script)
    _assert_a4(pdf)
    text = _text(pdf)
    library = renderings["staff"].library
    items = [item for _, _, item in library.checklists[name].all_items()]
    assert len(items) > 15
    for item in items:
        for piece in (*_plain(item.do), *_plain(item.say or "")):
            assert piece in text
        assert library.profile and _squeezed(library.profile.roles[item.who].title) in text
    for phase in library.checklists[name].phases.values():
        assert phase.pause is None or all(piece in text for piece in _plain(phase.pause.confirm))
    for word in ("搜索", "作者手册", "看全图", "目录", "源文件"):
        assert word not in text
    assert _boxes(pdf, len(items), tmp_path) == len(items)


def test_an_unticked_box_is_empty_and_a_ticked_one_is_not(reader: Open, tmp_path: Path) -> None:
    page = CHECKLISTS["reception"]
    empty = _print(reader, page, tmp_path / "empty.pdf")
    tick = "document.querySelector('li.item input').checked = true"
    ticked = _print(reader, page, tmp_path / "ticked.pdf", do=tick)
    assert _darkness(ticked, tmp_path) > _darkness(empty, tmp_path) + 20


def test_boxes_that_are_not_printed_are_missed(reader: Open, tmp_path: Path) -> None:
    hide = "document.querySelectorAll('li.item input').forEach(tick => { tick.style.visibility = 'hidden'; })"
    pdf = _print(reader, CHECKLISTS["reception"], tmp_path / "bare.pdf", do=hide)
    assert _boxes(pdf, 20, tmp_path) == 0


def test_the_registration_form(reader: Open, renderings: dict[str, Rendering], tmp_path: Path) -> None:
    pdf = _print(reader, "procedures/registration-routing/index.html", tmp_path / "form.pdf")
    _assert_a4(pdf)
    text = _text(pdf)
    form = renderings["staff"].library.forms["registration"]
    assert _squeezed(form.title) in text
    for section in form.sections.values():
        assert _squeezed(section.title) in text
        for field in section.fields.values():
            assert _squeezed(field.label) in text
            assert all(_squeezed(choice) in text for choice in field.choices)
    for word in ("搜索", "作者手册", "清空"):
        assert word not in text


def test_the_button_of_a_form_prints_the_form_alone(
    reader: Open, renderings: dict[str, Rendering], tmp_path: Path
) -> None:
    press = "window.print = () => {}; document.querySelector('[data-print]').click()"
    pdf = _print(reader, "procedures/registration-routing/index.html", tmp_path / "form.pdf", do=press)
    text = _text(pdf)
    library = renderings["staff"].library
    for section in library.forms["registration"].sections.values():
        assert all(_squeezed(field.label) in text for field in section.fields.values())
    assert _squeezed(next(item.do for _, _, item in library.checklists["registration-routing"].all_items())) not in text
    assert int(re.findall(r"Pages:\s+(\d+)", _run("pdfinfo", str(pdf)))[0]) <= 4


def test_a_tree_is_printed_whole_whatever_was_answered(
    reader: Open, renderings: dict[str, Rendering], tmp_path: Path
) -> None:
    tap = "document.querySelector('.is-here a.answer').click()"
    text = _text(_print(reader, "trees/grade-incident.html", tmp_path / "tree.pdf", do=tap))
    tree = renderings["staff"].library.trees["grade-incident"]
    for question in tree.questions.values():
        assert all(piece in text for piece in _plain(question.ask))
    for outcome in tree.outcomes.values():
        assert _squeezed(outcome.title) in text


def test_players_cards_are_printed_without_the_messages(
    reader: Open, renderings: dict[str, Rendering], tmp_path: Path
) -> None:
    text = _text(_print(reader, "drills/laid-off-workers-players.html", tmp_path / "cards.pdf"))
    drill = renderings["staff"].library.drills["laid-off-workers"]
    for player in drill.players.values():
        assert all(piece in text for piece in _plain(player.brief))
    for inject in drill.injects.values():
        handed_out = [piece for piece in _plain(inject.text) if piece in text]
        assert not handed_out, "the facilitator hands these out in time"


def _images(pdf: Path, folder: Path) -> list[tuple[int, int, bytes]]:
    """Every page as width, height and grey values."""
    for old in folder.glob("page-*.pgm"):
        old.unlink()
    _run("pdftoppm", "-gray", "-r", str(DPI), str(pdf), str(folder / "page"))
    images = []
    for path in sorted(folder.glob("page-*.pgm")):
        head, size, _, pixels = path.read_bytes().split(b"\n", 3)
        assert head == b"P5"
        width, height = (int(number) for number in size.split())
        images.append((width, height, pixels))
    return images


def _numbers(pdf: Path) -> list[tuple[int, int, int, int]]:
    """Page, left, top and bottom (pixels) of every item number (`12.`) that starts a line of the list."""
    found = []
    scale = DPI / 72
    for page, body in enumerate(_run("pdftotext", "-bbox", str(pdf), "-").split("<page ")[1:]):
        for left, top, bottom, word in re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)</word>', body
        ):
            if re.match(r"\d+\.", word):
                found.append((page, *(round(float(number) * scale) for number in (left, top, bottom))))
    return found


def _boxes(pdf: Path, most: int, folder: Path) -> int:
    """How many item numbers have an empty box at their left."""
    images = _images(pdf, folder)
    spots = _numbers(pdf)
    assert len(spots) >= most
    return sum(1 for page, left, top, bottom in spots if _has_box(images[page], left, (top + bottom) // 2))


def _has_box(image: tuple[int, int, bytes], left: int, middle: int) -> bool:
    """Two dark uprights, 16 to 30 pixels apart, with nothing between them."""
    width, _, pixels = image
    row = pixels[middle * width + left - 90 : middle * width + left - 2]
    dark = [place for place, value in enumerate(row) if value < 110]
    gaps = [right - left for left, right in pairwise(dark) if right - left > 3]
    return any(16 <= gap <= 30 for gap in gaps)


def _darkness(pdf: Path, folder: Path) -> int:
    """Dark pixels of the first page."""
    return sum(1 for value in _images(pdf, folder)[0][2] if value < 100)
