"""What a model says of the keys in it: which it knows, and in which order they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any

from pydantic import BaseModel

Schema = dict[str, Any]
_FLOATING = ("basis", "keywords")
"""Authors write these beside what they support: they keep their place behind the key before them."""
_LEADING = {
    "ChoiceQuestion": ("kind",),
    "DateQuestion": ("kind",),
    "NumberQuestion": ("kind",),
    "Range": ("from", "to"),
}
"""A model names what it inherits first; authors begin with what tells these apart."""


@cache
def schema_of(model: type[BaseModel]) -> Schema:
    """The JSON Schema of the model: its properties stand in the order of the fields."""
    return model.model_json_schema(by_alias=True)


@cache
def known_keys(model: type[BaseModel]) -> frozenset[str]:
    """Every key that the model or a part of it has."""
    schema = schema_of(model)
    shapes = [schema, *schema.get("$defs", {}).values()]
    return frozenset(key for shape in shapes for key in shape.get("properties", {}))


def field_order(model: type[BaseModel], path: Sequence[object], keys: Iterable[str]) -> tuple[str, ...]:
    """The fields, in order, of the mapping at `path` that holds `keys`; empty where its keys are free ids.

    Where several shapes may stand there, it is the first one that knows all the keys.
    """
    schema, wanted = schema_of(model), set(keys)
    here = [schema]
    for step in path:
        here = [below for node in here for shape in _shapes(node, schema) for below in _below(shape, step)]
    fields = (_fields(shape) for node in here for shape in _shapes(node, schema))
    return next((order for order in fields if wanted <= set(order)), ())


def arranged(keys: Sequence[str], order: Sequence[str]) -> list[str]:
    """The keys in their order; doing it twice changes nothing."""
    groups: list[list[str]] = [[]]
    for key in keys:
        if key not in _FLOATING:
            groups.append([])
        groups[-1].append(key)
    head, rest = groups[0], groups[1:]
    rest.sort(key=lambda group: order.index(group[0]))
    return [*head, *chain.from_iterable(rest)]


def in_order(model: type[BaseModel], data: Any, path: tuple[object, ...] = ()) -> Any:
    """The same data with the keys of every model in the order of its fields; free ids stay where they are."""
    if isinstance(data, dict):
        order = field_order(model, path, data)
        names = arranged(list(data), order) if order else list(data)
        return {name: in_order(model, data[name], (*path, name)) for name in names}
    if isinstance(data, tuple):
        return tuple(in_order(model, child, (*path, index)) for index, child in enumerate(data))
    return data


def _fields(shape: Schema) -> tuple[str, ...]:
    """The fields of a shape, in order."""
    leading = _LEADING.get(shape.get("title", ""), ())
    return (*leading, *(name for name in shape.get("properties", ()) if name not in leading))


def _shapes(node: Schema, schema: Schema) -> list[Schema]:
    """What the node may be, references resolved."""
    reference = node.get("$ref", "")
    if reference:
        return _shapes(schema["$defs"][reference.rpartition("/")[2]], schema)
    choices = node.get("anyOf") or node.get("oneOf")
    return [shape for choice in choices for shape in _shapes(choice, schema)] if choices else [node]


def _below(shape: Schema, step: object) -> list[Schema]:
    """What may stand at `step` inside a shape."""
    if step in shape.get("properties", {}):
        return [shape["properties"][step]]
    if isinstance(step, int):
        return [shape["items"]] if isinstance(shape.get("items"), dict) else []
    free = [shape["additionalProperties"]] if isinstance(shape.get("additionalProperties"), dict) else []
    return [*free, *shape.get("patternProperties", {}).values()]
