"""A quiz that a page places: which limits or which personas its questions are made from. Nothing is typed twice."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from portal.model.base import Authored, LimitRef, Slug, Title, TreeRef

MAX_WRONG = 3
"""Wrong choices of a question at most."""


class Quiz(Authored):
    """The content of a ```` ```quiz ```` block. `personas` are titles of the tree's cases; none means all of them.

    `count`: so many of the questions are drawn; None means every one, in the order of writing.
    """

    id: Slug
    kind: Literal["deadlines", "tree"]
    limits: tuple[LimitRef, ...] = ()
    tree: TreeRef | None = None
    personas: tuple[Title, ...] = ()
    count: Annotated[int, Field(ge=1, le=40)] | None = None

    @model_validator(mode="after")
    def _of_its_kind(self) -> Quiz:
        if self.kind == "deadlines" and (not self.limits or self.tree or self.personas):
            raise PydanticCustomError("quiz", "kind: deadlines 的小测写 limits（至少一个期限），不写 tree、personas")
        if self.kind == "tree" and (not self.tree or self.limits):
            raise PydanticCustomError("quiz", "kind: tree 的小测写 tree（问路树的编号），不写 limits")
        return self


def lot(*names: str) -> str:
    """What things are drawn and ordered by: it looks like chance, and is the same in every build."""
    return sha256("\n".join(names).encode()).hexdigest()
