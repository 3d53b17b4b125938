"""平台对接: an alarm goes to another level's platform, in order, once, with receipts; nothing goes back there."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from shouwang.domains.alarms.models import Alarm, Proposal
from shouwang.domains.devices.models import Signal
from shouwang.domains.ledger.models import Evidence
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.peers.models import Exchange, Peer
from shouwang.domains.people.actor import Actor
from shouwang.flows.acknowledge_alarm import acknowledge_alarm
from shouwang.flows.advance_alarm import Go, advance_alarm
from shouwang.flows.follow_signals import follow
from shouwang.flows.keep_peers import Told, drop_peer, keep_peer
from shouwang.flows.refusal import NotSeen, Unfit
from shouwang.flows.sight import pack
from tests.alarm_story import fit, ring
from tests.cast import COUNTY, GRID, OTHER_COUNTY, OUTSIDER, STREET
from tests.faces.stage import bring_in_the_areas
from tests.flows.peer_story import KEY, Away, come, come_as, pass_on

PRIVATE = "王某在家"
IMPOSSIBLE = (
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0000-01-01T00:00:00Z", "2026-11-26T10:00:00", "NaN",
    1e18, None, "1999-12-31T23:59:59+00:00",
)  # fmt: skip


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def peer(cast: dict[str, Actor], settings, tmp_path, now) -> Peer:
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    bring_in_the_areas(now - timedelta(days=90))
    told = Told(name="州平台", url="https://away.example/push", gives=COUNTY, takes=STREET, key=KEY)
    return keep_peer(cast["hanxue"], told, now=now - timedelta(hours=1))[0]


def rings(now) -> Alarm:
    ring(fit(at=now), at=now - timedelta(seconds=20))
    return Alarm.objects.get()


def test_an_alarm_and_its_course_are_told_once_and_in_order(peer, cast, now):
    away, alarm = Away(), rings(now)
    pass_on(away, at=now)
    assert away.acts == ["hello", "ring"]
    ringing = away.told[1]
    assert (ringing["origin"], ringing["area"], ringing["kind"]) == (str(alarm.id), GRID, "fire")
    acknowledge_alarm(cast["cuizhe"], alarm.id, now=now)
    for second, (act, note) in enumerate((("verify", PRIVATE), ("confirm", "")), 1):
        go = Go(act=act, key=f"k{second}", reason="", note=note)
        advance_alarm(cast["cuizhe"], alarm.id, go, now=now + timedelta(seconds=second))
    away.deaf = True
    assert pass_on(away, at=now + timedelta(seconds=5)) == 0, "it arrived, and its receipt was lost"
    away.deaf = False
    for minute in range(1, 4):
        pass_on(away, at=now + timedelta(minutes=minute))
    assert away.acts[2:] == ["acknowledged", "acknowledged", "verifying", "real"]
    assert away.told[2] == away.told[3], "the same word once more, by which it is known there"
    assert not Exchange.objects.filter(direction="out").exclude(state="sent").exists()
    assert PRIVATE not in json.dumps(away.told, ensure_ascii=False)
    seal_and_fold(now=now)
    assert verify(COUNTY).faults == []


def test_a_platform_that_was_away_or_is_another_hears_of_all_of_it_later(peer, now):
    away = Away()
    rings(now)
    away.down = True
    for hour in range(9):
        pass_on(away, at=now + timedelta(hours=hour))
    [hello] = Exchange.objects.filter(act="hello")
    assert (hello.state, hello.reason) == ("waiting", "HTTP 502") and hello.tries > 5
    away.down, away.key = False, "another key of thirty-two signs!!"
    pass_on(away, at=now + timedelta(hours=10))
    assert Exchange.objects.get(act="hello").reason == "the receipt is not signed with our key"
    away.key = KEY
    for hour in (11, 12):
        pass_on(away, at=now + timedelta(hours=hour))
    assert away.acts[-1] == "ring" and Exchange.objects.filter(state="waiting").count() == 0


def test_their_alarm_rings_here_and_a_fire_they_confirmed_is_one(peer, cast, now):
    origin = uuid4()
    assert [come(peer, origin=str(origin)).json()["result"] for _time in range(2)] == ["kept", "known"]
    follow(county=COUNTY, now=now)
    [alarm] = Alarm.objects.all()
    assert (alarm.kind, alarm.region, alarm.state, UUID(alarm.source)) == ("fire", STREET, "ringing", origin)
    assert alarm.place == "海兰路99号 · 州平台"
    assert come(peer, origin=str(origin), event="step:1", act="real").json()["result"] == "kept"
    assert Proposal.objects.get().cause == "elsewhere"
    assert come(peer, origin=str(origin), event="cleared:1", act="cleared").json()["result"] == "kept"
    follow(county=COUNTY, now=now)
    assert Alarm.objects.count() == 1 and Alarm.objects.get().state == "ringing", "people end it here as anywhere"
    # Of which area nobody says stays with the office that keeps it.
    come(peer, origin=str(uuid4()), area="")
    follow(county=COUNTY, now=now)
    assert sorted(Alarm.objects.values_list("region", flat=True)) == [COUNTY, STREET]
    assert json.loads(bytes(Signal.objects.earliest("position").raw))["place"] == "海兰路99号", "kept as it came"
    seal_and_fold(now=now)
    assert verify(COUNTY).faults == []


def test_nothing_travels_back_to_where_it_came_from(peer, cast, now):
    away, origin = Away(), uuid4()
    come(peer, origin=str(origin))
    follow(county=COUNTY, now=now)
    for minute in range(3):
        pass_on(away, at=now + timedelta(minutes=minute))
    assert away.acts == ["hello"], "it told us itself"
    third = Told(name="第三平台", url="https://away.example/push", gives=COUNTY, takes=STREET, key=KEY)
    other = keep_peer(cast["hanxue"], third, now=now - timedelta(hours=1))[0]
    pass_on(away, at=now + timedelta(minutes=9))
    assert away.acts == ["hello", "hello", "ring"] and away.told[-1]["origin"] == str(origin), "another one is told"
    # Our own that comes round through a third is known by its origin.
    ring(fit("890", at=now), at=now)
    own = Alarm.objects.exclude(way="peer").get()
    assert come(other, origin=str(own.id)).json()["result"] == "own"
    follow(county=COUNTY, now=now)
    assert Alarm.objects.count() == 2 and Signal.objects.filter(way="peer").count() == 1


def test_who_is_not_the_peer_or_says_nothing_sound_is_refused(peer, cast, now):
    origin = str(uuid4())
    assert come(peer, origin=origin, key="x" * 32).status_code == come(peer, origin=origin, ago=3600).status_code == 403
    assert come(peer, origin=origin, id="x").status_code == come(peer, origin=origin, id=uuid4()).status_code == 404
    for wrong, field in (
        ({"v": 2}, "v"), ({"act": "burn"}, "act"), ({"origin": "x"}, "origin"), ({"at": "yesterday"}, "at"),
        ({"kind": "flood"}, "kind"), ({"event": ""}, "event"), ({"place": "x" * 500}, "place"), ({"area": 7}, "area"),
        ({"area": "x"}, "area"), ({"area": OTHER_COUNTY}, "area"), ({"area": COUNTY}, "area"),
        *(({"at": at}, "at") for at in IMPOSSIBLE),
    ):  # fmt: skip
        answer = come(peer, **({"origin": origin} | wrong))
        assert (answer.status_code, answer.json()) == (422, {"error": field})
    for body in (b"{", b"\xff", b'{"event": "\xff"}', b'{"v": NaN}', b"[" * 5000, b'{"event": "\\ud800"}'):
        assert come_as(peer, body).json() == {"error": "body"}
    deaf = Told(name="只报送", url="https://away.example/push", gives=COUNTY, takes="", key=KEY)
    assert come(keep_peer(cast["hanxue"], deaf, now=now)[0], origin=origin).status_code == 422
    drop_peer(cast["hanxue"], peer.id, now=now)
    assert come(peer, origin=origin).status_code == 404
    assert not Signal.objects.exists() and not Exchange.objects.filter(direction="in").exists()


def test_the_first_exchange_is_the_proof_of_a_township_s_platform(peer, now):
    for result in ("kept", "known"):
        answer = come(peer, act="hello", event="hello:1", origin=str(peer.id))
        assert answer.json()["result"] == result
    proofs = [(one.kind, one.region, one.facts["linked_county"]) for one in Evidence.objects.filter(room="peers")]
    counted = pack().wiring.records.platform
    assert proofs == ([(f"record.{counted}", STREET, True)] if counted else [])
    assert Peer.objects.get().linked_at is not None
    seal_and_fold(now=now)
    assert verify(COUNTY).faults == []


def test_only_the_office_keeps_platforms_and_only_of_its_own_areas(peer, cast, now):
    good = Told(name="另一平台", url="https://p.example/x", gives=COUNTY, takes="", key="")
    for login in ("cuizhe", "liming", OUTSIDER.login):
        with pytest.raises(NotSeen):
            keep_peer(cast[login], good, now=now)
        with pytest.raises(NotSeen):
            drop_peer(cast[login], peer.id, now=now)
    for wrong, field in (
        ({"gives": OTHER_COUNTY}, "gives"), ({"gives": ""}, "gives"), ({"url": ""}, "url"), ({"url": "ftp://x"}, "url"),
        ({"url": "http://p.example/x"}, "url"), ({"url": "https://10.0.0.7/x"}, "url"),
        ({"url": "https://127.1/x"}, "url"), ({"url": f"https://p.example/{'x' * 300}"}, "url"),
        ({"key": "short"}, "key"), ({"name": "州平台"}, "name"), ({"name": ""}, "name"),
    ):  # fmt: skip
        with pytest.raises(Unfit) as refused:
            keep_peer(cast["hanxue"], Told(**(vars(good) | wrong)), now=now)
        assert set(refused.value.fields) == {field}
    drop_peer(cast["hanxue"], peer.id, now=now)
    rings(now)
    assert pass_on(Away(), at=now) == 0
