"""The glossary: terms, plain explanations and the words people use instead; it also feeds the search."""

from __future__ import annotations

from pydantic import PrivateAttr

from portal.model.base import Audience, Frozen, Slug, Text, Title
from portal.model.citation import CitationField
from portal.model.place import NOWHERE, Origin


class Term(Frozen):
    """`also` are everyday words for the same thing."""

    term: Title
    text: Text
    also: tuple[Title, ...] = ()
    audience: Audience = "staff"
    basis: tuple[CitationField, ...] = ()


class Glossary(Frozen):
    """`glossary.yml`."""

    terms: dict[Slug, Term] = {}

    _origin: Origin = PrivateAttr(default=NOWHERE)

    @property
    def origin(self) -> Origin:
        """Where it was read from."""
        return self._origin


class Vocabulary(Frozen):
    """`regulations/vocabulary.yml`: the actors and the starting events that limits and duties name."""

    actors: dict[Slug, Title] = {}
    events: dict[Slug, Title] = {}

    _origin: Origin = PrivateAttr(default=NOWHERE)

    @property
    def origin(self) -> Origin:
        """Where it was read from."""
        return self._origin
