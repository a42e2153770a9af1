"""A library of any size: the project's own content, and N made-up procedures as large as its real ones.

Each procedure is a page, a checklist, a tree and a persona for every outcome, and passes `portal check`. The same
seed makes the same files. Ids of articles, limits, roles, terms and forms come from the real library, so that the
generated ones stay valid when the content grows.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import phrases
import yaml

from portal.checked import load_checked
from portal.model.regulation import Regulation

COPIED = (
    "calendar",
    "docs",
    "procedures",
    "regulations",
    "profile.yml",
    "glossary.yml",
    "exceptions.yml",
    "mkdocs.yml",
    "mkdocs.public.yml",
)
MAIN = "xinfang-2022"
"""Most citations rest on this regulation, as in the real pages."""


@dataclass(frozen=True)
class Names:
    """What generated text may name."""

    articles: Sequence[str]
    limits: Sequence[str]
    roles: Sequence[str]
    terms: Sequence[str]
    forms: Sequence[str]

    def citation(self, chance: random.Random) -> str:
        """An article: two times in three of the main regulation."""
        main = [article for article in self.articles if article.startswith(f"{MAIN}/")]
        return chance.choice(main if main and chance.random() < 0.67 else self.articles)

    def citations(self, chance: random.Random) -> list[str]:
        """One to three different articles."""
        return sorted({self.citation(chance) for _ in range(chance.randint(1, 3))})


def find_names(project: Path, today: date) -> Names:
    """What the project's library holds and is in force."""
    library = load_checked(project, today).library
    in_force = [regulation for regulation in library.regulations.values() if regulation.in_force(today)]
    kept = {regulation.id for regulation in in_force}
    return Names(
        articles=[
            f"{regulation.id}/{number}"
            for regulation in in_force
            for number in regulation.gists
            if number not in _others(regulation)
        ],
        limits=[name for name, regulation, _ in library.limits() if regulation.id in kept],
        roles=list(library.profile.roles) if library.profile else [],
        terms=list(library.glossary.terms),
        forms=list(library.forms),
    )


def _others(regulation: Regulation) -> set[str]:
    """Articles with a duty that is declared out of scope: a step that cited one would be told so."""
    return {duty.article.article for duty in regulation.rules.duties.values() if duty.out_of_scope}


def generate(project: Path, root: Path, number: int, seed: int, today: date) -> None:
    """Write the library of `number` procedures into the new folder `root`; the core is linked, not copied."""
    root.mkdir(parents=True)
    for name in COPIED:
        source = project / name
        shutil.copytree(source, root / name) if source.is_dir() else shutil.copy(source, root / name)
    (root / "hooks").symlink_to(project / "hooks", target_is_directory=True)
    names, chance = find_names(project, today), random.Random(seed)
    for index in range(number):
        Procedure(names, random.Random(chance.random()), index, number, today).write(root / "procedures")


