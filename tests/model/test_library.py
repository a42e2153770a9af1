"""The library: finding things, and what the public edition may hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from portal.model.citation import Citation
from portal.model.library import Library
from small import read_small, small_text

PUBLIC = "audience: public\n"
SHELVES = ("regulations", "procedures", "plans", "guides", "checklists", "trees", "forms", "drills")
FILES = {
    "regulations": "regulations/law-a/index.md",
    "procedures": "procedures/visit/index.md",
    "guides": "docs/index.md",
    "checklists": "procedures/visit/visit.checklist.yml",
    "trees": "procedures/visit/route.tree.yml",
    "forms": "procedures/visit/note.form.yml",
}
PLAN = """---
id: gate
title: 门口预案
{audience}reviewed: 2026-05-01
reviewer: chief
summary: 门口来了很多人。
applies: 五人以上。
owner: chief
short: 门口
---
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return read_small(tmp_path)


def test_everything_is_found_by_kind_and_id(library: Library) -> None:
    for document in library.documents():
        assert library.find(*document.key) is document
    assert {document.kind for document in library.documents()} == {
        *("regulation", "procedure", "page", "checklist", "tree", "form", "drill")
    }
    assert library.find("form", "nothing") is None
    assert library.find("no-kind", "note") is None


def test_limits_and_articles_are_found_by_their_names(library: Library) -> None:
    found = library.limit("law-a/handle")
    assert found is not None
    assert (found[0].id, str(found[1].length)) == ("law-a", "60 days")
    assert library.limit("law-a/nothing") is None
    assert library.limit("nothing/handle") is None
    assert library.limit("handle") is None
    article = library.article(Citation("law-a", "2", (3,)))
    assert article is not None
    assert (article.title, article.chapter, article.paragraphs) == ("分办", "第一章 总则", (3,))
    assert library.article(Citation("law-a", "9")) is None


def test_pages_are_the_hand_written_ones(library: Library) -> None:
    assert [page.origin.file for page in library.pages()] == ["procedures/visit/index.md", "docs/index.md"]


def test_the_staff_edition_holds_everything(library: Library) -> None:
    assert library.for_edition("staff") is library


def test_the_public_edition_holds_what_is_marked_public(library: Library) -> None:
    public = library.for_edition("public")
    assert [document.key for document in public.documents()] == [
        document.key for document in library.documents() if document.audience == "public"
    ]
    assert "talk" in library.drills
    assert public.drills == {}
    assert public.cases == ()


@pytest.mark.parametrize(("shelf", "name"), FILES.items())
def test_what_is_not_marked_is_not_published(shelf: str, name: str, tmp_path: Path) -> None:
    """Without its `audience` line an object is for staff: forgetting it can do no harm."""
    text = small_text(name)
    assert PUBLIC in text
    library = read_small(tmp_path, **{name: text.replace(PUBLIC, "")})
    assert len(getattr(library, shelf)) == 1
    assert getattr(library.for_edition("public"), shelf) == {}


@pytest.mark.parametrize(("audience", "published"), [("", []), ("audience: staff\n", []), (PUBLIC, ["gate"])])
def test_a_plan_is_published_only_by_its_own_word(audience: str, published: list[str], tmp_path: Path) -> None:
    library = read_small(tmp_path, **{"procedures/plans/gate/index.md": PLAN.format(audience=audience)})
    assert list(library.plans) == ["gate"]
    assert list(library.for_edition("public").plans) == published


def test_the_public_profile_has_no_staff_part(library: Library) -> None:
    public = library.for_edition("public").profile
    assert library.profile is not None
    assert public is not None
    assert public.staff is None
    assert public.roles == {}
    assert public.public == library.profile.public
    assert "0000-0000001" in library.profile.model_dump_json()
    assert "0000-0000001" not in public.model_dump_json()


def test_terms_are_published_one_by_one(tmp_path: Path) -> None:
    terms = small_text("glossary.yml") + "  secret: {term: 内部词, text: 不对外}\n"
    library = read_small(tmp_path, **{"glossary.yml": terms})
    assert list(library.glossary.terms) == ["matter", "secret"]
    assert list(library.for_edition("public").glossary.terms) == ["matter"]


def test_no_shelf_is_forgotten_by_the_public_edition(library: Library) -> None:
    """A new kind of object must be filtered too: every mapping of documents is named above."""
    mappings = {name for name, hint in Library.__annotations__.items() if "Mapping[str" in hint} - {
        "sources",
        "pictures",
    }
    assert mappings == set(SHELVES)


def test_objects_stand_in_the_order_of_their_ids(tmp_path: Path) -> None:
    form = small_text("procedures/visit/note.form.yml")
    library = read_small(
        tmp_path,
        **{
            "procedures/visit/zebra.form.yml": form.replace("id: note", "id: zebra"),
            "procedures/other/apple.form.yml": form.replace("id: note", "id: apple"),
        },
    )
    assert list(library.forms) == ["apple", "note", "zebra"]


@pytest.mark.parametrize(
    ("today", "in_force"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-12-31", True), ("2027-01-01", False)],
)
def test_a_regulation_is_in_force_from_its_first_day_to_the_day_before_its_end(
    today: str, in_force: bool, tmp_path: Path
) -> None:
    text = small_text("regulations/law-a/index.md").replace("source:", "ends: 2027-01-01\nsource:")
    regulation = read_small(tmp_path, **{"regulations/law-a/index.md": text}).regulations["law-a"]
    assert regulation.in_force(date.fromisoformat(today)) is in_force
