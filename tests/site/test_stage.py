"""`portal stage` writes the same pages for an engine that knows nothing of this project: plain MkDocs proves it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import hostile
from freetext import rewrite
from htmlpage import Element, parse_html
from portal.staging import CONFIG
from projects import PROJECT, REAL_TODAY, build, buildable, portal
from small import TODAY

OVERRIDES = ("main-text",)
"""Ids that come from our theme override: a plain engine has its own frame around the page."""


def stage_and_build(root: Path, folder: Path, edition: str, today: str) -> Path:
    """Stage a project and let plain MkDocs build what was staged."""
    done = portal(root, "stage", str(folder / "staged"), "--edition", edition, "--today", today)
    assert done.returncode == 0, done.stdout + done.stderr
    plain = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--strict", "-d", str(folder / "plain")],
        cwd=folder / "staged",
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert plain.returncode == 0, plain.stderr
    return folder / "plain"


def pages(site: Path) -> dict[str, Element]:
    """Every page but that of a lost link, parsed."""
    found = {p.relative_to(site).as_posix(): parse_html(p.read_text("utf-8")) for p in sorted(site.rglob("*.html"))}
    found.pop("404.html", None)
    return found


def assert_same_pages(ours: Path, plain: Path) -> None:
    """The same addresses, and page by page the same words and ids."""
    left, right = pages(ours), pages(plain)
    assert list(left) == list(right)
    for address, page in left.items():
        one, other = page.one("article"), right[address].one("article")
        assert one.text == other.text, address
        assert [name for name in one.ids if name not in OVERRIDES] == other.ids, address
        assert [e.attrs for e in own_links(one)] == [e.attrs for e in own_links(other)], address


def own_links(article: Element) -> list[Element]:
    """The links that stand in the page itself; the edit button belongs to the theme."""
    return [e for e in article.find("a") if "md-content__button" not in e.attrs.get("class", "")]


def test_a_staged_site_loads_the_same_scripts_and_styles_on_every_page() -> None:
    ours = (PROJECT / "mkdocs.yml").read_text("utf-8")
    for key in ("extra_javascript", "extra_css"):
        own = re.findall(r"assets/[\w.-]+", re.findall(rf"(?m)^{key}:\n((?:  - .*\n)+)", ours)[0])
        assert own and own == re.findall(r"assets/[\w.-]+", re.findall(rf"(?m)^{key}: (.*)$", CONFIG)[0]), key


@pytest.mark.parametrize("edition", ["staff", "public"])
def test_plain_mkdocs_makes_the_same_pages(real_sites: dict[str, Path], tmp_path: Path, edition: str) -> None:
    plain = stage_and_build(real_sites["project"], tmp_path, edition, REAL_TODAY.isoformat())
    assert len(pages(plain)) > 30
    assert_same_pages(real_sites[edition].resolve(), plain)


def test_hostile_text_stays_text_in_staged_pages(tmp_path: Path) -> None:
    root = buildable(tmp_path / "project", full=True)
    rewrite(root, TODAY, hostile.payload, hostile.body)
    build(root, tmp_path / "staff")
    plain = stage_and_build(root, tmp_path, "staff", TODAY.isoformat())
    assert_same_pages((tmp_path / "staff").resolve(), plain)
    bad = [f"{address}: {e}" for address, page in pages(plain).items() for e in page.all() if hostile.dangerous(e)]
    assert bad == []


def test_staged_files_name_no_host_and_hold_no_hook(tmp_path: Path) -> None:
    root = buildable(
        tmp_path / "project", full=True, **{"docs/assets/notes.md": "# 不是页面", "docs/assets/a.yml": "a"}
    )
    done = portal(root, "stage", str(tmp_path / "staged"), "--today", TODAY.isoformat())
    assert done.returncode == 0, done.stdout + done.stderr
    config = (tmp_path / "staged/mkdocs.yml").read_text("utf-8")
    assert not re.search(r"https?:|//|\bwww\.|hooks", config)
    assert not re.search(rf"{re.escape(str(tmp_path))}|/work/", config)
    staged = {p.relative_to(tmp_path / "staged/docs").as_posix() for p in (tmp_path / "staged/docs").rglob("*.md")}
    build(root, tmp_path / "staff")
    assert {name.removesuffix(".md") + ".html" for name in staged} == set(pages((tmp_path / "staff").resolve()))
    assert not (tmp_path / "staged/docs/assets/a.yml").exists()


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    root = buildable(tmp_path / "project")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("mine")
    done = portal(root, "stage", str(tmp_path / "mine"))
    assert done.returncode == 2
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_library_with_mistakes_is_not_staged(tmp_path: Path) -> None:
    root = buildable(tmp_path / "project", **{"glossary.yml": "terms: 一个"})
    done = portal(root, "stage", str(tmp_path / "staged"))
    assert done.returncode == 1
    assert "glossary.yml:1:8" in done.stdout
    assert not (tmp_path / "staged").exists()
