"""The example profiles carry the real library: every role, threshold and number that its pages count on is there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from portal.checked import Checked, load_checked
from portal.model.profile import Profile
from projects import PROJECT, REAL_TODAY

EXAMPLES = sorted((PROJECT / "examples/profiles").glob("*.yml"))
OWN = {"0000-0000101", "0000-0000003"}
"""Numbers of the default profile that only a petition office has: its reception room and the office above it."""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("profiles") / "project"
    root.mkdir()
    for name in ("calendar", "docs", "procedures", "regulations"):
        shutil.copytree(PROJECT / name, root / name)
    for file in PROJECT.glob("*.yml"):
        shutil.copy(file, root)
    return root


@pytest.fixture(scope="module")
def default(content: Path) -> Checked:
    return load_checked(content, REAL_TODAY)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_library_stands_on_an_example_profile(example: Path, content: Path, default: Checked) -> None:
    shutil.copy(example, content / "profile.yml")
    checked = load_checked(content, REAL_TODAY)
    assert [str(problem) for problem in checked.problems if problem not in default.problems] == []
    ours, theirs = default.library.profile, checked.library.profile
    assert ours and theirs and ours.staff and theirs.staff and theirs.fictitious
    assert list(theirs.roles) == list(ours.roles) and theirs.staff.thresholds.keys() == ours.staff.thresholds.keys()
    assert numbers(ours) - OWN <= numbers(theirs)
    assert {"110", "119"} <= {phone.number for phone in theirs.staff.phones[:6]}  # on top of every plan


def numbers(profile: Profile) -> set[str]:
    assert profile.staff
    return {phone.number for phone in profile.staff.phones}
