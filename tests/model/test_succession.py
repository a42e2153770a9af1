"""Old and new regulations: the article map, what holds on a day, what is still to come, limits side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.model.beside import beside
from portal.model.citation import Citation
from portal.model.force import NotInForce, coming, interval, require_force
from portal.model.library import Library
from portal.model.succession import Passage, Successions, added, numbers, passages
from portal.reading.folder import read_library
from projects import REAL_TODAY
from small import read_small, small_text

LAW = small_text("regulations/law-a/index.md")
RULES = small_text("regulations/law-a/rules.yml")


def laws(root: Path, **changes: str | None) -> Library:
    """law-old until the end of 2025, law-a from 2026 on, law-new from 2027 on; each with a limit of its own."""
    files = {
        "regulations/law-a/index.md": LAW.replace("source:", "ends: 2027-01-01\nreplaces: [law-old]\nsource:"),
        "regulations/law-old/index.md": renamed("old", "2020-07-01", "ends: 2026-01-01\n"),
        "regulations/law-old/rules.yml": RULES.partition("duties:")[0] + OLD_MAP,
        "regulations/law-new/index.md": renamed("new", "2027-01-01", "replaces: [law-a]\n"),
        "regulations/law-new/rules.yml": RULES.partition("duties:")[0],
    }
    return read_small(root, **{**files, **changes})


OLD_MAP = 'successors:\n  "1": law-a/1\n  "3": [law-a/3, law-a/1.2]\ndropped:\n  "2": 不再分类\n'


def renamed(name: str, effective: str, more: str) -> str:
    text = LAW.replace("id: law-a", f"id: law-{name}").replace("title: 试验条例", f"title: 试验条例（{name}）")
    return text.replace("effective: 2026-01-01\n", f"effective: {effective}\n{more}")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return laws(tmp_path)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The same, read once for many examples."""
    return laws(tmp_path_factory.mktemp("chain"))


class TestMap:
    def test_what_became_of_each_article(self, library: Library) -> None:
        assert passages(library.regulations["law-old"]) == (
            Passage("1", (Citation("law-a", "1"),)),
            Passage("2", (), "不再分类"),
            Passage("3", (Citation("law-a", "3"), Citation("law-a", "1", (2,)))),
        )

    def test_the_main_successor_stands_first(self, library: Library) -> None:
        old = library.regulations["law-old"]
        assert (old.successor("3"), old.successor("2")) == (Citation("law-a", "3"), None)

    def test_what_is_new(self, library: Library) -> None:
        old, new = library.regulations["law-old"], library.regulations["law-a"]
        assert added(new, [old]) == ("2",)
        assert added(new, []) == ("1", "2", "3")

    def test_who_took_whose_place(self, library: Library) -> None:
        found, laws = Successions(library), library.regulations
        assert [one.id for one in found.older(laws["law-a"])] == ["law-old"]
        assert [one.id for one in found.newer(laws["law-a"])] == ["law-new"]
        assert [one.id for one in found.older(laws["law-old"])] == []
        assert sorted(found.replacing) == ["law-a", "law-new"]

    def test_a_map_says_it_as_well_as_replaces(self, tmp_path: Path) -> None:
        library = laws(tmp_path, **{"regulations/law-a/index.md": LAW})
        assert [one.id for one in Successions(library).older(library.regulations["law-a"])] == ["law-old"]

    def test_inserted_articles_stand_in_their_place(self, tmp_path: Path) -> None:
        text = LAW.replace("### 第三条", "### 第二条之一 补办\n\n补办。\n\n### 第三条")
        library = read_small(tmp_path, **{"regulations/law-a/index.md": text})
        assert numbers(library.regulations["law-a"]) == ("1", "2", "2-1", "3")

    def test_the_real_map_is_complete(self, project: Path) -> None:
        library = read_library(project, REAL_TODAY)[0]
        found = passages(library.regulations["xinfang-2005"])
        assert [passage.number for passage in found] == [str(number) for number in range(1, 52)]
        assert [passage.number for passage in found if not passage.successors and not passage.reason] == []
        for passage in found:
            for citation in passage.successors:
                article = library.article(citation)
                assert article is not None, citation
                assert article.has(citation.parts), citation


