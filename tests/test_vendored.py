"""Libraries of others in the site: what lies there is what the list says, with its licence."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "docs/assets/vendor"


def test_every_vendored_file_is_the_one_in_the_list() -> None:
    listed = dict(
        re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|[^|]*\|$", (VENDOR / "README.md").read_text("utf-8"), re.M)
    )
    there = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*.js")
    }
    assert there == listed
    for name in there:
        folder = (VENDOR / name).parent
        assert any("licen" in path.name.lower() for path in folder.iterdir()), name
