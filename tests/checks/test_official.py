"""What the library says is compared with the official text: each claim is confirmed, contradicted or openly unchecked."""

from __future__ import annotations

from pathlib import Path

import pytest

from official_text import LAW_A, official
from portal.checks.official import compare, find_text
from portal.model.claim import Claim
from portal.model.official import OfficialText
from small import read_small, small_text

PAGE, RULES = "regulations/law-a/index.md", "regulations/law-a/rules.yml"


def claims(root: Path, *texts: OfficialText, **changes: str | bytes | None) -> list[Claim]:
    return [claim for claim in compare(read_small(root, **changes), texts) if claim.regulation == "law-a"]


def told(found: list[Claim], result: str) -> list[str]:
    return [f"{claim.place} {claim.what}: {claim.message}" for claim in found if claim.result == result]


def test_everything_the_text_says_is_confirmed(tmp_path: Path) -> None:
    found = claims(tmp_path, official())
    assert told(found, "contradicted") == []
    assert told(found, "unchecked") == []
    confirmed = {claim.what for claim in found}
    assert {
        "名称",
        "通过日期",
        "施行日期",
        "条数",
        "第二条的款和项",
        "引用 law-a/2.2",
        "期限“办结信访事项”",
    } <= confirmed


def test_without_a_text_nothing_counts_as_confirmed(tmp_path: Path) -> None:
    found = claims(tmp_path)
    assert [claim.result for claim in found] == ["unchecked"]
    assert "手头没有" in found[0].message


def test_a_text_of_another_day_is_named_and_not_used(tmp_path: Path) -> None:
    found = claims(tmp_path, official(LAW_A.replace("2025年12月1日", "2020年12月1日")))
    assert [claim.result for claim in found] == ["unchecked"]
    assert "2020-12-01" in found[0].message


@pytest.mark.parametrize(
    ("file", "old", "new", "what", "said"),
    [
        (RULES, "article: 3", "article: 2", f"{RULES}:4:14 期限", "“60日内办结”这几个字，它们在第三条"),
        (RULES, "evidence: 60日内办结", "evidence: 90日内办结", f"{RULES}:4:14 期限", "那一条写的是：60日、30日"),
        (RULES, "counting: assumed", "counting: assumed\n    extend: {by: 31 days}", "的延长", "60 days、30 days"),
        (PAGE, "articles: 3", "articles: 4", f"{PAGE}:12:11 条数", "官方文本是 3"),
        (PAGE, "effective: 2026-01-01", "effective: 2026-01-02", f"{PAGE}:10:12 施行日期", "官方文本是 2026-01-01"),
        (PAGE, "登记要给回执。\n\n", "", f"{PAGE}:18:1 第一条的款和项", "官方文本第1款、第2款，要旨写成第1款"),
        (PAGE, "- 重复的。", "- 重复的；\n- 别的。", "第二条的款和项", "官方文本第1款3项，要旨写成第1款4项"),
    ],
)
def test_what_differs_is_told_with_the_official_words(
    file: str, old: str, new: str, what: str, said: str, tmp_path: Path
) -> None:
    text = small_text(file)
    assert old in text
    changed = text.replace(old, new, 1)
    if "回执" in old:  # the step that cites the second paragraph must not break the reading
        changed = changed.replace("收到以后当面登记。", "收到以后当面登记，给回执。")
    found = told(claims(tmp_path, official(), **{file: changed}), "contradicted")
    assert any(what in one and said in one for one in found), found


def test_a_citation_of_what_the_text_does_not_have_is_contradicted(tmp_path: Path) -> None:
    shorter = official(LAW_A.replace("登记后应当出具回执。\n\n", ""))
    found = told(claims(tmp_path, shorter), "contradicted")
    assert any("引用 law-a/1.2" in one and "visit.checklist.yml" in one for one in found)


def test_what_the_text_does_not_tell_is_unchecked_not_confirmed(tmp_path: Path) -> None:
    silent = official(LAW_A.replace("本条例自2026年1月1日起施行。", ""))
    assert [one for one in told(claims(tmp_path, silent), "unchecked") if "施行日期" in one]


def test_notes_that_stop_early_are_no_contradiction_where_the_file_is_named_after_our_day(tmp_path: Path) -> None:
    page = small_text(PAGE).replace("verified: no", f"verified: {{on: 2026-05-01, against: 文本, sha256: {'0' * 64}}}")
    older = LAW_A.replace("2025年12月1日", "2020年12月1日")
    named = claims(tmp_path / "named", official(older, "试验条例(2025-12-01).md"), **{PAGE: page})
    assert any("题注只写到 2020-12-01" in one for one in told(named, "unchecked"))
    plain = claims(tmp_path / "plain", official(older), **{PAGE: page})
    assert any("官方文本是 2020-12-01" in one for one in told(plain, "contradicted"))


def test_the_text_it_was_verified_against_comes_first(tmp_path: Path) -> None:
    first, second = official(), official(LAW_A.replace("当面登记", "立即登记"))
    verified = f"verified: {{on: 2026-05-01, against: 文本, sha256: {second.sha256}}}"
    page = small_text(PAGE).replace("verified: no", verified)
    regulation = read_small(tmp_path, **{PAGE: page}).regulations["law-a"]
    assert find_text(regulation, [first, second]) is second
