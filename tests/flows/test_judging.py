"""Judging piece by piece, as evidence trickles in and days pass, ends where judging everything at once ends."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from shouwang.domains.areas.models import Area
from shouwang.domains.duties.models import Standing
from shouwang.domains.duties.queries import measures_of
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.models import Cursor, Delta, Evidence, Line, Total
from shouwang.flows import judge_duties as judging
from tests.prefectures import only_in_yanbian
from tests.rules.duty_cast import DUTIES, HOUSE

ONLY_YANBIAN = only_in_yanbian("no other pack has forest bureaus that rank as townships")
COUNTY = "222499"
TOWNS = [f"{COUNTY}001", f"{COUNTY}002"]
VILLAGE = f"{TOWNS[0]}201"
BEGINS = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KINDS = sorted({one.evidence.kind for one in DUTIES.values()} | {"record.waiver", "record.profile"})
FACTS = [
    {}, {"campaign": "harvest"}, {"period": "2026-03"}, {"period": "2026-Q2"}, {"residents": 30_000},
    {"residents": 900}, {"capable": True}, {"capable": False}, {"duty": "meeting"}, {"duty": "staff"},
    {"area": VILLAGE}, {"department": "education", "period": "2026-03"}, {"department": "health"}, {"deaths": 1},
]  # fmt: skip
ONLY_THESE = HOUSE.__class__(**{**vars(HOUSE), "duties": DUTIES, "version": "house"})


@st.composite
def happenings(draw):
    """What was done, where, on which day, how many days later it was entered; some change what was entered before.

    `fast` is how many days the clock was fast where it was entered.
    """
    told = {
        "kind": draw(st.sampled_from(KINDS)),
        "subject": draw(st.sampled_from("abcdefgh")),
        "region": draw(st.sampled_from([*TOWNS, VILLAGE])),
        "done": draw(st.integers(-20, 300)),
        "entered": draw(st.integers(0, 40)),
        "fast": draw(st.sampled_from([0, 0, 0, 3, 90])),
        "facts": dict(draw(st.sampled_from(FACTS))),
    }
    if draw(st.integers(0, 5)) == 0:
        told["facts"] |= draw(st.sampled_from([{"amends": True}, {"withdrawn": True}]))
    return told


class Judging(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(happenings(), max_size=14),
        st.lists(st.integers(1, 320), min_size=1, max_size=5),
        st.sampled_from([0, 0, 20]),
    )
    def test_piece_by_piece_is_all_at_once(self, told, days, ahead):
        """What is entered while a round runs, after the moment it goes by, is looked at by the next (`ahead` days)."""
        last = BEGINS + max(days) * DAY
        with patch.object(judging, "pack_of", lambda county, now: ONLY_THESE):
            county()
            for moment in sorted({BEGINS, *(BEGINS + day * DAY for day in days)}):
                enter(told, moment + ahead * DAY)
                judge(moment)
            piecemeal, numbers = standings(), counted()
            assert numbers == {key: n for key, n in tallied().items() if n}
            forget()
            judge(last)
        assert standings() == piecemeal
        assert counted() == numbers


def county():
    rows = [(COUNTY, "county", "county"), (VILLAGE, "village", "village")]
    rows += [(town, "township", "town") for town in TOWNS]
    for region, level, kind in rows:
        Area.objects.create(
            id=mint(BEGINS), county=COUNTY, region=region, level=level, kind=kind, zh=region, year=2023
        )


def enter(told, until):
    """Everything entered until a moment and not yet on record, as sealed lines."""
    known = Line.objects.filter(county=COUNTY).count()
    due = sorted(told, key=lambda one: one["done"] + one["entered"])
    for position, one in list(enumerate(due))[known:]:
        at = BEGINS + (one["done"] + one["entered"]) * DAY
        if at > until:
            break
        at += one.get("fast", 0) * DAY
        line = mint(at)
        Line.objects.create(
            id=line, county=COUNTY, region=COUNTY, at=at, room="records", act="enter", kind="record",
            object=line, after=b"", enclosed=b"", pack="house", position=position,
        )  # fmt: skip
        Evidence.objects.create(
            id=mint(at), county=COUNTY, region=one["region"], salt=salt(), line=line, kind=one["kind"],
            subject=uuid5(NAMESPACE_URL, one["kind"] + one["region"] + one["subject"]),
            occurred_at=BEGINS + one["done"] * DAY, recorded_at=at, room="records", facts=one["facts"],
        )  # fmt: skip


def judge(moment):
    while judging.judge_duties(COUNTY, now=moment):
        continue


def standings():
    shown = ("verdict", "period", "month", "due_at", "again_at", "met_by", "reasons")
    return {
        (row.duty, row.region, row.subject): tuple(getattr(row, name) for name in shown)
        for row in Standing.objects.filter(county=COUNTY)
    }


def tallied():
    return Counter(
        (row.region, name, row.month)
        for row in Standing.objects.filter(county=COUNTY)
        for name in measures_of(row.duty, row.verdict)
    )


def counted():
    found = Counter()
    for row in [*Delta.objects.filter(county=COUNTY), *Total.objects.filter(county=COUNTY)]:
        found[row.region, row.measure, row.period] += row.amount
    return {key: n for key, n in found.items() if n}


def forget():
    for model in (Standing, Delta, Total):
        model.objects.filter(county=COUNTY).delete()
    Cursor.objects.filter(county=COUNTY).exclude(reader=judging.FIRST).delete()


@pytest.mark.django_db
def test_what_is_owed_begins_with_the_month_judging_began_and_can_be_brought_back():
    with patch.object(judging, "pack_of", lambda county, now: ONLY_THESE):
        county()
        judge(BEGINS)
        assert periods("meeting", TOWNS[0]) == ["2026-03"]
        judging.owed_since(COUNTY, datetime(2026, 1, 5).date(), now=BEGINS)
        judge(BEGINS)
        assert periods("meeting", TOWNS[0]) == ["2026-01", "2026-02", "2026-03"]


def periods(duty, region):
    rows = Standing.objects.filter(county=COUNTY, duty=duty, region=region)
    return sorted(rows.values_list("period", flat=True))


@pytest.mark.django_db
def test_a_quiet_round_looks_at_nothing_and_writes_nothing(django_assert_max_num_queries):
    with patch.object(judging, "pack_of", lambda county, now: ONLY_THESE):
        county()
        judge(BEGINS)
        with django_assert_max_num_queries(9):
            assert judging.judge_duties(COUNTY, now=BEGINS + timedelta(seconds=1)) == 0
    assert isinstance(Standing.objects.first().subject, UUID)


@pytest.mark.django_db
@ONLY_YANBIAN[0]
@ONLY_YANBIAN[1]
def test_a_forest_bureau_does_not_owe_what_townships_do():
    county()
    Area.objects.filter(region=TOWNS[1]).update(kind="forest_bureau")
    appointed = {"kind": "people.appointed", "subject": "a", "done": 0, "entered": 0, "facts": {"post": "town_first"}}
    enter([{**appointed, "region": town} for town in TOWNS], BEGINS)
    judge(BEGINS)
    assert list(Standing.objects.filter(duty="town_first_signs").values_list("region", flat=True)) == TOWNS[:1]
