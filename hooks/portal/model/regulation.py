"""A law or regulation as the portal encodes it: own-words gist, time limits, duties. Never a copy of its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, PrivateAttr, Tag, model_validator
from pydantic_core import PydanticCustomError

from portal.model.base import ActorRef, Authored, Day, Document, EventRef, Frozen, LimitRef, Slug, Text, Title
from portal.model.citation import Citation, CitationField
from portal.model.evidence import Evidence
from portal.model.length import LengthField
from portal.model.place import Place
from portal.model.prose import Prose

RegulationKind = Literal[
    "constitution",
    "law",
    "administrative-regulation",
    "party-state-regulation",
    "department-rule",
    "local-regulation",
    "normative-document",
]
Counting = Literal["assumed", "civil-procedure", "working-days", "moment"]


class Verified(Frozen):
    """The encoding was compared with an official text."""

    on: Day
    against: Text
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def _verification_shape(value: Any) -> str:
    return "checked" if isinstance(value, (dict, Verified)) else "unchecked"


Verification = Annotated[
    Annotated[Verified, Tag("checked")] | Annotated[Literal["no"], Tag("unchecked")],
    Discriminator(_verification_shape),
]
"""One or the other, told by its shape: an author hears of one mistake, not of two."""


class Extension(Frozen):
    """How a limit may be lengthened, once."""

    by: LengthField
    approval: ActorRef | None = None
    notify: bool = False


class Limit(Frozen):
    """One time limit: the only place where its number of days is written.

    `beside` names the national limit that a local one stands beside: both are shown, never merged.
    """

    title: Title
    article: CitationField
    applies: CitationField | None = None
    actor: ActorRef
    from_: EventRef = Field(alias="from")
    length: LengthField
    extend: Extension | None = None
    counting: Counting
    counting_basis: CitationField | None = None
    excludes: Text | None = None
    if_missed: Text | None = None
    beside: LimitRef | None = None
    note: Text | None = None
    evidence: Annotated[str, Field(min_length=2, max_length=24, pattern="[0-9０-９一二三四五六七八九十百两半]")]

    @model_validator(mode="after")
    def _counted_in_its_unit(self) -> Limit:
        if (self.counting == "working-days") != (self.length.unit == "working-days"):
            raise PydanticCustomError("counting", "counting: working-days 要和 length 的 working-days 一起用")
        if (self.counting == "moment") != (self.length.unit in ("hours", "minutes")):
            raise PydanticCustomError("counting", "counting: moment 用于小时，小时也只能用 moment")
        return self


class Duty(Frozen):
    """Who must, may or must not do what. `out_of_scope` says why no step of the portal meets it."""

    title: Title
    article: CitationField
    actor: ActorRef
    force: Literal["must", "may", "must-not"]
    when: Text | None = None
    out_of_scope: Text | None = None


def _successor_shape(value: Any) -> str:
    return "several" if isinstance(value, (list, tuple)) else "one"


Successors = Annotated[
    Annotated[CitationField, Tag("one")]
    | Annotated[Annotated[tuple[CitationField, ...], Field(min_length=1)], Tag("several")],
    Discriminator(_successor_shape),
]
"""One article, or several, the main one first."""


class Rules(Authored):
    """The content of a regulation's `rules.yml`.

    `successors`: number of an own article → what took its place in a newer regulation; `dropped`: number → the reason
    why nothing did.
    """

    limits: dict[Slug, Limit] = {}
    duties: dict[Slug, Duty] = {}
    successors: dict[str, Successors] = {}
    dropped: dict[str, Text] = {}


@dataclass(frozen=True, slots=True)
class Article:
    """One article's gist. `paragraphs[i]` is the number of items in paragraph i + 1, as in the official text."""

    number: str
    title: str
    chapter: str
    gist: Prose
    paragraphs: tuple[int, ...]
    place: Place

    def has(self, parts: tuple[int, ...]) -> bool:
        """Does the article have this paragraph or item? One part is an item where there is just one paragraph."""
        if not parts:
            return True
        if len(parts) == 1:
            items_only = len(self.paragraphs) == 1 and self.paragraphs[0] > 0
            return 1 <= parts[0] <= (self.paragraphs[0] if items_only else len(self.paragraphs))
        if len(parts) == 2 and 1 <= parts[0] <= len(self.paragraphs):
            return 1 <= parts[1] <= self.paragraphs[parts[0] - 1]
        return False


class Regulation(Document):
    """Front matter of `regulations/<id>/index.md`, with the gist of its articles and its rules attached.

    `english` is its title on English pages.
    """

    kind: ClassVar[str] = "regulation"

    issuer: Text
    rank: RegulationKind
    number: Text | None = None
    english: Title | None = None
    adopted: Day
    effective: Day
    ends: Day | None = None
    replaces: tuple[Slug, ...] = ()
    source: Text
    articles: Annotated[int, Field(ge=1, le=2000)]
    scope: Literal["full", "selected"]
    verified: Verification
    note: Text | None = None

    _rules: Rules = PrivateAttr(default_factory=Rules)
    _evidence: Evidence | None = PrivateAttr(default=None)
    _gists: dict[str, Article] = PrivateAttr(default_factory=dict)
    _preface: Prose = PrivateAttr(default_factory=Prose)

    @property
    def rules(self) -> Rules:
        """Its limits and duties."""
        return self._rules

    @property
    def evidence(self) -> Evidence | None:
        """What was confirmed against the official text, if anything was."""
        return self._evidence

    @property
    def gists(self) -> dict[str, Article]:
        """Its articles by number, in order; all of them where `scope` is full."""
        return self._gists

    @property
    def preface(self) -> Prose:
        """What stands before the first article."""
        return self._preface

    def in_force(self, today: date) -> bool:
        """Effective on or before `today` and not ended by then."""
        return self.effective <= today and (self.ends is None or today < self.ends)

    def successors(self, article: str) -> tuple[Citation, ...]:
        """The articles of newer regulations that took this one's place, the main one first."""
        found = self._rules.successors.get(article, ())
        return (found,) if isinstance(found, Citation) else found

    def successor(self, article: str) -> Citation | None:
        """The main one of its successors, where the map says so."""
        return next(iter(self.successors(article)), None)
