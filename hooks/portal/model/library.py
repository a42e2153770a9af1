"""Everything that was read, by kind and id, and the part of it that one edition may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeVar

from portal.model.base import Document
from portal.model.calendar import CalendarYear
from portal.model.checklist import Checklist
from portal.model.citation import Citation
from portal.model.drill import Drill
from portal.model.exemption import Exemptions
from portal.model.form import Form
from portal.model.glossary import Glossary, Vocabulary
from portal.model.page import Guide, Page, Plan, Procedure
from portal.model.place import Origin
from portal.model.profile import Profile
from portal.model.regulation import Article, Limit, Regulation
from portal.model.tree import Case, Tree

Edition = Literal["staff", "public"]
D = TypeVar("D", bound=Document)


@dataclass(frozen=True, slots=True)
class PlacedCase:
    """A persona and the spot it was written at."""

    case: Case
    origin: Origin
    index: int


@dataclass(frozen=True)
class Library:
    """The whole content. Mappings are by id (guides: by path) and sorted by id.

    `broken` holds kind and id of objects whose file could not be read: they exist, but nothing is known of them.
    Kind `file` names every such file. `sources` is the text of every file read, for rules about what is written
    anywhere; no page is made from it. `pictures` are drawn shapes by id; `assets` the names of all files that go into
    the site as they are.
    """

    today: date
    regulations: Mapping[str, Regulation] = field(default_factory=dict)
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    plans: Mapping[str, Plan] = field(default_factory=dict)
    guides: Mapping[str, Guide] = field(default_factory=dict)
    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    trees: Mapping[str, Tree] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    drills: Mapping[str, Drill] = field(default_factory=dict)
    cases: tuple[PlacedCase, ...] = ()
    calendar: Mapping[int, CalendarYear] = field(default_factory=dict)
    profile: Profile | None = None
    glossary: Glossary = field(default_factory=Glossary)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    broken: frozenset[tuple[str, str]] = frozenset()
    sources: Mapping[str, str] = field(default_factory=dict)
    exemptions: Exemptions = field(default_factory=Exemptions)
    pictures: Mapping[str, str] = field(default_factory=dict)
    assets: frozenset[str] = frozenset()

    def documents(self) -> Iterator[Document]:
        """Every object with a file of its own, kind by kind, id by id."""
        for shelf in (
            self.regulations,
            self.procedures,
            self.plans,
            self.guides,
            self.checklists,
            self.trees,
            self.forms,
            self.drills,
        ):
            yield from shelf.values()

    def pages(self) -> Iterator[Page]:
        """Hand-written pages."""
        yield from self.procedures.values()
        yield from self.plans.values()
        yield from self.guides.values()

    def limits(self) -> Iterator[tuple[str, Regulation, Limit]]:
        """`regulation/limit` id, regulation, limit."""
        for regulation in self.regulations.values():
            for name, limit in regulation.rules.limits.items():
                yield f"{regulation.id}/{name}", regulation, limit

    def limit(self, reference: str) -> tuple[Regulation, Limit] | None:
        """The limit called `regulation/limit`, with its regulation."""
        regulation_id, _, name = reference.partition("/")
        regulation = self.regulations.get(regulation_id)
        limit = regulation.rules.limits.get(name) if regulation else None
        return (regulation, limit) if regulation and limit else None

    def article(self, citation: Citation) -> Article | None:
        """The cited article, if its regulation and its gist are encoded."""
        regulation = self.regulations.get(citation.regulation)
        return regulation.gists.get(citation.article) if regulation else None

    def shelf(self, kind: str) -> Mapping[str, Document]:
        """Every object of this kind (as in a reference scheme) by id; nothing for a kind that has no shelf."""
        shelves: dict[str, Mapping[str, Document]] = {
            "regulation": self.regulations,
            "procedure": self.procedures,
            "plan": self.plans,
            "page": self.guides,
            "checklist": self.checklists,
            "tree": self.trees,
            "form": self.forms,
            "drill": self.drills,
        }
        return shelves.get(kind, {})

    def find(self, kind: str, name: str) -> Document | None:
        """The object of this kind and id."""
        return self.shelf(kind).get(name)

    def for_edition(self, edition: Edition) -> Library:
        """What this edition may see. The public one holds only what is marked public: deny by default."""
        if edition == "staff":
            return self
        return replace(
            self,
            regulations=_public(self.regulations),
            procedures=_public(self.procedures),
            plans=_public(self.plans),
            guides=_public(self.guides),
            checklists=_public(self.checklists),
            trees=_public(self.trees),
            forms=_public(self.forms),
            drills=_public(self.drills),
            cases=tuple(self._asked_in_public()),
            sources={},
            profile=self.profile.for_public() if self.profile else None,
            glossary=Glossary(terms={k: t for k, t in self.glossary.terms.items() if t.audience == "public"}),
        )

    def _asked_in_public(self) -> Iterator[PlacedCase]:
        """The personas that a quiz on a public page asks about; nothing else needs them outside the office."""
        quizzes = [quiz for page in self.pages() if page.public for quiz in page.body.quizzes.values()]
        asked = {quiz.tree for quiz in quizzes} & _public(self.trees).keys()
        yield from (placed for placed in self.cases if placed.case.tree in asked)


def _public(shelf: Mapping[str, D]) -> dict[str, D]:
    return {name: document for name, document in shelf.items() if document.public}
