"""What a finished site loses on its way to a phone: it fits the pinned theme, and says so when it does not."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import material
import pytest

from portal.lighten import quicken

ASSETS = Path(material.__file__).parent / "templates/assets"


def test_the_pinned_theme_is_quickened_once(tmp_path: Path) -> None:
    shutil.copytree(ASSETS / "stylesheets", tmp_path / "assets/stylesheets")
    shutil.copytree(ASSETS / "javascripts", tmp_path / "assets/javascripts")
    sheet = next((tmp_path / "assets/stylesheets").glob("main.*.min.css"))
    bundle = next((tmp_path / "assets/javascripts").glob("bundle.*.min.js"))
    before, script = sheet.read_text("utf-8"), bundle.read_text("utf-8")
    quicken(tmp_path)
    assert "table:not([class])" in before
    assert sheet.read_text("utf-8") == before.replace("table:not([class])", "table.plain")
    assert script.count('(location.protocol!=="file:"),') == 1
    assert bundle.read_text("utf-8") == script.replace('(location.protocol!=="file:"),', "(!1),")
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
