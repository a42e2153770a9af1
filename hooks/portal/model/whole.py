"""One fingerprint of several things together: documents with their prose, rules and gists, single facts, plain text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from portal.model.base import Document
from portal.model.page import Page
from portal.model.prose import Prose
from portal.model.regulation import Regulation

_ABOUT = {"reviewed", "reviewer", "audience", "verified", "drilled", "keywords"}
"""Who looked at it and when, and words for the search only: a review that finds nothing changes nothing."""
LENGTH = 8
"""Hexadecimal digits: enough to tell versions of one thing apart, short enough to be read out."""


def fingerprint_of(*values: object) -> str:
    """Of documents, models, prose and plain text, together and in this order; it knows nothing of the look."""
    canonical = json.dumps([_canonical(value) for value in values], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:LENGTH]


def _canonical(value: object) -> Any:
    if isinstance(value, Prose):
        return [(token.type, token.tag, token.info, token.content) for token in value.tokens]
    if not isinstance(value, BaseModel):
        return value
    said: list[Any] = [value.model_dump(mode="json", exclude=_ABOUT)]
    if isinstance(value, Document):
        said.insert(0, value.key)
    return said + [_canonical(part) for part in _attached(value)]


def _attached(value: BaseModel) -> Iterable[object]:
    """What reading attaches to a document: prose, rules, gists."""
    if isinstance(value, Page):
        yield value.body
    elif isinstance(value, Regulation):
        yield from (value.rules, value.preface)
        for article in value.gists.values():
            yield from (article.number, article.title, article.gist)
