"""A site of the smallest size with one tree that has every kind of question, and readers who open it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from browser.watch import Open, Reader, Site
from projects import build, buildable

TODAY = "2026-06-01"
PAGE = "procedures/visit/index.html"
TREE = """\
id: route
title: 走哪条路
audience: public
reviewed: 2026-05-01
reviewer: clerk
start: kind
questions:
  kind:
    kind: choices
    ask: 是什么事？
    help: 只看眼前这一件。
    basis: [law-a/1]
    choices:
      ours: {label: 本机关的事, go: people, help: 归我们管的}
      other: {label: 别的机关的事, go: send}
  people:
    kind: number
    ask: 来了几个人？
    unit: 人
    min: 1
    ranges:
      - {from: 1, to: 5, label: 五人以内, go: urgent}
      - {from: 6, label: 六人以上, go: days}
  urgent:
    kind: choices
    ask: 急不急？
    choices:
      yes: {label: 很急, go: urge}
      no: {label: 不急, go: days}
  days:
    kind: date
    ask: 哪天收到的？
    limit: law-a/handle
    within: {label: 还在期限内, go: wait}
    past: {label: 已经超过, go: urge}
    unsure: {label: 说不准, go: wait}
outcomes:
  send:
    title: 转送
    do: [当天转出]
    papers: [来访登记表]
    no_limit: 当天就转，不等任何日子。
    next: 问转到了哪里。
    basis: [law-a/2.2]
  wait:
    title: 等待
    do: [告诉来访人日子]
    papers: [回执]
    limits: [law-a/handle]
    next: 过了日子来问。
    practice: true
  urge:
    title: 催办
    do: [报负责人]
    papers: [回执]
    no_limit: 没有规定哪天。
    forms: [note]
    next: 找上级。
    basis: [law-a/3]
"""
CASES = """\
cases:
  - {tree: route, title: 别处的事, answers: {kind: other}, outcome: send}
  - {tree: route, title: 两个人, answers: {kind: ours, people: 2, urgent: no, days: within}, outcome: wait}
  - {tree: route, title: 早就收到, answers: {kind: ours, people: 9, days: past}, outcome: urge}
"""


def build_small(base: Path) -> Path:
    """The folder of the built site."""
    changes = {"procedures/visit/route.tree.yml": TREE, "procedures/visit/cases.yml": CASES}
    build(buildable(base / "project", **changes), base / "site")  # type: ignore[arg-type]
    return (base / "site").resolve()


@contextmanager
def readers(chromium: Browser, site: Site) -> Iterator[Open]:
    """Opens readers whose clock stands at TODAY; at the end none of them may have met anything bad."""
    made: list[Reader] = []

    def open_reader(door: str = "http", start: str = "", **settings: object) -> Reader:
        made.append(Reader(chromium, site, door, **settings))  # type: ignore[arg-type]
        made[-1].page.clock.set_fixed_time(f"{TODAY}T09:00:00+08:00")
        if start:
            made[-1].page.add_init_script(start)
        return made[-1]

    yield open_reader
    for one in made:
        one.close()
    assert [bad for one in made for bad in one.bad] == []
