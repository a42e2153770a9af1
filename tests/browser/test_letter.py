"""The letter builder: one section at a time, seen as a letter, doubts told, handed out as text, paper and DOCX."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from playwright.sync_api import Browser

from browser.forms import LETTER, faults, findings, press, saved
from browser.test_forms import HOSTILE, lines, paper
from browser.watch import DESK, Open, Reader, Site

WRITTEN = {
    "organ": "试验交通局",
    "name": "王某",
    "address": "试验镇 1 号",
    "phone": "0000-1",
    "representatives": "甲\n乙",
    "request": "1. 请修沟。\n2. 请答复。",
    "place": "试验村",
    "course": "三月修路，沟填了。",
    "reasons": "请查明依据。",
    "list": "1. 照片 2 张\n\n收据 1 页",
    "day": "2026-06-01",
}
LETTER_TEXT = """\
试验交通局：

　　我是王某，住址：试验镇 1 号。联系电话：0000-1。
　　走访的代表：甲、乙

一、请求
　　1. 请修沟。
　　2. 请答复。

二、事实
　　事情发生在：试验村
　　三月修路，沟填了。

三、理由
　　请查明依据。

四、以前的办理情况
　　我以前：打过电话、来过
　　以上是我知道的情况。
　　附件：1. 照片 2 张
　　　　　2. 收据 1 页

