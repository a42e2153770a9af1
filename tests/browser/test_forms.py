"""Forms: kept only if the reader says so, several copies, checked, printed, copied, saved; whatever is typed is text."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from playwright.sync_api import Browser

from browser.forms import FORM, faults, findings, press, saved, stored
from browser.watch import DESK, Open, Reader, Site

KEEP = "在这台设备上保存这一份"
HOSTILE = "</w:t></w:r><b>粗</b><img src=x onerror=alert(1)> & \"'{{ 7*7 }}😀👩\u200d👧\x01\x0b\ufffe"
BIG = "十万字节的长文。" * 4200  # 100 kB in UTF-8


@pytest.fixture
def visitor(chromium: Browser, forms_site: Site) -> Iterator[Open]:
    readers: list[Reader] = []

    def open_form(page: str = FORM, door: str = "http", **settings: object) -> Reader:
        one = Reader(chromium, forms_site, door, **settings)  # type: ignore[arg-type]
        readers.append(one)
        one.open(page)
        return one

    yield open_form
    for one in readers:
        one.close()
    assert [bad for one in readers for bad in one.bad] == []


def fill(one: Reader) -> None:
    one.find("[name=name]").fill("张三")
    one.find("[name=day]").fill("2026-03-02")
    one.find("[name=count]").fill("3")
    one.find("[name=tel]").fill("0000-1")
    one.find("[name=way][value=来信]").check()
    one.find("[name=more]").first.check()
    one.find("[name=more]").last.check()
    one.find("[name=story]").fill("第一行\n第二行")


def values(one: Reader) -> dict[str, object]:
    kept: dict[str, object] = one.page.evaluate("portal.forms[0].values()")
    return kept


FILLED = {
    "name": "张三",
    "day": "2026-03-02",
    "count": "3",
    "tel": "0000-1",
    "way": ["来信"],
    "more": ["照片", "录音"],
    "story": "第一行\n第二行",
}


@pytest.mark.parametrize("door", ["http", "file"])
def test_nothing_is_kept_unless_the_reader_says_so(visitor: Open, door: str) -> None:
    one = visitor(door=door)
    fill(one)
    one.page.wait_for_timeout(600)
    assert stored(one) == {}
    assert "没有保存" in one.find(".form__state").inner_text()
    one.page.get_by_label(KEEP).check()
    assert "已经存在" in one.find(".form__state").inner_text()
    one.find("[name=story]").fill("改过")  # kept even when the page goes at once
    one.page.reload()
    assert values(one) == {**FILLED, "story": "改过"}
    one.page.get_by_label(KEEP).uncheck()
    assert stored(one) == {} and values(one)["name"] == "张三"
    one.page.reload()
    assert values(one)["name"] == ""


def test_several_copies_have_names_and_are_deleted_together(visitor: Open) -> None:
    one = visitor()
    one.page.get_by_label(KEEP).check()
    one.find("[name=name]").fill("甲")
    one.page.get_by_label("这一份叫什么").fill("甲的")
    press(one, "另起一份")
    assert values(one)["name"] == ""
    one.find("[name=name]").fill("乙")
    one.page.wait_for_timeout(600)
    pick = one.page.get_by_label("换一份")
    assert pick.locator("option").all_inner_texts() == ["甲的", "第 2 份（正在填）"]
    pick.select_option("甲的")
    assert values(one)["name"] == "甲"
    assert sorted(stored(one)) == ["xinfang-guide:form:note:1", "xinfang-guide:form:note:2"]
    asked = []
    one.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    press(one, "全部删除")
    assert len(asked) == 1 and "共 2 份" in asked[0]
    assert stored(one) == {} and values(one)["name"] == ""


def test_clearing_can_be_undone(visitor: Open) -> None:
    one = visitor()
    fill(one)
    one.page.get_by_label(KEEP).check()
    press(one, "清空")
    assert stored(one) == {} and not any(values(one).values())
    press(one, "撤销，找回来")
    assert values(one) == FILLED and len(stored(one)) == 1


def test_what_is_missing_is_told_in_words_with_a_way_to_it(visitor: Open) -> None:
    one = visitor(size=DESK)
    press(one, "查一查还缺什么")
    box = one.find(".form__problems")
    assert one.page.evaluate("document.activeElement.className") == "form__problems"
    assert box.get_by_role("link").all_inner_texts() == ["姓名", "方式", "经过"]
    assert "签名" in box.inner_text()
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")
    assert one.page.evaluate("document.activeElement.value") == "当面"
    assert one.page.url.endswith(FORM)
    one.page.keyboard.press("Space")
    assert one.find(".is-missing").count() == 2
    fill(one)
    one.find("[name=story]").fill("号码１１０１０１ 19900307 001X，卡 6222 0200 0000 0000 000")
    press(one, "查一查还缺什么")
    assert "必填的都写了" in box.inner_text() and "身份证号" in box.inner_text()


def test_text_is_copied_and_saved(visitor: Open) -> None:
    one = visitor()
    one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    fill(one)
    press(one, "复制文字")
    one.page.get_by_text("已经复制").wait_for()
    text = one.page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    assert "方式：☐ 当面　☑ 来信\n附件：☑ 照片　☐ 文件　☑ 录音\n" in text
    assert "哪天：2026年3月2日" in text and "经过：\n第一行\n第二行\n签名：____" in text
    data = saved(one, "存成文本")
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    assert data.decode("utf-8-sig").replace("\r\n", "\n") == text


def test_copying_works_without_the_clipboard_interface(visitor: Open) -> None:
    one = visitor(door="file")
    one.page.evaluate("Object.defineProperty(window, 'isSecureContext', {value: false})")
    fill(one)
    press(one, "复制文字")
    one.page.get_by_text("已经复制").wait_for()


def paper(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def lines(document: docx.document.Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("door", ["http", "file"])
def test_a_docx_holds_what_was_written_in_the_layout_of_an_official_paper(visitor: Open, door: str) -> None:
    one = visitor(door=door)
    fill(one)
    one.find("[name=name]").fill("张三" + HOSTILE)
    assert not [url for url in one.requests if "docx" in url]
    document = paper(saved(one, "存成 DOCX"))
    asked = [url.rsplit("/", 1)[1] for url in one.requests if "docx" in url]
    assert asked == ["docx.iife.min.js", "form-docx.js"]
    text = lines(document)
    assert text[0] == "登记表" and "方式：☐ 当面　☑ 来信" in text and text[-3:] == ["第一行", "第二行", "签名：\t"]
    name = next(line for line in text if line.startswith("姓名："))
    assert name == "姓名：张三" + HOSTILE.replace("\x01\x0b\ufffe", "")
    fonts = {run.font.name for paragraph in document.paragraphs[1:] for run in paragraph.runs}
    assert fonts == {"仿宋", "黑体"}
    section = document.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert round(section.page_width.mm) == 210
    part = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    assert b'w:name="\xe4\xbb\xbf\xe5\xae\x8b"><w:altName w:val="Noto Serif CJK SC"/>' in part.blob


def test_a_blank_docx_has_lines_to_write_on_and_nothing_of_the_reader(visitor: Open) -> None:
    one = visitor()
    fill(one)
    text = lines(paper(saved(one, "空白 DOCX")))
    assert "姓名：\t" in text and text.count("\t") == 3 and "方式：☐ 当面　☐ 来信" in text
    assert not any(word in "".join(text) for word in ("张三", "第一行", "☑"))


def test_libreoffice_prints_the_docx(visitor: Open, tmp_path: Path) -> None:
    if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
        pytest.skip("没有 LibreOffice，DOCX 的排版没有看过")
    one = visitor()
    fill(one)
    (tmp_path / "form.docx").write_bytes(saved(one, "存成 DOCX"))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "form.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    text = subprocess.run(["pdftotext", tmp_path / "form.pdf", "-"], check=True, capture_output=True).stdout.decode()
    assert "张三" in text and "第二行" in text and "☑" in text and "—1—" in text.replace(" ", "")


def test_a_docx_that_cannot_be_made_is_told(visitor: Open) -> None:
    one = visitor()
    one.page.evaluate("window.Promise = class extends Promise {}; portal.formDocx = 1;")
    one.page.route("**/form-docx.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    press(one, "存成 DOCX")
    one.page.get_by_role("alert").get_by_text("DOCX 没有做成").wait_for()


def test_a_hundred_thousand_bytes_in_a_field(visitor: Open) -> None:
    one = visitor()
    fill(one)
    one.find("[name=story]").fill(BIG)
    one.find("[name=name]").fill(BIG)
    one.page.get_by_label(KEEP).check()
    one.page.reload()
    assert values(one)["story"] == BIG
    assert BIG in saved(one, "存成文本").decode()
    assert BIG in lines(paper(saved(one, "存成 DOCX")))


_FULL = """() => {
    let size = 4194304;
    while (size >= 1) {
        try { localStorage.setItem('x' + size + Math.random(), 'x'.repeat(size)); } catch (error) { size = Math.floor(size / 2); }
    }
}"""


def test_a_full_storage_is_told_and_nothing_is_lost(visitor: Open) -> None:
    one = visitor()
    fill(one)
    one.page.evaluate(_FULL)
    one.page.get_by_label(KEEP).check()
    one.page.get_by_role("alert").get_by_text("存储满了").wait_for()
    assert "没有存上" in one.find(".form__state").inner_text()
    assert values(one) == FILLED and b"\xe5\xbc\xa0" in saved(one, "存成文本")
    one.page.evaluate("localStorage.clear()")
    one.find("[name=story]").fill("又能存了")
    one.page.wait_for_timeout(600)
    assert "已经存在" in one.find(".form__state").inner_text() and len(stored(one)) == 1


def test_a_storage_that_is_forbidden(visitor: Open) -> None:
    one = visitor()
    one.page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'SecurityError'); }")
    one.page.reload()
    fill(one)
    one.page.get_by_label(KEEP).check()
    one.page.get_by_role("alert").get_by_text("不让保存").wait_for()
    assert values(one) == FILLED


def test_two_tabs_on_one_copy_follow_each_other(visitor: Open) -> None:
    one = visitor()
    one.page.get_by_label(KEEP).check()
    other = one.page.context.new_page()
    other.goto(one.page.url)
    other.locator("[name=tel]").fill("1")
    one.find("[name=story]").fill("这边写的")
    other.locator("[name=name]").fill("那边写的")
    other.wait_for_timeout(600)
    one.page.wait_for_function("portal.forms[0].values().name === '那边写的'")
    other.wait_for_timeout(600)
    assert values(one)["story"] == "这边写的" == other.locator("[name=story]").input_value()
    other.get_by_label(KEEP).uncheck()
    one.page.get_by_text("已经从这台设备上删掉").wait_for()
    assert values(one)["story"] == "这边写的" and stored(one) == {}


@pytest.mark.parametrize(
    "record",
    [
        "{",
        "7",
        "null",
        '{"values": 3}',
        json.dumps(
            {
                "name": {"a": 1},
                "at": "x",
                "values": {"name": ["a"], "way": "来信", "day": "<b>", "count": "1e", "gone": 1},
            }
        ),
        json.dumps({"name": HOSTILE, "values": {"name": HOSTILE, "story": HOSTILE, "more": [HOSTILE, "照片"]}}),
    ],
)
def test_whatever_is_stored_is_taken_as_text_or_not_at_all(visitor: Open, record: str) -> None:
    one = visitor()
    one.page.evaluate("record => localStorage.setItem('xinfang-guide:form:note:1', record)", record)
    one.page.reload()
    assert one.find(".form__bar").count() == 1 and values(one)["day"] == ""
    assert one.find(".form b, .form img").count() == 0
    one.find("[name=name]").fill("还能用")
    assert "还能用" in saved(one, "存成文本").decode()


def test_fields_that_the_form_no_longer_has_stay_in_the_copy(visitor: Open) -> None:
    one = visitor()
    record = json.dumps({"name": "旧的", "at": 1, "values": {"name": "张三", "gone": "旧答案"}})
    one.page.evaluate("record => localStorage.setItem('xinfang-guide:form:note:1', record)", record)
    one.page.reload()
    one.find("[name=tel]").fill("1")
    one.page.wait_for_timeout(600)
    (kept,) = stored(one).values()
    assert json.loads(kept)["values"]["gone"] == "旧答案"


def test_paper_shows_all_that_was_written(visitor: Open, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("没有 pdftotext：先运行 sh scripts/browser.sh")
    one = visitor(size=DESK)
    long = "".join(f"第{number}句写在这里。" for number in range(200))
    one.find("[name=story]").fill(long)
    one.find("[name=name]").fill("很长的名字" * 30)
    one.page.evaluate("window.print = () => {}")
    press(one, "打印")
    one.page.pdf(path=tmp_path / "form.pdf", prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-raw", tmp_path / "form.pdf", "-"], check=True, capture_output=True).stdout
    squeezed = "".join(text.decode().split())
    assert long in squeezed and "很长的名字" * 30 in squeezed
    assert not any(word in squeezed for word in (KEEP, "没有保存", "存成", "打印以后"))
    assert one.find(".written").count() == 0 and one.find("[name=story]").is_visible()


def test_without_script_the_form_is_whole_and_promises_nothing(visitor: Open) -> None:
    one = visitor(script=False)
    assert one.find(".form button:visible, .form__bar").count() == 0
    assert one.find("[name=name]").is_visible() and one.find("[name=story]").is_visible()
    assert "《试验条例》" in one.find(".field--choice .basis").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_fits_and_can_be_used_by_everybody(visitor: Open, scheme: str) -> None:
    one = visitor(scheme=scheme)
    assert findings(one) + faults(one) == []
    one.page.get_by_label(KEEP).check()
    press(one, "另起一份")
    press(one, "查一查还缺什么")
    assert findings(one) + faults(one) == []
    press(one, "清空")
    assert findings(one) + faults(one) == []
    one.page.evaluate(_FULL)
    one.page.get_by_label(KEEP).check()
    one.page.get_by_role("alert").wait_for()
    assert findings(one) + faults(one) == []


def test_the_switch_and_the_buttons_by_keyboard(visitor: Open) -> None:
    one = visitor(size=DESK)
    one.page.get_by_label(KEEP).focus()
    one.page.keyboard.press("Space")
    names = []
    for _ in range(14):
        one.page.keyboard.press("Tab")
        names.append(one.page.evaluate("document.activeElement.name || document.activeElement.textContent"))
        outline = one.page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert outline >= 2 or one.page.evaluate("document.activeElement.matches('[type=radio], [type=checkbox]')")
    assert names[1:3] == ["另起一份", "全部删除"] and "name" in names and "more" in names


def test_nothing_typed_leaves_the_page(visitor: Open) -> None:
    one = visitor()
    fill(one)
    one.page.get_by_label(KEEP).check()
    saved(one, "存成 DOCX")
    seen = [*(url for url in one.requests if not url.startswith("blob:")), one.page.url, one.page.title()]
    assert not any("张" in text or "%E5%BC%A0" in text for text in seen)
