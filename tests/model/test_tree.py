"""Decision trees: walking by answers, every path, and the checks that make both safe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.checks.rule import Subject
from portal.checks.tree import count_paths, find_loop, loops, ranges, reachable, too_many_paths, unreachable
from portal.model.library import Library
from portal.model.tree import NumberQuestion, Tree
from portal.model.walk import NoAnswer, UnknownLimit, Walk, paths, walk
from small import TODAY, read_small

HEAD = {"id": "any", "title": "树", "reviewed": "2026-05-01", "reviewer": "clerk"}
OUTCOME = {"title": "到了", "do": ("停下",), "practice": True}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return read_small(tmp_path)


def go(library: Library, answers: dict[str, str | int], today: date = TODAY) -> Walk:
    limits = {name: limit for name, _, limit in library.limits()}
    return walk(library.trees["route"], answers, today=today, calendar=library.calendar, limits=limits)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"kind": "other"}, "send"),
        ({"kind": "other", "people": "never read", "nonsense": 3}, "send"),
        ({"days": "within", "people": 1, "kind": "ours"}, "wait"),
        ({"kind": "ours", "people": 5, "days": "unsure"}, "wait"),
        ({"kind": "ours", "people": "5", "days": "past"}, "urge"),
        ({"kind": "ours", "people": "1..5", "days": "past"}, "urge"),
        ({"kind": "ours", "people": 6}, "send"),
        ({"kind": "ours", "people": "6.."}, "send"),
        ({"kind": "ours", "people": 10**15}, "send"),
        # 60 days from 2 April end on 1 June: that day itself is still within the limit.
        ({"kind": "ours", "people": 2, "days": "2026-04-02"}, "wait"),
        ({"kind": "ours", "people": 2, "days": "2026-04-01"}, "urge"),
        ({"kind": "ours", "people": 2, "days": "2026-06-01"}, "wait"),
    ],
)
def test_answers_lead_to_an_outcome(library: Library, answers: dict[str, str | int], outcome: str) -> None:
    assert go(library, answers).outcome == outcome


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({}, "缺少问题“kind”的回答：是什么事？"),
        ({"kind": "ours"}, "缺少问题“people”"),
        ({"kind": "hers"}, "可用的是 ours、other"),
        ({"kind": "ours", "people": 0}, "不在任何一档里"),
        ({"kind": "ours", "people": -3}, "不在任何一档里"),
        ({"kind": "ours", "people": "几个"}, "要一个整数"),
        ({"kind": "ours", "people": ""}, "要一个整数"),
        ({"kind": "ours", "people": "9" * 5000}, "要一个整数"),
        ({"kind": "ours", "people": 2, "days": "昨天"}, "within、past、unsure 或一个日期"),
        ({"kind": "ours", "people": 2, "days": "2026-02-30"}, "或一个日期"),
        ({"kind": "ours", "people": 2, "days": "2026-06-02"}, "还没有到"),
    ],
)
def test_answers_that_do_not_carry_to_an_outcome_say_why(
    library: Library, answers: dict[str, str | int], why: str
) -> None:
    with pytest.raises(NoAnswer, match=why):
        go(library, answers)


def test_a_date_cannot_be_judged_by_a_limit_that_is_not_there(library: Library) -> None:
    with pytest.raises(UnknownLimit):
        go(replace(library, regulations={}), {"kind": "ours", "people": 2, "days": "2026-05-01"})


def test_a_walk_tells_its_way(library: Library) -> None:
    steps = go(library, {"kind": "ours", "people": 2, "days": "2026-01-05"}).steps
    assert [(step.question, step.answer, step.label) for step in steps] == [
        ("kind", "ours", "本机关的事"),
        ("people", "1..5", "五人以内"),
        ("days", "past", "已经超过"),
    ]


def test_every_path_comes_in_the_order_of_the_answers(library: Library) -> None:
    found = [(".".join(step.answer for step in path.steps), path.outcome) for path in paths(library.trees["route"])]
    assert found == [
        ("ours.1..5.within", "wait"),
        ("ours.1..5.past", "urge"),
        ("ours.1..5.unsure", "wait"),
        ("ours.6..", "send"),
        ("other", "send"),
    ]


def tree_of(targets: dict[str, list[str]], outcomes: set[str]) -> Tree:
    questions = {
        name: {
            "kind": "choices",
            "ask": name,
            "choices": {f"to-{index}": {"label": f"第 {index} 个", "go": goal} for index, goal in enumerate(goals)},
        }
        for name, goals in targets.items()
    }
    start = next(iter(targets))
    body = {"start": start, "questions": questions, "outcomes": dict.fromkeys(sorted(outcomes), OUTCOME)}
    return Tree.model_validate({**HEAD, **body})


@st.composite
def acyclic(draw: st.DrawFn) -> Tree:
    """Question n leads only to later ones and to outcomes."""
    size = draw(st.integers(1, 6))
    outcomes = [f"end-{index}" for index in range(draw(st.integers(1, 4)))]
    targets = {}
    for number in range(size):
        goals = [f"q-{later}" for later in range(number + 1, size)] + outcomes
        targets[f"q-{number}"] = draw(st.lists(st.sampled_from(goals), min_size=1, max_size=3))
    return tree_of(targets, set(outcomes))


@st.composite
def any_graph(draw: st.DrawFn) -> Tree:
    names = [f"q-{number}" for number in range(draw(st.integers(1, 7)))]
    goals = st.lists(st.sampled_from([*names, "end", "nowhere"]), max_size=3)
    return tree_of({name: draw(goals) for name in names}, {"end"})


@given(acyclic())
def test_every_path_walked_again_ends_at_the_same_outcome(tree: Tree) -> None:
    found = list(paths(tree))
    for path in found:
        answers: dict[str, str | int] = {step.question: step.answer for step in reversed(path.steps)}
        assert walk(tree, answers, today=TODAY, calendar={}, limits={}) == path
    assert len(found) == count_paths(tree)
    assert len({path.steps for path in found}) == len(found)
    assert {path.outcome for path in found} == reachable(tree) & tree.outcomes.keys()


@given(any_graph())
def test_a_loop_is_found_exactly_where_there_is_one(tree: Tree) -> None:
    graph = {name: {branch.go for branch in question.branches().values()} for name, question in tree.questions.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        loop = find_loop(tree)
        assert loop[0] == loop[-1]
        assert all(after in graph[before] for before, after in pairwise(loop))
        assert len(loop) - 1 == len(set(loop))
    else:
        assert find_loop(tree) == []


@given(any_graph())
def test_the_checks_of_a_tree_never_fail_themselves(tree: Tree) -> None:
    subject = Subject(Library(today=TODAY, trees={"any": tree}))
    for check in (loops, unreachable, too_many_paths, ranges):
        list(check(subject))


def test_a_tree_as_deep_as_a_file_may_be_is_checked_at_once() -> None:
    """Neither recursion nor time grows out of hand: a chain of 4,000 questions, and one of 40 with 2^40 paths."""
    chain = {f"q{n}": [f"q{n + 1}", "end"] for n in range(4000)} | {"q4000": ["end"]}
    wide = {f"q{n}": [f"q{n + 1}", f"q{n + 1}"] for n in range(40)} | {"q40": ["end"]}
    assert count_paths(tree_of(chain, {"end"})) == 4001
    assert find_loop(tree_of(chain, {"end"})) == []
    assert len(list(paths(tree_of(chain, {"end"})))) == 4001
    assert count_paths(tree_of(wide, {"end"})) == 2**40
    assert find_loop(tree_of({**chain, "q4000": ["q0"]}, {"end"}))[0] == "q0"


def number_question(low: int, parts: list[tuple[int | None, int | None]]) -> dict[str, Any]:
    def part(first: int | None, last: int | None) -> dict[str, Any]:
        ends = {"from": first, "to": last}
        return {"label": "段", "go": "end", **{key: end for key, end in ends.items() if end is not None}}

    ranges_ = tuple(part(*ends) for ends in parts)
    return {"kind": "number", "ask": "几？", "unit": "人", "min": low, "ranges": ranges_}


def findings(low: int, parts: list[tuple[int | None, int | None]]) -> tuple[list[str], NumberQuestion]:
    body = {"start": "n", "questions": {"n": number_question(low, parts)}, "outcomes": {"end": OUTCOME}}
    tree = Tree.model_validate({**HEAD, **body})
    question = tree.questions["n"]
    assert isinstance(question, NumberQuestion)
    return [found.message for found in ranges(Subject(Library(today=TODAY, trees={"any": tree})))], question


def matches(question: NumberQuestion, number: int) -> int:
    return sum(
        (part.from_ is None or part.from_ <= number) and (part.to is None or number <= part.to)
        for part in question.ranges
    )


ENDS = st.one_of(st.none(), st.integers(-3, 12))


@given(st.integers(-2, 3), st.lists(st.tuples(ENDS, ENDS), max_size=4))
def test_ranges_have_no_findings_just_when_they_hold_every_number_once_in_order(
    low: int, parts: list[tuple[int | None, int | None]]
) -> None:
    told, question = findings(low, parts)
    once = all(matches(question, number) == 1 for number in range(low, 40))
    low_ends = [low if first is None and not index else first for index, (first, _) in enumerate(parts)]
    sound = all(
        first is not None and low <= first <= (40 if last is None else last)
        for first, (_, last) in zip(low_ends, parts, strict=True)
    )
    in_order = sound and low_ends == sorted(low_ends, key=lambda first: first or 0)
    assert (told == []) == (once and in_order)


@given(st.integers(-5, 5), st.lists(st.integers(1, 9), max_size=5), st.booleans())
def test_ranges_that_follow_each_other_have_no_findings(low: int, widths: list[int], open_start: bool) -> None:
    starts = [low]
    for width in widths:
        starts.append(starts[-1] + width)
    parts: list[tuple[int | None, int | None]] = [(a, b - 1) for a, b in pairwise(starts)]
    parts.append((starts[-1], None))
    if open_start:
        parts[0] = (None, parts[0][1])
    assert findings(low, parts)[0] == []


@given(st.data())
def test_a_change_of_one_end_is_always_found(data: st.DataObject) -> None:
    """The ranges 0..4, 5..9, 10.. with any one end moved."""
    ends = data.draw(st.sampled_from([(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)]))
    shift = data.draw(st.sampled_from([-2, -1, 1, 2]))
    parts: list[list[int | None]] = [[0, 4], [5, 9], [10, None]]
    old = parts[ends[0]][ends[1]]
    assert old is not None
    parts[ends[0]][ends[1]] = old + shift
    assert findings(0, [(a, b) for a, b in parts])[0]


@pytest.mark.parametrize(
    ("low", "parts", "told"),
    [
        (0, [(0, 4), (4, None)], "重叠"),
        (0, [(0, 4), (6, None)], "漏掉了 5"),
        (0, [(0, 4), (8, None)], "漏掉了 5–7"),
        (0, [(0, 4)], "5 以上没有出口"),
        (0, [], "0 以上没有出口"),
        (0, [(0, None), (5, None)], "永远走不到"),
        (0, [(5, 2), (6, None)], "from、to 不对"),
        (0, [(0, 4), (None, None)], "from、to 不对"),
        (1, [(0, 4), (5, None)], "比最小值 1 还小"),
        (0, [(2, 4), (5, None)], "漏掉了 0–1"),
    ],
)
def test_what_is_wrong_with_ranges_is_told_once(
    low: int, parts: list[tuple[int | None, int | None]], told: str
) -> None:
    messages, _ = findings(low, parts)
    assert len(messages) == 1
    assert told in messages[0]


def test_branches_name_every_way_out(library: Library) -> None:
    def edges() -> Iterator[tuple[str, str, str]]:
        return ((question, answer, branch.go) for question, answer, branch in library.trees["route"].edges())

    assert list(edges())[2:4] == [("people", "1..5", "days"), ("people", "6..", "send")]
