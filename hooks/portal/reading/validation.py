"""From plain data to model objects; pydantic's findings in plain words at the right place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from portal.model.place import Origin
from portal.model.problem import Problem

M = TypeVar("M", bound=BaseModel)
_KINDS = {
    "string_type": "一段文字",
    "int_type": "一个整数",
    "bool_type": "true 或 false",
    "dict_type": "一组“键: 值”",
    "tuple_type": "一个列表（每行以“- ”开头）",
    "model_type": "一组“键: 值”",
    "model_attributes_type": "一组“键: 值”",
}


def validate(model: type[M], data: Any, origin: Origin) -> tuple[M | None, list[Problem]]:
    """The object, or every problem that keeps `data` from being one."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [_problem(model, detail, origin) for detail in error.errors(include_url=False)]


def _problem(model: type[BaseModel], detail: ErrorDetails, origin: Origin) -> Problem:
    kind, path = detail["type"], detail["loc"]
    name = str(path[-1]) if path else ""
    if kind == "missing":
        return Problem(origin.place(*path), "schema-missing", f"缺少“{name}”", f"补上 {name}: …")
    if kind == "extra_forbidden":
        return Problem(origin.place(*path, key=True), "schema-unknown-key", f"不认识“{name}”这个键", _did_you_mean(model, path))
    if path and path[-1] == "[key]":
        message = f"“{path[-2]}”不能做编号" if len(path) > 1 else "编号不合规定"
        return Problem(origin.place(*path[:-1], key=True), "schema-value", message, "编号只用小写字母、数字和连字符，例如 first-hour")
    place = origin.place(*path)
    if kind in _KINDS:
        return Problem(place, "schema-type", f"“{name}”应当是{_KINDS[kind]}，找到的是{_show(detail['input'])}", _type_hint(kind, detail["input"]))
    return Problem(place, "schema-value", f"“{name}”不合要求：{_value_message(detail)}", "对照作者手册的格式说明修改")


def _value_message(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    found = _show(detail["input"])
    match kind:
        case "literal_error" | "union_tag_invalid":
            allowed = context.get("expected") or context.get("expected_tags")
            return f"只能是 {allowed}，找到的是{found}".replace(" or ", " 或 ")
        case "union_tag_not_found":
            return "缺少 kind（choices、date 或 number）"
        case "string_pattern_mismatch":
            return f"编号类的文字只用规定的字符（{context.get('pattern')}），找到的是{found}"
        case "string_too_short":
            return "不能为空" if context.get("min_length") == 1 else f"至少 {context.get('min_length')} 个字"
        case "string_too_long":
            return f"最多 {context.get('max_length')} 个字"
        case "greater_than_equal" | "less_than_equal":
            return f"应当在允许的范围内（界限 {context.get('ge', context.get('le'))}），找到的是{found}"
    return detail["msg"]


def _type_hint(kind: str, found: object) -> str:
    if isinstance(found, str) and "：" in found:
        return "把全角冒号“：”换成半角冒号加空格“: ”"
    if kind == "string_type" and isinstance(found, (int, bool)):
        return "给它加上引号，例如 \"2026\""
    return "对照作者手册的格式说明修改"


def _show(value: object) -> str:
    if value is None:
        return "空白"
    if isinstance(value, dict):
        return "一组“键: 值”"
    if isinstance(value, tuple):
        return "一个列表"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


def _did_you_mean(model: type[BaseModel], path: Iterable[object]) -> str:
    *parents, name = path
    known = sorted(_known_keys(model, parents))
    close = difflib.get_close_matches(str(name), known, n=1)
    if close:
        return f"是不是想写“{close[0]}”？"
    return f"可用的键：{'、'.join(known)}" if known else "删掉它，或对照作者手册改成认识的键"


def _known_keys(model: type[BaseModel], parents: list[object]) -> set[str]:
    """The keys that the model at this path has, found by walking the JSON Schema (errors only: speed is no matter)."""
    schema = model.model_json_schema(by_alias=True)
    here: list[dict[str, Any]] = [schema]
    for step in parents:
        here = [below for node in here for below in _below(node, step, schema)] or here
    return {key for node in here for key in _resolve(node, schema).get("properties", {})}


def _resolve(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    reference = node.get("$ref", "")
    found: dict[str, Any] = schema["$defs"][reference.rpartition("/")[2]] if reference else node
    return found


def _below(node: dict[str, Any], step: object, schema: dict[str, Any]) -> list[dict[str, Any]]:
    node = _resolve(node, schema)
    if step in node.get("properties", {}):
        return _options(node["properties"][step], schema)
    if isinstance(step, int) and isinstance(node.get("items"), dict):
        return _options(node["items"], schema)
    if isinstance(node.get("additionalProperties"), dict):
        return _options(node["additionalProperties"], schema)
    pattern = node.get("patternProperties", {})
    return [option for value in pattern.values() for option in _options(value, schema)]


def _options(node: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    choices = node.get("anyOf") or node.get("oneOf")
    return [_resolve(option, schema) for option in choices] if choices else [_resolve(node, schema)]
