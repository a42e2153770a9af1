"""A decision tree as finished HTML: numbered questions with go-to links, outcomes, an outline and a map."""

from __future__ import annotations

from markupsafe import Markup

from portal.model.fingerprint import fingerprint
from portal.model.tree import Branch, DateQuestion, NumberQuestion, Outcome, Question, Tree
from portal.rendering.markup import markup
from portal.rendering.page import Part
from portal.rendering.regulation import day
from portal.rendering.tree_map import tree_map
from portal.rendering.view import View


def tree_parts(view: View, tree: Tree) -> list[Part]:
    """One block: intro, questions, outcomes, outline, map. Complete without script."""
    numbers = {name: number for number, name in enumerate(reading_order(tree), 1)}
    questions = [_question(view, tree, name, numbers) for name in numbers]
    html = view.site.fill(
        "tree.html",
        id=tree.id,
        title=tree.title,
        hash=fingerprint(tree),
        reviewed=day(tree.reviewed),
        script=view.to("assets/tree.js"),
        start=tree.start,
        intro=view.text(tree.intro) if tree.intro else "",
        basis=view.basis(tree.basis, False),
        questions=questions,
        outcomes=[_outcome(view, tree, name, outcome) for name, outcome in tree.outcomes.items()],
        outline=_outline(view, tree, tree.start, numbers, set()),
        map=tree_map(tree, numbers, view.site.words["tree"]),
    )
    return [html]


def reading_order(tree: Tree) -> list[str]:
    """Questions as a reader meets them: each before everything it leads to, first answers first."""
    after: list[str] = []

    def visit(name: str) -> None:
        if name in tree.questions and name not in after:
            for branch in reversed(tree.questions[name].branches().values()):
                visit(branch.go)
            after.append(name)

    visit(tree.start)
    return after[::-1]


def _question(view: View, tree: Tree, name: str, numbers: dict[str, int]) -> dict[str, object]:
    question = tree.questions[name]
    return {
        "id": f"{tree.id}--{name}",
        "name": name,
        "kind": question.kind,
        "facts": _facts(view, question),
        "number": numbers[name],
        "picture": view.picture(question.picture) if question.picture else "",
        "drawn": all(branch.picture for branch in question.branches().values()),
        "ask": view.text(question.ask),
        "help": view.text(question.help) if question.help else "",
        "limit": view.deadline(question.limit) if isinstance(question, DateQuestion) else "",
        "basis": view.basis(question.basis, False),
        "answers": [_answer(view, tree, answer, branch, numbers) for answer, branch in question.branches().items()],
    }


def _facts(view: View, question: Question) -> list[tuple[str, object]]:
    """What the script needs to answer by itself: name and value of `data-` attributes."""
    if isinstance(question, NumberQuestion):
        return [("unit", question.unit), ("min", question.min)]
    if not isinstance(question, DateQuestion):
        return []
    found = view.site.library.limit(question.limit)
    events = view.site.library.vocabulary.events
    return [("limit", question.limit), ("event", events.get(found[1].from_, found[1].from_) if found else "")]


def _answer(view: View, tree: Tree, answer: str, branch: Branch, numbers: dict[str, int]) -> dict[str, object]:
    return {
        "answer": answer,
        "label": branch.label,
        "picture": view.picture(branch.picture) if branch.picture else "",
        "help": view.text(branch.help) if branch.help else "",
        "href": f"#{tree.id}--{branch.go}",
        "goto": _goto(view, tree, branch.go, numbers),
    }


def _goto(view: View, tree: Tree, target: str, numbers: dict[str, int]) -> str:
    words = view.site.words["tree"]
    if target in numbers:
        return words["goto-question"].format(number=numbers[target])
    return words["goto-outcome"].format(title=tree.outcomes[target].title)


def _outcome(view: View, tree: Tree, name: str, outcome: Outcome) -> dict[str, object]:
    return {
        "id": f"{tree.id}--{name}",
        "name": name,
        "title": outcome.title,
        "picture": view.picture(outcome.picture) if outcome.picture else "",
        "do": [view.text(step) for step in outcome.do],
        "where": view.text(outcome.where) if outcome.where else "",
        "papers": [view.text(paper) for paper in outcome.papers],
        "limits": [view.deadline(limit) for limit in outcome.limits],
        "no_limit": view.text(outcome.no_limit) if outcome.no_limit else "",
        "forms": [view.link("form", form) for form in outcome.forms],
        "warning": view.text(outcome.warning) if outcome.warning else "",
        "next": view.text(outcome.next) if outcome.next else "",
        "basis": view.basis(outcome.basis, outcome.practice),
    }


def _outline(view: View, tree: Tree, name: str, numbers: dict[str, int], seen: set[str]) -> Markup:
    """Nested lists of the whole tree; a question met again is named, not repeated."""
    if name in tree.outcomes:
        return markup('<a href="#{}--{}">{}</a>', tree.id, name, tree.outcomes[name].title)
    question: Question = tree.questions[name]
    again = name in seen
    words = view.site.words["tree"]["again" if again else "question"].format(number=numbers[name])
    head = markup('<a href="#{}--{}">{}</a> {}', tree.id, name, words, question.ask)
    if again:
        return head
    seen.add(name)
    rows = Markup().join(
        markup("<li><b>{}</b> → {}</li>", branch.label, _outline(view, tree, branch.go, numbers, seen))
        for branch in question.branches().values()
    )
    return head + markup("<ul>{}</ul>", rows)
