"""`portal law import` and `portal law list`: what they say, what they store, their exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from portal.cli import cli
from portal.cli_law import law
from portal.reading.official_store import load_store
from projects import PROJECT

LAWS = PROJECT.parent / "shared" / "laws"
needs_laws = pytest.mark.skipif(not LAWS.is_dir(), reason="the official texts (../shared/laws) are not here")
TEXTS = 1500
"""So many that an import is not over when this process gets its turn late."""
HEARS_CTRL_C = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from portal.cli import main; main()"
)
"""A run that a shell put in the background begins with the signal ignored, and so would its children."""
TEXT = "示范条例\n\n2021年3月1日公布\n\n第一条 甲。\n\n第二条 本条例自2021年5月1日起施行。\n"


def portal(root: Path, *arguments: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(cli, ["--root", str(root), "law", *arguments], env=env)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path


def put(root: Path, **files: str) -> list[str]:
    """Write texts under `in/` and name them."""
    for name, text in files.items():
        (root / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    return [str(root / "in" / f"{name}.txt") for name in files]


def stored(folder: Path) -> list[str]:
    return [text.id for text in load_store(folder)]


class TestImport:
    def test_a_sound_text(self, root: Path) -> None:
        result = portal(root, "import", *put(root, a=TEXT))
        assert (result.exit_code, result.stdout) == (0, "1 个文件：新导入 1 部\n")
        assert stored(root / ".laws") == ["示范条例(2021-03-01)"]

    def test_again(self, root: Path) -> None:
        files = put(root, a=TEXT)
        portal(root, "import", *files)
        result = portal(root, "import", *files)
        assert (result.exit_code, result.stdout) == (0, "1 个文件：新导入 0 部，已有 1 部\n")

    def test_doubts_are_told_with_their_place_and_the_text_is_kept(self, root: Path) -> None:
        (file,) = put(root, a=TEXT.replace("第二条", "第四条"))
        result = portal(root, "import", file)
        assert result.exit_code == 1
        assert result.stdout.splitlines() == [
            f"{file}:7:1: warning law-gap: 第四条前面缺第二条至第三条（上一条是第一条）。对照原件核对；原件就是这样的，可以不改",
            "1 个文件：新导入 1 部，另有 1 处要核对",
        ]
        assert stored(root / ".laws") == ["示范条例(2021-03-01)"]

    def test_every_file_that_is_not_imported_is_named_with_its_reason(self, root: Path) -> None:
        put(root, a=TEXT, b="# Readme\n", c="", d=TEXT.replace("甲", "乙"))
        (root / "in/e.txt").write_bytes(b"%PDF-1.4")
        (root / "in/.git").mkdir()
        (root / "in/.git/x").write_text("第一条", encoding="utf-8")
        (root / "in/sub").mkdir()
        (root / "in/sub/f.md").write_text(TEXT.replace("示范条例", "# 又一条例"), encoding="utf-8")
        (root / "in/~$a.docx").write_bytes(b"lock")
        result = portal(root, "import", str(root / "in"))
        rows = result.stdout.splitlines()
        assert result.exit_code == 1
        found = [re.match(r".*/(\w+\.\w+):1:1: error ([a-z-]+): ", row) for row in rows[:-2]]
        assert [match.groups() for match in found if match] == [
            ("b.txt", "law-no-articles"),
            ("c.txt", "law-empty"),
            ("d.txt", "law-conflict"),
            ("e.txt", "law-format"),
        ]
        assert rows[-2] == "6 个文件：新导入 2 部，没有导入 4 个（原因见上）"
        assert rows[-1].startswith("没有读隐藏的文件和文件夹 2 个：")
        assert stored(root / ".laws") == ["又一条例(2021-03-01)", "示范条例(2021-03-01)"]

    def test_replace(self, root: Path) -> None:
        portal(root, "import", *put(root, a=TEXT))
        (file,) = put(root, b=TEXT.replace("甲", "乙"))
        refused = portal(root, "import", file)
        assert refused.exit_code == 1
        assert "a.txt" in refused.stdout
        assert "b.txt" in refused.stdout
        replaced = portal(root, "import", "--replace", file)
        assert (replaced.exit_code, replaced.stdout) == (0, "1 个文件：新导入 0 部，换成新文本 1 部\n")
        assert [text.source for text in load_store(root / ".laws")] == ["b.txt"]

    @pytest.mark.parametrize("how", ["option", "environment"])
    def test_another_store(self, root: Path, how: str) -> None:
        place = str(root / "elsewhere")
        option = ["--store", place] if how == "option" else []
        result = portal(root, "import", *option, *put(root, a=TEXT), env={"PORTAL_LAWS": place})
        assert result.exit_code == 0
        assert stored(root / "elsewhere") == ["示范条例(2021-03-01)"]
        assert not (root / ".laws").exists()
        assert "示范条例" in portal(root, "list", *option, env={"PORTAL_LAWS": place}).stdout

    def test_json(self, root: Path) -> None:
        files = put(root, a=TEXT, b="")
        record: dict[str, Any] = json.loads(portal(root, "import", "--format", "json", *files).stdout)
        assert [(file["file"], file["result"]) for file in record["files"]] == [
            (files[0], "new"),
            (files[1], "refused"),
        ]
        assert record["files"][1]["problems"][0]["code"] == "law-empty"

    def test_a_store_that_cannot_be_written_is_told(self, root: Path) -> None:
        (root / "blocked").write_text("a file", encoding="utf-8")
        result = portal(root, "import", "--store", str(root / "blocked/store"), *put(root, a=TEXT))
        assert result.exit_code == 1
        assert "law-store" in result.stdout
        assert "Traceback" not in result.output

    def test_an_empty_folder_is_something_to_mend(self, root: Path) -> None:
        result = portal(root, "import", str(root / "in"))
        assert (result.exit_code, result.stdout) == (1, "0 个文件：新导入 0 部\n")

    @pytest.mark.parametrize("arguments", [["import"], ["import", "nowhere.txt"], ["import", "--stor", "x"], ["imprt"]])
    def test_wrongly_written_commands(self, root: Path, arguments: list[str]) -> None:
        assert portal(root, *arguments).exit_code == 2

    def test_interrupting_leaves_only_whole_texts(self, root: Path) -> None:
        """As a person does it: in a process of its own, with the signal of Ctrl+C."""
        files = {f"a{number}": TEXT.replace("示范", f"示范{number}号") + "\n\n丙。" * 2000 for number in range(TEXTS)}
        put(root, **files)
        command = [sys.executable, "-c", HEARS_CTRL_C, "--root", str(root), "law", "import", str(root / "in")]
        process = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": str(PROJECT / "hooks")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        store = root / ".laws"
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and len(list(store.glob("*.json"))) < 5:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        output = process.communicate(timeout=60)[0].decode("utf-8")
        assert 5 <= len(load_store(store)) < TEXTS
        assert [path.name for path in store.iterdir() if path.suffix != ".json"] == []
        assert "Traceback" not in output
        assert process.returncode == 1

    @needs_laws
    def test_the_archive(self, root: Path) -> None:
        """All of its texts; its two files that are none are named."""
        result = portal(root, "import", str(LAWS))
        rows = result.stdout.splitlines()
        assert [row.split(":")[0].rpartition("/")[2] for row in rows[:-1]] == ["README.md", "index.csv"]
        assert rows[-1] == f"{len(list(LAWS.iterdir()))} 个文件：新导入 35 部，没有导入 2 个（原因见上）"


class TestList:
    def test_what_is_stored(self, root: Path) -> None:
        portal(root, "import", *put(root, a=TEXT, b="又一办法\n\n第一条 甲。\n"))
        result = portal(root, "list")
        assert result.exit_code == 0
        rows = [row.split("\t") for row in result.stdout.splitlines()]
        assert [row[:5] for row in rows] == [
            ["又一办法", "又一办法", "1", "-", "-"],
            ["示范条例(2021-03-01)", "示范条例", "2", "2021-03-01", "2021-05-01"],
        ]
        assert all(re.fullmatch("[0-9a-f]{64}", row[5]) for row in rows)

    def test_json(self, root: Path) -> None:
        portal(root, "import", *put(root, a=TEXT))
        record = json.loads(portal(root, "list", "--format", "json").stdout)
        assert record["problems"] == []
        assert record["texts"][0] | {"sha256": ""} == {
            "id": "示范条例(2021-03-01)",
            "title": "示范条例",
            "articles": 2,
            "adopted": "2021-03-01",
            "effective": "2021-05-01",
            "sha256": "",
        }

    def test_an_empty_store(self, root: Path) -> None:
        result = portal(root, "list")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "法规库是空的" in result.stderr

    def test_a_broken_file_is_told_beside_the_others(self, root: Path) -> None:
        portal(root, "import", *put(root, a=TEXT))
        (root / ".laws/坏.json").write_text("{", encoding="utf-8")
        result = portal(root, "list")
        assert result.exit_code == 1
        assert "示范条例" in result.stdout
        assert "坏.json:1:1: error law-store" in result.stdout


@pytest.mark.parametrize("name", sorted(law.commands))
def test_help(name: str) -> None:
    result = CliRunner().invoke(cli, ["law", name, "--help"])
    options = [parameter for parameter in law.commands[name].params if isinstance(parameter, click.Option)]
    assert result.exit_code == 0
    assert law.commands[name].help
    assert [option.name for option in options if not option.help] == []
