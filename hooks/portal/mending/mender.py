"""All mending of one text: first what makes it readable, then what makes it tidy; each step proves that it may."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from portal.mending.colon import halve_colons
from portal.mending.comma import widen_commas, widened
from portal.mending.header import head_file
from portal.mending.layout import end_line, indentations, strip_lines
from portal.mending.order import order_keys
from portal.mending.quotes import quote_texts
from portal.mending.review import set_review
from portal.mending.shape import in_order
from portal.mending.state import State, read_state
from portal.mending.subject import Subject

_ROUNDS = 5
_ODD_BREAKS = re.compile("[\x85\u2028\u2029]")
"""YAML counts them as line ends, an editor does not: places in such a text can't be trusted."""
_FRONT = re.compile(r"---\n(.*?)^---[ ]*$", re.MULTILINE | re.DOTALL)
View = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Review:
    """Somebody has read the file again."""

    role: str
    day: date


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of mending. `view` hides the only difference it may make in the data."""

    name: str
    mend: Callable[[str, Subject], str]
    view: Callable[[Subject], View]


@dataclass(frozen=True, slots=True)
class Mended:
    """A text after mending and what was done to it, in the author's words."""

    text: str
    done: tuple[str, ...]


def _as_it_is(_: Subject) -> View:
    return lambda data: _listed(data)


def _in_order(subject: Subject) -> View:
    return lambda data: _listed(in_order(subject.model, data))


def _widened(_: Subject) -> View:
    return lambda data: _listed(widened(data))


def _unreviewed(_: Subject) -> View:
    return lambda data: _listed(
        {key: value for key, value in dict(data).items() if key not in ("reviewed", "reviewer")}
    )


def _listed(data: Any) -> Any:
    """The data in a form in which the order of keys counts."""
    if isinstance(data, dict):
        return [(key, _listed(value)) for key, value in data.items()]
    return [_listed(value) for value in data] if isinstance(data, tuple) else (type(data), data)


_STEPS = (
    Step("第一行的格式说明", head_file, _as_it_is),
    Step("行尾空格", strip_lines, _as_it_is),
    Step("文件末尾的换行", end_line, _as_it_is),
    Step("键的顺序", order_keys, _in_order),
    Step("汉字之间的半角逗号", widen_commas, _widened),
)


def mend_text(text: str, subject: Subject, review: Review | None = None) -> Mended:
    """Mend a file's text (`\\n` line ends, no byte-order mark). A page's body only gets its last line closed."""
    if subject.schema:
        return _mend_yaml(text, subject, review)
    front = _FRONT.match(text)
    if front is None:
        return Mended(text, ())
    mended = _mend_yaml(front[1], subject, review)
    after = end_line(f"---\n{mended.text}{text[front.end(1) :]}", subject)
    closed = () if text.endswith("\n") else ("文件末尾的换行",)
    return Mended(after, (*mended.done, *closed))


def _mend_yaml(text: str, subject: Subject, review: Review | None) -> Mended:
    """Round after round until nothing changes: mending what is mended changes nothing. Unreadable YAML stays."""
    done: list[str] = []
    for _ in range(0 if _ODD_BREAKS.search(text) else _ROUNDS):
        before = text
        for name, after in _round(text, subject, review):
            text, done = after, done if name in done else [*done, name]
        if text == before:
            break
    return Mended(text, tuple(done))


def _round(text: str, subject: Subject, review: Review | None) -> Iterator[tuple[str, str]]:
    repaired = _repair(text, subject)
    if repaired != text:
        yield "读不懂的写法", repaired
    if read_state(repaired, subject).faults:
        return
    text = repaired
    for step in (*_STEPS, *_reviews(review)):
        after = step.mend(text, subject)
        if after != text and _reads_the_same(text, after, step.view(subject), subject):
            text = after
            yield step.name, text


def _reviews(review: Review | None) -> tuple[Step, ...]:
    if review is None:
        return ()
    mend = partial(_review, review)
    return (Step("核对日期和核对人", mend, _unreviewed),)


def _review(review: Review, text: str, subject: Subject) -> str:
    return set_review(text, subject, review.role, review.day)


def _reads_the_same(before: str, after: str, view: View, subject: Subject) -> bool:
    """Does the mended text read to the same data, and does the model refuse no more of it?"""
    old, new = read_state(before, subject), read_state(after, subject)
    return not new.faults and len(new.refusals) <= len(old.refusals) and view(old.data) == view(new.data)


def _repair(text: str, subject: Subject) -> str:
    """The text that reads better than this one; the text itself where there is none, or where two differ in meaning."""
    now = read_state(text, subject)
    if not now.faults and not now.refusals:
        return text
    tries = dict.fromkeys(quote_texts(halve_colons(spaced, subject), subject) for spaced in indentations(text))
    states = [(state, each) for each in tries if _is_better(state := read_state(each, subject), now)]
    best = min((state.rank for state, _ in states), default=None)
    chosen = [(state.data, each) for state, each in states if state.rank == best]
    return chosen[0][1] if chosen and all(data == chosen[0][0] for data, _ in chosen) else text


def _is_better(new: State, old: State) -> bool:
    return not new.faults and new.rank < old.rank
