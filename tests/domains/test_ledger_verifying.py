"""Any edit, gap or cut is found and named."""

from datetime import timedelta

import pytest

from shouwang.domains.hazards.models import Case, Transition
from shouwang.domains.ledger.checkpoints import file_of, publish, read_file
from shouwang.domains.ledger.digests import leaf_of
from shouwang.domains.ledger.models import Checkpoint, Evidence, Line
from shouwang.domains.ledger.sealing import seal_county
from shouwang.domains.ledger.verifying import verify
from tests.domains.ledger_story import NOON, reported, started

pytestmark = pytest.mark.django_db
COUNTY = "222405"


@pytest.fixture
def history(settings, tmp_path):
    """Five cases, two of them moved on, sealed and published."""
    settings.HOME = tmp_path
    cases = [reported(at=NOON + timedelta(minutes=n)) for n in range(5)]
    started(cases[0])
    started(cases[1])
    seal_county(COUNTY, now=NOON)
    publish(COUNTY, now=NOON)
    return cases


def found(held=()):
    return [(fault.what, fault.line) for fault in verify(COUNTY, held=held).faults]


def test_an_untouched_history_is_sound_and_its_tail_is_counted(history):
    reported()
    report = verify(COUNTY)
    assert (report.faults, report.sealed, report.unsealed, report.checkpoints) == ([], 7, 1, 1)


def test_a_hand_edit_of_a_ledger_row_names_the_line(history):
    line = Line.objects.get(position=3)
    Line.objects.filter(pk=line.pk).update(act="reject")
    assert ("line edited", str(line.id)) in found()


def test_an_edit_that_also_rewrites_the_leaf_breaks_the_published_root(history):
    line = Line.objects.get(position=3)
    line.act = "reject"
    line.leaf = leaf_of(line)
    line.save()
    assert [what for what, _ in found()] == ["root differs"]


def test_a_hand_edit_of_a_case_names_the_line_of_its_last_act(history):
    Case.objects.filter(pk=history[0].pk).update(due_at=NOON + timedelta(days=50))
    line = Line.objects.get(object=history[0].pk, act="start")
    assert found() == [("row edited", str(line.id))]


@pytest.mark.parametrize(
    "model, change", [(Evidence, {"kind": "hazard.closed"}), (Transition, {"note": "整改完"})]
)
def test_a_hand_edit_of_what_an_act_wrote_names_its_line(history, model, change):
    row = model.objects.order_by("id").first()
    model.objects.filter(pk=row.pk).update(**change)
    assert found() == [("row edited", str(row.line))]


def test_an_invented_row_and_an_invented_case_are_found(history):
    row = Evidence.objects.first()
    row.pk, row.line = reported().pk, row.pk
    row.save(force_insert=True)
    assert ("row without line", "") in found()


def test_a_removed_middle_line_is_a_gap(history):
    Line.objects.filter(position=2).delete()
    assert [what for what, _ in found()][0] == "gap"


def test_truncation_is_found_against_the_checkpoint_held_elsewhere(history):
    held = read_file(file_of(COUNTY))
    Line.objects.filter(position__gte=5).delete()
    Checkpoint.objects.all().delete()
    assert ("truncated", "") in found(held)
    assert ("truncated", "") not in found()  # without what the level above holds, a cut leaves no gap


def test_a_checkpoint_file_that_cannot_be_read_names_its_line(tmp_path):
    path = tmp_path / "held.jsonl"
    path.write_text('{"county": "222405", "size": 1, "root": "00"}\nnonsense\n')
    with pytest.raises(ValueError, match=r"held.jsonl, line 2"):
        read_file(path)
