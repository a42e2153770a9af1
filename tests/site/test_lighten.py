"""What a finished site loses on its way to a phone: it fits the pinned theme, and says so when it does not."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import material
import pytest

from portal.lighten import quicken

SHEETS = Path(material.__file__).parent / "templates/assets/stylesheets"


def test_the_pinned_theme_is_quickened_once(tmp_path: Path) -> None:
    shutil.copytree(SHEETS, tmp_path / "assets/stylesheets")
    sheet = next((tmp_path / "assets/stylesheets").glob("main.*.min.css"))
    before = sheet.read_text("utf-8")
    quicken(tmp_path)
    after = sheet.read_text("utf-8")
    assert "table:not([class])" in before
    assert after == before.replace("table:not([class])", "table.plain")
    with pytest.raises(ValueError, match="lighten"):
        quicken(tmp_path)


def test_every_table_has_a_class(real_sites: dict[str, Path]) -> None:
    """Otherwise it would have lost the theme's look."""
    tables = [
        table
        for page in real_sites["staff"].rglob("*.html")
        for table in re.findall(r"<table[^>]*>", page.read_text("utf-8"))
    ]
    assert len(tables) > 100
    assert [table for table in tables if " class=" not in table] == []
