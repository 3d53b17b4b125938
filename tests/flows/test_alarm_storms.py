"""A fire in the middle of a storm rings first; nothing is heard twice or left out; what stands open costs nothing."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from shouwang.domains.alarms.models import Alarm, Pulse
from shouwang.domains.devices.queries import last_position
from shouwang.flows import follow_signals, live_news, signal_lanes
from shouwang.flows.follow_signals import follow
from shouwang.flows.signal_lanes import waiting
from tests.alarm_story import FAULT, FIRE, MAINS, NORMAL, SECOND, component, fit, say, transmitter
from tests.cast import COUNTY
from tests.flows.records_story import settle_areas

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)  # two o'clock in the morning there
STORM = 5000


@pytest.fixture(autouse=True)
def place(settings, tmp_path, db):
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    settle_areas()


def all_heard(**how) -> int:
    rounds = 0
    while waiting([COUNTY]):
        follow(county=COUNTY, now=NIGHT, **how)
        rounds += 1
    return rounds


def test_a_fire_behind_five_thousand_troubles_rings_in_the_first_round():
    house, mains = fit(at=NIGHT - timedelta(days=9)), fit("4711", at=NIGHT - timedelta(days=9))
    say(house, transmitter(MAINS, at=NIGHT), at=NIGHT)
    say(mains, *(component(FAULT, number=n, at=NIGHT) for n in range(STORM)), at=NIGHT)
    say(house, component(FIRE, at=NIGHT + SECOND), at=NIGHT + SECOND)
    live_news.follow(now=NIGHT + 2 * SECOND)
    assert Alarm.objects.get(kind="fire").source == house.address
    assert Alarm.objects.filter(source=house.address, kind="fault").count() == 1, "what it said before goes with it"
    assert Alarm.objects.count() < STORM / 2, "and the storm has not been waited for"


@pytest.mark.parametrize("seed", range(4))
def test_heard_ahead_of_its_order_everything_stands_as_heard_in_its_order(seed):
    dice, devices = random.Random(seed), [fit(str(900 + n), at=NIGHT - timedelta(days=9)) for n in range(5)]
    for turn in range(60):
        at = NIGHT + turn * SECOND
        status = dice.choice((FIRE, NORMAL, FAULT, FAULT, NORMAL))
        say(dice.choice(devices), component(status, number=dice.randrange(3), at=at), at=at)
    stands = []
    for limit in (1000, 4, 2, 1):
        point = transaction.savepoint()
        rounds = all_heard(limit=limit)
        assert (rounds == 1) == (limit == 1000) and last_position(COUNTY) == 59
        rows = Pulse.objects.values_list("source", "part", "kind", "active", "rings", "news", "heard_at", "cleared_at")
        stands.append(sorted(rows, key=str))
        transaction.savepoint_rollback(point)
    assert stands[0] == stands[1] == stands[2] == stands[3] != []


@pytest.fixture
def heard(monkeypatch) -> list[int]:
    """How many signals each round read ahead, or heard."""
    counts: list[int] = []
    read, hear = signal_lanes.heard_of_sources, follow_signals._Round.hear

    def counted_reading(county, spans, *, limit):
        counts.append(len(found := read(county, spans, limit=limit)))
        return found

    def counted_hearing(this, signals):
        counts.append(len(signals))
        hear(this, signals)

    monkeypatch.setattr(signal_lanes, "heard_of_sources", counted_reading)
    monkeypatch.setattr(follow_signals._Round, "hear", counted_hearing)
    return counts


def test_a_device_that_says_thousands_of_things_before_its_fire_is_heard_ahead_in_parts(heard):
    noisy, quiet = fit(at=NIGHT - timedelta(days=9)), fit("4711", at=NIGHT - timedelta(days=9))
    say(noisy, *(component(FAULT, number=n, at=NIGHT) for n in range(2000)), at=NIGHT)
    say(noisy, component(FIRE, number=3, at=NIGHT + SECOND), at=NIGHT + SECOND)
    say(quiet, component(FIRE, at=NIGHT + 2 * SECOND), at=NIGHT + 2 * SECOND)
    say(quiet, *(component(FAULT, number=n, at=NIGHT) for n in range(500)), at=NIGHT + 3 * SECOND)
    rounds = 0
    while Alarm.objects.filter(kind="fire").count() < 2:
        follow(county=COUNTY, limit=50, now=NIGHT)
        rounds += 1
    assert rounds <= 12, "in their order it would take forty"
    all_heard(limit=50)
    assert max(heard) <= 50 * signal_lanes.SHARE + 1
    stands = Pulse.objects.filter(active=True).values_list("kind", "rings")
    assert sorted(stands) == [("fault", 1)] * 2500 + [("fire", 1)] * 2, "each once, and the fault before the fire"


def test_a_device_that_rings_without_end_is_not_read_again_from_the_start_of_the_storm(heard):
    """What was heard ahead is not looked back upon, however far the order lies behind."""
    house, mains = fit(at=NIGHT - timedelta(days=9)), fit("4711", at=NIGHT - timedelta(days=9))
    say(mains, *(component(FAULT, number=n, at=NIGHT) for n in range(3000)), at=NIGHT)
    for turn in range(20):
        at = NIGHT + turn * SECOND
        say(house, *(component(FIRE, number=n, at=at) for n in range(30)), at=at)
        heard.clear()
        follow(county=COUNTY, limit=40, now=at)
        assert max(heard) <= 40, heard
    assert set(Pulse.objects.filter(kind="fire").values_list("rings", flat=True)) == {20}
    all_heard(limit=200)
    assert set(Pulse.objects.filter(kind="fire").values_list("rings", flat=True)) == {20}
    assert Alarm.objects.count() == 3030


def test_a_round_with_five_hundred_open_alarms_asks_no_more_than_one_with_a_single_one():
    house = fit(at=NIGHT - timedelta(days=9))
    asked = []
    for parts in (range(1), range(1, 500)):
        say(house, *(component(FIRE, number=n, at=NIGHT) for n in parts), at=NIGHT)
        all_heard()
        Alarm.objects.update(told_level="prefecture")
        with CaptureQueriesContext(connection) as sent:
            assert live_news.follow(now=NIGHT + timedelta(hours=1)) == 0
        asked.append([one["sql"] for one in sent])
    assert Alarm.objects.filter(state="ringing").count() == 500
    assert len(asked[0]) == len(asked[1]) <= 6, asked[1]


def test_what_is_due_is_judged_in_a_few_statements_and_told_in_bounded_rounds():
    house = fit(at=NIGHT - timedelta(days=9))
    say(house, *(component(FIRE, number=n, at=NIGHT) for n in range(150)), at=NIGHT)
    all_heard()
    due = NIGHT + timedelta(minutes=2)
    with CaptureQueriesContext(connection) as sent:
        assert live_news.follow(now=due) == 100
    reads = [one["sql"] for one in sent if one["sql"].startswith("SELECT") and "alarms_" in one["sql"]]
    assert len(reads) <= 12, reads
    assert live_news.follow(now=due) == 50 and live_news.follow(now=due) == 0
    assert set(Alarm.objects.values_list("told_level", flat=True)) == {"county"}
