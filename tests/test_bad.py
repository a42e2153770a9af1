"""Every mistake an author can make is told once, at the right spot, in words that help: one folder a mistake.

A folder `tests/bad/<code>` (or `<code>--<variant>`) is laid over the smallest valid project; `expected.txt` lists
every problem that must be told, each with some words of its message and of its hint. Nothing else may be told: one
mistake, one problem, however many other files name the broken one.
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.checked import load_checked
from portal.checks.table import sentences
from portal.model.problem import Problem
from small import TODAY, small_library
from unstorable import MAKERS

BAD = Path(__file__).parent / "bad"
READING = Path(__file__).parents[1] / "hooks" / "portal" / "reading"
CASES = sorted(path.parent.name for path in BAD.glob("*/expected.txt"))
_CHINESE = re.compile(r"[一-鿿]")


@dataclass(frozen=True)
class Expected:
    """A line `file:line:column code` and the words below it."""

    heading: str
    message: str
    hint: str


def read_expected(text: str) -> list[Expected]:
    lines = text.splitlines()
    assert len(lines) % 2 == 0, "two lines a problem"
    return [Expected(head, *words.strip().split(" | ")) for head, words in zip(lines[::2], lines[1::2], strict=True)]


def broken_project(case: str, root: Path) -> Path:
    small_library(root)
    shutil.copytree(BAD / case, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    if case in MAKERS:
        MAKERS[case](root)
    return root


def heading(problem: Problem) -> str:
    return f"{problem.place} {problem.code}"


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_once_where_it_stands(case: str, tmp_path: Path) -> None:
    expected = read_expected((BAD / case / "expected.txt").read_text(encoding="utf-8"))
    problems = load_checked(broken_project(case, tmp_path / "project"), TODAY).problems

    assert [heading(problem) for problem in problems] == [line.heading for line in expected]
    for problem, line in zip(problems, expected, strict=True):
        assert line.message in problem.message
        assert line.hint in problem.hint


@pytest.mark.parametrize("case", CASES)
def test_an_author_can_read_what_is_told(case: str, tmp_path: Path) -> None:
    problems = load_checked(broken_project(case, tmp_path / "project"), TODAY).problems
    assert problems
    for problem in problems:
        for words in (problem.message, problem.hint):
            assert _CHINESE.search(words)
            assert "\n" not in words
            assert len(words) < 250
            assert not re.search(r"Traceback|Error|pydantic|object at|<class|\{\{|None", words)
        assert problem.place.line >= 1
        assert problem.place.column >= 1


def test_the_smallest_project_itself_is_right(tmp_path: Path) -> None:
    assert load_checked(small_library(tmp_path), TODAY).problems == ()


@pytest.mark.parametrize("code", sorted(sentences()))
def test_every_rule_has_an_example_of_its_breach(code: str) -> None:
    assert (BAD / code / "expected.txt").is_file(), f"add tests/bad/{code}/: the smallest library that breaks the rule"
    assert f" {code}\n" in (BAD / code / "expected.txt").read_text(encoding="utf-8")


def library_readers() -> list[Path]:
    """The reading room without the readers of official texts: those are no part of a library."""
    return [path for path in READING.glob("*.py") if not path.name.startswith("official")]


def reader_codes() -> set[str]:
    """The codes that the reading room writes as text."""
    sources = [path.read_text(encoding="utf-8") for path in library_readers()]
    families = r'"((?:file|citation|yaml|markdown|schema|regulation|id)-[a-z]+(?:-[a-z]+)*)"'
    return {code for source in sources for code in re.findall(families, source)}


@pytest.mark.parametrize("code", sorted(reader_codes()))
def test_every_code_of_the_reader_has_an_example(code: str) -> None:
    assert (BAD / code / "expected.txt").is_file(), f"add tests/bad/{code}/: the smallest file that the reader refuses"


def test_every_example_shows_the_code_it_is_named_after() -> None:
    known = reader_codes() | sentences().keys()
    for case in CASES:
        code = case.partition("--")[0]
        if code == "no-cascade":
            continue
        assert code in known, f"tests/bad/{case}: no such code"
        assert f" {code}\n" in (BAD / case / "expected.txt").read_text(encoding="utf-8"), case


def test_codes_are_found_wherever_a_problem_is_made() -> None:
    """The list above would be worthless if a new family of codes slipped through its pattern."""
    made = set()
    for path in library_readers():
        source = path.read_text(encoding="utf-8")
        made |= set(re.findall(r'(?:_bad|Problem|problem|_add|_problem_at)\([^"\n]*"([a-z]+-[a-z-]+)"', source))
    assert made
    assert made <= reader_codes()


def test_every_maker_has_its_expectation() -> None:
    assert set(MAKERS) <= set(CASES)


def test_two_broken_files_are_both_told(tmp_path: Path) -> None:
    problems = load_checked(broken_project("no-cascade--two-files", tmp_path / "project"), TODAY).problems
    assert len({problem.place.file for problem in problems}) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything: only another user can try this")
def test_a_file_without_read_permission_is_told(tmp_path: Path) -> None:
    root = small_library(tmp_path / "project")
    (root / "glossary.yml").chmod(0)
    (root / "docs").chmod(0)
    problems = load_checked(root, TODAY).problems
    (root / "docs").chmod(0o755)
    told = {(problem.place.file, problem.code) for problem in problems}
    assert {("glossary.yml", "file-unreadable"), ("docs", "file-unreadable")} <= told


def test_problems_come_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    problems = load_checked(broken_project("no-cascade--shared-files", tmp_path / "project"), TODAY).problems
    assert list(problems) == sorted(problems, key=lambda problem: problem.place)


def test_a_problem_prints_as_the_fields_that_tools_rely_on() -> None:
    from portal.model.place import Place

    problem = Problem(Place("a.yml", 3, 5), "yaml-tab", "甲", "乙")
    assert problem.as_dict() == {
        "code": "yaml-tab",
        "severity": "error",
        "file": "a.yml",
        "line": 3,
        "column": 5,
        "message": "甲",
        "hint": "乙",
    }
