"""References inside a line of text: `[最长 60 日](limit:xinfang-2022/handle)`, or with empty brackets.

The same small syntax works in Markdown and in every YAML text field. Schemes: tel, limit, cite, threshold,
procedure, plan, tree, checklist, form, drill, term, page, regulation; step (an item or an outcome) and question as
`tree/id`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SCHEMES = (
    "tel",
    "limit",
    "cite",
    "threshold",
    "procedure",
    "plan",
    "tree",
    "checklist",
    "form",
    "drill",
    "term",
    "page",
    "regulation",
    "step",
    "question",
)
_REFERENCE = re.compile(r"\[([^\[\]]*)\]\((" + "|".join(SCHEMES) + r"):([^()\s]+)\)")


@dataclass(frozen=True, slots=True)
class Reference:
    """`scheme:target` with the label its author wrote (empty: the target's own name)."""

    scheme: str
    target: str
    label: str = ""


def split_references(text: str) -> list[str | Reference]:
    """The text cut into plain pieces and references, in order."""
    pieces: list[str | Reference] = []
    position = 0
    for match in _REFERENCE.finditer(text):
        if match.start() > position:
            pieces.append(text[position : match.start()])
        pieces.append(Reference(match[2], match[3], match[1]))
        position = match.end()
    if position < len(text):
        pieces.append(text[position:])
    return pieces


def find_references(text: str) -> list[Reference]:
    """Only the references."""
    return [piece for piece in split_references(text) if isinstance(piece, Reference)]


def parse_target(target: str) -> Reference | None:
    """A link target of a Markdown link, if it uses one of the schemes."""
    scheme, colon, rest = target.partition(":")
    return Reference(scheme, rest) if colon and scheme in SCHEMES else None


def picture_id(target: str) -> str:
    """The id in `picture:write`, the target of a Markdown image; empty where it is an ordinary file."""
    return target.removeprefix("picture:") if target.startswith("picture:") else ""


_LOOKS_LIKE = re.compile(r"\[[^\[\]]*\]\s?[(（]\s*[A-Za-z]+\s*[:：][^()（）]*[)）]?")
_MARKDOWN_LINK = re.compile(r"\[[^\[\]]*\]\([^()\s]+\)")
REFERENCE_HINT = (
    f"种类只有 {'、'.join(SCHEMES)}，写成 [文字](种类:编号)，括号和冒号用半角；网址只用 https，写在 Markdown 里"
)


def wrong_references(text: str) -> list[str]:
    """What looks like a reference and is none: readers would see the raw brackets."""
    plain = (piece for piece in split_references(text) if isinstance(piece, str))
    return [match[0] for piece in plain for match in _LOOKS_LIKE.finditer(piece)]


def raw_links(text: str) -> list[str]:
    """Markdown links in a line that is no Markdown, and that no reference explains: readers would see them as written."""
    plain = (piece for piece in split_references(text) if isinstance(piece, str))
    links = (match[0] for piece in plain for match in _MARKDOWN_LINK.finditer(piece))
    return [link for link in links if not _LOOKS_LIKE.fullmatch(link)]
