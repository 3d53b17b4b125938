"""平台对接: an alarm goes to another level's platform, in order, once, with receipts; nothing goes back there."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
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
from shouwang.flows.tell_peers import Parcel, plan_words, send_words
from shouwang.gateways.exchange.sender import send
from shouwang.gateways.push.app import application
from shouwang.kernel.peer_words import receipt_signature, signed, written
from tests.alarm_story import fit, ring
from tests.cast import COUNTY, GRID, OTHER_COUNTY, OUTSIDER, STREET
from tests.faces.stage import bring_in_the_areas

KEY = "k" * 32
PRIVATE = "王某在家"


class Away:
    """The platform of the prefecture, which may be down, lose its answer, or be somebody else."""

    def __init__(self) -> None:
        self.client = httpx.Client(transport=httpx.MockTransport(self.answer), base_url="http://away")
        self.down = self.deaf = False
        self.key, self.told = KEY, list[dict]()

    def answer(self, request: httpx.Request) -> httpx.Response:
        stamp, said = request.headers["X-Timestamp"], request.headers["X-Signature"]
        assert said == signed(KEY, stamp, request.content)
        if self.down:
            return httpx.Response(502)
        word = json.loads(request.content)
        assert request.headers["Idempotency-Key"] == word["event"]
        self.told.append(word)
        if self.deaf:
            return httpx.Response(200, content=b"cut off")
        told = {"receipt": str(uuid4()), "event": word["event"], "result": "kept"}
        return httpx.Response(200, json=told | {"signature": receipt_signature(self.key, told)})

    def __call__(self, parcel: Parcel) -> str:
        return send(parcel, client=self.client)

    @property
    def acts(self) -> list[str]:
        return [word["act"] for word in self.told]


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def peer(cast: dict[str, Actor], settings, tmp_path, now) -> Peer:
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    bring_in_the_areas(now - timedelta(days=90))
    told = Told(name="州平台", url="http://away/push", gives=COUNTY, takes=STREET, key=KEY)
    return keep_peer(cast["hanxue"], told, now=now - timedelta(hours=1))[0]


def pass_on(away: Away, *, at) -> int:
    plan_words(now=at)
    return send_words(away, clock=lambda: at)


def rings(now) -> Alarm:
    ring(fit(at=now), at=now - timedelta(seconds=20))
    return Alarm.objects.get()


def come(peer: Peer, *, key=KEY, ago=0, id=None, **more) -> httpx.Response:
    """They tell us."""
    told = {"v": 1, "event": f"ring:{more.get('origin')}", "act": "ring", "at": timezone.now().isoformat(),
            "kind": "fire", "area": STREET, "place": "海兰路99号"} | more  # fmt: skip
    body, stamp = written(told), str(int(timezone.now().timestamp()) - ago)
    with httpx.Client(transport=httpx.WSGITransport(app=application), base_url="http://ours") as client:
        headers = {"X-Timestamp": stamp, "X-Signature": signed(key, stamp, body)}
        return client.post(f"/push/peer/{id or peer.id}", content=body, headers=headers)


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
    # What it may not tell of stays with the office that keeps it.
    come(peer, origin=str(uuid4()), area=OTHER_COUNTY)
    follow(county=COUNTY, now=now)
    assert sorted(Alarm.objects.values_list("region", flat=True)) == [COUNTY, STREET]
    seal_and_fold(now=now)
    assert verify(COUNTY).faults == []


def test_nothing_travels_back_to_where_it_came_from(peer, cast, now):
    away, origin = Away(), uuid4()
    come(peer, origin=str(origin))
    follow(county=COUNTY, now=now)
    for minute in range(3):
        pass_on(away, at=now + timedelta(minutes=minute))
    assert away.acts == ["hello"], "it told us itself"
    third = Told(name="第三平台", url="http://away/push", gives=COUNTY, takes=STREET, key=KEY)
    other = keep_peer(cast["hanxue"], third, now=now - timedelta(hours=1))[0]
    pass_on(away, at=now + timedelta(minutes=9))
    assert away.acts == ["hello", "hello", "ring"] and away.told[-1]["origin"] == str(origin), "another one is told"
    # Our own that comes round through a third is known by its origin.
    ring(fit("890", at=now), at=now)
    own = Alarm.objects.latest("id")
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
    ):  # fmt: skip
        answer = come(peer, **({"origin": origin} | wrong))
        assert (answer.status_code, answer.json()) == (422, {"error": field})
    deaf = Told(name="只报送", url="http://away/push", gives=COUNTY, takes="", key=KEY)
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
        ({"key": "short"}, "key"), ({"name": "州平台"}, "name"), ({"name": ""}, "name"),
    ):  # fmt: skip
        with pytest.raises(Unfit) as refused:
            keep_peer(cast["hanxue"], Told(**(vars(good) | wrong)), now=now)
        assert set(refused.value.fields) == {field}
    drop_peer(cast["hanxue"], peer.id, now=now)
    rings(now)
    assert pass_on(Away(), at=now) == 0
