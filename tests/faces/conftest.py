"""Fixtures of the faces: a street with a week of hazards on it."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from shouwang.domains.people.actor import Actor
    from tests.faces.stage import Stage


@pytest.fixture
def stage(cast: "dict[str, Actor]") -> "Stage":
    # The tables are known only once the settings are.
    from tests.faces.stage import raised

    return raised(cast)
