"""Random content for property tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from portal.model.tree import Tree

TEXT = st.text(
    "来访登记转送办理复查核期限一二三四五六七八九十abc123 ，。？！（）《》“”：；、…", min_size=1, max_size=60
)
LABEL = TEXT.map(lambda text: text[:40])


@st.composite
def trees(draw: st.DrawFn, most: int = 9) -> Tree:
    """A tree without loops whose every question leads on: to a later question or to an outcome, often a shared one."""
    questions = draw(st.integers(1, most))
    outcomes = draw(st.integers(1, most))
    names = [f"q{number}" for number in range(questions)] + [f"o{number}" for number in range(outcomes)]
    data: dict[str, Any] = {
        "id": "random",
        "title": "随机的树",
        "reviewed": date(2026, 5, 1),
        "reviewer": "clerk",
        "start": "q0",
        "questions": {f"q{number}": draw(_question(names[number + 1 :])) for number in range(questions)},
        "outcomes": {
            f"o{number}": {"title": draw(LABEL), "do": (draw(TEXT),), "practice": True} for number in range(outcomes)
        },
    }
    return Tree.model_validate(data)


@st.composite
def _question(draw: st.DrawFn, targets: list[str]) -> dict[str, Any]:
    def branch(**more: Any) -> dict[str, Any]:
        return {"label": draw(LABEL), "go": draw(st.sampled_from(targets)), **more}

    kind = draw(st.sampled_from(["choices", "date", "number"]))
    head = {"kind": kind, "ask": draw(TEXT)}
    if kind == "choices":
        return head | {"choices": {f"a{number}": branch() for number in range(draw(st.integers(1, 5)))}}
    if kind == "date":
        return head | {"limit": "law-a/handle", "within": branch(), "past": branch(), "unsure": branch()}
    last = draw(st.integers(1, 50))
    return head | {"unit": "人", "ranges": (branch(**{"from": 0, "to": last}), branch(**{"from": last + 1}))}
