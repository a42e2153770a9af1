"""The command line: what it prints, its exit codes (0 well, 1 something to mend, 2 wrongly written), its manners."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from htmlpage import parse_html
from portal.cli import cli
from portal.reading.folder import read_library
from portal.scaffold import KINDS
from portal.schemas import MODELS, schema_texts
from projects import PROJECT, REAL_TODAY, buildable
from small import small_library, small_text

CHECKLIST = "procedures/visit/visit.checklist.yml"
BROKEN = {
    CHECKLIST: small_text(CHECKLIST).replace("who: clerk", "who: clark", 1),
    "glossary.yml": small_text("glossary.yml").replace("terms:", "terms：", 1),
}


def portal(root: Path, *arguments: str) -> Result:
    """Run the command line in this process; only a planned end is allowed."""
    result = CliRunner().invoke(cli, ["--root", str(root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def records(result: Result) -> Any:
    """What a command says with `--format json`: nothing else stands on the standard output."""
    return json.loads(result.stdout)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small library."""
    return small_library(tmp_path / "project")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The small library with two mistakes in two files."""
    return small_library(tmp_path / "broken", **BROKEN)


class TestEveryCommand:
    @pytest.mark.parametrize("name", sorted(cli.commands))
    def test_it_has_help(self, name: str) -> None:
        command = cli.commands[name]
        result = CliRunner().invoke(cli, [name, "--help"])
        assert result.exit_code == 0
        assert command.help
        assert command.help in result.output.replace("\n  ", "")
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.name != "help":
                assert parameter.help, f"{name} --{parameter.name}"

    @pytest.mark.parametrize("file", ["README.md", "README.zh-CN.md"])
    def test_the_readme_tells_of_it(self, file: str) -> None:
        text = (PROJECT / file).read_text("utf-8") if (PROJECT / file).exists() else ""
        if "portal check" not in text:
            pytest.skip(f"{file} does not describe the command line yet")
        assert [name for name in sorted(cli.commands) if f"portal {name}" not in text] == []

    def test_an_unknown_command_is_a_usage_error(self, root: Path) -> None:
        assert portal(root, "chek").exit_code == 2

    def test_a_project_that_is_not_there_is_a_usage_error(self, tmp_path: Path) -> None:
        assert portal(tmp_path / "nowhere", "check").exit_code == 2

    @pytest.mark.parametrize("day", ["2026-13-01", "2026-02-30", "1.3.2026", "today", "2026", ""])
    def test_a_wrong_day_is_a_usage_error(self, root: Path, day: str) -> None:
        assert portal(root, "check", "--today", day).exit_code == 2


class TestCheck:
    def test_a_sound_library(self, root: Path) -> None:
        result = portal(root, "check", "--today", "2026-06-01")
        assert result.exit_code == 0
        assert "0 个问题" in result.output
        assert records(portal(root, "check", "--format", "json", "--today", "2026-06-01")) == []

    def test_every_mistake_is_told_with_its_place(self, broken: Path) -> None:
        result = portal(broken, "check")
        assert result.exit_code == 1
        assert f"{CHECKLIST}:13:32: error reference-unknown: 没有“clark”这个岗位。" in result.output
        assert "glossary.yml:1:" in result.output

    def test_json_holds_the_same(self, broken: Path) -> None:
        result = portal(broken, "check", "--format", "json")
        assert result.exit_code == 1
        found = records(result)
        assert len(found) == portal(broken, "check").output.count(": error ")
        for problem in found:
            assert list(problem) == ["code", "severity", "file", "line", "column", "message", "hint"]
            assert problem["severity"] in ("error", "warning")
            assert isinstance(problem["line"], int)
            assert isinstance(problem["column"], int)
            assert all(problem[key] for key in problem)
            assert (broken / problem["file"]).exists()
        assert {problem["file"] for problem in found} == set(BROKEN)

    def test_the_day_decides_what_is_in_force(self, root: Path) -> None:
        codes = [p["code"] for p in records(portal(root, "check", "--format", "json", "--today", "2025-12-31"))]
        assert "reference-in-force" in codes

    def test_an_unknown_format_is_a_usage_error(self, root: Path) -> None:
        assert portal(root, "check", "--format", "xml").exit_code == 2

    def test_an_empty_folder_is_no_library(self, tmp_path: Path) -> None:
        result = portal(tmp_path, "check", "--format", "json")
        assert result.exit_code == 1
        assert records(result)[0]["code"] == "file-missing"


class TestList:
    def test_every_kind_is_listed(self, root: Path) -> None:
        found = records(portal(root, "list", "--format", "json"))
        assert {"kind", "id", "title", "audience", "page"} == set(found[0])
        assert {(r["kind"], r["id"]) for r in found} == {
            ("regulation", "law-a"),
            ("limit", "law-a/handle"),
            ("procedure", "visit"),
            ("page", "index"),
            ("checklist", "visit"),
            ("tree", "route"),
            ("form", "note"),
            ("drill", "talk"),
            ("term", "matter"),
        }
        assert {r["id"]: r["audience"] for r in found if r["kind"] in ("drill", "form")} == {
            "talk": "staff",
            "note": "public",
        }

    def test_text_says_the_same(self, root: Path) -> None:
        rows = portal(root, "list").output.splitlines()
        assert "limit\tlaw-a/handle\t办结信访事项\tpublic\tregulations/law-a/index.html#limit-handle" in rows
        assert len(rows) == len(records(portal(root, "list", "--format", "json")))

    def test_every_page_of_the_real_list_exists_in_the_built_site(self, real_sites: dict[str, Path]) -> None:
        found = records(portal(real_sites["project"], "list", "--format", "json", "--today", REAL_TODAY.isoformat()))
        assert {r["kind"] for r in found} >= {
            "regulation",
            "limit",
            "plan",
            "procedure",
            "tree",
            "form",
            "drill",
            "term",
        }
        ids: dict[str, set[str]] = {}
        lost = []
        for record in found:
            path, _, anchor = record["page"].partition("#")
            if path not in ids:
                file = real_sites["staff"] / path
                ids[path] = set(parse_html(file.read_text("utf-8")).ids) if file.is_file() else set()
            if not ids[path] or (anchor and anchor not in ids[path]):
                lost.append(record["page"])
        assert lost == []

    def test_every_public_page_is_in_the_public_site(self, real_sites: dict[str, Path]) -> None:
        found = records(portal(real_sites["project"], "list", "--format", "json", "--today", REAL_TODAY.isoformat()))
        pages = [r["page"].partition("#")[0] for r in found if r["kind"] in ("page", "procedure", "plan", "regulation")]
        public = {r["page"].partition("#")[0] for r in found if r["audience"] == "public"}
        assert [page for page in pages if (real_sites["public"] / page).exists() != (page in public)] == []

    def test_a_library_with_mistakes_is_not_listed(self, broken: Path) -> None:
        result = portal(broken, "list")
        assert result.exit_code == 1
        assert result.stdout == ""
        assert f"{CHECKLIST}:13:32" in result.stderr


class TestDeadline:
    HANDLE = ("deadline", "xinfang-2022/handle", "--from", "2026-03-02")

    def test_json(self) -> None:
        found = records(portal(PROJECT, *self.HANDLE, "--format", "json"))
        assert found["last_day"] == "2026-05-01"
        assert found["if_rolled"] == "2026-05-06"
        assert found["extended_to"] == "2026-05-31"
        assert found["from"] == "2026-03-02"
        assert found["length"] == "60 days"
        assert found["basis"] == "xinfang-2022/34"
        assert found["rule"]
        assert found["assumptions"]

    def test_text(self) -> None:
        result = portal(PROJECT, *self.HANDLE)
        assert result.exit_code == 0
        for words in ("最后一天：2026-05-01", "怎么算：", "假定：", "2026-05-06", "2026-05-31"):
            assert words in result.output

    def test_an_unknown_limit_is_a_usage_error_that_names_the_known(self, root: Path) -> None:
        result = portal(root, "deadline", "law-a/handel", "--from", "2026-03-02")
        assert result.exit_code == 2
        assert "law-a/handle" in result.output

    @pytest.mark.parametrize("day", ["2026-02-30", "2026/03/02", "tomorrow", "99999-01-01", "0001-01-01"])
    def test_a_wrong_day_is_a_usage_error(self, root: Path, day: str) -> None:
        assert portal(root, "deadline", "law-a/handle", "--from", day).exit_code == 2

    def test_a_missing_day_is_a_usage_error(self, root: Path) -> None:
        assert portal(root, "deadline", "law-a/handle").exit_code == 2

    def test_working_days_of_an_unknown_year_are_not_guessed(self, tmp_path: Path) -> None:
        rules = (
            small_text("regulations/law-a/rules.yml").replace("60 days", "5 working-days").replace("60日", "5个工作日")
        )
        changed = rules.replace("counting: assumed", "counting: working-days")
        root = small_library(tmp_path / "p", **{"regulations/law-a/rules.yml": changed})
        result = portal(root, "deadline", "law-a/handle", "--from", "2027-03-01")
        assert result.exit_code == 1
        assert "2027 年的放假安排没有录入" in result.output
        known = portal(root, "deadline", "law-a/handle", "--from", "2026-02-10", "--format", "json")
        assert records(known)["last_day"] == "2026-02-24"

    def test_it_rests_on_no_library_with_mistakes(self, broken: Path) -> None:
        assert portal(broken, "deadline", "law-a/handle", "--from", "2026-03-02").exit_code == 1


class TestTree:
    def walk(self, root: Path, *answers: str) -> Result:
        return portal(root, "tree", "route", "--today", "2026-06-01", "--answers", *answers)

    def test_pairs(self, root: Path) -> None:
        result = self.walk(root, "kind=ours", "people=2", "days=2026-01-05")
        assert result.exit_code == 0
        assert "来了几个人？ — 五人以内" in result.output
        assert "结果：催办（urge）" in result.output

    def test_json(self, root: Path) -> None:
        found = records(self.walk(root, "kind=other", "--format", "json"))
        assert found == {
            "tree": "route",
            "outcome": "send",
            "title": "转送",
            "path": [{"question": "kind", "answer": "other", "label": "别的机关的事"}],
        }

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("a.yml", "kind: ours\npeople: 2\ndays: within\n"),
            ("a.json", '{"answers": {"kind": "ours", "people": 2, "days": "within"}}'),
            ("bom.yml", "\ufeffanswers:\n  kind: ours\n  people: 2\n  days: unsure\n"),
        ],
    )
    def test_a_file(self, root: Path, tmp_path: Path, name: str, text: str) -> None:
        (tmp_path / name).write_text(text, "utf-8")
        result = self.walk(root, str(tmp_path / name))
        assert result.exit_code == 0, result.output
        assert "（wait）" in result.output

    def test_a_persona_of_each_real_tree_reaches_its_outcome(self, tmp_path: Path) -> None:
        library, _ = read_library(PROJECT, REAL_TODAY)
        assert len(library.cases) > 10
        for case in {placed.case.tree: placed.case for placed in library.cases}.values():
            (tmp_path / "a.json").write_text(json.dumps(case.answers), "utf-8")
            today = ("--today", REAL_TODAY.isoformat(), "--format", "json")
            result = portal(PROJECT, "tree", case.tree, "--answers", str(tmp_path / "a.json"), *today)
            assert records(result)["outcome"] == case.outcome, case.title

    def test_an_answer_that_the_tree_does_not_know(self, root: Path) -> None:
        result = self.walk(root, "kind=mine")
        assert result.exit_code == 1
        assert "mine" in result.output

    @pytest.mark.parametrize("people", ["0", "-1", "many", "2.5", "9" * 5000, "二"])
    def test_a_number_outside_the_tree(self, root: Path, people: str) -> None:
        assert self.walk(root, "kind=ours", f"people={people}").exit_code == 1

    def test_a_missing_answer(self, root: Path) -> None:
        result = self.walk(root, "kind=ours")
        assert result.exit_code == 1
        assert "people" in result.output

    def test_an_unknown_tree_is_a_usage_error_that_names_the_known(self, root: Path) -> None:
        result = portal(root, "tree", "rout", "--answers", "kind=ours")
        assert result.exit_code == 2
        assert "route" in result.output

    def test_no_answers_are_a_usage_error(self, root: Path) -> None:
        assert portal(root, "tree", "route").exit_code == 2

    @pytest.mark.parametrize(
        "content",
        [b"- a\n- b\n", b"", b"kind: [\n", "kind: 本机关".encode("gbk"), b"\x00\xff\xfe", b"answers: none\n"],
        ids=["list", "empty", "syntax", "gbk", "binary", "no-mapping"],
    )
    def test_a_file_that_holds_no_answers_is_a_usage_error(self, root: Path, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "a.yml").write_bytes(content)
        assert self.walk(root, str(tmp_path / "a.yml")).exit_code == 2

    def test_a_file_that_is_not_there_is_a_usage_error(self, root: Path) -> None:
        assert self.walk(root, "nowhere.yml").exit_code == 2

    @pytest.mark.parametrize("value", ["true", "null", "[1]", "{a: 1}", "1.5"])
    def test_odd_values_in_a_file_are_answers_that_the_tree_does_not_know(
        self, root: Path, tmp_path: Path, value: str
    ) -> None:
        for question in ("kind", "people", "days"):
            answers = {"kind": "ours", "people": "2", "days": "within", question: value}
            (tmp_path / "a.yml").write_text("".join(f"{k}: {v}\n" for k, v in answers.items()), "utf-8")
            assert self.walk(root, str(tmp_path / "a.yml")).exit_code == 1, question


class TestSchema:
    def test_the_folder_is_in_step(self) -> None:
        assert portal(PROJECT, "schema", "--check").exit_code == 0
        assert {p.name for p in (PROJECT / "schemas").iterdir()} == set(schema_texts())

    def test_it_writes_what_is_missing_or_old(self, root: Path) -> None:
        assert portal(root, "schema", "--check").exit_code == 1
        assert not (root / "schemas").exists()
        assert portal(root, "schema").exit_code == 0
        assert portal(root, "schema", "--check").exit_code == 0
        (root / "schemas/tree.schema.json").write_text("{}", "utf-8")
        stale = portal(root, "schema", "--check")
        assert stale.exit_code == 1
        assert "tree.schema.json" in stale.output
        assert "checklist.schema.json" not in stale.output
        assert "tree.schema.json" in portal(root, "schema").output
        assert "没有变化" in portal(root, "schema").output

    def test_the_first_line_of_every_yaml_file_names_its_schema(self) -> None:
        files = [PROJECT / "profile.yml", PROJECT / "glossary.yml"]
        for folder in ("calendar", "regulations", "procedures", "docs"):
            files += sorted((PROJECT / folder).rglob("*.yml"))
        assert len(files) > 20
        wrong = []
        for file in files:
            with file.open(encoding="utf-8-sig") as lines:
                mark, _, target = lines.readline().rstrip("\n").partition("$schema=")
            schema = (file.parent / target).resolve()
            kind = kind_of(file)
            if mark != "# yaml-language-server: " or schema != PROJECT / f"schemas/{kind}.schema.json":
                wrong.append(f"{file.relative_to(PROJECT)}: {target}")
            assert kind in MODELS
        assert wrong == []


def kind_of(file: Path) -> str:
    """The schema that a file's name asks for."""
    if file.parent.name == "calendar":
        return "calendar"
    return file.name.removesuffix(".yml").rpartition(".")[2]


