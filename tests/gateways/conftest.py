"""A fresh installation of a test's own, and a look into its database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from shouwang.config.embedded import start
from tests.served import environment_in


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    yield from environment_in(tmp_path / "home")


@pytest.fixture
def database(environment: dict[str, str]) -> Iterator[psycopg.Connection[Any]]:
    """A look at the tables from outside, which also keeps the embedded server up."""
    url = environment.get("SHOUWANG_DATABASE_URL") or start(Path(environment["SHOUWANG_HOME"]))
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection
