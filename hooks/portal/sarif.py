"""Problems as a SARIF 2.1.0 log, the format in which editors and code hosts take findings from any tool."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from portal.codes import FAMILIES, Code
from portal.model.place import Place
from portal.model.problem import Problem

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "PROJECTROOT"


def sarif_log(problems: Iterable[Problem], codes: Mapping[str, Code], version: str) -> dict[str, Any]:
    """One run of `portal check`: a rule for every code, a result for every problem.

    Files are URIs relative to the project's root; columns count Unicode code points from 1, so that a Chinese
    character is one column.
    """
    places = {code: index for index, code in enumerate(codes)}
    driver = {
        "name": "portal",
        "fullName": "信访工作指引 portal check",
        "version": version,
        "language": "zh-CN",
        "rules": [_rule(code) for code in codes.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "项目文件夹"}}},
        "results": [_result(problem, places) for problem in problems],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: Code) -> dict[str, Any]:
    return {
        "id": code.code,
        "shortDescription": {"text": code.sentence},
        "fullDescription": {"text": code.sentence},
        "help": {"text": f"作者手册：{'、'.join(code.pages)}；或运行 portal check --explain {code.code}"},
        "defaultConfiguration": {"level": code.severity},
        "properties": {"tags": [FAMILIES.get(code.family, code.family)], "exceptionPossible": code.exempt},
    }


def _result(problem: Problem, places: Mapping[str, int]) -> dict[str, Any]:
    """A code that has no rule (yet) is named without an index."""
    index = {"ruleIndex": places[problem.code]} if problem.code in places else {}
    return {
        "ruleId": problem.code,
        **index,
        "level": problem.severity,
        "message": {"text": _message(f"{problem.message}。{problem.hint}")},
        "locations": [{"physicalLocation": _location(problem.place)}],
    }


def _message(text: str) -> str:
    """Single braces would be places for arguments (SARIF 2.1.0, 3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")


def _location(place: Place) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": quote(place.file, errors="replace"), "uriBaseId": _ROOT},
        "region": {"startLine": place.line, "startColumn": place.column},
    }
