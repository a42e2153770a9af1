"""How `portal check` tells other tools what it found (SARIF), and explains its codes to authors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft4Validator

from portal.checks.exemption import NEVER
from portal.checks.table import RULES, sentences
from portal.cli import cli
from portal.codes import FAMILIES, HANDBOOK, explain, known_codes
from portal.model.place import Place
from portal.model.problem import Problem
from portal.reading.codes import CODES
from portal.sarif import sarif_log
from projects import PROJECT
from small import small_library, small_text

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0.schema.json").read_text("utf-8"))
CHECKLIST = "procedures/visit/visit.checklist.yml"
TODAY = "2026-06-01"


def portal(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["--root", str(root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def log_of(root: Path) -> tuple[Result, Any]:
    """What `--format sarif` prints, which must be valid SARIF."""
    result = portal(root, "check", "--format", "sarif", "--today", TODAY)
    log = json.loads(result.stdout)
    assert list(Draft4Validator(SCHEMA).iter_errors(log)) == []
    return result, log


class TestSarif:
    def test_a_sound_library_has_no_results_but_all_the_rules(self, tmp_path: Path) -> None:
        result, log = log_of(small_library(tmp_path))
        assert result.exit_code == 0
        run = log["runs"][0]
        assert run["results"] == []
        told = {rule["id"]: rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"]}
        assert told == {name: code.sentence for name, code in known_codes().items()}
        assert {**CODES, **sentences()}.items() <= told.items()

    def test_it_holds_what_json_holds(self, tmp_path: Path) -> None:
        changes = {
            CHECKLIST: small_text(CHECKLIST).replace("who: clerk", "who: clark", 1),
            "glossary.yml": small_text("glossary.yml").replace("terms:", "terms：", 1),
            "docs/指南.md": "---\nid: 指南\n---\n",
        }
        root = small_library(tmp_path, **changes)
        result, log = log_of(root)
        assert result.exit_code == 1
        plain = json.loads(portal(root, "check", "--format", "json", "--today", TODAY).stdout)
        assert len(plain) >= 3
        assert [flat(found, log) for found in log["runs"][0]["results"]] == [
            (p["code"], p["severity"], p["file"], p["line"], p["column"]) for p in plain
        ]

    def test_no_path_of_the_machine_is_told(self, tmp_path: Path) -> None:
        _, log = log_of(small_library(tmp_path, **{"glossary.yml": "terms：\n"}))
        assert str(tmp_path) not in json.dumps(log)
        uris = [
            place["physicalLocation"]["artifactLocation"] for r in log["runs"][0]["results"] for place in r["locations"]
        ]
        assert uris
        assert all(not uri["uri"].startswith("/") and uri["uriBaseId"] == "PROJECTROOT" for uri in uris)

    @pytest.mark.parametrize(
        "before", ["", "信访人", "𠮷田", "é"], ids=["none", "chinese", "beyond-the-plane", "latin"]
    )
    def test_columns_count_characters(self, tmp_path: Path, before: str) -> None:
        """One column a character, also beyond the basic plane: as `columnKind` says."""
        item = "      greet: {do: 请来访人坐下, who: clerk, practice: true}"
        changed = item.replace("坐下", before).replace("clerk", "clark")
        root = small_library(tmp_path, **{CHECKLIST: small_text(CHECKLIST).replace(item, changed)})
        _, log = log_of(root)
        assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
        region = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
        line = (root / CHECKLIST).read_text("utf-8").split("\n")[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 :].startswith("clark")

    def test_braces_are_doubled_as_the_standard_asks(self) -> None:
        problem = Problem(Place("a.yml"), "yaml-key", "写成 {a: 1}", "甲")
        [found] = sarif_log([problem], known_codes(), "1")["runs"][0]["results"]
        assert found["message"]["text"] == "写成 {{a: 1}}。甲"

    def test_a_code_without_a_rule_is_still_told(self) -> None:
        log = sarif_log([Problem(Place("甲 乙.yml"), "new-code", "甲", "乙", "warning")], known_codes(), "1")
        assert list(Draft4Validator(SCHEMA).iter_errors(log)) == []
        [found] = log["runs"][0]["results"]
        assert (found["ruleId"], found["level"], "ruleIndex" in found) == ("new-code", "warning", False)

    def test_the_validator_would_see_a_fault(self) -> None:
        log = sarif_log([Problem(Place("a.yml", 0), "yaml-key", "甲", "乙")], known_codes(), "1")
        assert [list(error.path)[-1] for error in Draft4Validator(SCHEMA).iter_errors(log)] == ["startLine"]


def flat(found: dict[str, Any], log: dict[str, Any]) -> tuple[Any, ...]:
    """A result in the fields of the plain format; its rule must be the one it points at."""
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert rules[found["ruleIndex"]]["id"] == found["ruleId"]
    place = found["locations"][0]["physicalLocation"]
    region = place["region"]
    file = unquote(place["artifactLocation"]["uri"])
    return found["ruleId"], found["level"], file, region["startLine"], region["startColumn"]


class TestExplain:
    @pytest.mark.parametrize("code", sorted({**CODES, **sentences()}))
    def test_every_code_is_explained(self, tmp_path: Path, code: str) -> None:
        result = portal(tmp_path, "check", "--explain", code)  # no library is needed
        assert result.exit_code == 0
        first, wants, exception, handbook = result.output.splitlines()
        assert first.startswith(f"{code}（")
        assert {**CODES, **sentences()}[code] in wants
        assert exception.startswith("例外：")
        assert HANDBOOK["checks"] in handbook

    def test_every_family_has_a_name(self) -> None:
        assert {code.family for code in known_codes().values()} <= FAMILIES.keys()

    @pytest.mark.parametrize("page", sorted(HANDBOOK.values()))
    def test_the_pages_named_exist(self, page: str) -> None:
        assert (PROJECT / page).is_file()

    def test_severities_and_exceptions_are_those_of_the_rules(self) -> None:
        codes = known_codes()
        for rule in RULES:
            assert codes[rule.code].severity == rule.severity
            assert codes[rule.code].exempt == (rule.code not in NEVER)
        assert not any(codes[code].exempt for code in CODES)

    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("rights-red-line", "可以有。在 exceptions.yml"),
            ("rights-personal-data", "不能有：这类内容"),
            ("yaml-tab", "不能有：读不懂"),
            ("exception-unused", "提醒"),
            ("evidence-contradicted", "照官方文本"),
            ("tree-loop", HANDBOOK["formats"]),
        ],
    )
    def test_it_says_what_differs(self, code: str, words: str) -> None:
        assert words in explain(known_codes()[code])

    @pytest.mark.parametrize(
        ("wrong", "near"), [("tree-lop", "tree-loop"), ("yaml-tabs", "yaml-tab"), ("zzz", "tree-loop")]
    )
    def test_an_unknown_code_is_a_usage_error_that_names_a_near_one(
        self, tmp_path: Path, wrong: str, near: str
    ) -> None:
        result = portal(tmp_path, "check", "--explain", wrong)
        assert result.exit_code == 2
        assert f"没有“{wrong}”这个代号" in result.output
        assert near in result.output
