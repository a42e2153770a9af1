"""A small site with runs, and what a person does with them: for the tests of checklist runs."""

from __future__ import annotations

from pathlib import Path

from browser.watch import Reader
from projects import build, buildable

PAGE = "plans/zq-crowd/index.html"
LONG = "procedures/visit/index.html"
PHASES, ITEMS = 25, 8


def build_runs(base: Path) -> dict[str, Path]:
    """The small library with one checklist of 200 items; both editions."""
    root = buildable(base / "root", full=True, **{"procedures/visit/visit.checklist.yml": long_checklist()})
    for edition in ("staff", "public"):
        build(root, base / edition, edition)  # type: ignore[arg-type]
    return {edition: (base / edition).resolve() for edition in ("staff", "public")}


def long_checklist() -> str:
    """`visit` with 25 phases of 8 items; the ids that other objects name are among them."""
    names = iter(["greet", "listen", "write", "receipt", "tell", *(f"act-{n}" for n in range(PHASES * ITEMS))])
    head = (
        "id: visit\ntitle: 来访清单\naudience: public\nreviewed: 2026-05-01\nreviewer: clerk\nmode: read-do\nphases:\n"
    )
    return head + "".join(_phase(number, [next(names) for _ in range(ITEMS)]) for number in range(1, PHASES + 1))


def _phase(number: int, names: list[str]) -> str:
    roles = ("clerk", "chief")
    basis = "basis: [law-a/1.1, law-a/1.2, law-a/3]"
    items = "".join(
        f"      {name}: {{do: 第 {number} 段的事 {name}，写得长一些好换行, who: {roles[at % 2]}, {basis}}}\n"
        for at, name in enumerate(names)
    )
    return (
        f"  phase-{number}:\n    title: 第 {number} 段\n    within: 10 minutes\n"
        f"    pause: {{who: chief, confirm: 都好了}}\n    items:\n{items}"
    )


def start(one: Reader, page: str = PAGE, *, name: str = "东门", when: str = "", place: str = "大厅") -> None:
    """Open a checklist and start a run on it."""
    one.open(page)
    one.quiet()
    begin(one, name=name, when=when, place=place)


def begin(one: Reader, *, name: str = "东门", when: str = "", place: str = "大厅") -> None:
    """Start a run on the page shown."""
    button(one, "开始记录")
    one.page.get_by_label("这次叫什么").fill(name)
    one.page.get_by_label("地点").fill(place)
    one.page.get_by_label("我的岗位").select_option("接待员")
    one.page.get_by_label("我的代号").fill("李W")
    if when:
        one.page.get_by_label("开始时间").fill(when)
    button(one, "开始")


def button(one: Reader, name: str) -> None:
    """Press the first button of exactly this name."""
    one.page.get_by_role("button", name=name, exact=True).first.click()


def more(one: Reader, name: str) -> None:
    """Something from the menu of the run."""
    button(one, "更多")
    one.find("dialog").get_by_role("button", name=name, exact=True).click()


def answer(one: Reader, text: str) -> None:
    """Type into the window that asks, and keep it."""
    one.find("dialog textarea").fill(text)
    one.find("dialog").get_by_role("button", name="存下").click()


def skip(one: Reader, number: int, reason: str) -> None:
    """Mark an item as not applicable."""
    button(one, f"不适用，第 {number} 条")
    answer(one, reason)


def note(one: Reader, number: int, text: str) -> None:
    """Write a note on an item."""
    button(one, f"备注，第 {number} 条")
    answer(one, text)


def tick(one: Reader, number: int) -> None:
    """Tick (or untick) the item of this number."""
    one.find("li.item .item__do input").nth(number - 1).click()


def states(one: Reader) -> list[str]:
    """What stands at each item that has a state or a note, without the hour."""
    return list(
        one.page.evaluate(
            r"""() => Array.from(document.querySelectorAll('li.item')).flatMap((item, at) => {
                const said = Array.from(item.querySelectorAll('.item__state, .item__notes li'), part => part.textContent);
                return said.filter(Boolean).map(text => `${at + 1} ${text.replace(/\d\d:\d\d/, 'hh:mm')}`);
            })"""
        )
    )


def stored(one: Reader) -> list[str]:
    """The keys on the device."""
    return sorted(one.page.evaluate("portal.store.keys('run')"))
