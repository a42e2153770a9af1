"""Our cutting of Chinese queries: it fits the pinned theme, and says so when it does not; the index is written small."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import material
import pytest

from portal.search_words import mend_search

INDEX = "search/search_index.json"
PAGE = {
    "location": "a.html",
    "title": "复查\u200b、\u200b复核",
    "text": "先\u200b复查\u200b，\u200b再\u200b《\u200b条例\u200b》\u200b。",
}
WORKERS = Path(material.__file__).parent / "templates/assets/javascripts/workers"


def _site(folder: Path) -> Path:
    shutil.copytree(WORKERS, folder / "assets/javascripts/workers")
    (folder / "search").mkdir()
    (folder / INDEX).write_text(json.dumps({"config": {"lang": ["zh"]}, "docs": [PAGE]}), "utf-8")
    return next((folder / "assets/javascripts/workers").glob("search.*.min.js"))


def test_the_pinned_theme_is_mended(tmp_path: Path) -> None:
    worker = _site(tmp_path)
    before = worker.read_text("utf-8")
    mend_search(tmp_path)
    after = worker.read_text("utf-8")
    assert after != before
    assert "let i=r.filter(s=>s.length>1)" in after


def test_no_line_of_a_result_can_begin_with_a_mark_and_nothing_else_changes(tmp_path: Path) -> None:
    _site(tmp_path)
    mend_search(tmp_path)
    text = (tmp_path / INDEX).read_text("utf-8")
    assert "\\u" not in text, "Chinese as it is written"
    index = json.loads(text)
    assert index["config"] == {"lang": ["zh"]}
    title, words = "复查、\u200b复核", "先\u200b复查，\u200b再\u200b《条例》。"
    assert index["docs"] == [{"location": "a.html", "title": title, "text": words}]


def test_another_theme_is_refused(tmp_path: Path) -> None:
    _site(tmp_path)
    mend_search(tmp_path)
    with pytest.raises(ValueError, match="search_words"):
        mend_search(tmp_path)
