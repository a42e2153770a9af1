"""The day of the last review and the role that answers for it."""

from __future__ import annotations

import re
from datetime import date

from portal.mending.shape import field_order
from portal.mending.state import read_state
from portal.mending.subject import Subject


def has_review(subject: Subject) -> bool:
    """Does this kind of file say when it was reviewed?"""
    return "reviewed" in field_order(subject.model, (), ())


def set_review(text: str, subject: Subject, role: str, day: date) -> str:
    """The text with `reviewed` and `reviewer` as given, each on its line at the outermost level."""
    for key, value in (("reviewed", day.isoformat()), ("reviewer", role)):
        text = _set(text, subject, key, value)
    return text


def _set(text: str, subject: Subject, key: str, value: str) -> str:
    """Replace the key's value, keeping a comment after it; put a missing key behind the field before it."""
    replaced, count = re.subn(rf"^{key}:[^#\n]*?(?=\s*$|\s+#)", f"{key}: {value}", text, count=1, flags=re.MULTILINE)
    if count:
        return replaced
    data = read_state(text, subject).data
    order = field_order(subject.model, (), ())
    before = [name for name in order[: order.index(key)] if isinstance(data, dict) and name in data]
    after = re.search(rf"^{re.escape(before[-1])}:.*\n", text, re.MULTILINE) if before else None
    return f"{text[: after.end()]}{key}: {value}\n{text[after.end() :]}" if after else text
