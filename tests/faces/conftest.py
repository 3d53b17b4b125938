"""Fixtures of the faces: a street with a week of hazards on it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from shouwang.domains.people.actor import Actor
    from tests.faces.stage import Stage
    from tests.faces.thumb import Pick


@pytest.fixture
def stage(cast: "dict[str, Actor]") -> "Stage":
    # The tables are known only once the settings are.
    from tests.faces.stage import raised

    return raised(cast)


@pytest.fixture
def pick(browser: "Browser", live_server: object, stage: "Stage") -> "Iterator[Pick]":
    from tests.faces.thumb import picking

    yield from picking(browser, live_server, stage)
