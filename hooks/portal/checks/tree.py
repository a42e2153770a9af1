"""Every decision tree is complete: one start, no loop, no dead end, no gap, and a persona for every outcome."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import partial
from graphlib import TopologicalSorter

from portal.checks.rule import Finding, Rule, Subject
from portal.model.calendar import UnknownYear
from portal.model.force import NotInForce, require_force
from portal.model.library import Library, PlacedCase
from portal.model.place import Place
from portal.model.regulation import Limit
from portal.model.tree import NumberQuestion, Outcome, Tree
from portal.model.walk import NoAnswer, UnknownLimit, walk

MAX_PATHS = 5000


def start_missing(subject: Subject) -> Iterator[Finding]:
    """`start` names a question."""
    for tree in subject.library.trees.values():
        if tree.start not in tree.questions:
            names = "、".join(tree.questions) or "（还没有问题）"
            yield Finding(
                tree.origin.place("start"), f"start 写的“{tree.start}”不是问题", f"改成第一个问题的编号：{names}"
            )


def branch_targets(subject: Subject) -> Iterator[Finding]:
    """Every answer leads to a question or an outcome of the same tree."""
    for tree in subject.library.trees.values():
        for question, answer, branch in tree.edges():
            if branch.go not in tree.questions and branch.go not in tree.outcomes:
                hint = "在 outcomes 里写好这个结果，或把 go 改成已有的编号"
                yield Finding(_edge(tree, question, answer), f"回答“{branch.label}”通向不存在的“{branch.go}”", hint)


def _edge(tree: Tree, question: str, answer: str) -> Place:
    if isinstance(tree.questions[question], NumberQuestion):
        index = list(tree.questions[question].branches()).index(answer)
        return tree.origin.place("questions", question, "ranges", index, "go")
    return tree.origin.place("questions", question, "choices", answer, "go")


def shared_names(subject: Subject) -> Iterator[Finding]:
    """A question and an outcome never share an id."""
    for tree in subject.library.trees.values():
        for name in tree.questions.keys() & tree.outcomes.keys():
            yield Finding(tree.origin.place("outcomes", name, key=True), f"“{name}”既是问题又是结果", "给其中一个改名")


def dead_ends(subject: Subject) -> Iterator[Finding]:
    """Every question has at least two answers, with different labels."""
    for tree in subject.library.trees.values():
        for name, question in tree.questions.items():
            labels = [branch.label for branch in question.branches().values()]
            if len(labels) < 2:
                yield Finding(
                    tree.origin.place("questions", name, key=True),
                    f"问题“{name}”只有 {len(labels)} 个回答，走到这里就断了",
                    "至少写两个回答；不需要问就删掉这个问题",
                )
            elif len(set(labels)) < len(labels):
                place = tree.origin.place("questions", name, key=True)
                yield Finding(place, f"问题“{name}”有两个回答的文字一样", "让读者分得清：改写 label")


def loops(subject: Subject) -> Iterator[Finding]:
    """No path comes back to a question it has passed."""
    for tree in subject.library.trees.values():
        loop = find_loop(tree)
        if loop:
            place = tree.origin.place("questions", loop[0], key=True)
            yield Finding(place, f"走成了圈：{' → '.join(loop)}", "让圈里的一个回答通向结果")


def find_loop(tree: Tree) -> list[str]:
    """The questions of one loop, the first repeated at the end; empty where there is none."""
    done: set[str] = set()
    for first in tree.questions:
        trail = {first: _targets(tree, first)} if first not in done else {}
        while trail:
            here = next(reversed(trail))
            target = next(trail[here], None)
            if target is None:
                done.add(here)
                del trail[here]
            elif target in trail:
                names = list(trail)
                return [*names[names.index(target) :], target]
            elif target not in done:
                trail[target] = _targets(tree, target)
    return []


def _targets(tree: Tree, question: str) -> Iterator[str]:
    """The questions that the answers of this one lead to."""
    return (branch.go for branch in tree.questions[question].branches().values() if branch.go in tree.questions)


def unreachable(subject: Subject) -> Iterator[Finding]:
    """Every question and outcome can be reached from the start."""
    for tree in subject.library.trees.values():
        reached = reachable(tree)
        if not reached <= tree.questions.keys() | tree.outcomes.keys():
            continue  # an answer leads nowhere: what it should lead to only seems out of reach
        for group, names in (("questions", tree.questions), ("outcomes", tree.outcomes)):
            for name in names:
                if name not in reached:
                    what = "问题" if group == "questions" else "结果"
                    place = tree.origin.place(group, name, key=True)
                    yield Finding(place, f"没有一条路走到{what}“{name}”", "让某个回答的 go 指向它，或删掉它")


def reachable(tree: Tree) -> set[str]:
    """Everything that some answers lead to."""
    reached: set[str] = set()
    waiting = [tree.start]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            if here in tree.questions:
                waiting += [branch.go for branch in tree.questions[here].branches().values()]
    return reached


def ranges(subject: Subject) -> Iterator[Finding]:
    """The ranges of a number question cover every number from `min` on, none twice, in ascending order."""
    for tree in subject.library.trees.values():
        for name, question in tree.questions.items():
            if isinstance(question, NumberQuestion):
                yield from _range_findings(tree, name, question)


def _range_findings(tree: Tree, name: str, question: NumberQuestion) -> Iterator[Finding]:
    expected: int | None = question.min
    for index, part in enumerate(question.ranges):
        place = partial(tree.origin.place, "questions", name, "ranges", index)
        low = question.min if part.from_ is None and index == 0 else part.from_
        if expected is None:
            yield Finding(place(), "前一段没有上限，这一段永远走不到", "给前一段写 to，或删掉这一段")
            return
        if low is None or (part.to is not None and part.to < low):
            yield Finding(place(), "这一段的 from、to 不对", "写清 from（含）和 to（含），to 不小于 from")
            return
        if low < expected:
            what = f"与前一段重叠：{low} 已经算过" if index else f"{low} 比最小值 {question.min} 还小"
            yield Finding(place(), what, f"from 应当是 {expected}")
        elif low > expected:
            missing = f"{expected}" if low == expected + 1 else f"{expected}–{low - 1}"
            yield Finding(place(), f"漏掉了 {missing}", f"from 应当是 {expected}")
        expected = None if part.to is None else max(expected, part.to + 1)
    if expected is not None:
        last = tree.origin.place("questions", name, "ranges", max(len(question.ranges) - 1, 0))
        yield Finding(last, f"{expected} 以上没有出口", "最后一段不写 to")


def thresholds(subject: Subject) -> Iterator[Finding]:
    """Ranges that grade by the organisation's thresholds begin exactly where the profile's levels begin."""
    profile = subject.library.profile
    gradings = profile.staff.thresholds if profile and profile.staff else {}
    for tree in subject.library.trees.values():
        for name, question in tree.questions.items():
            if not isinstance(question, NumberQuestion) or question.thresholds not in gradings:
                continue
            levels = {level.at_least for level in gradings[question.thresholds].levels} | {question.min}
            begins = {question.min if part.from_ is None else part.from_ for part in question.ranges}
            if levels != begins:
                place = tree.origin.place("questions", name, "ranges", key=True)
                wanted = "、".join(map(str, sorted(levels)))
                yield Finding(place, "分段和 profile.yml 里的分级门槛不一致", f"各段的 from 应当是 {wanted}")


def outcome_basis(subject: Subject) -> Iterator[Finding]:
    """Every outcome cites a basis or says that it is practice, and says what to do."""
    for tree in subject.library.trees.values():
        for name, outcome in tree.outcomes.items():
            place = partial(tree.origin.place, "outcomes", name, key=True)
            if not outcome.basis and not outcome.practice:
                yield Finding(place(), f"结果“{name}”没有依据", "写 basis: [法规/条]；没有法定依据的写 practice: true")
            if not outcome.do:
                yield Finding(place(), f"结果“{name}”没有说做什么", "在 do 下面一步一条写清楚")


def outcome_whole(subject: Subject) -> Iterator[Finding]:
    """A citizen reads at every outcome what to bring, by when, and what to do if it fails."""
    for tree in subject.library.trees.values():
        for name, outcome in tree.outcomes.items():
            place = partial(tree.origin.place, "outcomes", name)
            if outcome.limits and outcome.no_limit:
                hint = "删掉 no_limit，或删掉 limits"
                yield Finding(place("no_limit"), f"结果“{name}”写了期限，又说没有期限", hint)
            if tree.audience == "public":
                yield from (Finding(place(key=True), *said) for said in _unsaid(name, outcome))


def _unsaid(name: str, outcome: Outcome) -> Iterator[tuple[str, str]]:
    if not outcome.papers:
        yield f"结果“{name}”没有说带什么", "写 papers；什么也不用带的，也写一句"
    if not outcome.limits and not outcome.no_limit:
        yield f"结果“{name}”没有说期限", "在 limits 里写期限编号；没有的，在 no_limit 里说明没有，以哪个日子为准"
    if not outcome.next:
        yield f"结果“{name}”没有说不成怎么办", "在 next 里写下一步找谁"


def case_missing(subject: Subject) -> Iterator[Finding]:
    """Every outcome has a persona that arrives at it."""
    covered = {(placed.case.tree, placed.case.outcome) for placed in subject.library.cases}
    for tree in subject.library.trees.values():
        if ("file", _cases_file(tree)) in subject.library.broken:
            continue
        for name in reachable(tree) & tree.outcomes.keys() - tree.questions.keys():
            if (tree.id, name) not in covered:
                place = tree.origin.place("outcomes", name, key=True)
                yield Finding(place, f"结果“{name}”没有人物走到", "在同一文件夹的 cases.yml 里加一个人物")


def _cases_file(tree: Tree) -> str:
    return posixpath.join(posixpath.dirname(tree.origin.file), "cases.yml")


def case_wrong(subject: Subject) -> Iterator[Finding]:
    """Every persona's answers lead to the outcome it names."""
    library = subject.library
    limits = {name: limit for name, _, limit in library.limits()}
    walkable = {tree.id for tree in library.trees.values() if tree.start in tree.questions and not find_loop(tree)}
    for placed in library.cases:
        tree = library.trees.get(placed.case.tree)
        if tree is not None and tree.id in walkable:
            yield from _case_findings(library, placed, tree, limits)
        elif tree is None and ("tree", placed.case.tree) not in library.broken:
            place = placed.origin.place("cases", placed.index, "tree")
            yield Finding(place, f"没有“{placed.case.tree}”这棵问路树", "查对编号")


