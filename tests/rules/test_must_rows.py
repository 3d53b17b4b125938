"""Every row the plan demands is told as met, as overdue and as undetermined, so no duty can go unnoticed."""

import pytest

from tests.rules.asking import PACK
from tests.rules.test_situations import FOLDER, SITUATIONS

# Sections whose rows are told in full: those with a file of situations of their own, such as 06-forces.yaml.
DONE = {path.stem.split("-")[0] for path in FOLDER.glob("*-*.yaml")}
VERDICTS = {"met", "overdue", "undetermined"}
ROWS = [key for key, row in PACK.rows.items() if row.modality == "must" and key.split("-")[0] in DONE]
DUTIES = [key for key, one in PACK.duties.items() if one.can_fail and one.row.split("-")[0] in DONE]


def told_of(row):
    return {one["应得"] for one in SITUATIONS if one["问"] == "履职" and row in one["条款"]}


@pytest.mark.parametrize("row", ROWS)
def test_a_must_row_is_told_met_overdue_and_undetermined(row):
    assert VERDICTS <= told_of(row), f"{row} lacks {VERDICTS - told_of(row)}"


@pytest.mark.parametrize("duty", DUTIES)
def test_a_must_duty_has_a_situation(duty):
    assert duty in {one.get("职责") for one in SITUATIONS}
