"""Mentions: every place where one object names another is found, with its exact spot."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.model.library import Library
from portal.model.mention import Mention, mentions
from small import read_small, small_text

VISIT = "procedures/visit"
EXPECTED = [
    # kind, target, place, public
    ("role", "chief", "regulations/law-a/index.md:6:11", True),
    ("cite", "law-a/3", "regulations/law-a/rules.yml:4:14", True),
    ("actor", "office", "regulations/law-a/rules.yml:5:12", True),
    ("event", "receipt", "regulations/law-a/rules.yml:6:11", True),
    ("cite", "law-a/1.1", "regulations/law-a/rules.yml:13:14", True),
    ("role", "clerk", f"{VISIT}/index.md:6:11", True),
    ("role", "clerk", f"{VISIT}/index.md:9:8", True),
    ("cite", "law-a/1", f"{VISIT}/index.md:10:9", True),
    ("limit", "law-a/handle", f"{VISIT}/index.md:12:8", True),
    ("cite", "law-a/3", f"{VISIT}/index.md:12:34", True),
    ("place:checklist", "visit", f"{VISIT}/index.md:14:1", True),
    ("place:tree", "route", f"{VISIT}/index.md:18:1", True),
    ("place:form", "note", f"{VISIT}/index.md:22:1", True),
    ("term", "matter", "docs/index.md:14:43", True),
    ("role", "chief", f"{VISIT}/visit.checklist.yml:11:18", True),
    ("role", "clerk", f"{VISIT}/visit.checklist.yml:13:32", True),
    ("cite", "law-a/1.1", f"{VISIT}/visit.checklist.yml:15:46", True),
    ("form", "note", f"{VISIT}/visit.checklist.yml:15:64", True),
    ("limit", "law-a/handle", f"{VISIT}/visit.checklist.yml:17:64", True),
    ("limit", "law-a/handle", f"{VISIT}/route.tree.yml:25:12", True),
    ("cite", "law-a/2.2", f"{VISIT}/route.tree.yml:36:13", True),
    ("limit", "law-a/handle", f"{VISIT}/route.tree.yml:41:14", True),
    ("form", "note", f"{VISIT}/route.tree.yml:49:13", True),
    ("work", "visit", f"{VISIT}/talk.drill.yml:5:13", False),
    ("role", "clerk", f"{VISIT}/talk.drill.yml:10:3", False),
    ("role", "clerk", f"{VISIT}/talk.drill.yml:15:10", False),
    ("step", "visit/listen", f"{VISIT}/talk.drill.yml:17:14", False),
    ("step", "route/wait", f"{VISIT}/talk.drill.yml:17:28", False),
    ("role", "chief", "profile.yml:23:42", False),
    ("cite", "law-a/1", "glossary.yml:2:66", True),
]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return read_small(tmp_path)


def told(mention: Mention) -> tuple[str, str, str, bool]:
    return (mention.kind, mention.target, str(mention.place), mention.public)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda row: f"{row[0]} {row[2]}")
def test_a_mention_is_found_where_it_stands(expected: tuple[str, str, str, bool], library: Library) -> None:
    assert expected in {told(mention) for mention in mentions(library)}


def test_nothing_is_found_twice(library: Library) -> None:
    found = [told(mention) for mention in mentions(library)]
    assert len(found) == len(set(found))


def test_every_mention_stands_at_its_target(library: Library, tmp_path: Path) -> None:
    """The spot is not near it but on it (placements: on the block that holds it)."""
    for mention in mentions(library):
        line = (tmp_path / mention.place.file).read_text(encoding="utf-8").splitlines()[mention.place.line - 1]
        here = line[mention.place.column - 1 :]
        kind = mention.kind.removeprefix("place:")
        starts = (mention.target, f'"{mention.target}', mention.target.rpartition("/")[2], f"{kind}:", f"```{kind}")
        quoted = f'"{mention.target.rpartition("/")[2]}'
        assert here.startswith((*starts, quoted)), f"{mention} at “{here}”"


def test_a_mention_knows_its_source(library: Library) -> None:
    sources = {(mention.place.file, mention.source.key if mention.source else None) for mention in mentions(library)}
    assert ("glossary.yml", None) in sources
    assert ("profile.yml", None) in sources
    assert ("regulations/law-a/rules.yml", ("regulation", "law-a")) in sources
    assert ("docs/index.md", ("page", "index")) in sources


TEXT = "见 [](cite:law-a/1)、[日子](limit:law-a/handle)、[](term:matter)、[](form:note)"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (f"{VISIT}/visit.checklist.yml", "do: 听完再记", f'do: "{TEXT}"'),
        (f"{VISIT}/route.tree.yml", "do: [报负责人]", f'do: ["{TEXT}"]'),
        (f"{VISIT}/note.form.yml", "purpose: 来访时填写。", f'purpose: "{TEXT}"'),
        (f"{VISIT}/talk.drill.yml", "text: 我们等了很久。", f'text: "{TEXT}"'),
        (f"{VISIT}/index.md", "summary: 有人来访时这样做。", f'summary: "{TEXT}"'),
        ("docs/index.md", "# 首页", f"# 首页\n\n- {TEXT}"),
        ("docs/index.md", "# 首页", f"# 首页\n\n| 甲 |\n|---|\n| {TEXT} |"),
        ("docs/index.md", "# 首页", f"# 首页\n\n:::note\n{TEXT}\n:::"),
        ("docs/index.md", "# 首页", f"# {TEXT}"),
        ("glossary.yml", "一次反映的一件事", f'"{TEXT}"'),
        ("profile.yml", "action: 到场", f'action: "{TEXT}"'),
        ("regulations/law-a/rules.yml", "title: 办结信访事项", f'title: 办结\n    note: "{TEXT}"'),
        ("regulations/law-a/index.md", "在期限内办结。", TEXT),
        ("regulations/law-a/index.md", "source: 试验公报", f'source: 试验公报\nnote: "{TEXT}"'),
        ("regulations/law-a/index.md", "## 第一章", f"{TEXT}\n\n## 第一章"),
    ],
)
def test_references_are_found_in_every_kind_of_text(name: str, old: str, new: str, tmp_path: Path) -> None:
    text = small_text(name)
    assert old in text
    before = len(list(mentions(read_small(tmp_path / "before"))))
    found = list(mentions(read_small(tmp_path / "after", **{name: text.replace(old, new, 1)})))
    line = text[: text.index(old)].count("\n") + 1
    here = {(mention.kind, mention.target) for mention in found if line <= mention.place.line <= line + 4}
    assert len(found) == before + 4
    assert {("cite", "law-a/1"), ("limit", "law-a/handle"), ("term", "matter"), ("form", "note")} <= here


def test_an_empty_block_is_a_mention_of_nothing(tmp_path: Path) -> None:
    """So that the duty phones on a public page are seen, and a block whose id was forgotten too."""
    text = small_text("docs/index.md") + "\n```duty-phones\n```\n\n```checklist\n```\n"
    found = {(mention.kind, mention.target) for mention in mentions(read_small(tmp_path, **{"docs/index.md": text}))}
    assert {("place:duty-phones", ""), ("place:checklist", "")} <= found


@pytest.mark.parametrize("preface", ["", "前言。\n\n"])
def test_blocks_on_the_page_of_a_regulation_are_mentions(preface: str, tmp_path: Path) -> None:
    text = small_text("regulations/law-a/index.md").replace("## 第一章", f"{preface}## 第一章")
    text += "\n```form\nnote\n```\n"
    found = mentions(read_small(tmp_path, **{"regulations/law-a/index.md": text}))
    here = [mention for mention in found if mention.place.file == "regulations/law-a/index.md"]
    assert ("place:form", "note") in {(mention.kind, mention.target) for mention in here}


@pytest.mark.parametrize("preface", ["", "前言。\n\n"])
def test_references_on_the_page_of_a_regulation_may_leave_its_id_out(preface: str, tmp_path: Path) -> None:
    text = small_text("regulations/law-a/index.md").replace("## 第一章", f"{preface}## 第一章")
    library = read_small(tmp_path, **{"regulations/law-a/index.md": f"{text}\n见 [](cite:/2.3)。\n"})
    assert "law-a/2.3" in {mention.target for mention in mentions(library)}
