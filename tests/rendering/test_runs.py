"""What the script of a run finds on a page: fingerprint, ids, time boxes, phones; and the page of all runs."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from htmlpage import Element, parse_html
from portal.rendering.makers import render
from portal.rendering.site import Site
from small import small_text

MakeSite = Callable[..., Site]
CHECKLIST = "procedures/visit/visit.checklist.yml"
VISIT = "procedures/visit/index.html"


def page(site: Site, address: str) -> Element:
    """One page, parsed."""
    return parse_html(next(page for page in render(site) if page.address == address).html)


def head(site: Site) -> dict[str, str]:
    """The attributes of the checklist's head."""
    return dict(page(site, VISIT).one(css="checklist-head").attrs)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("reviewed: 2026-05-01", "reviewed: 2026-05-02", True),
        ("reviewer: clerk", "reviewer: chief", True),
        ("听完再记", "先听完再记", False),
        ("who: clerk, practice", "who: chief, practice", False),
        ("10 minutes", "11 minutes", False),
        ("五条都做完了", "都做完了", False),
    ],
)
def test_the_fingerprint_changes_with_the_content_only(make_site: MakeSite, old: str, new: str, same: bool) -> None:
    text = small_text(CHECKLIST)
    assert old in text
    before = head(make_site())["data-hash"]
    assert len(before) == 12
    assert (head(make_site(**{CHECKLIST: text.replace(old, new, 1)}))["data-hash"] == before) is same


@pytest.mark.parametrize(
    ("length", "minutes"), [("10 minutes", "10"), ("2 hours", "120"), ("1 days", "1440"), ("3 working-days", None)]
)
def test_a_time_box_that_a_clock_can_count(make_site: MakeSite, length: str, minutes: str | None) -> None:
    site = make_site(**{CHECKLIST: small_text(CHECKLIST).replace("10 minutes", length)})
    assert page(site, VISIT).one(css="phase").attrs.get("data-minutes") == minutes


def test_items_go_by_their_authored_ids(small_site: Site) -> None:
    visit = page(small_site, VISIT)
    assert [item.attrs["data-item"] for item in visit.find("li", "item")] == [
        "greet",
        "listen",
        "write",
        "receipt",
        "tell",
    ]
    assert visit.one(css="phase").attrs["data-list"] == "visit"


def test_phones_and_the_page_of_all_runs_are_for_the_staff(make_site: MakeSite) -> None:
    staff, public = head(make_site()), head(make_site("public"))
    assert json.loads(staff["data-phones"]) == [["值班", "0000-0000001", "tel:00000000001"]]
    assert staff["data-runs"] == "../../runs.html"
    assert "data-phones" not in public and "data-runs" not in public
    assert "runs.html" not in {page.address for page in render(make_site("public"))}


def test_the_page_of_all_runs_leads_to_every_checklist(small_site: Site) -> None:
    rows = [row for row in page(small_site, "runs.html").find("li") if "data-list" in row.attrs]
    assert [(row.attrs["data-list"], row.one("a").attrs["href"]) for row in rows] == [
        ("visit", "procedures/visit/index.html#checklist-visit")
    ]
    assert rows[0].attrs["data-hash"] == head(small_site)["data-hash"]
    home = page(small_site, "index.html")
    assert "runs.html" not in [a.attrs["href"] for a in home.find("a")], "no plan, no line below the plans"
