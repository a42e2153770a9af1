"""The page that reckons days, and the data its script is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from htmlpage import parse_html
from portal.rendering.deadlines import OFTEN, deadline_pages, starts
from portal.rendering.limits_script import limits_script
from portal.rendering.site import Site
from small import small_text

MakeSite = Callable[..., Site]
RULES, LAW = "regulations/law-a/rules.yml", "regulations/law-a/index.md"
MORE = """\
  early: {title: 先写的, article: 3, actor: office, from: other, length: 5 working-days, counting: working-days, evidence: 5个工作日}
"""
VOCABULARY = "actors:\n  office: 信访部门\nevents:\n  receipt: 收到之日\n  other: 别的日子\n"


def data(site: Site) -> dict[str, Any]:
    """What the script holds."""
    found: dict[str, Any] = json.loads(limits_script(site).removeprefix("window.portalLimits = ").rstrip(";\n"))
    return found


def two_events(make_site: MakeSite, **changes: str) -> Site:
    rules = small_text(RULES).replace("limits:\n", "limits:\n" + MORE)
    return make_site(**{RULES: rules, "regulations/vocabulary.yml": VOCABULARY, **changes})


def test_events_stand_by_use_and_every_limit_stands_once(make_site: MakeSite) -> None:
    site = two_events(make_site)
    assert [(start.event, start.limits) for start in starts(site)] == [
        ("receipt", ("law-a/handle",)),
        ("other", ("law-a/early",)),
    ]
    (made,) = deadline_pages(site)
    page = parse_html(made.html)
    assert [row.attrs["data-limit"] for row in page.find("tr") if "data-limit" in row.attrs] == [
        "law-a/handle",
        "law-a/early",
    ]
    assert [section.attrs["data-event"] for section in page.find("section", "start")] == ["receipt", "other"]


def test_every_limit_of_the_real_library_stands_on_the_page_and_in_the_data(real_site: Site) -> None:
    (made,) = deadline_pages(real_site)
    names = {name for name, _, _ in real_site.library.limits()}
    page = parse_html(made.html)
    assert {row.attrs["data-limit"] for row in page.find("tr") if "data-limit" in row.attrs} == names
    assert set(data(real_site)["limits"]) == names
    assert sum("data-often" in section.attrs for section in page.find("section", "start")) == OFTEN


def test_without_a_limit_there_is_no_such_page_and_no_way_to_it(make_site: MakeSite) -> None:
    site = make_site("public", **{LAW: small_text(LAW).replace("audience: public", "audience: staff")})
    assert deadline_pages(site) == []
    assert data(site)["limits"] == {} and data(site)["laws"] == {}
    assert "试验条例" not in limits_script(site)


def test_the_data_hold_what_is_counted_and_nothing_else(make_site: MakeSite) -> None:
    found = data(two_events(make_site))
    assert found["limits"]["law-a/early"] == {
        "title": "先写的",
        "length": [5, "working-days"],
        "counting": "working-days",
    }
    assert found["laws"]["law-a"] == {"title": "试验条例", "since": "2026-01-01", "kin": []}
    assert found["calendar"]["2026"]["work"] == ["02-14", "02-28"]
    assert "02-15" in found["calendar"]["2026"]["free"]


def test_a_law_names_all_its_predecessors_and_successors(make_site: MakeSite) -> None:
    old = small_text(LAW).replace("law-a", "law-old").replace("2026-01-01", "2020-01-01\nends: 2026-01-01")
    new = small_text(LAW).replace("scope: full", "replaces: [law-old]\nscope: full")
    site = make_site(**{LAW: new, "regulations/law-old/index.md": old})
    kin = [{"title": "试验条例", "since": "2020-01-01", "ends": "2026-01-01", "limits": False}]
    assert data(site)["laws"]["law-a"]["kin"] == kin
