"""A reference to a regulation, an article, or a paragraph or item of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

_PATTERN = re.compile(
    r"(?P<regulation>[a-z0-9-]*)"
    r"(?:/(?P<article>[1-9][0-9]{0,3}(?:-[1-9][0-9]?)?)(?P<parts>(?:\.[1-9][0-9]{0,2}){0,3}))?"
)
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Citation:
    """`regulation/article.part…`; `name` instead of `regulation` for an instrument whose text is not at hand.

    `parts` is a paragraph (款) or an item (项); two parts are a paragraph and an item in it.
    `unverified` says that nobody could check the claim against the official text; pages show it.
    """

    regulation: str = ""
    article: str = ""
    parts: tuple[int, ...] = ()
    name: str = ""
    unverified: bool = False

    def __str__(self) -> str:
        if self.name:
            return self.name
        if not self.article:
            return self.regulation
        return ".".join([f"{self.regulation}/{self.article}", *map(str, self.parts)])

    @property
    def anchor(self) -> str:
        """The anchor of the cited place on the regulation's page; empty for the whole regulation."""
        return "-".join(["article", self.article, *map(str, self.parts)]) if self.article else ""

    def within(self, regulation: str) -> Citation:
        """The same citation with a missing regulation filled in (`/34` inside a regulation's own files)."""
        if self.regulation or self.name:
            return self
        return Citation(regulation, self.article, self.parts, unverified=self.unverified)


def chinese_number(number: int) -> str:
    """1 → 一, 31 → 三十一, 110 → 一百一十, 1260 → 一千二百六十 (as articles are numbered)."""
    if not 0 < number < 10000:
        return str(number)
    text, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if zero else "") + _DIGITS[digit] + name
            zero = False
        elif text:
            zero = True
    return text[1:] if text.startswith("一十") else text


def article_name(article: str) -> str:
    """`31` → 第三十一条, `31-1` → 第三十一条之一."""
    number, _, insert = article.partition("-")
    return f"第{chinese_number(int(number))}条" + (f"之{chinese_number(int(insert))}" if insert else "")


@lru_cache(maxsize=10_000)
def _from_text(text: str, unverified: bool) -> Citation:
    """The citation written so. The same few articles are cited again and again."""
    match = _PATTERN.fullmatch(text)
    if match is None or not text or (not match["regulation"] and not match["article"]):
        raise PydanticCustomError(
            "citation",
            "引用要写成“法规编号/条.款或项”，例如 xinfang-2022/31.6；找到的是“{text}”",
            {"text": text[:60]},
        )
    parts = tuple(int(part) for part in (match["parts"] or "").split(".") if part)
    return Citation(match["regulation"], match["article"] or "", parts, unverified=unverified)


def parse_citation(value: Any) -> Citation:
    """Text, a bare article number, or a mapping with `cite` or `name` and `unverified: true`."""
    if isinstance(value, Citation):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return _from_text(f"/{value}", unverified=False)
    if isinstance(value, str):
        return _from_text(value if "/" in value or not value[:1].isdigit() else f"/{value}", unverified=False)
    if isinstance(value, Mapping) and value.get("unverified") is True:
        if set(value) == {"cite", "unverified"} and isinstance(value["cite"], str):
            return _from_text(value["cite"], unverified=True)
        if set(value) == {"name", "unverified"} and isinstance(value["name"], str) and value["name"].strip():
            return Citation(name=value["name"], unverified=True)
    raise PydanticCustomError(
        "citation",
        "引用要写成 xinfang-2022/31.6；没有核对过原文的写成 {cite: 法规编号, unverified: true} 或 {name: 文件名称, unverified: true}",
    )


CitationField = Annotated[
    Citation,
    BeforeValidator(parse_citation),
    WithJsonSchema(
        {
            "anyOf": [
                {
                    "type": "string",
                    "pattern": (
                        r"^[a-z0-9-]*(/[1-9][0-9]{0,3}(-[1-9][0-9]?)?(\.[1-9][0-9]{0,2}){0,3})?$"
                        r"|^[1-9][0-9]{0,3}(-[1-9][0-9]?)?(\.[1-9][0-9]{0,2}){0,3}$"
                    ),
                    "examples": ["xinfang-2022/31.6"],
                },
                {"type": "integer", "minimum": 1},
                {
                    "type": "object",
                    "properties": {"cite": {"type": "string"}, "unverified": {"const": True}},
                    "required": ["cite", "unverified"],
                    "additionalProperties": False,
                },
                {
                    "type": "object",
                    "properties": {"name": {"type": "string", "minLength": 1}, "unverified": {"const": True}},
                    "required": ["name", "unverified"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