class TestNew:
    @pytest.mark.parametrize("kind", KINDS)
    def test_what_it_writes_is_sound(self, root: Path, kind: str) -> None:
        before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
        result = portal(root, "new", kind, "fresh-thing")
        assert result.exit_code == 0, result.output
        written = [p for p in root.rglob("*") if p.is_file() and p not in before]
        assert written
        assert all(p.name in result.output for p in written)
        assert {p: p.read_bytes() for p in before} == before
        checked = portal(root, "check")
        assert checked.exit_code == 0, checked.output
        assert (kind, "fresh-thing") in [
            (r["kind"], r["id"]) for r in records(portal(root, "list", "--format", "json"))
        ]
        for file in written:
            if file.suffix == ".yml":
                schema = file.read_text("utf-8").split("\n")[0].partition("$schema=")[2]
                assert (file.parent / schema).resolve() == root.resolve() / f"schemas/{kind_of(file)}.schema.json"

    @pytest.mark.parametrize("kind", KINDS)
    def test_nothing_is_ever_overwritten(self, root: Path, kind: str) -> None:
        assert portal(root, "new", kind, "fresh-thing").exit_code == 0
        before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
        again = portal(root, "new", kind, "fresh-thing")
        assert again.exit_code in (1, 2)
        assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before

    def test_a_file_that_lies_there_unread_is_not_overwritten(self, root: Path) -> None:
        path = root / "procedures/fresh-thing/fresh-thing.form.yml"
        path.parent.mkdir()
        path.write_text("half a form：\n", "utf-8")
        result = portal(root, "new", "form", "fresh-thing")
        assert result.exit_code == 1
        assert "已经存在" in result.output
        assert path.read_text("utf-8") == "half a form：\n"

    @pytest.mark.parametrize("indent", ["", "  ", "    "])
    def test_personas_join_those_that_are_there(self, root: Path, indent: str) -> None:
        cases = "cases:\n" + "".join(
            f"{indent}- {{tree: route, title: 人物{o}, answers: {a}, outcome: {o}}}\n"
            for o, a in (
                ("send", "{kind: other}"),
                ("wait", "{kind: ours, people: 2, days: within}"),
                ("urge", "{kind: ours, people: 2, days: past}"),
            )
        )
        (root / "procedures/visit/cases.yml").write_text(cases.rstrip("\n"), "utf-8")
        assert portal(root, "new", "tree", "fresh-thing", "--folder", "procedures/visit").exit_code == 0
        assert (root / "procedures/visit/cases.yml").read_text("utf-8").startswith(cases)
        checked = portal(root, "check")
        assert checked.exit_code == 0, checked.output

    def test_personas_that_cannot_be_joined_stop_it_before_anything_is_written(self, root: Path) -> None:
        (root / "procedures/other").mkdir()
        (root / "procedures/other/cases.yml").write_text("cases: []\n", "utf-8")
        result = portal(root, "new", "tree", "fresh-thing", "--folder", "procedures/other")
        assert result.exit_code == 1
        assert "cases.yml" in result.output
        assert [p.name for p in (root / "procedures/other").iterdir()] == ["cases.yml"]

    @pytest.mark.parametrize("kind", ["tree", "checklist", "form", "drill"])
    @pytest.mark.parametrize("folder", ["procedures/visit", "docs/guides", "procedures/plans/more/"])
    def test_another_folder(self, root: Path, kind: str, folder: str) -> None:
        assert portal(root, "new", kind, "fresh-thing", "--folder", folder).exit_code == 0
        assert (root / folder / f"fresh-thing.{kind}.yml").exists()
        checked = portal(root, "check")
        assert checked.exit_code == 0, checked.output

    @pytest.mark.parametrize(
        "folder", ["../elsewhere", "/tmp/elsewhere", "regulations/law-a", "site", ".", "docs/assets"]
    )
    def test_a_folder_without_content_is_refused(self, root: Path, folder: str) -> None:
        result = portal(root, "new", "form", "fresh-thing", "--folder", folder)
        assert result.exit_code in (1, 2)
        assert not list(root.parent.rglob("fresh-thing*"))

    @pytest.mark.parametrize("kind", ["procedure", "plan"])
    def test_a_procedure_has_its_own_folder(self, root: Path, kind: str) -> None:
        assert portal(root, "new", kind, "fresh-thing", "--folder", "docs").exit_code in (1, 2)
        assert not list(root.rglob("fresh-thing*"))

    @pytest.mark.parametrize(
        ("kind", "name"),
        [("checklist", "visit"), ("procedure", "visit"), ("plan", "visit"), ("tree", "route"), ("tree", "visit")],
    )
    def test_a_taken_id_is_refused(self, root: Path, kind: str, name: str) -> None:
        result = portal(root, "new", kind, name)
        assert result.exit_code == 2
        assert f"“{name}”已经用了" in result.output

    def test_a_procedure_is_refused_where_its_checklist_has_a_namesake(self, root: Path) -> None:
        assert portal(root, "new", "checklist", "fresh-thing", "--folder", "docs").exit_code == 0
        assert portal(root, "new", "procedure", "fresh-thing").exit_code == 2

    @pytest.mark.parametrize("name", ["Fresh", "新", "a b", "../a", "-a", "a-", "a--b", "", "a" * 61, "a_b"])
    def test_a_wrong_id_is_a_usage_error(self, root: Path, name: str) -> None:
        assert portal(root, "new", "form", "--", name).exit_code == 2

    def test_the_folder_of_plans_is_no_procedure(self, root: Path) -> None:
        assert portal(root, "new", "procedure", "plans").exit_code == 2

    def test_an_unknown_kind_is_a_usage_error(self, root: Path) -> None:
        assert portal(root, "new", "novel", "fresh-thing").exit_code == 2

    def test_a_project_without_roles_is_told_so(self, root: Path) -> None:
        (root / "profile.yml").unlink()
        result = portal(root, "new", "form", "fresh-thing")
        assert result.exit_code == 1
        assert "岗位" in result.output


