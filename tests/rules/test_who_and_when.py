"""Which area a department is meant in, how far posts reach, and whose clock runs."""

import pytest

from shouwang.policy import load
from shouwang.rules.clocks import UnsetDeadline, due
from shouwang.rules.frames import frame_of_case
from shouwang.rules.routing import Assignee, body_of
from shouwang.rules.scope import minimal
from shouwang.rules.seen import Seen
from tests.rules.asking import moment, shipped


@pytest.mark.parametrize(
    "level, region, body",
    [
        ("grid", "222405001201001", "222405001201001"),
        ("village", "222405001201001", "222405001201"),
        ("township", "222405001201001", "222405001"),
        ("county", "222405001201001", "222405"),
        ("prefecture", "222405001201001", "222400"),
        ("prefecture", "222400", "222400"),
        ("grid", "222405001201", "222405001201"),
    ],
)
def test_body_of_a_case(level, region, body):
    assert body_of(Assignee("fire_station", level), region) == body


def test_a_territory_says_nothing_twice():
    assert minimal(["222405001", "222405", "222401001", "222405"]) == ("222401001", "222405")
    assert minimal(["222401", "222400"]) == ("222400",)


def test_a_grade_without_a_clock_names_who_must_set_it():
    with pytest.raises(UnsetDeadline) as unset:
        due(load(), shipped(), "general", moment("2020-01-06 09:00"))
    assert unset.value.keeper == "county_office"


def test_a_duty_runs_by_the_clock_of_the_case_or_by_its_own():
    pack, found, sent = load(), moment("2026-11-24 09:00"), moment("2026-12-01 17:30")
    opening = Seen("hazard.reported", "case", found, found, sent)
    assert frame_of_case(pack, shipped(), pack.duties["hazard_closed_loop"], opening).due_at == sent
    own = frame_of_case(pack, shipped(), pack.duties["hazard_reported_at_once"], opening)
    assert own.due_at == moment("2026-11-24 11:00")
