"""The real library against the official texts it was written from. Without the texts these tests are skipped, visibly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from portal.checked import load_checked
from portal.checks.official import compare
from portal.model.claim import Claim
from portal.verify import read_texts

ROOT = Path(__file__).resolve().parents[2]
LAWS = ROOT.parent / "shared/laws"
pytestmark = pytest.mark.skipif(not LAWS.is_dir(), reason="no official texts at ../shared/laws")
OPEN = {
    ("public-security-penalties", "全部内容"): "only the text that was replaced on 2026-01-01 is at hand",
    ("civil-procedure", "全部内容"): "only the text before the amendment of 2023 is at hand; read in a public archive",
    ("civil-code", "全部内容"): "no text at hand; read in a public archive",
    ("labour-contract", "全部内容"): "no text at hand; read in a public archive",
    ("rural-land-contract", "全部内容"): "no text at hand; read in a public archive",
    ("labour-inspection", "全部内容"): "no text at hand; read in a public archive",
    ("property-management", "通过日期"): "the notes of the text stop before the last amendment",
    ("social-assistance", "通过日期"): "the notes of the text stop before the last amendment",
    ("migrant-wages", "通过日期"): "the text carries no date",
    ("veterans-placement", "通过日期"): "the text carries no date",
    ("administrative-litigation", "施行日期"): "amended without a new last article",
    ("assembly", "施行日期"): "the last article names no day",
    ("criminal-procedure", "施行日期"): "amended without a new last article",
    ("land-administration", "施行日期"): "amended without a new last article",
    ("state-compensation", "施行日期"): "amended without a new last article",
    ("supervision-2024", "施行日期"): "amended without a new last article",
}
"""What no text at hand can tell, and why. Everything else is confirmed."""
UNCONFIRMED = {
    "civil-procedure": "numbered as amended in 2023; the text at hand is the one before",
    "civil-code": "no text at hand",
    "labour-contract": "no text at hand",
    "rural-land-contract": "no text at hand",
    "labour-inspection": "no text at hand",
}
"""The regulations with `verified: no` that have limits, and why no machine could compare these."""


@pytest.fixture(scope="module")
def claims() -> Sequence[Claim]:
    texts, _ = read_texts(LAWS)
    return compare(load_checked(ROOT, date(2026, 11, 30)).library, texts)


def test_nothing_is_contradicted(claims: Sequence[Claim]) -> None:
    assert [f"{claim.place} {claim.message}" for claim in claims if claim.result == "contradicted"] == []


def test_what_is_unchecked_says_why_and_nothing_else_is(claims: Sequence[Claim]) -> None:
    assert {(claim.regulation, claim.what) for claim in claims if claim.result == "unchecked"} == OPEN.keys()
    assert all(claim.message for claim in claims if claim.result == "unchecked")


def test_the_figures(claims: Sequence[Claim]) -> None:
    confirmed = sum(claim.result == "confirmed" for claim in claims)
    print(f"{confirmed} of {len(claims)} claims confirmed")
    assert confirmed > 2000


def test_each_limit_is_confirmed(claims: Sequence[Claim]) -> None:
    library = load_checked(ROOT, date(2026, 11, 30)).library
    unverified = {name for name, regulation in library.regulations.items() if regulation.verified == "no"}
    with_limits = {name.partition("/")[0] for name, _, _ in library.limits()}
    assert UNCONFIRMED.keys() == unverified & with_limits
    limits = {(name.partition("/")[0], f"期限“{limit.title}”") for name, _, limit in library.limits()}
    confirmed = {(claim.regulation, claim.what) for claim in claims if claim.result == "confirmed"}
    assert {limit for limit in limits if limit[0] not in UNCONFIRMED} <= confirmed
