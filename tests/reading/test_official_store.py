"""The store of official texts: what goes in comes out, whole or not at all; two texts never share a place."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.model.official import OfficialText
from portal.reading import official_store
from portal.reading.official import parse_official
from portal.reading.official_source import parse_source
from portal.reading.official_store import file_name, load_store, load_text, read_store, save_text, to_json
from portal.reading.text import Unreadable

LAW = "示范条例\n\n2021年3月1日公布\n\n第一章 总则\n\n第一条 下列：\n\n（一）甲；\n\n1. 乙。\n\n第二条 丙。\n\n附件\n\n名单\n"


def parse(text: str = LAW, name: str = "a.txt") -> OfficialText:
    return parse_official(parse_source(text.encode("utf-8"), name))[0]


def refused(folder: Path, text: OfficialText) -> tuple[str, str, str]:
    with pytest.raises(Unreadable) as error:
        save_text(folder, text, f"in/{text.source}")
    problem = error.value.problem
    return str(problem.place), problem.code, problem.message


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    text = parse()
    assert save_text(tmp_path / "new", text, "a.txt") == "new"
    assert load_store(tmp_path / "new") == (text,)
    assert names(tmp_path / "new") == ["示范条例(2021-03-01).json"]


def test_the_same_text_again_changes_nothing(tmp_path: Path) -> None:
    save_text(tmp_path, parse(), "a.txt")
    before = (tmp_path / "示范条例(2021-03-01).json").stat().st_mtime_ns
    assert save_text(tmp_path, parse(name="other.txt"), "other.txt") == "same"
    assert (tmp_path / "示范条例(2021-03-01).json").stat().st_mtime_ns == before


def test_a_text_that_differs_only_in_layout_is_the_same(tmp_path: Path) -> None:
    save_text(tmp_path, parse(), "a.txt")
    assert save_text(tmp_path, parse(LAW.replace("\n\n", "\n"), "b.txt"), "b.txt") == "same"
    assert [text.source for text in load_store(tmp_path)] == ["a.txt"]


def test_two_versions_lie_side_by_side(tmp_path: Path) -> None:
    save_text(tmp_path, parse(), "a.txt")
    assert save_text(tmp_path, parse(LAW.replace("2021", "2023")), "b.txt") == "new"
    assert [text.id for text in load_store(tmp_path)] == ["示范条例(2021-03-01)", "示范条例(2023-03-01)"]


@pytest.mark.parametrize("notes", ["2021年3月1日公布\n\n", ""], ids=["dated", "undated"])
def test_another_text_of_the_same_title_and_day_is_refused_by_name(tmp_path: Path, notes: str) -> None:
    law = LAW.replace("2021年3月1日公布\n\n", notes)
    first, second = parse(law, "first.txt"), parse(law.replace("丙", "丁"), "second.txt")
    save_text(tmp_path, first, "in/first.txt")
    place, code, message = refused(tmp_path, second)
    assert (place, code) == ("in/second.txt:1:1", "law-conflict")
    assert "first.txt" in message
    assert "second.txt" in message
    assert load_store(tmp_path) == (first,)
    assert save_text(tmp_path, second, "in/second.txt", replace=True) == "replaced"
    assert load_store(tmp_path) == (second,)


def test_what_breaks_off_leaves_the_old_text_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = parse()
    save_text(tmp_path, first, "a.txt")

    def no_space(_: object, __: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", no_space)
    with pytest.raises(OSError, match="No space"):
        save_text(tmp_path, replace(first, sha256="f" * 64), "a.txt", replace=True)
    assert names(tmp_path) == ["示范条例(2021-03-01).json"]
    assert load_store(tmp_path) == (first,)


def broken(text: OfficialText) -> dict[str, bytes]:
    whole = to_json(text)
    record = json.loads(whole)
    return {
        "cut": whole[: len(whole) // 2],
        "empty": b"",
        "other": b"[]",
        "edited": whole.replace("丙。".encode(), "丁。".encode()),
        "edited number": whole.replace(b'"number":2', b'"number":3'),
        "newer": json.dumps(record | {"format": official_store.FORMAT + 1}).encode(),
        "not utf-8": whole.replace("丙".encode(), b"\xff"),
    }


@pytest.mark.parametrize("kind", broken(parse()), ids=str)
def test_what_the_portal_did_not_write_is_told_and_the_rest_is_read(tmp_path: Path, kind: str) -> None:
    text = parse()
    save_text(tmp_path, text, "a.txt")
    (tmp_path / "z.json").write_bytes(broken(text)[kind])
    texts, problems = read_store(tmp_path)
    assert texts == (text,)
    assert [(problem.place.file, problem.code) for problem in problems] == [("z.json", "law-store")]
    with pytest.raises(Unreadable):
        load_store(tmp_path)


def test_an_edited_store_is_never_taken_for_the_same_text(tmp_path: Path) -> None:
    save_text(tmp_path, parse(), "a.txt")
    path = tmp_path / "示范条例(2021-03-01).json"
    path.write_bytes(broken(parse())["edited"])
    with pytest.raises(Unreadable):
        save_text(tmp_path, parse(), "a.txt")
    assert save_text(tmp_path, parse(), "a.txt", replace=True) == "replaced"
    assert load_text(path, path.name) == parse()


def test_a_store_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert load_store(tmp_path / "nowhere") == ()


def test_progress_counts_the_files(tmp_path: Path) -> None:
    for year in ("2021", "2022", "2023"):
        save_text(tmp_path, parse(LAW.replace("2021", year)), "a.txt")
    seen: list[tuple[int, int]] = []
    read_store(tmp_path, lambda done, all_: seen.append((done, all_)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


@given(st.text(min_size=1, max_size=300))
def test_every_title_makes_a_file_name_that_every_system_takes(title: str) -> None:
    text = replace(parse(), title=title)
    name = file_name(text)
    assert len(name.encode("utf-8", "surrogatepass")) <= 255
    assert not set(name) & set('/\\:*?"<>|\n\t\x00')
    assert name.endswith(".json") and name[0] != "."


def test_long_titles_that_begin_alike_stay_apart() -> None:
    long = "关于" + "进一步做好有关工作" * 20
    one, other = (file_name(replace(parse(), title=long + end)) for end in ("甲办法", "乙办法"))
    assert one != other
