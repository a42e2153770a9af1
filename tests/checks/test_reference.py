"""What the examples under tests/bad/ do not show: days, editions and kinds that make no difference, or should."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from portal.checked import load_checked
from portal.checks.table import RULES, check_library
from portal.model.problem import Problem
from small import TODAY, read_small, small_library, small_text

LAW = "regulations/law-a/index.md"
HOME = "docs/index.md"


def test_codes_and_sentences_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.sentence for rule in RULES}) == len(RULES)
    assert all(rule.sentence.endswith("。") for rule in RULES)


@pytest.mark.parametrize(
    ("day", "told"),
    [("2025-12-31", True), ("2026-01-01", False), ("2029-12-31", False), ("2030-01-01", True)],
)
def test_the_day_decides_whether_an_article_is_in_force(day: str, told: bool, tmp_path: Path) -> None:
    text = small_text(LAW).replace("source:", "ends: 2030-01-01\nsource:")
    library = read_small(tmp_path, **{LAW: text})
    then = replace(library, today=date.fromisoformat(day), cases=())
    found = [problem for problem in check_library(then) if problem.code == "reference-in-force"]
    assert bool(found) is told
    assert not any(problem.place.file.startswith("regulations/") for problem in found)


def told_about_home(tmp_path: Path, body: str, audience: str = "public") -> tuple[Problem, ...]:
    text = small_text(HOME).replace("audience: public", f"audience: {audience}") + "\n" + body + "\n"
    return load_checked(small_library(tmp_path, **{HOME: text}), TODAY).problems


SECRETS = ["[](drill:talk)", "```drill\ntalk\n```", "```duty-phones\n```", "```thresholds\ngate\n```"]


@pytest.mark.parametrize("body", SECRETS)
def test_a_public_page_may_not_show_what_is_for_staff(body: str, tmp_path: Path) -> None:
    assert [problem.code for problem in told_about_home(tmp_path, body)] == ["edition-staff-in-public"]


@pytest.mark.parametrize("body", SECRETS)
def test_a_staff_page_may(body: str, tmp_path: Path) -> None:
    # The procedure links to the home page, which is no longer public.
    codes = [problem.code for problem in told_about_home(tmp_path, body, "staff")]
    assert codes == ["reference-link"]


@pytest.mark.parametrize(("audience", "told"), [("public", ["edition-staff-in-public"]), ("staff", [])])
def test_a_term_may_name_what_its_readers_may_see(audience: str, told: list[str], tmp_path: Path) -> None:
    terms = small_text("glossary.yml") + f"  t: {{term: 词, text: '[](drill:talk)', audience: {audience}}}\n"
    problems = load_checked(small_library(tmp_path, **{"glossary.yml": terms}), TODAY).problems
    assert [problem.code for problem in problems] == told


@pytest.mark.parametrize(
    "body",
    [
        "[](cite:law-a/2.3) [](cite:law-a) [](procedure:visit) [](tree:route) [](checklist:visit) [](form:note)",
        "[](page:index) [](regulation:law-a) [](limit:law-a/handle) [](term:matter)",
        "[标题](#先做什么) [别处](https://example.org/) [电话](tel:110) [本机](../procedures/visit/index.md)",
        "```limits\nlaw-a/handle\n```\n\n```channels\n```\n\n```form\nnote\n```",
        "`[](cite:nothing/1)` 是代码，不是引用",
        "![图](assets/icon.svg) [树里的一问](../procedures/visit/index.md#route--days)",
    ],
)
def test_what_exists_and_is_public_may_be_named(body: str, tmp_path: Path) -> None:
    small_library(tmp_path, **{"docs/assets/icon.svg": "<svg/>"})
    assert told_about_home(tmp_path, body) == ()


@pytest.mark.parametrize("target", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_link_that_could_run_something_is_no_link(target: str, tmp_path: Path) -> None:
    """It stays visible text, and the author is told."""
    root = small_library(tmp_path, **{HOME: small_text(HOME) + f"\n[甲]({target})\n"})
    checked = load_checked(root, TODAY)
    assert [link.target for link in checked.library.guides["index"].body.links] == [
        "../procedures/visit/index.md",
        "term:matter",
    ]
    assert [(problem.code, problem.severity) for problem in checked.problems] == [("markdown-reference", "warning")]


def test_every_rule_is_run(tmp_path: Path) -> None:
    """The table is the list: a rule that is not in it would never be run."""
    from portal.checks import checklist, reference, tree

    assert {*checklist.RULES, *reference.RULES, *tree.RULES} <= set(RULES)
    for path in Path(reference.__file__).parent.glob("*.py"):
        if "\nRULES = (" in path.read_text(encoding="utf-8"):
            module = __import__(f"portal.checks.{path.stem}", fromlist=["RULES"])
            assert set(module.RULES) <= set(RULES), f"checks/{path.name} is missing from checks/table.py"
