"""The benchmark's libraries are sound and repeatable: otherwise it would measure error messages."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from portal.checked import load_checked

TODAY = date(2026, 11, 30)


@pytest.fixture
def generator(project: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`bench/generator.py`, found the way `bench/run.py` finds it."""
    monkeypatch.syspath_prepend(str(project / "bench"))
    import generator

    return generator


def generated(generator: ModuleType, project: Path, root: Path, seed: int) -> dict[str, str]:
    """The generated files of a small library by name."""
    generator.generate(project, root, 3, seed, TODAY)
    files = sorted(path for path in (root / "procedures").rglob("bench-*/*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in files}


def test_generated_library_passes_every_check(generator: ModuleType, project: Path, tmp_path: Path) -> None:
    """Each procedure brings a page, a checklist, a tree and cases, without a problem of its own."""
    files = generated(generator, project, tmp_path / "library", 1)
    checked = load_checked(tmp_path / "library", TODAY)
    assert len(files) == 12
    assert not [problem for problem in checked.problems if "/bench-" in problem.place.file]
    for shelf in (checked.library.procedures, checked.library.checklists, checked.library.trees):
        assert sum(name.startswith("bench-") for name in shelf) == 3


def test_pages_are_as_long_as_real_ones(generator: ModuleType, project: Path, tmp_path: Path) -> None:
    """What is measured should say something about real pages."""
    files = generated(generator, project, tmp_path / "library", 1)
    assert all(1500 < len(text) < 4500 for name, text in files.items() if name.endswith("index.md"))


def test_same_seed_same_library(generator: ModuleType, project: Path, tmp_path: Path) -> None:
    """Two runs can be compared only if they build the same."""
    first, again, other = (
        generated(generator, project, tmp_path / name, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first == again
    assert first != other
