"""The pack tells the plan in its own words: no sentence of the government's text stands in it."""

import re
from pathlib import Path

import pytest

from shouwang.policy import load

PLAN = Path(__file__).parents[3] / "shared" / "plan" / "plan-2023-02-24.zh.txt"
LENGTH = 12
PACK = load("yanbian-2023")
TOLD = {f"{key}.{name}": getattr(row, name) for key, row in PACK.rows.items() for name in ("title", "text")}


def plain(text):
    """Only the signs that carry meaning, so that a comma more does not hide a copied sentence."""
    return re.sub(r"[^\w]", "", text)


def without_names(text):
    """Names of documents, quoted names and the names of bodies may be said as they are."""
    return re.sub(r"《[^》]*》|“[^”]*”|消防救援委员会(办公室)?", "·", text)


@pytest.fixture(scope="module")
def runs():
    if not PLAN.exists():
        pytest.skip(f"the plan's own text is not here ({PLAN.name}), so the words cannot be compared")
    text = plain(PLAN.read_text("utf-8"))
    return {text[at : at + LENGTH] for at in range(len(text) - LENGTH + 1)}


@pytest.mark.parametrize("where", [where for where, told in TOLD.items() if told is not None])
def test_no_row_repeats_the_plan(where, runs):
    copied = []
    for part in without_names(TOLD[where].zh).split("·"):
        said = plain(part)
        copied += [said[at : at + LENGTH] for at in range(len(said) - LENGTH + 1)]
    assert not runs.intersection(copied)
