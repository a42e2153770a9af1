"""What an author's editor offers: a real language server, led to our schemas by nothing but a file's first line."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from editor.client import LanguageServer
from projects import PROJECT

CHECKLIST = "procedures/review/review.checklist.yml"
TREE = "docs/citizens/which-route.tree.yml"
SERVER = PROJECT / ".cache/editor/node_modules/yaml-language-server/bin/yaml-language-server"


@pytest.fixture(scope="session")
def server() -> Iterator[LanguageServer]:
    """The server, installed at its pinned version where npm is at hand; the tests are skipped where it is not."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        pytest.skip("npm and node are needed for the language server")
    (PROJECT / ".cache").mkdir(exist_ok=True)
    with open(PROJECT / ".cache/lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        installed = subprocess.run(["sh", PROJECT / "scripts/editor.sh"], capture_output=True, text=True, check=False)
    if installed.returncode:
        pytest.skip(f"the language server could not be installed: {installed.stderr.strip()[-300:]}")
    started = LanguageServer(["node", str(SERVER), "--stdio"], PROJECT)
    yield started
    started.close()


def lines_of(name: str) -> list[str]:
    return (PROJECT / name).read_text("utf-8").split("\n")


def labels(answer: Any) -> set[str]:
    """The words of a completion list."""
    items = answer["items"] if isinstance(answer, dict) else answer
    return {item["label"] for item in items}


def find(lines: list[str], start: str) -> int:
    return next(index for index, line in enumerate(lines) if line.strip().startswith(start))


class TestChecklist:
    def test_an_item_is_offered_the_keys_it_may_have(self, server: LanguageServer) -> None:
        lines = lines_of(CHECKLIST)
        do = find(lines, "do:")
        lines.insert(do + 1, "        ")
        uri = server.open(PROJECT / CHECKLIST.replace("review.check", "a.check"), "\n".join(lines))
        offered = labels(server.at("completion", uri, do + 1, 8))
        assert {"who", "say", "why", "basis", "practice", "limit", "form", "critical"} - {
            line.strip().partition(":")[0] for line in lines[do : do + 8]
        } <= offered
        assert "title" not in offered

    def test_a_new_item_is_offered_all_of_them(self, server: LanguageServer) -> None:
        lines = [*lines_of(CHECKLIST)[: find(lines_of(CHECKLIST), "items:") + 1], "      new-step:", "        "]
        uri = server.open(PROJECT / CHECKLIST.replace("review.check", "b.check"), "\n".join(lines))
        offered = labels(server.at("completion", uri, len(lines) - 1, 8))
        assert {"do", "who", "say", "why", "basis", "practice", "limit", "form", "critical"} <= offered
        assert "phases" not in offered

    def test_the_mode_is_offered_its_two_values(self, server: LanguageServer) -> None:
        lines = lines_of(CHECKLIST)
        mode = find(lines, "mode:")
        lines[mode] = "mode: "
        uri = server.open(PROJECT / CHECKLIST.replace("review.check", "c.check"), "\n".join(lines))
        assert labels(server.at("completion", uri, mode, 6)) == {"read-do", "do-confirm"}

    def test_hovering_tells_what_a_list_is(self, server: LanguageServer) -> None:
        lines = lines_of(CHECKLIST)
        uri = server.open(PROJECT / CHECKLIST, "\n".join(lines))
        told = server.at("hover", uri, find(lines, "items:") + 1, 8)
        assert "One act" in str(told["contents"])

    def test_the_file_as_it_is_has_no_fault(self, server: LanguageServer) -> None:
        uri = server.open(PROJECT / CHECKLIST.replace("review.check", "d.check"), "\n".join(lines_of(CHECKLIST)))
        assert server.diagnostics(uri) == []

    def test_an_unknown_key_is_marked_where_it_stands(self, server: LanguageServer) -> None:
        lines = lines_of(CHECKLIST)
        do = find(lines, "do:")
        lines[do] = lines[do].replace("do:", "doo:")
        uri = server.open(PROJECT / CHECKLIST.replace("review.check", "e.check"), "\n".join(lines))
        found = [fault for fault in server.diagnostics(uri) if "doo" in fault["message"]]
        assert [fault["range"]["start"]["line"] for fault in found] == [do]


class TestTree:
    def test_a_question_is_offered_its_keys(self, server: LanguageServer) -> None:
        lines = lines_of(TREE)
        ask = find(lines, "ask:")
        lines.insert(ask + 1, "    ")
        uri = server.open(PROJECT / TREE.replace("which", "a"), "\n".join(lines))
        assert {"help", "basis"} <= labels(server.at("completion", uri, ask + 1, 4)) | {"help", "basis"} & {
            line.strip().partition(":")[0] for line in lines[ask - 1 : ask + 3]
        }

    def test_an_outcome_is_offered_its_keys(self, server: LanguageServer) -> None:
        lines = [*lines_of(TREE)[: find(lines_of(TREE), "outcomes:") + 1], "  new-end:", "    "]
        uri = server.open(PROJECT / TREE.replace("which", "b"), "\n".join(lines))
        offered = labels(server.at("completion", uri, len(lines) - 1, 4))
        assert {"title", "do", "where", "papers", "limits", "forms", "warning", "next", "basis"} <= offered

    def test_an_unknown_key_is_marked(self, server: LanguageServer) -> None:
        lines = lines_of(TREE)
        start = find(lines, "start:")
        lines[start] = lines[start].replace("start:", "begin:")
        uri = server.open(PROJECT / TREE.replace("which", "c"), "\n".join(lines))
        told = " ".join(fault["message"] for fault in server.diagnostics(uri))
        assert "begin" in told
        assert "start" in told

    def test_without_the_first_line_nothing_is_known(self, server: LanguageServer) -> None:
        """What the tests above find comes from that line, not from the file's name or from elsewhere."""
        lines = lines_of(TREE)[1:]
        start = find(lines, "start:")
        lines[start] = lines[start].replace("start:", "begin:")
        uri = server.open(PROJECT / TREE.replace("which", "d"), "\n".join(lines))
        assert server.diagnostics(uri) == []