def _case_findings(library: Library, placed: PlacedCase, tree: Tree, limits: Mapping[str, Limit]) -> Iterator[Finding]:
    case = placed.case
    try:
        end = walk(
            tree,
            case.answers,
            today=library.today,
            calendar=library.calendar,
            limits=limits,
            require_force=partial(require_force, library),
        ).outcome
    except UnknownLimit:
        return  # told where the tree names the limit
    except (NoAnswer, NotInForce, UnknownYear) as error:
        if not (isinstance(error, UnknownYear) and ("file", f"calendar/{error.year}.yml") in library.broken):
            yield Finding(_outcome(placed), f"人物“{case.title}”走不到结果：{error}", "补上或改正 answers")
        return
    if end in tree.outcomes and end != case.outcome:
        message = f"人物“{case.title}”走到的是“{end}”，写的是“{case.outcome}”"
        yield Finding(_outcome(placed), message, "查对 answers 和 outcome，或问路树本身")


def _outcome(placed: PlacedCase) -> Place:
    return placed.origin.place("cases", placed.index, "outcome")


def too_many_paths(subject: Subject) -> Iterator[Finding]:
    """A tree stays small enough to be proven path by path."""
    for tree in subject.library.trees.values():
        if not find_loop(tree) and count_paths(tree) > MAX_PATHS:
            yield Finding(tree.origin.place("questions", key=True), f"这棵树有超过 {MAX_PATHS} 条路", "拆成几棵树")


