"""What was confirmed when a regulation was compared with its official text: `evidence.yml`, written by a command."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from portal.model.base import Authored, Day, Frozen, Slug, Text
from portal.model.length import LengthField


class ConfirmedLimit(Frozen):
    """Article, length and official words of a limit."""

    article: Text
    length: LengthField
    words: Text
    extend: LengthField | None = None


class Evidence(Authored):
    """`shapes` holds the number of items in each paragraph of each encoded article; `unchecked` what no text told."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    adopted: Day
    effective: Day
    articles: int
    shapes: dict[str, tuple[int, ...]]
    limits: dict[Slug, ConfirmedLimit] = {}
    unchecked: tuple[Text, ...] = ()
