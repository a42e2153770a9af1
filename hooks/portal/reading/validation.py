"""From plain data to model objects; pydantic's findings in plain words at the right place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from portal.model.place import Origin
from portal.model.problem import Problem

M = TypeVar("M", bound=BaseModel)
_KINDS = {
    "string_type": "一段文字",
    "int_type": "一个整数",
    "bool_type": " true 或 false",
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
    kind, path = detail["type"], _written_path(model, detail)
    name = _name(path)
    if kind == "missing":
        return Problem(origin.place(*path), "schema-missing", f"缺少“{name}”", f"补上 {name}: …")
    if kind == "extra_forbidden":
        return Problem(
            origin.place(*path, key=True), "schema-unknown-key", f"不认识“{name}”这个键", _did_you_mean(model, path)
        )
    if path and path[-1] == "[key]":
        message = f"“{path[-2]}”不能做编号" if len(path) > 1 else "编号不合规定"
        return Problem(
            origin.place(*path[:-1], key=True),
            "schema-value",
            message,
            "编号只用小写字母、数字和连字符，例如 first-hour",
        )
    place = origin.place(*path)
    if kind in _KINDS:
        return Problem(
            place,
            "schema-type",
            f"“{name}”应当是{_KINDS[kind]}，找到的是{_show(detail['input'])}",
            _type_hint(kind, detail["input"]),
        )
    return Problem(place, "schema-value", f"“{name}”不合要求：{_value_message(detail)}", "对照作者手册的格式说明修改")


def _name(path: tuple[int | str, ...]) -> str:
    if not path:
        return "文件内容"
    return path[-1] if isinstance(path[-1], str) else f"第 {path[-1] + 1} 项"


def _value_message(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    found = _show(detail["input"])
    match kind:
        case "union_tag_invalid":
            return f"kind 只能是 {context.get('expected_tags')}，找到的是“{context.get('tag')}”"
        case "literal_error":
            allowed = context.get("expected")
            return f"只能是 {allowed}，找到的是{found}".replace(" or ", " 或 ")
        case "union_tag_not_found":
            return "缺少 kind（choices、date 或 number）"
        case "string_pattern_mismatch":
            return f"{_shape(str(context.get('pattern')))}，找到的是{found}"
        case "string_too_short":
            return "不能为空" if context.get("min_length") == 1 else f"至少 {context.get('min_length')} 个字"
        case "string_too_long":
            return f"最多 {context.get('max_length')} 个字"
        case "greater_than_equal" | "less_than_equal":
            return f"应当在允许的范围内（界限 {context.get('ge', context.get('le'))}），找到的是{found}"
    return detail["msg"]


def _shape(pattern: str) -> str:
    """What a pattern asks for, in words."""
    if "一二三" in pattern:
        return "抄上原文里带数目的那几个字，例如 60日内办结"
    if "[0-5]" in pattern:
        return "时间写成 时:分，例如 0:45，分钟是 00 到 59"
    if "/" in pattern and "https" not in pattern:
        return "写成 法规或清单编号/名称，例如 xinfang-2022/handle"
    if "https" in pattern:
        return "网址以 https:// 开头"
    if "64" in pattern:
        return "要 64 位的 sha256"
    return "编号只用小写字母、数字和连字符，例如 review-officer"


def _type_hint(kind: str, found: object) -> str:
    if isinstance(found, str) and "：" in found:
        return "把全角冒号“：”换成半角冒号加空格“: ”"
    if kind == "string_type" and isinstance(found, (int, bool)):
        return f'给它加上引号："{str(found).lower()}"'
    if kind == "int_type" and isinstance(found, str) and found.isdigit():
        return "去掉引号"
    if kind == "bool_type":
        return "写 true 或 false，不加引号"
    if kind == "tuple_type" and isinstance(found, str):
        return f"写成列表：[{found[:40]}]"
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


def _did_you_mean(model: type[BaseModel], path: Iterable[int | str]) -> str:
    *parents, name = path
    known = sorted(_known_keys(model, parents))
    close = difflib.get_close_matches(str(name), known, n=1)
    if close:
        return f"是不是想写“{close[0]}”？"
    return f"可用的键：{'、'.join(known)}" if known else "删掉它，或对照作者手册改成认识的键"


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    """Errors are explained with the help of the JSON Schema: it knows every key that may stand at a path."""
    return model.model_json_schema(by_alias=True)


def _known_keys(model: type[BaseModel], parents: list[int | str]) -> set[str]:
    """The keys that the model at this path has."""
    schema = _schema(model)
    here = [schema]
    for step in parents:
        here = [below for node in here for below in _below(node, step, schema)] or here
    return {key for node in here for shape in _shapes(node, schema) for key in shape.get("properties", {})}


def _written_path(model: type[BaseModel], detail: ErrorDetails) -> tuple[int | str, ...]:
    """The path as the author wrote it: without the tags that pydantic adds where a value may have several shapes.

    A tag may look like a key (`choices` is both): only the schema tells them apart.
    """
    schema, path = _schema(model), detail["loc"]
    here, written = [schema], list[int | str]()
    for index, step in enumerate(path):
        certain = step == "[key]" or (detail["type"] == "extra_forbidden" and index == len(path) - 1)
        tagged = [node["discriminator"]["mapping"].get(step) for node in here if "discriminator" in node]
        below = [child for node in here for child in _below(node, step, schema)]
        if any(tagged):
            here = [{"$ref": reference} for reference in tagged if reference]
        elif certain or below or not any("oneOf" in node for node in here):
            written.append(step)
            here = below
    return tuple(written)


def _shapes(node: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    """What the node may be, references resolved."""
    reference = node.get("$ref", "")
    if reference:
        return _shapes(schema["$defs"][reference.rpartition("/")[2]], schema)
    choices = node.get("anyOf") or node.get("oneOf")
    return [shape for choice in choices for shape in _shapes(choice, schema)] if choices else [node]


def _below(node: dict[str, Any], step: object, schema: dict[str, Any]) -> list[dict[str, Any]]:
    """What may stand at `step` inside the node."""
    found: list[dict[str, Any]] = []
    for shape in _shapes(node, schema):
        if step in shape.get("properties", {}):
            found.append(shape["properties"][step])
        elif isinstance(step, int) and isinstance(shape.get("items"), dict):
            found.append(shape["items"])
        elif isinstance(shape.get("additionalProperties"), dict):
            found.append(shape["additionalProperties"])
        else:
            found += shape.get("patternProperties", {}).values()
    return found