class TestStage:
    def test_a_folder_with_files_is_a_usage_error(self, tmp_path: Path) -> None:
        root = buildable(tmp_path / "project")
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine/letter.txt").write_text("mine")
        assert portal(root, "stage", str(tmp_path / "mine")).exit_code == 2
        assert portal(root, "stage", str(tmp_path / "mine/letter.txt")).exit_code == 2

    def test_an_empty_folder_is_filled(self, tmp_path: Path) -> None:
        root = buildable(tmp_path / "project")
        (tmp_path / "mine").mkdir()
        result = portal(root, "stage", str(tmp_path / "mine"), "--today", "2026-06-01")
        assert result.exit_code == 0
        assert (tmp_path / "mine/mkdocs.yml").exists()
        assert (tmp_path / "mine/docs/procedures/visit/index.md").exists()


class TestBuild:
    def test_an_unknown_edition_is_a_usage_error(self, root: Path) -> None:
        assert portal(root, "build", "--edition", "private").exit_code == 2

    def test_a_project_without_mkdocs_yml_is_told_so(self, root: Path, tmp_path: Path) -> None:
        result = portal(root, "build", "--out", str(tmp_path / "site"))
        assert result.exit_code == 1
        assert "mkdocs.yml" in result.output
        assert not (tmp_path / "site").exists()
