"""Days, lengths of time and references in text: what is read, what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from portal.model.base import parse_day
from portal.model.length import Length, parse_length
from portal.model.reference import Reference, find_references, parse_target, split_references
from portal.model.tree import parse_answer


def test_a_day_is_read() -> None:
    assert parse_day("2026-03-02") == date(2026, 3, 2)
    assert parse_day("2024-02-29") == date(2024, 2, 29)
    assert parse_day(date(2026, 3, 2)) == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2026-02-29", "没有 2026-02-29"),
        ("2026-13-01", "没有"),
        ("2026-00-10", "没有"),
        ("0206-03-02", "年份"),
        ("9999-12-31", "年份"),
        ("2026-3-2", "年-月-日"),
        ("2026-03-02 ", "年-月-日"),
        ("2026-03-02T00:00:00", "年-月-日"),
        ("２０２６-03-02", "年-月-日"),
        ("2026年3月2日", "年-月-日"),
        ("", "年-月-日"),
        (20260302, "年-月-日"),
        (True, "年-月-日"),
        (None, "年-月-日"),
    ],
)
def test_anything_else_is_no_day(written: object, why: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse_day(written)
    assert why in refused.value.message()


@pytest.mark.parametrize(
    "text", ["60 days", "1 months", "5 working-days", "2 years", "10 minutes", "24 hours", "100 years"]
)
def test_a_length_is_read_and_prints_as_it_was_written(text: str) -> None:
    assert str(parse_length(text)) == text


@pytest.mark.parametrize(
    "written",
    [
        "60",
        "60days",
        "60  days",
        "0 days",
        "-1 days",
        "060 days",
        "60 Days",
        "60日",
        "６０ days",
        "1.5 days",
        "60 days\n",
    ]
    + ["101 years", "99999 months", 60, True, None, ()],
    ids=repr,
)
def test_anything_else_is_no_length(written: object) -> None:
    with pytest.raises(PydanticCustomError):
        parse_length(written)


def test_lengths_compare_by_their_rough_size() -> None:
    texts = ["30 minutes", "2 hours", "1 days", "1 months", "40 days", "1 years"]
    assert sorted(texts, key=lambda text: parse_length(text).minutes) == texts
    assert Length(2, "hours").minutes == 120


@pytest.mark.parametrize("answer", ["within", "2026-03-02", "", 0, 5, -1])
def test_an_answer_is_text_or_a_number(answer: str | int) -> None:
    assert parse_answer(answer) == answer


@pytest.mark.parametrize("answer", [True, None, 1.5, (), {}])
def test_nothing_else_is_an_answer(answer: object) -> None:
    with pytest.raises(PydanticCustomError):
        parse_answer(answer)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("没有引用", ["没有引用"]),
        ("", []),
        ("[](limit:law-a/handle)", [Reference("limit", "law-a/handle")]),
        ("最长[六十天](limit:law-a/handle)。", ["最长", Reference("limit", "law-a/handle", "六十天"), "。"]),
        ("[](cite:law-a/3)[](term:matter)", [Reference("cite", "law-a/3"), Reference("term", "matter")]),
        ("[别处](https://example.org/)", ["[别处](https://example.org/)"]),
        ("[空的](limit:)", ["[空的](limit:)"]),
        ("[[套]](form:note)", ["[[套]](form:note)"]),
        ("[有 空格](form:a b)", ["[有 空格](form:a b)"]),
        ("【】（limit：甲）", ["【】（limit：甲）"]),
    ],
)
def test_references_in_a_line_of_text(text: str, pieces: list[str | Reference]) -> None:
    assert split_references(text) == pieces
    assert find_references(text) == [piece for piece in pieces if isinstance(piece, Reference)]


@given(st.text(alphabet="[]():/ a甲limtcef-", max_size=60))
def test_cutting_text_at_references_loses_nothing(text: str) -> None:
    def written(piece: str | Reference) -> str:
        return piece if isinstance(piece, str) else f"[{piece.label}]({piece.scheme}:{piece.target})"

    assert "".join(written(piece) for piece in split_references(text)) == text


@pytest.mark.parametrize(
    ("target", "reference"),
    [
        ("limit:law-a/handle", Reference("limit", "law-a/handle")),
        ("page:citizens/review", Reference("page", "citizens/review")),
        ("https://example.org", None),
        ("../review/index.md", None),
        ("limit", None),
    ],
)
def test_a_link_target_may_be_a_reference(target: str, reference: Reference | None) -> None:
    assert parse_target(target) == reference
