"""Hand-written pages: procedures, contingency plans and everything under docs/."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, PrivateAttr

from portal.model.base import Day, Document, RoleRef, Text, Title, WorkRef
from portal.model.prose import Prose


class Page(Document):
    """Front matter of a Markdown page; the body is attached after parsing."""

    summary: Text
    keywords: tuple[Title, ...] = ()

    _body: Prose = PrivateAttr(default_factory=Prose)

    @property
    def body(self) -> Prose:
        """The parsed Markdown."""
        return self._body


class Procedure(Page):
    """`applies`: when to use it; `owner`: the role that answers for it; `next_steps`: ids of procedures that follow."""

    kind: ClassVar[str] = "procedure"

    applies: Text
    owner: RoleRef
    next_steps: tuple[WorkRef, ...] = ()


class Plan(Procedure):
    """A contingency plan. `short` is its name on the home page's emergency buttons; `drilled` the day of its last drill."""

    kind: ClassVar[str] = "plan"

    short: Annotated[str, Field(min_length=2, max_length=12)]
    drilled: Day | None = None


class Guide(Page):
    """A page under docs/. `path` is its place there, without `.md`; `layout` picks the home or the plain page.

    `lang` is the language of its text and of the interface words on it.
    """

    kind: ClassVar[str] = "page"

    layout: Literal["plain", "home"] = "plain"
    lang: Literal["zh", "en"] = "zh"

    _path: str = PrivateAttr(default="")

    @property
    def path(self) -> str:
        """Place under docs/ without the ending, e.g. `citizens/time-limits`: unique in the library."""
        return self._path

    @property
    def key(self) -> tuple[str, str]:
        """Guides are told apart by their path."""
        return (self.kind, self._path)
