"""What the stories of the flows stand on."""

import pytest

from tests.prefectures import HERE


@pytest.fixture(autouse=True)
def quick_hashing(settings):
    settings.PASSWORD_HASHERS = ["tests.quick_hashing.Quick"]


@pytest.fixture
def own_home(settings, tmp_path, db):
    """The areas, in an installation whose keys and files are its own."""
    # The tables are known only once the settings are.
    from tests.flows.records_story import settle_areas

    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    settle_areas()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """In which prefecture the stories were told, and how many of them are about one of Yanbian's own clauses."""
    told = [one for one in terminalreporter.stats.get("passed", []) if "tests/flows/" in one.nodeid]
    own = [one for one in terminalreporter.stats.get("skipped", []) if "tests/flows/" in one.nodeid]
    terminalreporter.write_line(f"{HERE.pack}: {len(told)} stories of tests/flows told, {len(own)} of another place")
