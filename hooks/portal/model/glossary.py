"""The glossary: terms, plain explanations and the words people use instead; it also feeds the search."""

from __future__ import annotations

from portal.model.base import Audience, Authored, Frozen, Slug, Text, Title
from portal.model.citation import CitationField


class Term(Frozen):
    """`also` are everyday words for the same thing."""

    term: Title
    text: Text
    also: tuple[Title, ...] = ()
    audience: Audience = "staff"
    basis: tuple[CitationField, ...] = ()


class Glossary(Authored):
    """`glossary.yml`."""

    terms: dict[Slug, Term] = {}


class Vocabulary(Authored):
    """`regulations/vocabulary.yml`: the actors and the starting events that limits and duties name."""

    actors: dict[Slug, Title] = {}
    events: dict[Slug, Title] = {}
