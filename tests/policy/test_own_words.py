"""The pack tells the plan in its own words: no sentence of the government's text stands in it."""

import re
from pathlib import Path

import pytest

from shouwang.policy import load
from shouwang.policy.word_checks import texts

PLAN = Path(__file__).parents[3] / "shared" / "plan" / "plan-2023-02-24.zh.txt"
LENGTH = 12
PACK = load("yanbian-2023")
TOLD = {f"{key}.{name}": getattr(row, name) for key, row in PACK.rows.items() for name in ("title", "text")}


def plain(text):
    """Only the signs that carry meaning, so that a comma more does not hide a copied sentence."""
    return re.sub(r"[^\w]", "", text)


def without_names(text):
    """Names of documents, quoted names, numbers of standards and names of bodies may be said as they are."""
    return re.sub(r"《[^》]*》|“[^”]*”|消防救援委员会(办公室)?|[A-Z/]{2,} ?\d+([-—]\d+)?", "·", text)


def copied(text, runs):
    found = []
    for part in without_names(text).split("·"):
        said = plain(part)
        found += [said[at : at + LENGTH] for at in range(len(said) - LENGTH + 1)]
    return runs.intersection(found)


@pytest.fixture(scope="module")
def runs():
    if not PLAN.exists():
        pytest.skip(f"the plan's own text is not here ({PLAN.name}), so the words cannot be compared")
    text = plain(PLAN.read_text("utf-8"))
    return {text[at : at + LENGTH] for at in range(len(text) - LENGTH + 1)}


@pytest.mark.parametrize("where", [where for where, told in TOLD.items() if told is not None])
def test_no_row_repeats_the_plan(where, runs):
    assert not copied(TOLD[where].zh, runs)


def test_nothing_else_in_the_pack_repeats_it_but_the_titles_of_documents(runs):
    others = ((where, text) for where, text in texts(PACK) if not where.startswith("bases: "))
    assert [where for where, text in others if copied(text.zh, runs)] == []
