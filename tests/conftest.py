"""Settings for all tests: Hypothesis runs the same examples everywhere; `--hypothesis-profile=deep` looks further."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_SLOW_DISK = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, print_blob=True, suppress_health_check=_SLOW_DISK
)
settings.register_profile("deep", max_examples=5000, deadline=None, print_blob=True, suppress_health_check=_SLOW_DISK)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Half an hour in the browser: before a release, not before every push."""
    parser.addoption("--whole-site", action="store_true", help="look at every page in every frame, not at samples")


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the real project."""
    return Path(__file__).resolve().parents[1]
