"""Sites in memory: nothing is written, nothing is built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from portal.build import load_words, open_site
from portal.model.library import Edition
from portal.reading.folder import read_library
from portal.rendering.site import Site
from small import TODAY, read_small

MakeSite = Callable[..., Site]


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """The small library, with changes, as a site."""

    def make(edition: Edition = "staff", **changes: str) -> Site:
        return open_site(read_small(tmp_path / "project", **changes), edition, load_words())

    return make


@pytest.fixture
def small_site(make_site: MakeSite) -> Site:
    """The small library as it is."""
    return make_site()


@pytest.fixture(scope="session")
def real_site(project: Path) -> Site:
    """The real project, staff edition."""
    return open_site(read_library(project, TODAY)[0], "staff", load_words())
