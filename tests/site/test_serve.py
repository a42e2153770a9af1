"""`portal serve`: an author sees the page, sees every mistake as a readable page, and sees the page again."""

from __future__ import annotations

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from projects import buildable, portal, portal_command, running
from small import small_text

CHECKLIST = "procedures/visit/visit.checklist.yml"
PATIENCE = 60.0


@dataclass
class Served:
    """A project under `serve` and its address."""

    root: Path
    address: str

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page; 0 while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://{self.address}/{path}", timeout=10) as answer:
                return answer.status, answer.read().decode("utf-8")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode("utf-8")
        except OSError:
            return 0, ""

    def wait(self, path: str, words: str, status: int = 200) -> str:
        """The page, as soon as it says `words`."""
        end = time.monotonic() + PATIENCE
        found = (0, "")
        while time.monotonic() < end:
            found = self.get(path)
            if found[0] == status and words in found[1]:
                return found[1]
            time.sleep(0.2)
        raise AssertionError(f"{path} never said {words}: {found[0]} {found[1][:2000]}")

    def write(self, name: str, text: str) -> None:
        """Save a file as an editor does."""
        (self.root / name).write_text(text, "utf-8")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small project, served; the server and its children are gone at the end."""
    root = buildable(tmp_path_factory.mktemp("serve") / "project", own_hooks=True)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = open(root.parent / "log", "w", encoding="utf-8")  # noqa: SIM115
    with log, running(portal_command(root, "serve", "--address", address), root, into=log):
        site = Served(root, address)
        site.wait("index.html", "首页")
        yield site


@pytest.mark.xdist_group("serve")
class TestServe:
    def test_pages_are_served(self, served: Served) -> None:
        assert "听完再记" in served.wait("procedures/visit/index.html", "听完再记")
        assert served.get("no-such-page.html")[0] == 404

    def test_an_edited_text_is_shown(self, served: Served) -> None:
        served.write(CHECKLIST, small_text(CHECKLIST).replace("听完再记", "先听后写"))
        served.wait("procedures/visit/index.html", "先听后写")

    def test_every_address_shows_the_mistakes_until_they_are_mended(self, served: Served) -> None:
        served.write(CHECKLIST, small_text(CHECKLIST).replace("who: clerk", "who: clark", 1))
        served.wait("index.html", "内容有错误")
        for path, status in (("index.html", 200), ("procedures/visit/index.html", 404), ("no-such-page.html", 404)):
            page = served.wait(path, f"{CHECKLIST}:13:32", status)
            assert "没有“clark”这个岗位" in page
            assert "是不是想写“clerk”" in page
            assert "Traceback" not in page
        served.write(CHECKLIST, small_text(CHECKLIST))
        assert "内容有错误" not in served.wait("procedures/visit/index.html", "听完再记")

    def test_a_file_that_is_no_yaml_is_shown_too(self, served: Served) -> None:
        served.write("profile.yml", "public：\n  name: a\n")
        served.wait("index.html", "profile.yml:1:")
        served.write("profile.yml", small_text("profile.yml"))
        served.wait("index.html", "先做什么")

    def test_a_new_page_appears_and_goes(self, served: Served) -> None:
        front = "---\nid: news\ntitle: 新的一页\nreviewed: 2026-05-01\nreviewer: chief\nsummary: 一句。\n---\n"
        served.write("docs/news.md", front + "刚写的。\n")
        served.wait("news.html", "刚写的")
        (served.root / "docs/news.md").unlink()
        served.wait("news.html", "", 404)

    def test_an_edited_style_sheet_is_served(self, served: Served) -> None:
        style = served.root / "docs/assets/portal.css"
        style.write_text(style.read_text("utf-8") + "\n.fresh-rule{color:red}\n", "utf-8")
        served.wait("assets/portal.css", ".fresh-rule")

    def test_an_edited_template_counts_at_once(self, served: Served) -> None:
        template = served.root / "hooks/portal/rendering/templates/written_foot.html"
        template.write_text(template.read_text("utf-8") + "<p>新模板的一行</p>\n", "utf-8")
        served.wait("procedures/visit/index.html", "新模板的一行")

    def test_edited_python_counts_at_once(self, served: Served) -> None:
        source = served.root / "hooks/portal/rendering/regulation.py"
        text = source.read_text("utf-8")
        assert '{value.year}年{value.month}月{value.day}日"' in text
        changed = text.replace(
            '{value.year}年{value.month}月{value.day}日"', '{value.year}岁{value.month}月{value.day}日"'
        )
        source.write_text(changed, "utf-8")
        served.wait("regulations/law-a/index.html", "2026岁1月1日")

    def test_broken_python_does_not_end_the_server(self, served: Served) -> None:
        source = served.root / "hooks/portal/rendering/home.py"
        text = source.read_text("utf-8")
        source.write_text(text + "\nthis is no python\n", "utf-8")
        time.sleep(1.5)
        source.write_text(text, "utf-8")
        served.write(CHECKLIST, small_text(CHECKLIST).replace("听完再记", "修好以后"))
        served.wait("procedures/visit/index.html", "修好以后")


def test_a_project_that_is_broken_from_the_start_is_served_too(tmp_path: Path) -> None:
    broken = small_text("glossary.yml").replace("terms:", "terms：")
    root = buildable(tmp_path / "project", **{"glossary.yml": broken})
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with running(portal_command(root, "serve", "--address", address), root):
        site = Served(root, address)
        site.wait("index.html", "glossary.yml:1:")
        site.write("glossary.yml", small_text("glossary.yml"))
        site.wait("index.html", "先做什么")


def test_a_port_in_use_is_told_in_one_line(tmp_path: Path) -> None:
    root = buildable(tmp_path / "project")
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = portal(root, "serve", "--address", f"127.0.0.1:{taken.getsockname()[1]}")
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert "已经有程序在用" in done.stdout


@pytest.mark.parametrize("address", ["8000", "127.0.0.1", "127.0.0.1:port", "127.0.0.1:99999"])
def test_an_address_without_a_port_is_a_usage_error(tmp_path: Path, address: str) -> None:
    root = buildable(tmp_path / "project")
    done = portal(root, "serve", "--address", address)
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr
