"""Whatever records come in, in whatever order: same answer, and more records never make a body worse."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.workdays import shipped
from shouwang.rules.duties import VERDICTS, Asked, evaluate
from shouwang.rules.periods import period_of
from shouwang.rules.seen import Body, Dated, Owed, Seen
from tests.rules.duty_cast import DUTIES, HOUSE
from tests.rules.test_explained import PACK as SHIPPED

START = datetime(2026, 1, 1, tzinfo=HOUSE.zone)
KINDS = sorted({one.evidence.kind for one in DUTIES.values()})
REGIONS = ["222401001", "222401001201", "222401002"]
# Better to the right; a verdict not in the list is not a matter of more or less evidence.
RANK = ["overdue", "not_counted", "due", "met_late", "met"]
DAYS = st.integers(0, 400)
FIT = {"fit": True, "members": 6}
ENDED = {"stopped": True, "stopped_on": "2026-09-25", "summed_on": "2026-09-25"}
SAID = [
    {}, {"campaign": "harvest"}, {"period": "2026-11"}, {"period": "2026-Q3"}, FIT, ENDED,
    {"department": "education", "area": "a"}, {"department": "health", "area": "b"},
]  # fmt: skip


@st.composite
def records(draw):
    occurred = START + timedelta(days=draw(DAYS), hours=draw(st.integers(0, 23)))
    facts = draw(st.sampled_from(SAID))
    late = draw(st.integers(0, 60))
    return Seen(
        draw(st.sampled_from(KINDS)), draw(st.sampled_from("abcde")), occurred, occurred + timedelta(days=late),
        None, draw(st.sampled_from(REGIONS)), facts,
    )  # fmt: skip


HISTORIES = st.lists(records(), max_size=12)
NAMES = st.sampled_from(sorted(DUTIES))


def judged(name, seen, day):
    duty, now = DUTIES[name], START + timedelta(days=day)
    facts = {
        "profile.residents": (Dated(START - timedelta(days=300), START, 30000),),
        "profile.capable": (Dated(START, START, True),),
    }
    period = period_of(HOUSE, duty.trigger, now.date()) if hasattr(duty.trigger, "every") else None
    told = {"deaths": 1}
    opening = Seen(duty.trigger.on, "a", START, START, None, REGIONS[0], told) if hasattr(duty.trigger, "on") else None
    owed = Owed(Body(REGIONS[0], "township", "town", facts), period, opening, frozenset("abc"))
    owed = owed if duty.objects else owed._replace(objects=None)
    return evaluate(Asked(HOUSE, shipped(), duty, owed, now), seen)


@given(NAMES, HISTORIES, DAYS, st.randoms())
def test_the_order_of_the_records_does_not_matter(name, seen, day, dice):
    mixed = list(seen)
    dice.shuffle(mixed)
    assert judged(name, mixed, day) == judged(name, seen, day)


@given(NAMES, HISTORIES, DAYS)
def test_the_same_record_twice_is_one(name, seen, day):
    assert judged(name, [*seen, *seen], day).verdict == judged(name, seen, day).verdict


@given(NAMES, HISTORIES, records(), DAYS)
def test_one_more_record_never_makes_it_worse(name, seen, more, day):
    one, two = judged(name, seen, day).verdict, judged(name, [*seen, more], day).verdict
    if one in RANK and two in RANK:
        assert RANK.index(two) >= RANK.index(one)
    else:
        assert one == two


@given(NAMES, HISTORIES, DAYS, st.integers(0, 60))
def test_time_alone_changes_nothing_before_the_moment_that_was_told(name, seen, day, later):
    now = START + timedelta(days=day)
    known = [one for one in seen if one.recorded_at <= now]
    first = judged(name, known, day)
    duty, then = DUTIES[name], now + timedelta(days=later)
    if hasattr(duty.trigger, "every") and period_of(HOUSE, duty.trigger, then.date()) != period_of(
        HOUSE, duty.trigger, now.date()
    ):
        return
    if first.again_at is None or then <= first.again_at:
        assert judged(name, known, day + later).verdict == first.verdict


@given(NAMES, HISTORIES, DAYS)
def test_every_verdict_says_why(name, seen, day):
    found = judged(name, seen, day)
    assert found.verdict in VERDICTS
    assert found.reasons and found.clauses
    for reason in found.reasons:
        for language in ("zh-hans", "ko", "en"):
            assert "{" not in SHIPPED.explain(reason, language)
            assert SHIPPED.explain(reason, language) != reason.code


@given(NAMES, HISTORIES, DAYS)
def test_nothing_is_met_without_evidence_of_its_kind(name, seen, day):
    others = [one for one in seen if one.kind != DUTIES[name].evidence.kind]
    assert judged(name, others, day).verdict not in ("met", "met_late")


@pytest.mark.parametrize("name", sorted(DUTIES))
def test_each_can_be_met(name):
    seen = [
        Seen(
            DUTIES[name].evidence.kind, subject, at, at, None, REGIONS[0],
            {"campaign": "harvest", "department": "abc"[n % 3], "area": "abc"[n % 3], **FIT, **ENDED},
        )
        for n, subject in enumerate("abcdef")
        if (at := datetime(2026, 9, 25, tzinfo=HOUSE.zone) + timedelta(hours=n))
    ]  # fmt: skip
    assert judged(name, seen, 270).verdict in ("met", "met_late")
