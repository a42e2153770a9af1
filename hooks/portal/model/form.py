"""A form: fields a person fills in on the screen or on paper. Nothing typed ever leaves the device."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field as Bound

from portal.model.base import Document, Frozen, LimitRef, Slug, Text, Title
from portal.model.citation import CitationField

FieldKind = Literal["text", "long-text", "date", "number", "ratio", "phone", "choice", "choices", "signature"]
FieldRole = Literal[
    "to", "name", "address", "phone", "representatives", "requests", "facts", "reasons", "attachments", "sign", "day"
]
"""What a field is in a letter: its salutation, who writes, the body, what is attached, signature and day."""


class Field(Frozen):
    """One field. `lines` is the room on paper; `role` and `letter` (the words before its value) count in a letter.

    A `ratio` is never typed: `part` ÷ `whole`, ids of number fields of the same form, in per cent. Below `least` in the
    whole a share would mislead, so the two numbers are shown as they are.
    """

    label: Title
    kind: FieldKind = "text"
    help: Text | None = None
    required: bool = False
    choices: tuple[Title, ...] = ()
    lines: Annotated[int, Bound(ge=1, le=30)] = 1
    basis: tuple[CitationField, ...] = ()
    role: FieldRole | None = None
    letter: Title | None = None
    part: Slug | None = None
    whole: Slug | None = None
    least: Annotated[int, Bound(ge=1, le=1000)] | None = None


class Section(Frozen):
    """A titled group of fields; `text` is fixed wording that stands in the document; `letter` its heading in a letter."""

    title: Title
    letter: Title | None = None
    text: Text | None = None
    fields: dict[Slug, Field] = {}


class Form(Document):
    """`purpose`: when to use it; `privacy`: what happens to what is written; `keep`: who files it.

    `letter`: what is filled in is shown as a letter as well; `to_office`: it may be handed to the profile's own office,
    whose address then stands below; `avoid`: what must not be in it.
    """

    kind: ClassVar[str] = "form"

    purpose: Text
    privacy: Text
    keep: Text | None = None
    limit: LimitRef | None = None
    letter: bool = False
    to_office: bool = True
    avoid: tuple[Text, ...] = ()
    sections: dict[Slug, Section]

    def all_fields(self) -> Iterator[tuple[str, str, Field]]:
        """Section id, field id, field; in the order of the paper."""
        for section, part in self.sections.items():
            for name, field in part.fields.items():
                yield section, name, field
