"""What rests on the sixty days of article 34 is found, all of it: the files are read here a second time, by hand."""

from __future__ import annotations

import re

import yaml

from portal.checked import load_checked
from portal.model.ground import find_ground
from portal.model.impact import Reliance
from projects import PROJECT, REAL_TODAY

LIMITS = ("xinfang-2022/handle", "xinfang-2022/extension")


def _says(value: object) -> bool:
    """Does a piece of YAML name the sixty days, or article 34?"""
    text = str(value)
    return any(limit in text for limit in LIMITS) or bool(re.search(r"xinfang-2022/34\b", text))


def _counting() -> set[tuple[str, str]]:
    """Steps and outcomes whose own lines name the limit or the article."""
    found: set[tuple[str, str]] = set()
    for path in sorted(PROJECT.glob("procedures/**/*.checklist.yml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        for phase in data["phases"].values():
            found |= {("step", f"{data['id']}/{name}") for name, item in phase["items"].items() if _says(item)}
    for path in sorted([*PROJECT.glob("procedures/**/*.tree.yml"), *PROJECT.glob("docs/**/*.tree.yml")]):
        data = yaml.safe_load(path.read_text("utf-8"))
        found |= {("outcome", f"{data['id']}/{name}") for name, end in data["outcomes"].items() if _says(end)}
    return found


def test_article_34_names_every_step_and_outcome_that_counts_its_days() -> None:
    library = load_checked(PROJECT, REAL_TODAY).library
    rests = Reliance(library).on(find_ground(library, "xinfang-2022/34")).rests
    named = {(rest.thing.kind, rest.thing.id) for rest in rests}
    counting = _counting()
    assert len(counting) > 50
    assert counting <= named
