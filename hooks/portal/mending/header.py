"""The first line of a YAML file: the comment that tells an editor its schema."""

from __future__ import annotations

import re

from portal.mending.subject import Subject

_COMMENT = re.compile(r"#\s*yaml-language-server\s*:.*")


def head_file(text: str, subject: Subject) -> str:
    """The right comment first, and no other of its kind above the content."""
    if not subject.header:
        return text
    lines = text.split("\n")
    top = next((index for index, line in enumerate(lines) if line.strip() and line[:1] != "#"), len(lines))
    rest = [line for line in lines[:top] if not _COMMENT.fullmatch(line)]
    return "\n".join([subject.header, *rest, *lines[top:]])
