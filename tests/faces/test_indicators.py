"""What the plan hopes for, in numbers of three years, for an area and those below it; nobody else's."""

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from msgspec.structs import replace

from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.models import Evidence
from shouwang.flows.count_indicators import count_indicators
from shouwang.policy import load
from shouwang.policy.indicator_shapes import Counted, Indicator
from shouwang.policy.text import Text
from tests.cast import COUNTY, NEXT_STREET, STREET
from tests.faces.stage import Stage

NAMED = Text(zh="演练", ko="훈련", en="Drills")
DRILLS = Indicator("drills", "10-09", NAMED, "county", "count", "more", counts=Counted("record.drill"))
PASSED = Indicator(
    "passed", "10-09", NAMED, "county", "percent", "more",
    counts=Counted("record.drill", {"passed": True}), over=Counted("record.drill"),
)  # fmt: skip
SUM = Counted("record.drill", sum="persons")
PERSONS = Indicator("persons", "10-09", NAMED, "county", "persons", "fewer", counts=SUM)
CLOSED = Indicator("closed", "07-30", NAMED, "county", "percent", "more", duties=("hazard_closed_loop",))


# Lines are numbered by the moment they are written, to the millisecond.
WRITTEN = (datetime(2026, 6, 1, tzinfo=UTC) + timedelta(seconds=n) for n in count())


def drilled(year, region=STREET, *, subject=None, **facts):
    at = datetime(year, 6, 1, 4, tzinfo=UTC)
    subject = subject or uuid4()
    Evidence.objects.create(
        id=mint(at), county=region[:6], region=region, salt=salt(), line=mint(next(WRITTEN)), kind="record.drill",
        subject=subject, occurred_at=at, recorded_at=at, room="records", facts=facts,
    )  # fmt: skip
    return subject


def figures(one, *, length=9, area=STREET):
    now = datetime(2026, 11, 24, 12, tzinfo=load().zone)
    series = count_indicators([one], [COUNTY], length=length, now=now).get(area, {}).get(one.id)
    return [figure.value for figure in series.figures] if series else None


@pytest.mark.django_db
def test_a_year_is_counted_summed_and_shared_and_nothing_is_not_zero():
    drilled(2025, passed=True, persons=20)
    drilled(2026, passed=True, persons=30)
    drilled(2026, passed=False, persons=5)
    assert figures(DRILLS) == [None, 1, 2]
    assert figures(PERSONS) == [None, 20, 35]
    assert figures(PASSED) == [None, 1.0, 0.5]
    assert figures(DRILLS, area=NEXT_STREET) is None
    assert figures(DRILLS, length=6, area=COUNTY) == [None, 1, 2]


@pytest.mark.django_db
def test_what_was_amended_counts_as_it_is_and_what_was_taken_back_not():
    one = drilled(2025, passed=True)
    drilled(2026, subject=one, passed=True, amends=True)
    assert figures(DRILLS) == [None, None, 1]
    drilled(2026, subject=one, withdrawn=True)
    assert figures(DRILLS) is None


@pytest.mark.django_db
def test_fewer_may_be_better():
    drilled(2025, persons=20)
    drilled(2026, persons=5)
    now = datetime(2026, 11, 24, 12, tzinfo=load().zone)
    told = count_indicators([PERSONS, replace(DRILLS, better="steady")], [COUNTY], length=9, now=now)[STREET]
    assert (told["persons"].turn, told["drills"].turn) == ("better", "same")


def test_duties_are_counted_by_their_verdicts(stage: Stage):
    told = count_indicators([CLOSED], [COUNTY], length=9, now=timezone.localtime(stage.now))
    figure = told[STREET]["closed"].figures[-1]
    assert figure.whole >= figure.part >= 1 and figure.value == figure.part / figure.whole


def test_the_pages_show_every_indicator_and_each_by_area(stage: Stage):
    client = stage.client("hanxue")
    page = client.get(f"/board/{COUNTY}/indicators/")
    assert page.status_code == 200
    told = load().indicators
    for name, one in told.items():
        assert f"/board/{COUNTY}/indicators/{name}/" in page.content.decode() and one.label.zh in page.content.decode()
    for name in list(told)[:3]:
        assert client.get(f"/board/{COUNTY}/indicators/{name}/").status_code == 200
    assert client.get(f"/board/{COUNTY}/indicators/made_up/").status_code == 404


def test_each_indicator_costs_the_same_whatever_is_on_record(stage: Stage):
    client, address = stage.client("hanxue"), f"/board/{COUNTY}/indicators/"
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(20):
        drilled(2026, passed=True)
    with CaptureQueriesContext(connection) as more:
        client.get(address)
    assert len(more) == len(few)


def test_nobody_counts_others(stage: Stage):
    for login in ("liming", "liuguozhu", "zhoumin", "liuyang", "luoping"):
        assert stage.client(login).get(f"/board/{STREET}/indicators/").status_code == 404
    assert stage.client("cuizhe").get(f"/board/{COUNTY}/indicators/").status_code == 404
    assert stage.client("cuizhe").get(f"/board/{STREET}/indicators/").status_code == 200
