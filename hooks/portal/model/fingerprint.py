"""The fingerprint of an object's content: it changes with every word of it and with nothing else."""

from __future__ import annotations

from hashlib import sha256

from portal.model.base import Document

_ABOUT = {"reviewed", "reviewer", "audience"}
"""What is said about the content: checking it anew does not change it."""


def fingerprint(document: Document) -> str:
    """Twelve hexadecimal digits of the canonical content, in the authored order."""
    return sha256(document.model_dump_json(exclude=_ABOUT).encode("utf-8")).hexdigest()[:12]
