"""What every test stands on: a throw-away installation, a database of either kind, a real browser."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

pytest_plugins = [
    "tests.browser", "tests.cast", "tests.emptying", "tests.served", "tests.task_pack", "tests.task_story",
]  # fmt: skip

TOUCHES_DATABASE = {"db", "transactional_db", "live_server", "installed", "served", "earlier"}
WORKER = "PYTEST_XDIST_WORKER"
# Judgement needs no framework: asked for alone, these start in no time.
PURE = {"kernel", "policy", "rules"}

if WORKER not in os.environ:
    # One home for all workers of a run: they share its embedded server, each has its own test database.
    os.environ["SHOUWANG_HOME"] = tempfile.mkdtemp(prefix="shouwang-test-")

hypothesis_settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Load the settings before pytest-django looks whether there are any."""
    if all(PURE & set(Path(asked).parts) for asked in config.args):
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "shouwang.config.settings"
    from django.conf import settings

    from shouwang.config.catalogues import compile_catalogues, sources

    assert settings.DATABASES
    if worker := os.environ.get(WORKER):
        # A story whose clock runs ahead lets go of what waited a week: of its own worker's files alone.
        settings.HOME = settings.HOME / worker
        settings.HOME.mkdir(exist_ok=True)

    if WORKER not in os.environ and any(_stale(path) for path in sources()):
        compile_catalogues()


def _stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & TOUCHES_DATABASE or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)
        if "browser" in names:
            item.add_marker(pytest.mark.browser)
        if "faces" in item.path.parts:
            item.add_marker(pytest.mark.face)


def pytest_unconfigure(config: pytest.Config) -> None:
    if WORKER not in os.environ:
        shutil.rmtree(os.environ["SHOUWANG_HOME"], ignore_errors=True)
