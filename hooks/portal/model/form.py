"""A form: fields a person fills in on the screen or on paper. Nothing typed ever leaves the device."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field as Bound

from portal.model.base import Document, Frozen, LimitRef, Slug, Text, Title
from portal.model.citation import CitationField

FieldKind = Literal["text", "long-text", "date", "number", "phone", "choice", "choices", "signature"]


class Field(Frozen):
    """One field. `fill` is what an empty paper form prints as guidance; `lines` the room on paper."""

    label: Title
    kind: FieldKind = "text"
    help: Text | None = None
    required: bool = False
    choices: tuple[Title, ...] = ()
    lines: Annotated[int, Bound(ge=1, le=30)] = 1
    basis: tuple[CitationField, ...] = ()


class Section(Frozen):
    """A titled group of fields; `text` is fixed wording that stands in the document."""

    title: Title
    text: Text | None = None
    fields: dict[Slug, Field] = {}


class Form(Document):
    """`purpose`: when to use it; `privacy`: what happens to what is written; `keep`: who files it."""

    kind: ClassVar[str] = "form"

    purpose: Text
    privacy: Text
    keep: Text | None = None
    limit: LimitRef | None = None
    sections: dict[Slug, Section]
