"""Following goes on: past a county that fails, past a fault that became another, past a result that was wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from shouwang.domains.alarms.models import Alarm, Proposal, Pulse
from shouwang.domains.alarms.queries import beside, open_fires
from shouwang.domains.devices.receiving import keep_received
from shouwang.flows import follow_signals, lapse_alarms
from shouwang.flows.advance_alarm import Go, advance_alarm
from shouwang.flows.alarm_sight import alarm_sight
from shouwang.flows.live_news import follow, stayed_behind
from tests.alarm_story import (
    FAULT,
    FIRE,
    MAINS,
    NORMAL,
    SECOND,
    component,
    fit,
    received,
    ring,
    say,
    transmitter,
)
from tests.cast import COUNTY, OUTSIDER, PREFECTURE
from tests.flows.records_story import settle_areas

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)  # two o'clock in the morning there
BACKUP = 0x11


@pytest.fixture(autouse=True)
def place(settings, tmp_path, db):
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    settle_areas()


@pytest.fixture
def device():
    return fit(at=NIGHT - timedelta(days=9))


def strange() -> None:
    """The centre hears a device nobody knows."""
    heard = received(fit("4711", region=PREFECTURE, at=NIGHT), component(FIRE, at=NIGHT), at=NIGHT)
    for one in heard:
        one.device = None
    keep_received(PREFECTURE, heard, way="gb26875", region=PREFECTURE, at=NIGHT, pack="test")


@pytest.mark.parametrize("room", [follow_signals, lapse_alarms])
@pytest.mark.parametrize("broken, whole", [(COUNTY, PREFECTURE), (PREFECTURE, COUNTY)])
def test_a_county_that_fails_keeps_no_other_waiting(device, monkeypatch, room, broken, whole):
    say(device, component(FIRE, at=NIGHT), at=NIGHT)
    strange()
    if room is lapse_alarms:
        assert follow_signals.follow(now=NIGHT) == 2
    right = room.pack_of

    def pack_of(county, **more):
        if county == broken:
            raise ValueError("an edition nobody can read")
        return right(county, **more)

    monkeypatch.setattr(room, "pack_of", pack_of)
    before = stayed_behind()
    follow(now=NIGHT + 90 * SECOND)
    assert Proposal.objects.get().county == whole and stayed_behind() > before
    assert {one.county for one in Alarm.objects.all()} == ({whole} if room is follow_signals else {COUNTY, PREFECTURE})


def test_what_is_wrong_with_a_device_now_is_what_its_trouble_says(device):
    for number, status in enumerate((MAINS, MAINS, BACKUP)):
        at = NIGHT + number * SECOND
        say(device, transmitter(status, at=at), at=at)
        follow(now=at)
    stood = Alarm.objects.order_by("raised_at")
    assert [one.cause for one in stood] == ["main_power", "backup_power"]
    pulses = [Pulse.objects.get(id=one.id) for one in stood]
    assert [(one.rings, one.active) for one in pulses] == [(2, False), (1, True)]


def test_what_became_another_fault_among_the_same_signals_is_two_troubles(device):
    say(device, transmitter(MAINS, at=NIGHT), transmitter(BACKUP, at=NIGHT), at=NIGHT)
    follow(now=NIGHT)
    assert {one.cause: Pulse.objects.get(id=one.id).active for one in Alarm.objects.all()} == {
        "main_power": False, "backup_power": True,
    }  # fmt: skip


def test_a_false_alarm_that_was_a_fire_after_all_is_on_the_desk_though_its_device_rings_for_another(cast, device):
    ring(device, at=NIGHT)
    first = Alarm.objects.get()
    advance_alarm(cast["cuizhe"], first.id, Go(act="dismiss", reason="cooking"), now=NIGHT + 40 * SECOND)
    ring(device, NORMAL, at=NIGHT + 50 * SECOND)
    ring(device, at=NIGHT + 60 * SECOND)
    second = Alarm.objects.exclude(id=first.id).get()
    assert beside(second) == []
    advance_alarm(cast["hanxue"], first.id, Go(act="confirm"), now=NIGHT + 70 * SECOND)
    for login in ("cuizhe", "liming", "hanxue", "quanzhenhu"):
        rows = open_fires(alarm_sight(cast[login]).pieces()).rows
        assert [row["id"] for row in rows] == [first.id, second.id]
    for login in ("sunyulan", OUTSIDER.login):
        assert open_fires(alarm_sight(cast[login]).pieces()).rows == []
    assert beside(second) == [first]


def test_what_is_settled_or_stopped_does_not_ring_at_the_same_place(cast, device):
    for number in range(3):
        ring(device, at=NIGHT + number * SECOND, number=number + 1)
    ring(device, FAULT, at=NIGHT + 4 * SECOND, number=9)
    settled, stopped, rings = Alarm.objects.filter(kind="fire").order_by("raised_at")
    advance_alarm(cast["cuizhe"], settled.id, Go(act="dismiss", reason="cooking"), now=NIGHT + 9 * SECOND)
    ring(device, NORMAL, at=NIGHT + 10 * SECOND, number=2)
    trouble = Alarm.objects.get(kind="fault")
    assert beside(rings) == [trouble]
    assert set(beside(trouble)) == {rings} and stopped not in beside(settled)
