"""Whatever people do, in whatever order: the counts are what a recount of the cases gives."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import month_counts, state_counts
from shouwang.domains.ledger.totals import fold
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from tests.cast import COUNTY, GRID
from tests.flows.closing_story import AFTER, DAY, TUESDAY, reported
from tests.prefectures import here

pytestmark = pytest.mark.django_db
WHO = ("liming", "cuizhe", "zhangzhiqiang", "hanxue", "piaoyingshun", "liuyang")
ACTS = (
    "start", "submit", "pass", "fail", "reassign", "reject", "merge", "unmerge", "answer", "dispute", "review_pass",
    "review_fail",
)  # fmt: skip
LONG = len(GRID)
steps = st.lists(
    st.tuples(st.sampled_from(WHO), st.sampled_from(ACTS), st.integers(0, 2), st.integers(0, 12)), max_size=30
)
# The way that closes, so that closings are undone and done again as well.
USUAL = [("cuizhe", "submit", 0, 1), ("zhangzhiqiang", "pass", 0, 1), ("cuizhe", "merge", 2, 0)]


class _Undo(Exception):
    """Ends an example so that its rows are rolled back."""


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setattr("django.conf.settings.HOME", tmp_path)


def act(cast, cases, step, now):
    login, name, number, _days = step
    move = Move(
        act=name, note="说明", photos=(AFTER,), department=here("housing"), body=COUNTY, elder=cases[0].code
    )
    try:
        with transaction.atomic():
            advance_hazard(cast[login], cases[number].id, move, now=now)
    except (Refused, NotSeen, Unfit, Moved):
        pass


def recounted():
    """From the cases themselves."""
    states, months = Counter(), Counter()
    for case in Case.objects.all():
        states[(case.region, case.state)] += 1
        if case.state != "merged":
            months[(case.region, "reported", case.reported_at.astimezone().strftime("%Y-%m"))] += 1
        if case.state == "closed":
            month = case.closed_at.astimezone().strftime("%Y-%m")
            months[(case.region, "closed", month)] += 1
            months[(case.region, "closed_in_time", month)] += case.closed_at <= case.due_at
            months[(case.region, "closed_in_grid", month)] += case.department == here("grid")
    return +states, +months


def counted():
    states = Counter(state_counts([COUNTY], length=LONG))
    months = Counter()
    for month in ("2026-11", "2026-12", *(f"2027-{n:02}" for n in range(1, 13))):
        for (area, measure), n in month_counts([COUNTY], length=LONG, month=month).items():
            months[(area, measure, month)] += n
    return +states, +months


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=steps)
def test_any_sequence_of_acts_keeps_the_counts_equal_to_a_recount(cast, told):
    try:
        with transaction.atomic():
            cases = [reported(cast["liming"], now=TUESDAY, key=f"k{n}") for n in range(3)]
            now = TUESDAY
            for step in [*USUAL, *told]:
                now += step[3] * DAY / 2 + DAY / 24
                act(cast, cases, step, now)
            assert counted() == recounted()
            fold()
            assert counted() == recounted()
            assert verify(COUNTY).faults == []
            raise _Undo
    except _Undo:
        pass
