"""What the library says of an official text, and what the comparison with that text found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from portal.model.place import Place

Result = Literal["confirmed", "contradicted", "unchecked"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about `regulation`, made at `place`.

    `what` says it in a few words. A contradicted claim carries what the text says and what to do; an unchecked one why
    nobody could tell: it never counts as confirmed.
    """

    regulation: str
    what: str
    place: Place
    result: Result
    message: str = ""
    hint: str = ""
