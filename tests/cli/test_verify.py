"""`portal check --laws` and `portal law verify`: a wrong number cannot be built."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from official_text import LAW_A
from portal.cli import cli
from small import small_library

RULES, PAGE = "regulations/law-a/rules.yml", "regulations/law-a/index.md"


def portal(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--root", str(root), *arguments, "--today", "2026-06-01"])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "laws").mkdir()
    (tmp_path / "laws/试验条例.txt").write_text(LAW_A, "utf-8")
    return small_library(tmp_path / "project")


@pytest.fixture
def laws(root: Path) -> str:
    return str(root.parent / "laws")


def change(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), "utf-8")


def test_verify_writes_what_was_confirmed_and_the_check_rests_on_it(root: Path, laws: str) -> None:
    done = portal(root, "law", "verify", "--laws", laws)
    assert done.exit_code == 0, done.output
    assert "已核对：《试验条例》" in done.output
    assert "on: 2026-06-01, against: 试验条例.txt" in (root / PAGE).read_text("utf-8")
    assert portal(root, "check").exit_code == 0
    before = (root / PAGE).read_bytes()
    again = CliRunner().invoke(cli, ["--root", str(root), "law", "verify", "--laws", laws, "--today", "2026-06-02"])
    assert again.exit_code == 0
    assert (root / PAGE).read_bytes() == before, "nothing new was confirmed: the day stays"


@pytest.mark.parametrize(
    ("old", "new"), [("length: 60 days", "length: 90 days"), ("article: 3", "article: 2")], ids=["number", "article"]
)
def test_a_changed_limit_cannot_be_built_and_the_official_words_are_named(
    old: str, new: str, root: Path, laws: str
) -> None:
    portal(root, "law", "verify", "--laws", laws)
    change(root, RULES, old, new)
    told = portal(root, "check")
    assert told.exit_code == 1
    assert "60日内办结" in told.output
    assert RULES in told.output


def test_with_the_texts_a_wrong_article_is_told_where_its_words_stand(root: Path, laws: str) -> None:
    change(root, RULES, "article: 3", "article: 2")
    told = portal(root, "check", "--laws", laws)
    assert told.exit_code == 1
    assert "evidence-contradicted" in told.stdout
    assert "它们在第三条" in told.stdout
    assert "不符 1 项" in told.stderr
    listed = json.loads(portal(root, "check", "--laws", laws, "--format", "json").stdout)
    assert [problem["code"] for problem in listed] == ["evidence-contradicted"]


def test_a_contradiction_is_written_nowhere(root: Path, laws: str) -> None:
    change(root, RULES, "article: 3", "article: 2")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert portal(root, "law", "verify", "--laws", laws).exit_code == 1
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_skipped_is_never_passed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    told = portal(root, "check", "--laws", str(tmp_path / "none"))
    assert "没有核对：law-a 全部内容：手头没有它的官方文本" in told.stderr
    assert "确认 0 项" in told.stderr


def test_a_store_serves_as_well_as_a_folder_of_files(root: Path, laws: str) -> None:
    imported = CliRunner().invoke(cli, ["--root", str(root), "law", "import", laws])
    assert imported.exit_code == 0, imported.output
    done = portal(root, "law", "verify")
    assert done.exit_code == 0, done.output
    assert portal(root, "check", "--laws", str(root / ".laws")).exit_code == 0


def test_usage(root: Path, laws: str) -> None:
    assert portal(root, "law", "verify", "no-such-law", "--laws", laws).exit_code == 2
    assert portal(root, "law", "verify").exit_code == 2
