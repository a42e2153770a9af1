"""Half-width commas between Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from portal.mending.subject import Subject

_COMMA = re.compile(r"(?<=[一-鿿”’》）]),[ ]?(?=[一-鿿“‘《（])")


def widen_commas(text: str, _: Subject) -> str:
    """`甲,乙` → `甲，乙` in texts; never inside `{…}` and `[…]`, where a comma parts one thing from the next."""
    if not _COMMA.search(text):
        return text
    for start, end in sorted(_texts(yaml.compose(text, yaml.CSafeLoader)), reverse=True):
        text = text[:start] + _COMMA.sub("，", text[start:end]) + text[end:]
    return text


def widened(data: Any) -> Any:
    """The same data with every text widened: what may differ between a text before and after."""
    if isinstance(data, str):
        return _COMMA.sub("，", data)
    if isinstance(data, dict):
        return {key: widened(value) for key, value in data.items()}
    return tuple(widened(value) for value in data) if isinstance(data, tuple) else data


def _texts(node: Node | None) -> Iterator[tuple[int, int]]:
    """Start and end of every value that is a text outside flow collections."""
    if isinstance(node, ScalarNode):
        yield node.start_mark.index, node.end_mark.index
    elif isinstance(node, CollectionNode) and not node.flow_style:
        for child in node.value:
            yield from _texts(child[1] if isinstance(node, MappingNode) else child)
