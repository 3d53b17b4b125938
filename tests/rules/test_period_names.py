"""Periods by their names: which lie in which."""

import pytest

from shouwang.policy import load
from shouwang.rules.periods import lies_in

PACK = load("yanbian-2023")


@pytest.mark.parametrize(
    "one, other, told",
    [
        ("2026-11", "2026-11", True),
        ("2026-11", "2026-Q4", True),
        ("2026-11", "2026-H2", True),
        ("2026-Q4", "2026", True),
        ("2026-11", "2026-Q3", False),
        ("2026-Q4", "2026-11", False),
        ("2025-12", "2026", False),
        ("2026-11", "sometime", False),
        ("2026-13", "2026", False),
    ],
)
def test_november_lies_in_the_fourth_quarter_and_not_the_other_way_round(one: str, other: str, told: bool):
    assert lies_in(PACK, one, other) is told
