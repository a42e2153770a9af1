"""Sites built once and shared by the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import build_real


@pytest.fixture(scope="session")
def real_sites(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, Path]:
    """The real project (a copy) and both its editions, built once for all test processes."""
    base = tmp_path_factory.getbasetemp()
    return build_real((base if worker_id == "master" else base.parent) / "real-site")
