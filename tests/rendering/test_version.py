"""The version of a page: it changes with what the page says, and with nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from portal.model.whole import fingerprint_of
from portal.rendering.site import Site
from portal.rendering.version import changes, versions
from rendering.conftest import MakeSite
from small import small_text

PAGE, LIST, RULES = (
    "procedures/visit/index.md",
    "procedures/visit/visit.checklist.yml",
    "regulations/law-a/rules.yml",
)
VISIT = "procedures/visit/index.html"
CHANGES = {
    "a word of the text": (PAGE, "期限是", "时限是"),
    "a step of the list on it": (LIST, "听完再记", "听完马上记"),
    "a field of the front matter": (PAGE, "有人来到接待室", "有人来到门口"),
    "the limit that it names": (RULES, "60 days", "30 days"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_a_new_version(make_site: MakeSite, what: str) -> None:
    file, old, new = CHANGES[what]
    before = versions(make_site())[VISIT]
    text = small_text(file)
    assert old in text
    assert versions(make_site(**{file: text.replace(old, new)}))[VISIT].fingerprint != before.fingerprint


def test_a_review_is_a_new_day_and_no_new_version(make_site: MakeSite) -> None:
    before = versions(make_site())[VISIT]
    after = versions(make_site(**{LIST: small_text(LIST).replace("2026-05-01", "2026-05-20")}))[VISIT]
    assert (before.day, after.day) == (date(2026, 5, 1), date(2026, 5, 20))
    assert before.fingerprint == after.fingerprint


def test_the_look_does_not_count(small_site: Site, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {**small_site.words, "part": {**small_site.words["part"], "say": "讲："}}
    other = Site(small_site.library, small_site.edition, words)
    assert versions(small_site) == versions(other)


def test_the_manifest_lists_procedures_plans_and_limits(small_site: Site) -> None:
    found = changes(small_site)
    assert found[VISIT][2:] == ["procedure", "来访"]
    assert found["limit:law-a/handle"][4] == "regulations/law-a/index.html#limit-handle"
    assert {row[2] for row in found.values() if len(row) > 2} <= {"procedure", "plan", "limit"}


def test_every_page_with_content_says_its_day(real_site: Site) -> None:
    from portal.rendering.makers import render

    without = {page.address for page in render(real_site) if "content-day" not in page.html}
    made_by_script = {"glossary/index.html", "deadlines.html", "runs.html", "on-this-device.html"}
    assert without <= made_by_script


def test_order_and_kind_count() -> None:
    assert fingerprint_of("a", "b") != fingerprint_of("ab")
    assert fingerprint_of("a", "b") != fingerprint_of("b", "a")