class Procedure:
    """One generated procedure; every file's content is a function of its own random numbers."""

    def __init__(self, names: Names, chance: random.Random, index: int, number: int, today: date) -> None:
        self.names, self.chance, self.index, self.number, self.today = names, chance, index, number, today
        self.id = procedure_id(index)
        self.title = f"{chance.choice(phrases.PLACES)}{chance.choice(phrases.MATTERS)}办理（{index + 1}）"

    def write(self, folder: Path) -> None:
        """The four files."""
        here = folder / self.id
        here.mkdir()
        tree, cases = self.tree()
        (here / "index.md").write_text(f"---\n{_yaml(self.front())}---\n{self.body()}", "utf-8")
        (here / f"{self.id}.checklist.yml").write_text(_yaml(self.checklist()), "utf-8")
        (here / f"{self.id}-route.tree.yml").write_text(_yaml(tree), "utf-8")
        (here / "cases.yml").write_text(_yaml({"cases": cases}), "utf-8")

    def common(self, name: str, title: str) -> dict[str, Any]:
        """The keys that every object has."""
        return {
            "id": name,
            "title": title,
            "audience": "staff",
            "reviewed": self.today.isoformat(),
            "reviewer": self.role(),
            "basis": self.names.citations(self.chance),
        }

    def role(self) -> str:
        """Some role of the organisation."""
        return self.chance.choice(self.names.roles)

    def line(self) -> str:
        """A sentence; every third one cites an article."""
        text = phrases.sentence(self.chance)
        return f"{text}（[](cite:{self.names.citation(self.chance)})）" if self.chance.random() < 0.33 else text

    def front(self) -> dict[str, Any]:
        """Front matter; `next_steps` leads to another generated procedure."""
        return {
            **self.common(self.id, self.title),
            "summary": phrases.sentence(self.chance),
            "applies": phrases.sentence(self.chance),
            "owner": self.role(),
            "keywords": self.chance.sample(phrases.MATTERS, 4),
            "next_steps": [procedure_id((self.index + 1) % self.number)] if self.number > 1 else [],
        }

    def body(self) -> str:
        """The page: what is placed first, then reading matter with lists, tables, boxes and references."""
        limits = "\n".join(self.chance.sample(self.names.limits, 3))
        roles = "\n".join(
            f"| {self.chance.choice(phrases.MATTERS)} | {self.line()} | {self.line()} |" for _ in range(6)
        )
        return "\n\n".join(
            (
                f"```checklist\n{self.id}\n```",
                f"## 这件事归谁\n\n{phrases.paragraph(self.chance, 2)}\n\n```tree\n{self.id}-route\n```",
                f"## 最晚什么时候\n\n{self.line()}\n\n```limits\n{limits}\n```",
                f"## 谁负责\n\n| 事 | 怎么做 | 依据 |\n|---|---|---|\n{roles}",
                f"## 留下什么记录\n\n{self.bullets(6)}",
                "## 常见的难处\n\n" + "\n\n".join(self.box("practice") for _ in range(4)),
                f"## 不能做什么\n\n:::red-line\n{self.bullets(5)}\n:::",
                f"## 怎样算做好了\n\n{phrases.paragraph(self.chance, 3)}\n\n{self.bullets(4)}",
                f"## 接下来\n\n{self.links()}\n",
            )
        )

    def bullets(self, number: int) -> str:
        """A list."""
        return "\n".join(f"- {self.line()}" for _ in range(number))

    def box(self, kind: str) -> str:
        """A box with a bold lead."""
        return (
            f":::{kind}\n**{self.chance.choice(phrases.MATTERS)}。** {self.line()}{phrases.sentence(self.chance)}\n:::"
        )

    def links(self) -> str:
        """A paragraph of references of every kind."""
        other = procedure_id(self.chance.randrange(self.number))
        term, limit = self.chance.choice(self.names.terms), self.chance.choice(self.names.limits)
        form = self.chance.choice(self.names.forms)
        links = f"[](procedure:{other})、[](tree:{other}-route)，期限 [](limit:{limit})，用 [](form:{form})，看 [](term:{term})"
        return f"{phrases.sentence(self.chance)}见 {links}。"

    def checklist(self) -> dict[str, Any]:
        """Three or four phases of five to seven items."""
        phases = {f"phase-{number}": self.phase(number) for number in range(1, self.chance.randint(3, 4) + 1)}
        first = next(iter(phases.values()))["items"]
        next(iter(first.values()))["critical"] = True
        intro = phrases.paragraph(self.chance, 2)
        return {**self.common(self.id, f"{self.title}清单"), "mode": "read-do", "intro": intro, "phases": phases}

    def phase(self, number: int) -> dict[str, Any]:
        """One phase with its pause point."""
        items = {f"step-{number}-{item}": self.item() for item in range(1, self.chance.randint(5, 7) + 1)}
        pause = {"who": self.role(), "confirm": phrases.sentence(self.chance)}
        title = self.chance.choice(phrases.MATTERS)
        return {"title": title, "within": f"{number * 10} minutes", "pause": pause, "items": items}

    def item(self) -> dict[str, Any]:
        """One act: most have words to say, a reason and articles; a few a limit or a form."""
        chance = self.chance
        item = {"do": f"{chance.choice(phrases.ACTS)}；{chance.choice(phrases.ACTS)}。", "who": self.role()}
        if chance.random() < 0.5:
            item["say"] = chance.choice(phrases.WORDS) + "。"
        if chance.random() < 0.6:
            item["why"] = chance.choice(phrases.REASONS) + "。"
        item |= {"basis": self.names.citations(chance)} if chance.random() < 0.7 else {"practice": True}
        if chance.random() < 0.15:
            item["limit"] = chance.choice(self.names.limits)
        if chance.random() < 0.08:
            item["form"] = chance.choice(self.names.forms)
        return item

    def tree(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Five to eight questions in a row, each with a way out and a way on, and a persona for every outcome."""
        size = self.chance.randint(5, 8)
        questions, cases, trail = {}, [], {}
        for number in range(1, size + 1):
            onward = f"ask-{number + 1}" if number < size else f"end-{size + 1}"
            question, leave, stay = self.question(f"end-{number}", onward)
            questions[f"ask-{number}"] = question
            cases.append(self.case({**trail, f"ask-{number}": leave}, f"end-{number}"))
            trail[f"ask-{number}"] = stay
        cases.append(self.case(trail, f"end-{size + 1}"))
        tree = {
            **self.common(f"{self.id}-route", f"{self.title}：该走哪条路"),
            "intro": phrases.paragraph(self.chance, 2),
            "start": "ask-1",
            "questions": questions,
            "outcomes": {f"end-{number}": self.outcome() for number in range(1, size + 2)},
        }
        return tree, cases

    def question(self, out: str, onward: str) -> tuple[dict[str, Any], str | int, str | int]:
        """A question of any kind; the answers that leave it for `out` and that go on."""
        asked = {
            "ask": f"{self.chance.choice(phrases.PLACES)}的{self.chance.choice(phrases.MATTERS)}，现在到哪一步了？",
            "help": self.line(),
            "basis": self.names.citations(self.chance),
        }
        kind = self.chance.choice(("choices", "choices", "choices", "number", "date"))
        if kind == "number":
            low, high = {"to": 5, "label": "五个以内", "go": onward}, {"from": 6, "label": "六个或者更多", "go": out}
            return {"kind": kind, **asked, "unit": "位", "min": 1, "ranges": [{"from": 1, **low}, high]}, 23, 2
        if kind == "date":
            ways = {"within": ("还没有过", onward), "past": ("已经过了", out), "unsure": ("不知道哪天收到", onward)}
            dated = {answer: {"label": label, "go": go} for answer, (label, go) in ways.items()}
            return {"kind": kind, **asked, "limit": self.chance.choice(self.names.limits), **dated}, "past", "within"
        acts = self.chance.sample(phrases.ACTS, 3)
        ways = zip(("first", "second", "third"), acts, (out, onward, onward), strict=True)
        choices = {answer: {"label": act, "go": go} for answer, act, go in ways}
        choices["third"]["help"] = phrases.sentence(self.chance)
        return {"kind": kind, **asked, "choices": choices}, "first", "second"

    def outcome(self) -> dict[str, Any]:
        """What to do, where, with which papers, by when."""
        chance = self.chance
        return {
            "title": f"{chance.choice(phrases.MATTERS)}：{chance.choice(phrases.ACTS)}",
            "do": [self.line() for _ in range(3)],
            "where": f"{chance.choice(phrases.PLACES)}接待窗口",
            "papers": chance.sample(phrases.PAPERS, 3),
            "limits": [chance.choice(self.names.limits)],
            "forms": [chance.choice(self.names.forms)] if chance.random() < 0.3 else [],
            "warning": phrases.sentence(chance),
            "next": f"见 [](procedure:{procedure_id(chance.randrange(self.number))})。",
            "basis": self.names.citations(chance),
        }

    def case(self, answers: dict[str, str | int], outcome: str) -> dict[str, Any]:
        """A persona."""
        title = f"{self.chance.choice(phrases.PEOPLE)}来问{self.chance.choice(phrases.MATTERS)}"
        return {"tree": f"{self.id}-route", "title": title, "answers": answers, "outcome": outcome}


def procedure_id(index: int) -> str:
    """`bench-0001` and on: sorts in the order of making."""
    return f"bench-{index + 1:04d}"


class _Dumper(yaml.SafeDumper):
    """Authored files hold no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """Write out a value however often it occurs."""
        return True


def _yaml(data: dict[str, Any]) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
