"""Our cutting of Chinese queries: it fits the pinned theme, and says so when it does not."""

from __future__ import annotations

import shutil
from pathlib import Path

import material
import pytest

from portal.search_words import mend_search

WORKERS = Path(material.__file__).parent / "templates/assets/javascripts/workers"


def _site(folder: Path) -> Path:
    shutil.copytree(WORKERS, folder / "assets/javascripts/workers")
    return next((folder / "assets/javascripts/workers").glob("search.*.min.js"))


def test_the_pinned_theme_is_mended(tmp_path: Path) -> None:
    worker = _site(tmp_path)
    before = worker.read_text("utf-8")
    mend_search(tmp_path)
    after = worker.read_text("utf-8")
    assert after != before
    assert "let i=r.filter(s=>s.length>1)" in after


def test_another_theme_is_refused(tmp_path: Path) -> None:
    _site(tmp_path)
    mend_search(tmp_path)
    with pytest.raises(ValueError, match="search_words"):
        mend_search(tmp_path)