class TestForce:
    @pytest.mark.parametrize(
        ("limit", "day", "inside"),
        [
            ("law-a/handle", "2025-12-31", False),
            ("law-a/handle", "2026-01-01", True),
            ("law-a/handle", "2026-12-31", True),
            ("law-a/handle", "2027-01-01", False),
            ("law-old/handle", "2020-06-30", False),
            ("law-old/handle", "2020-07-01", True),
            ("law-old/handle", "2025-12-31", True),
            ("law-old/handle", "2026-01-01", False),
            ("law-new/handle", "2026-12-31", False),
            ("law-new/handle", "2027-01-01", True),
            ("law-x/nothing", "1999-01-01", True),
        ],
    )
    def test_the_first_day_counts_and_the_last_does_not(
        self, library: Library, limit: str, day: str, inside: bool
    ) -> None:
        if inside:
            require_force(library, limit, date.fromisoformat(day))
            return
        with pytest.raises(NotInForce, match=day):
            require_force(library, limit, date.fromisoformat(day))

    @pytest.mark.parametrize(
        ("limit", "day", "instead"),
        [
            ("law-a/handle", "2025-12-31", ["law-old"]),
            ("law-a/handle", "2027-01-01", ["law-new"]),
            ("law-old/handle", "2027-06-01", ["law-new"]),
            ("law-new/handle", "2021-01-01", ["law-old"]),
            ("law-a/handle", "2020-06-30", []),
        ],
    )
    def test_the_one_in_force_then_is_named_however_far(
        self, library: Library, limit: str, day: str, instead: list[str]
    ) -> None:
        with pytest.raises(NotInForce) as told:
            require_force(library, limit, date.fromisoformat(day))
        assert [one.id for one in told.value.instead] == instead
        words = [f"（{name}）" for name in instead] or ["没有录入"]
        assert all(word in str(told.value) for word in words)

    def test_an_unrelated_regulation_is_never_named(self, tmp_path: Path) -> None:
        other = renamed("other", "2000-01-01", "")
        library = laws(tmp_path, **{"regulations/law-other/index.md": other})
        with pytest.raises(NotInForce) as told:
            require_force(library, "law-a/handle", date(2020, 1, 1))
        assert told.value.instead == ()

    def test_two_that_replace_each_other_end_the_search(self, tmp_path: Path) -> None:
        circle = renamed("old", "2020-07-01", "ends: 2026-01-01\nreplaces: [law-a]\n")
        library = laws(tmp_path, **{"regulations/law-old/index.md": circle})
        with pytest.raises(NotInForce):
            require_force(library, "law-a/handle", date(2019, 1, 1))

    @given(st.dates(date(2015, 1, 1), date(2030, 1, 1)))
    def test_it_agrees_with_the_state_of_the_regulation(self, chain: Library, day: date) -> None:
        for name in ("law-old", "law-a", "law-new"):
            regulation = chain.regulations[name]
            try:
                require_force(chain, f"{name}/handle", day)
                assert regulation.in_force(day)
            except NotInForce as error:
                assert not regulation.in_force(day)
                assert all(one.in_force(day) for one in error.instead)

    def test_the_interval_in_words(self, library: Library) -> None:
        assert interval(library.regulations["law-a"]) == "2026-01-01 起施行，2027-01-01 起失效"
        assert interval(library.regulations["law-new"]) == "2027-01-01 起施行"


class TestComing:
    @pytest.mark.parametrize(
        ("today", "expected"),
        [
            ("2026-12-31", [("2027-01-01", "effective", "law-new"), ("2027-01-01", "ends", "law-a")]),
            ("2027-01-01", []),
            (
                "2025-12-31",
                [
                    ("2026-01-01", "effective", "law-a"),
                    ("2026-01-01", "ends", "law-old"),
                    ("2027-01-01", "effective", "law-new"),
                    ("2027-01-01", "ends", "law-a"),
                ],
            ),
        ],
    )
    def test_what_changes_after_the_day(self, chain: Library, today: str, expected: list[tuple[str, str, str]]) -> None:
        library = Library(date.fromisoformat(today), regulations=chain.regulations)
        found = [(one.day.isoformat(), one.event, one.regulation.id) for one in coming(library)]
        assert found == expected


class TestBeside:
    def test_each_shows_the_other(self, tmp_path: Path) -> None:
        local = RULES.partition("duties:")[0].replace("counting:", "beside: law-a/handle\n    counting:")
        files = {f"regulations/{name}/index.md": LAW.replace("law-a", name) for name in ("law-b", "law-c")}
        files |= {f"regulations/{name}/rules.yml": local for name in ("law-b", "law-c")}
        library = read_small(tmp_path, **files)
        assert beside(library, "law-a/handle") == ("law-b/handle", "law-c/handle")
        assert beside(library, "law-b/handle") == ("law-a/handle",)

    def test_alone(self, library: Library) -> None:
        assert beside(library, "law-a/handle") == ()
        assert beside(library, "law-x/handle") == ()
