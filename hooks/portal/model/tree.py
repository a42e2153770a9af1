"""A decision tree: questions that only route, outcomes that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from portal.model.base import Document, FormRef, Frozen, LimitRef, PictureRef, Slug, Text, ThresholdRef, Title
from portal.model.citation import CitationField

DateAnswer = Literal["within", "past", "unsure"]
Picture = Annotated[PictureRef | None, Field(exclude=True)]
"""How something looks is no part of what it says: a new picture makes no new version."""
DATE_ANSWERS: tuple[DateAnswer, ...] = ("within", "past", "unsure")


class Branch(Frozen):
    """An answer: what it says and which question or outcome it leads to."""

    label: Title
    go: Slug
    help: Text | None = None
    picture: Picture = None


class Range(Branch):
    """Whole numbers from `from` to `to`, both included; an end left out is open."""

    from_: int | None = Field(default=None, alias="from")
    to: int | None = None

    def holds(self, number: int) -> bool:
        """Does the range hold this number?"""
        return (self.from_ is None or self.from_ <= number) and (self.to is None or number <= self.to)


class _Question(Frozen):
    ask: Text
    help: Text | None = None
    picture: Picture = None
    basis: tuple[CitationField, ...] = ()


class ChoiceQuestion(_Question):
    """The reader picks one of the labelled answers."""

    kind: Literal["choices"]
    choices: dict[Slug, Branch]

    def branches(self) -> dict[str, Branch]:
        """Answer → branch, in order."""
        return dict(self.choices)


class DateQuestion(_Question):
    """The reader compares a day with an encoded limit."""

    kind: Literal["date"]
    limit: LimitRef
    within: Branch
    past: Branch
    unsure: Branch

    def branches(self) -> dict[str, Branch]:
        """Answer → branch, in order."""
        return {"within": self.within, "past": self.past, "unsure": self.unsure}


class NumberQuestion(_Question):
    """The reader gives a whole number of at least `min`; the ranges cover all of them without overlap.

    `thresholds` names the organisation's grading that the ranges follow; a check compares the two.
    """

    kind: Literal["number"]
    unit: Title
    min: int = 0
    thresholds: ThresholdRef | None = None
    ranges: tuple[Range, ...]

    def branches(self) -> dict[str, Branch]:
        """Answer (`from..to`) → branch, in order."""
        return {range_name(part): part for part in self.ranges}


Question = Annotated[ChoiceQuestion | DateQuestion | NumberQuestion, Field(discriminator="kind")]


def range_name(part: Range) -> str:
    """`6..49`, `50..`, `..5`: how a range is named in paths and anchors."""
    return f"{'' if part.from_ is None else part.from_}..{'' if part.to is None else part.to}"


class Outcome(Frozen):
    """An end of the tree: what to do, where, with which papers, by when, on what basis.

    `no_limit`: why no encoded limit can be named here, and what day counts instead.
    """

    title: Title
    do: tuple[Text, ...]
    where: Text | None = None
    papers: tuple[Text, ...] = ()
    limits: tuple[LimitRef, ...] = ()
    no_limit: Text | None = None
    forms: tuple[FormRef, ...] = ()
    warning: Text | None = None
    next: Text | None = None
    basis: tuple[CitationField, ...] = ()
    practice: bool = False
    picture: Picture = None


class Tree(Document):
    """Questions and outcomes share one name space; `start` names the first question."""

    kind: ClassVar[str] = "tree"

    intro: Text | None = None
    start: Slug
    questions: dict[Slug, Question]
    outcomes: dict[Slug, Outcome]

    def edges(self) -> Iterator[tuple[str, str, Branch]]:
        """Question id, answer, branch: in order."""
        for question_id, question in self.questions.items():
            for answer, branch in question.branches().items():
                yield question_id, answer, branch


def parse_answer(value: Any) -> str | int:
    """The name of an answer, a day or a number."""
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return value
    raise PydanticCustomError("answer", "回答要写成文字或整数")


Answer = Annotated[str | int, BeforeValidator(parse_answer)]


class Case(Frozen):
    """A persona: answers by question id, in any order, and the outcome expected."""

    tree: Slug
    title: Title
    answers: dict[Slug, Answer]
    outcome: Slug


class Cases(Frozen):
    """The content of a `cases.yml`."""

    cases: tuple[Case, ...]
