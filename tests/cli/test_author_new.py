"""`portal new` for entries and pages: what it writes is sound at once, and nothing is begun that would not be."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from portal.cli import cli
from portal.mending.mender import mend_text
from portal.mending.subject import find_subject
from portal.reading.folder import read_library
from portal.scaffold import KINDS
from portal.scaffold_entry import ENTRIES
from small import TODAY, small_library, small_text

CASES = "procedures/visit/cases.yml"
TREE = "procedures/visit/route.tree.yml"
NOTICE = "国务院办公厅关于2027年部分节假日安排的通知: 样例"


def portal(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["--root", str(root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def is_sound(root: Path, today: str = "2026-06-01") -> bool:
    result = portal(root, "check", "--today", today)
    return result.exit_code == 0


def codes(root: Path) -> list[str]:
    return [p["code"] for p in json.loads(portal(root, "check", "--format", "json", "--today", "2026-06-01").stdout)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_library(tmp_path / "project")


def files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


class TestStyle:
    @pytest.mark.parametrize("kind", KINDS)
    def test_scaffolds_are_written_in_blocks_and_need_no_mending(self, root: Path, kind: str) -> None:
        before = files(root)
        assert portal(root, "new", kind, "fresh-thing", "--today", "2026-06-01").exit_code == 0
        assert is_sound(root)
        written = [path for path in files(root) if path not in before]
        assert written
        for path in written:
            text = path.read_text("utf-8")
            content = text.split("---\n", 2)[1] if path.suffix == ".md" else text
            collections = [node for node in nodes(yaml.compose(content)) if not isinstance(node, yaml.ScalarNode)]
            assert not [node.start_mark.line for node in collections if node.flow_style]
            subject = find_subject(path.relative_to(root).as_posix())
            assert subject
            assert mend_text(text, subject).done == ()


def nodes(node: yaml.Node) -> list[yaml.Node]:
    """A node and all below it."""
    below = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    return [node] + ([each for child in below for each in nodes(child)] if isinstance(below, list) else [])


class TestPage:
    @pytest.mark.parametrize("folder", [None, "docs/citizens", "docs/a/b/"])
    def test_a_page_lies_below_docs(self, root: Path, folder: str | None) -> None:
        extra = ["--folder", folder] if folder else []
        assert portal(root, "new", "page", "fresh-thing", *extra, "--today", "2026-06-01").exit_code == 0
        assert (root / (folder or "docs") / "fresh-thing.md").is_file()
        assert is_sound(root)

    @pytest.mark.parametrize("folder", ["procedures/visit", "docs/assets", "elsewhere", "docs/.hidden"])
    def test_nowhere_else(self, root: Path, folder: str) -> None:
        before = files(root)
        assert portal(root, "new", "page", "fresh-thing", "--folder", folder).exit_code == 1
        assert files(root) == before

    def test_index_is_a_name_of_its_own(self, root: Path) -> None:
        assert portal(root, "new", "page", "index", "--folder", "docs/a").exit_code == 2


class TestCases:
    def test_each_outcome_without_a_persona_gets_one(self, root: Path) -> None:
        (root / CASES).unlink()
        assert set(codes(root)) == {"tree-case-missing"}
        result = portal(root, "new", "cases", "route", "--today", "2026-06-01")
        assert result.exit_code == 0, result.output
        assert is_sound(root)
        library, _ = read_library(root, TODAY)
        assert sorted(placed.case.outcome for placed in library.cases) == ["send", "urge", "wait"]
        first = (root / CASES).read_text("utf-8").split("\n")[0]
        assert first == "# yaml-language-server: $schema=../../schemas/cases.schema.json"

    def test_those_that_are_there_stay(self, root: Path) -> None:
        kept = small_text(CASES).split("  - tree: route\n    title: 早就收到")[0]
        (root / CASES).write_text(kept, "utf-8")
        assert portal(root, "new", "cases", "route", "--today", "2026-06-01").exit_code == 0
        assert (root / CASES).read_text("utf-8").startswith(kept)
        assert is_sound(root)

    def test_answers_that_yaml_would_misread_are_quoted(self, root: Path) -> None:
        tree = small_text(TREE).replace("ours:", '"true":').replace("other:", '"7":')
        (root / TREE).write_text(tree, "utf-8")
        (root / CASES).unlink()
        assert portal(root, "new", "cases", "route", "--today", "2026-06-01").exit_code == 0
        assert is_sound(root)
        assert 'kind: "true"' in (root / CASES).read_text("utf-8")

    def test_a_tree_with_all_its_personas_needs_none(self, root: Path) -> None:
        before = files(root)
        result = portal(root, "new", "cases", "route", "--today", "2026-06-01")
        assert result.exit_code == 1
        assert "都已经有人物" in result.output
        assert files(root) == before

    @pytest.mark.parametrize(
        "change", [("go: send", "go: sent"), ("go: days", "go: kind"), ("start: kind", "start: no")]
    )
    def test_a_tree_that_leads_nowhere_is_told_so(self, root: Path, change: tuple[str, str]) -> None:
        (root / TREE).write_text(small_text(TREE).replace(*change), "utf-8")
        result = portal(root, "new", "cases", "route", "--today", "2026-06-01")
        assert result.exit_code == 1
        assert TREE in result.output

    def test_an_unknown_tree_is_told(self, root: Path) -> None:
        assert portal(root, "new", "cases", "rout").exit_code == 1


class TestCalendar:
    def test_the_year_is_begun_from_its_notice(self, root: Path) -> None:
        result = portal(root, "new", "calendar", "2027", "--notice", NOTICE, "--today", "2026-06-01")
        assert result.exit_code == 0, result.output
        assert "不要发布" in result.output
        assert is_sound(root)
        library, _ = read_library(root, TODAY)
        assert library.calendar[2027].notice == NOTICE

    def test_without_the_notice_no_year_is_guessed(self, root: Path) -> None:
        before = files(root)
        result = portal(root, "new", "calendar", "2027")
        assert result.exit_code == 1
        assert "不能猜" in result.output
        assert files(root) == before

    @pytest.mark.parametrize("year", ["2026", "27", "next", "1949", "2200"])
    def test_a_year_that_is_there_or_is_none(self, root: Path, year: str) -> None:
        before = files(root)
        assert portal(root, "new", "calendar", year, "--notice", NOTICE).exit_code == 1
        assert files(root) == before


class TestException:
    @pytest.fixture
    def faulty(self, root: Path) -> Path:
        """A page with a number of days in it."""
        path = root / "procedures/visit/index.md"
        path.write_text(path.read_text("utf-8") + "\n活动在 15 天里办完。\n", "utf-8")
        assert codes(root) == ["evidence-typed-days"]
        return root

    def new(self, root: Path, *arguments: str) -> Result:
        return portal(root, "new", "exception", *arguments, "--today", "2026-06-01")

    def test_the_finding_is_let_stand_with_reason_and_day(self, faulty: Path) -> None:
        given = ("--file", "procedures/visit/index.md", "--reason", "虚构的活动: 不是期限")
        assert self.new(faulty, "evidence-typed-days", *given).exit_code == 0
        assert is_sound(faulty)
        assert not is_sound(faulty, "2026-11-29")
        library, _ = read_library(faulty, TODAY)
        [entry] = library.exemptions.exceptions
        assert (entry.reason, entry.until.isoformat()) == ("虚构的活动: 不是期限", "2026-11-28")

    def test_it_joins_those_that_are_there(self, faulty: Path) -> None:
        (faulty / "exceptions.yml").write_text(
            "exceptions:\n- code: rights-red-line\n  file: a.md\n  reason: 甲\n  reviewer: chief\n  until: 2027-01-01",
            "utf-8",
        )
        given = ("--file", "procedures/visit/index.md", "--reason", "虚构的活动")
        assert self.new(faulty, "evidence-typed-days", *given).exit_code == 0
        assert codes(faulty) == ["exception-unused"]  # of the other one: nothing needs it

    @pytest.mark.parametrize(
        ("code", "file", "reason", "words"),
        [
            ("rights-personal-data", "procedures/visit/index.md", "甲", "不能有例外"),
            ("yaml-tab", "procedures/visit/index.md", "甲", "不能有例外"),
            ("no-such-code", "procedures/visit/index.md", "甲", "不能有例外"),
            ("evidence-typed-days", "docs/index.md", "甲", "用不着例外"),
            ("evidence-typed-days", "procedures/visit/index.md", "", "什么理由"),
            ("evidence-typed-days", "", "甲", "哪个文件"),
        ],
    )
    def test_what_needs_none_or_may_have_none(
        self, faulty: Path, code: str, file: str, reason: str, words: str
    ) -> None:
        before = files(faulty)
        result = self.new(faulty, code, "--file", file, "--reason", reason)
        assert result.exit_code == 1
        assert words in result.output
        assert files(faulty) == before


def test_the_help_names_every_kind() -> None:
    said = CliRunner().invoke(cli, ["new", "--help"]).output
    assert [kind for kind in (*KINDS, *ENTRIES) if not re.search(rf"\b{kind}\b", said)] == []