def count_paths(tree: Tree) -> int:
    """Number of paths from the start; the tree must have no loop."""
    targets = {
        name: [branch.go for branch in question.branches().values()] for name, question in tree.questions.items()
    }
    known: dict[str, int] = {}
    for name in TopologicalSorter(targets).static_order():
        known[name] = sum(known[target] for target in targets[name]) if name in targets else 1
    return known.get(tree.start, 0)


RULES = (
    Rule("tree-start", "start 要写一个问题的编号。", start_missing),
    Rule("tree-target", "每个回答都要通向本树里的问题或结果。", branch_targets),
    Rule("tree-shared-name", "问题和结果不能同名。", shared_names),
    Rule("tree-dead-end", "每个问题至少两个回答，文字互不相同。", dead_ends),
    Rule("tree-loop", "不能走成圈。", loops),
    Rule("tree-unreachable", "每个问题和结果都要走得到。", unreachable),
    Rule("tree-ranges", "数字分段从最小值起不重叠、不遗漏，最后一段不封口。", ranges),
    Rule("tree-thresholds", "写了 thresholds 的数字问题，分段和 profile.yml 的分级门槛一致。", thresholds),
    Rule("tree-outcome-basis", "每个结果都有做法和依据（或注明是做法）。", outcome_basis),
    Rule(
        "tree-outcome-whole",
        "公开的问路树，每个结果都说带什么（papers）、期限（limits，没有的写 no_limit）、不成怎么办（next）。",
        outcome_whole,
    ),
    Rule("tree-case-missing", "每个结果都有一个人物走到。", case_missing),
    Rule("tree-case-wrong", "每个人物都走到所写的结果。", case_wrong),
    Rule("tree-too-many-paths", f"一棵树不超过 {MAX_PATHS} 条路。", too_many_paths),
)
