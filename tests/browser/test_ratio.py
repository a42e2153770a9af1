"""Ratios in a form: worked out on the device as numbers are typed, told once, kept, printed and saved like what was typed."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, expect

from browser.forms import COUNTS, faults, findings, press, saved
from browser.watch import DESK, Open, Reader, Site

RESULT = "[data-field=share] .field__result"
CASES = [
    ("79", "82", "96.3%（79 ÷ 82）"),
    ("82", "82", "100.0%（82 ÷ 82）"),
    ("0", "82", "0.0%（0 ÷ 82）"),
    ("9999", "10000", "超过 99.9%（9999 ÷ 10000）"),
    ("1", "10000", "不到 0.1%（1 ÷ 10000）"),
    ("2", "3", "3 里有 2（分母不到 10，不算比例，写原数）"),
    ("", "82", "还算不出来（“按期告知的”没有填）"),
    ("", "", "还算不出来（两个数都没有填）"),
    ("0", "0", "还算不出来（“到期的”是 0，没有可比的）"),
    ("90", "82", "不会这样：“按期告知的”填了 90，比“到期的”的 82 还多。再看一眼。"),
    ("-1", "82", "不会这样：“按期告知的”比 0 小。再看一眼。"),
]


@pytest.fixture
def visitor(chromium: Browser, forms_site: Site) -> Iterator[Open]:
    readers: list[Reader] = []

    def open_form(door: str = "http", **settings: object) -> Reader:
        readers.append(Reader(chromium, forms_site, door, **settings))  # type: ignore[arg-type]
        readers[-1].open(COUNTS)
        return readers[-1]

    yield open_form
    for one in readers:
        one.close()
    assert [bad for one in readers for bad in one.bad] == []


def numbers(one: Reader, told: str, due: str) -> None:
    one.find("[name=told]").fill(told)
    one.find("[name=due]").fill(due)


def test_numbers_become_shares_and_what_cannot_be_is_told(visitor: Open) -> None:
    one = visitor(door="file")
    live = one.find(".form__told")
    for told, due, result in CASES:
        numbers(one, told, due)
        assert one.find(RESULT).inner_text() == result
    one.find("[name=told]").focus()
    one.page.keyboard.press("Control+A")
    one.page.keyboard.type("e")
    assert one.find(RESULT).inner_text() == "“按期告知的”里填的不是数。再看一眼。"
    numbers(one, "90", "82")
    press(one, "查一查还缺什么")
    one.page.get_by_role("link", name="按期告知率：不会这样").press("Enter")
    assert one.page.evaluate("document.activeElement.name") == "told"
    one.page.keyboard.press("Control+A")
    one.page.keyboard.type("79")
    expect(live).to_have_text("按期告知率：96.3%（79 ÷ 82）")
    one.find("[name=checked]").fill("79")
    expect(live).to_have_text("看得懂的占抽查的：100.0%（79 ÷ 79）")  # only what is new
    assert live.get_attribute("role") == "status"


def test_a_share_is_kept_cleared_printed_and_saved(visitor: Open, tmp_path: Path) -> None:
    one = visitor(size=DESK)
    numbers(one, "79", "82")
    one.page.get_by_label("在这台设备上保存这一份").check()
    one.page.reload()
    assert one.find(RESULT).inner_text() == "96.3%（79 ÷ 82）" and one.find(".form__told").inner_text() == ""
    assert one.page.evaluate("portal.forms[0].values().share") == "96.3%（79 ÷ 82）"
    text = saved(one, "存成文本").decode("utf-8-sig")
    assert "按期告知率：96.3%（79 ÷ 82）" in text and "看得懂的占抽查的 ＝ “按期告知的” ÷ “抽查的”：____" in text
    rows = [row.text for row in docx.Document(io.BytesIO(saved(one, "存成 DOCX"))).paragraphs]
    assert "按期告知率：96.3%（79 ÷ 82）" in rows
    blank = [row.text for row in docx.Document(io.BytesIO(saved(one, "空白 DOCX"))).paragraphs]
    assert any(row.startswith("按期告知率 ＝ “按期告知的” ÷ “到期的”") and row.endswith("：\t") for row in blank)
    if shutil.which("pdftotext"):
        one.page.evaluate("window.print = () => {}")
        press(one, "打印")
        one.page.pdf(path=tmp_path / "form.pdf", prefer_css_page_size=True)
        paper = subprocess.run(
            ["pdftotext", "-raw", tmp_path / "form.pdf", "-"], check=True, capture_output=True
        ).stdout
        squeezed = "".join(paper.decode().split())
        assert "96.3%（79÷82）" in squeezed and "还算不出来" not in squeezed and squeezed.count("算出来写这里") == 0
        one.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    press(one, "清空")
    assert "没有填" in one.find(RESULT).inner_text() and not one.page.evaluate("portal.forms[0].filled()")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_a_ratio_fits_and_is_for_everybody(visitor: Open, scheme: str) -> None:
    one = visitor(scheme=scheme)
    assert findings(one) + faults(one) == []
    for told, due in (("79", "82"), ("90", "82")):
        numbers(one, told, due)
        assert findings(one) + faults(one) == []
