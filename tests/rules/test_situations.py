"""Situations a fire officer can read and correct, each put to the rules."""

from pathlib import Path

import pytest
import yaml

from shouwang.policy.reading import Safe
from tests.rules.asking import ASK, PACK
from tests.rules.duty_situations import spread

FOLDER = Path(__file__).parent / "situations"
SITUATIONS = [
    one
    for path in sorted(FOLDER.glob("*.yaml"))
    for one in spread(yaml.load(path.read_text("utf-8"), Loader=Safe) or ())
]


@pytest.mark.parametrize("situation", SITUATIONS, ids=[one["标题"] for one in SITUATIONS])
def test_situation(situation):
    decision, wanted = ASK[situation["问"]](situation)
    told = [PACK.explain(reason, "zh") for reason in decision.reasons]
    assert decision.verdict == wanted, told
    assert set(situation["条款"]) <= set(decision.clauses)
    assert situation.get("理由", "") in "；".join(told)


def test_no_title_is_told_twice():
    titles = [one["标题"] for one in SITUATIONS]
    assert len(titles) == len(set(titles))


def test_every_row_a_situation_names_is_in_the_plan():
    assert {row for one in SITUATIONS for row in one["条款"]} <= set(PACK.rows)