　　　　　　　　　　　　签名：________
　　　　　　　　　　　　2026年6月1日
"""


@pytest.fixture
def writer(chromium: Browser, forms_site: Site) -> Iterator[Open]:
    readers: list[Reader] = []

    def open_letter(door: str = "http", **settings: object) -> Reader:
        one = Reader(chromium, forms_site, door, **settings)  # type: ignore[arg-type]
        readers.append(one)
        one.open(LETTER)
        return one

    yield open_letter
    for one in readers:
        one.close()
    assert [bad for one in readers for bad in one.bad] == []


def write(one: Reader, **changes: str) -> None:
    """Go through all steps as a citizen does, to the letter."""
    for number in range(1, 9):
        assert f"第 {number} 步，共 9 步" in one.find(".form__step").inner_text()
        for field in one.find(".part.is-here :is(input, textarea):visible").all():
            name = field.get_attribute("name") or ""
            if field.get_attribute("type") == "checkbox":
                field.check()
            elif field.get_attribute("type") != "radio":
                field.fill({**WRITTEN, **changes}[name])
        press(one, "下一步" if number < 8 else "看信")


@pytest.mark.parametrize("door", ["http", "file"])
def test_step_by_step_to_a_letter(writer: Open, door: str) -> None:
    one = writer(door=door)
    write(one)
    assert "第 9 步，共 9 步：看信" in one.find(".form__step").inner_text()
    assert one.find(".form__problems a").count() == 0
    assert one.find(".letter__to").inner_text() == "试验交通局："
    assert one.find(".letter__heading").all_inner_texts() == ["一、请求", "二、事实", "三、理由", "四、以前的办理情况"]
    assert saved(one, "存成文本").decode("utf-8-sig").replace("\r\n", "\n") == LETTER_TEXT
    document = paper(saved(one, "存成 DOCX"))
    assert lines(document)[:2] == ["试验交通局：", "我是王某，住址：试验镇 1 号。联系电话：0000-1。"]
    assert [p.alignment for p in document.paragraphs[-2:]] == [WD_ALIGN_PARAGRAPH.RIGHT] * 2
    assert lines(document)[-1] == "2026年6月1日"


def test_by_keyboard_the_focus_goes_where_the_reader_goes(writer: Open) -> None:
    one = writer(size=DESK)
    for number in range(2, 10):
        one.page.get_by_role("button", name="看信" if number == 9 else "下一步", exact=True).focus()
        one.page.keyboard.press("Enter")
        now = one.page.evaluate(
            "[document.activeElement.textContent, parseFloat(getComputedStyle(document.activeElement).outlineWidth)]"
        )
        assert now[0].startswith(f"第 {number} 步") and now[1] >= 2
        one.page.keyboard.press("Tab")
        assert one.page.evaluate("document.activeElement.textContent").startswith("一次看全部")
    press(one, "上一步")
    assert one.find(".part.is-here legend").first.inner_text() == "签名"


def test_doubts_are_told_and_lead_to_their_step(writer: Open) -> None:
    one = writer()
    phone, card = "电话 138 0013 8000", "号 110101199003070012"
    write(
        one,
        name="",
        representatives="1. 甲\n2. 乙\n3. 丙\n4. 丁\n5. 戊\n6. 己",
        request=phone,
        course=card,
        phone="13800138000",
    )
    told = one.find(".form__problems a").all_inner_texts()
    assert told[0] == "姓名" and len(told) == 5
    for words, text in zip(("没法书面告诉您", "最多 5 位", "手机号", "身份证号"), told[1:], strict=True):
        assert words in text
    one.find(
        ".form__problems a",
    ).nth(2).click()
    assert one.page.evaluate("document.activeElement.name") == "representatives"
    assert "第 2 步" in one.find(".form__step").inner_text()


def test_five_representatives_are_not_too_many(writer: Open) -> None:
    one = writer()
    write(one, representatives="甲、乙、丙\n丁\n戊\n\n")
    assert one.find(".form__problems a").count() == 0


def test_to_whom_and_where_come_from_the_profile(writer: Open) -> None:
    one = writer()
    assert "试验路 1 号" in one.find(".form__where").inner_text()
    one.find(".form__fill").click()
    assert one.find("[name=organ]").input_value() == "试验信访局"
    assert one.page.evaluate("document.activeElement.name") == "organ"
    assert "编的事" in one.find(".form__avoid").text_content()


def test_markup_in_every_field_stays_text(writer: Open) -> None:
    one = writer()
    write(one, **{name: HOSTILE for name in WRITTEN if name != "day"})
    assert one.find(".letter img, .letter b, .form__problems b, .form__problems img").count() == 0
    clean = HOSTILE.replace("\x01\x0b\ufffe", "")
    assert one.find(".letter__to").text_content() == clean + "："
    assert clean in lines(paper(saved(one, "存成 DOCX")))


def test_all_at_once_follows_what_is_typed(writer: Open) -> None:
    one = writer()
    press(one, "一次看全部（打印空表也在这里）")
    assert one.find(".part:visible").count() == 8 and one.find(".letter:visible").count() == 0
    press(one, "看信")
    one.find("[name=organ]").fill("某局")
    assert one.find(".letter__to").inner_text() == "某局："
    press(one, "一步一步填")
    assert one.find(".part:visible").count() == 0 and one.find(".letter:visible").count() == 1


def test_clearing_goes_back_to_the_first_step(writer: Open) -> None:
    one = writer()
    write(one)
    press(one, "清空")
    assert "第 1 步" in one.find(".form__step").inner_text() and one.find("[name=organ]").input_value() == ""
    press(one, "撤销，找回来")
    assert one.find("[name=organ]").input_value() == "试验交通局"


def test_the_letter_is_printed_alone_and_the_form_whole(writer: Open, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("没有 pdftotext：先运行 sh scripts/browser.sh")
    one = writer(size=DESK)
    write(one)
    one.page.evaluate("window.print = () => {}")
    press(one, "打印这封信")
    text = printed(one, tmp_path / "letter.pdf")
    assert "试验交通局：" in text and "二、事实" in text and "签名" in text
    assert not any(word in text for word in ("必填", "发生了什么", "上一步", "交到哪里", "第9步"))
    text = printed(one, tmp_path / "page.pdf")
    assert all(word in text for word in ("交给谁", "发生了什么", "三月修路", "签名")) and "二、事实" not in text


def printed(one: Reader, target: Path) -> str:
    one.page.pdf(path=target, prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-raw", target, "-"], check=True, capture_output=True).stdout
    return "".join(text.decode().split())


def test_without_script_all_sections_stand_there(writer: Open) -> None:
    one = writer(script=False)
    assert one.find(".part:visible").count() == 8
    assert one.find(".form button:visible, .form__steps, .letter").count() == 0
    assert one.find(".form__where").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_fits_and_can_be_used_by_everybody(writer: Open, scheme: str) -> None:
    one = writer(scheme=scheme)
    assert findings(one) + faults(one) == []
    one.page.get_by_label("在这台设备上保存这一份").check()
    write(one, name="", representatives="甲\n乙\n丙\n丁\n戊\n己")
    assert findings(one) + faults(one) == []
    press(one, "一次看全部（打印空表也在这里）")
    assert findings(one) + faults(one) == []
