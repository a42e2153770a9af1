"""A small library with a form that has every kind of field, a letter and ratios, built once for the tests of forms."""

from __future__ import annotations

import fcntl
from pathlib import Path

from browser.axe import findings as serious
from browser.axe import nameless
from browser.watch import Reader
from projects import build, buildable
from small import small_text

FORM = "procedures/visit/index.html"
LETTER = "forms/mail.html"
COUNTS = "forms/counts.html"

NOTE = """\
id: note
title: 登记表
audience: public
reviewed: 2026-05-01
reviewer: clerk
purpose: 来访时填写。
privacy: 用完清空。
keep: 自己留一份。
sections:
  who:
    title: 来访人
    text: 照他说的写。
    fields:
      name: {label: 姓名, required: true, help: 写全名}
      day: {label: 哪天, kind: date}
      count: {label: 几人, kind: number}
      tel: {label: 电话, kind: phone}
      way: {label: 方式, kind: choice, required: true, choices: [当面, 来信], basis: [law-a/3], help: 选一个}
      more: {label: 附件, kind: choices, choices: [照片, 文件, 录音]}
  what:
    title: 事情
    fields:
      story: {label: 经过, kind: long-text, required: true, lines: 4}
      sign: {label: 签名, kind: signature, required: true}
"""

MAIL = """\
id: mail
title: 一封信
audience: public
reviewed: 2026-05-01
reviewer: clerk
purpose: 写信用。
privacy: 不写用不着的。
letter: true
avoid: [编的事。, "骂人的话（[](cite:law-a/3)）。"]
sections:
  to:
    title: 交给谁
    fields:
      organ: {label: 收信的单位, role: to, required: true}
      kind: {label: 这封信是, letter: 我写这封信是, kind: choice, choices: [请求解决事情, 提建议]}
  who:
    title: 您是谁
    fields:
      name: {label: 姓名, role: name, required: true}
      address: {label: 住址, role: address, required: true}
      phone: {label: 联系电话, role: phone, kind: phone}
      representatives: {label: 代表, letter: 走访的代表, role: representatives, kind: long-text}
  request:
    title: 您要什么
    letter: 请求
    fields:
      request: {label: 请求, role: requests, kind: long-text, required: true}
  facts:
    title: 发生了什么
    letter: 事实
    fields:
      place: {label: 在哪里, letter: 事情发生在}
      course: {label: 经过, role: facts, kind: long-text, required: true}
  reasons:
    title: 为什么
    letter: 理由
    fields:
      reasons: {label: 理由, role: reasons, kind: long-text, required: true}
  earlier:
    title: 以前
    letter: 以前的办理情况
    fields:
      routes: {label: 以前做过什么, letter: 我以前, kind: choices, choices: [打过电话, 来过]}
  papers:
    title: 附上什么
    fields:
      list: {label: 附件清单, role: attachments, kind: long-text}
  confirm:
    title: 签名
    text: 以上是我知道的情况。
    fields:
      sign: {label: 签名, role: sign, kind: signature, required: true}
      day: {label: 日期, role: day, kind: date, required: true}
"""


COUNT = """\
id: counts
title: 数一数
audience: public
reviewed: 2026-05-01
reviewer: clerk
purpose: 年底算数。
privacy: 只写数。
sections:
  told:
    title: 告知
    fields:
      told: {label: 按期告知的, kind: number}
      due: {label: 到期的, kind: number}
      share: {label: 按期告知率, kind: ratio, part: told, whole: due, least: 10, help: 低了先看谁在拖。, basis: [law-a/3]}
      checked: {label: 抽查的, kind: number}
      readable: {label: 看得懂的占抽查的, kind: ratio, part: told, whole: checked}
"""


def build_forms(base: Path) -> Path:
    """A built staff edition with the three forms, the last two on pages of their own; the first test process builds."""
    home = small_text("docs/index.md") + "\n见 [](form:mail)。\n"
    files = {"procedures/visit/note.form.yml": NOTE, "docs/mail.form.yml": MAIL, "docs/index.md": home}
    files["docs/counts.form.yml"] = COUNT
    base.mkdir(parents=True, exist_ok=True)
    with open(base / "lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not (base / "site").exists():
            build(buildable(base / "project", **files), base / "site")
    return (base / "site").resolve()


def findings(one: Reader) -> list[str]:
    """What axe finds serious on the page as it stands, and what has no name in its accessibility tree."""
    return nameless(one) + serious(one)


_FAULTS = """() => {
    const wide = document.documentElement.clientWidth, form = document.querySelector('.form'), bad = [];
    if (document.documentElement.scrollWidth > wide) bad.push('page ' + document.documentElement.scrollWidth);
    for (const spot of form.querySelectorAll('*')) {
        if (!spot.checkVisibility()) continue;
        const box = spot.getBoundingClientRect(), name = `${spot.tagName}.${spot.className} ${spot.textContent.slice(0, 20)}`;
        if (box.right > wide + 1) bad.push('outside: ' + name);
        if (spot.matches('button, select, summary, label.option, .form__switch, .form__problems a, textarea, ' +
            'input:not([type=radio], [type=checkbox])') && box.height < 43.9) bad.push(`small ${box.height}: ${name}`);
    }
    return bad;
}"""


def faults(one: Reader) -> list[str]:
    """What sticks out of the screen or is too small to tap, at four widths."""
    found = []
    for width in (320, 360, 768, 1440):
        one.page.set_viewport_size({"width": width, "height": 740})
        found += [f"{width}: {fault}" for fault in one.page.evaluate(_FAULTS)]
    return found


def stored(one: Reader) -> dict[str, str]:
    """What the forms keep on this device."""
    found: dict[str, str] = one.page.evaluate(
        "Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('xinfang-guide:form')))"
    )
    return found


def press(one: Reader, name: str) -> None:
    """Press the visible button of that name."""
    one.page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()


def saved(one: Reader, name: str) -> bytes:
    """The file that a button hands out."""
    with one.page.expect_download() as coming:
        press(one, name)
    return Path(coming.value.path()).read_bytes()
