"""平台对接，轮流与分寸: one odd platform holds up no other, and each speaks only of alarms that it rang itself."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from shouwang.domains.alarms.models import Alarm, Proposal, Pulse
from shouwang.domains.devices.models import Gateway, Signal
from shouwang.domains.peers.models import Exchange, Peer
from shouwang.domains.peers.queries import about, due_for, exchanged, figures
from shouwang.domains.peers.scopes import Sight
from shouwang.domains.people.actor import Actor
from shouwang.flows.acknowledge_alarm import acknowledge_alarm
from shouwang.flows.follow_signals import follow
from shouwang.flows.keep_peers import Told, drop_peer, keep_peer
from shouwang.flows.peer_turns import WORDS, Rests
from shouwang.flows.tell_peers import NotTaken, Parcel, plan_words, send_words, words_waiting
from shouwang.gateways.exchange.server import Exchanger
from tests.alarm_story import fit, ring
from tests.cast import COUNTY, NEXT_STREET, STREET
from tests.faces.stage import bring_in_the_areas
from tests.flows.peer_story import KEY, Away, come, pass_on, said, their_alarm


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def two(cast: dict[str, Actor], settings, tmp_path, now) -> tuple[Peer, Peer]:
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    bring_in_the_areas(now - timedelta(days=90))
    return connect(cast, "州平台", now=now), connect(cast, "省平台", now=now)


def connect(cast: dict[str, Actor], name: str, *, now, takes: str = STREET) -> Peer:
    told = Told(name=name, url=f"https://{name}.example/push", gives=COUNTY, takes=takes, key=KEY)
    return keep_peer(cast["hanxue"], told, now=now - timedelta(hours=1))[0]


def ring_often(count: int, *, at, first: int = 6000) -> None:
    for number in range(first, first + count):
        ring(fit(str(number), at=at), at=at - timedelta(seconds=20))


class Several:
    """What is sent to each platform, by its address; each may be as odd as it likes."""

    def __init__(self, **odd) -> None:
        self.odd, self.away, self.asked = odd, Away(), dict[str, int]()

    def __call__(self, parcel: Parcel) -> str:
        name = parcel.url.split("/")[2].removesuffix(".example")
        self.asked[name] = self.asked.get(name, 0) + 1
        if name in self.odd:
            raise self.odd[name]
        return self.away(parcel)


def test_a_platform_that_is_odd_in_whatever_way_holds_up_no_other(two, now):
    ring_often(3, at=now)
    for trouble in (NotTaken("ReadTimeout"), NotTaken("nul\0 in\ud800 the reason"), RecursionError(), KeyError("x")):
        plan_words(now=now)
        several = Several(州平台=trouble)
        send_words(several, clock=lambda: now)
        assert several.asked["州平台"] == 1, "asked once, then it rests"
    assert several.away.acts == [], "the other was told of all of it in the first round"
    first, second = two
    assert set(Exchange.objects.filter(peer=second.id).values_list("state", flat=True)) == {"sent"}
    reasons = set(Exchange.objects.filter(peer=first.id, tries__gt=0).values_list("reason", flat=True))
    assert reasons == {"ReadTimeout", "nul in the reason", "RecursionError", "KeyError"}


def test_a_platform_whose_own_row_breaks_the_planning_stays_behind_alone(two, now):
    ring_often(1, at=now)
    broken, sound = two
    Peer.objects.filter(id=broken.id).update(gives=[7])
    plan_words(now=now)
    assert Exchange.objects.filter(peer=sound.id, act="ring").count() == 1


def test_whoever_is_away_rests_and_is_asked_again_soon(two, now):
    rests, several = Rests(), Several(州平台=NotTaken("ConnectError"))
    for second in range(600):
        send_words(several, clock=lambda second=second: now + timedelta(seconds=second), rests=rests)
    assert 10 <= several.asked["州平台"] <= 16 and rests.count(now) == 1
    several.odd.clear()
    later = now + timedelta(minutes=30)
    several.asked.clear()
    ring_often(1, at=now)
    plan_words(now=later)
    send_words(several, clock=lambda: later, rests=rests)
    assert rests.count(now) == 0
    assert list(several.asked) == ["省平台", "州平台"], "who answered last time goes first"


def test_a_turn_holds_so_many_words_and_so_long(two, now):
    ring_often(WORDS + 5, at=now)
    plan_words(now=now)
    several, counts = Several(), []
    for _turn in range(2):
        counts.append(send_words(several, clock=lambda: now))
    assert counts == [2 * WORDS, 2 * 6], "a hello and the rings, of each"
    slow, seconds = Several(), iter(range(0, 1000, 6))
    ring_often(4, at=now, first=7000)
    plan_words(now=now)
    later = now + timedelta(hours=1)
    send_words(slow, clock=lambda: later + timedelta(seconds=next(seconds)))
    assert slow.asked == {"州平台": 1, "省平台": 1}, "six seconds a look end its turn, and the other has its own"


def test_alarms_that_are_turned_down_keep_none_of_the_others_from_it(two, cast, now):
    ring_often(WORDS + 5, at=now)
    away = Away()
    away.unwanted = {str(one) for one in Alarm.objects.values_list("id", flat=True)}
    for second in range(3):
        pass_on(away, at=now + timedelta(seconds=second))
    ring_often(1, at=now, first=7000)
    pass_on(away, at=now + timedelta(seconds=4))
    wanted = {str(one) for one in Alarm.objects.values_list("id", flat=True)} - away.unwanted
    assert [{word["origin"]} for word in away.told if word["act"] == "ring"] == [wanted] * 2
    refused = Exchange.objects.filter(state="waiting")
    assert set(refused.values_list("reason", flat=True)) == {"HTTP 422: area"}
    away.unwanted = set()
    for hour in range(1, 5):
        pass_on(away, at=now + timedelta(hours=hour))
    assert not Exchange.objects.filter(state="waiting").exists(), "never given up"


def test_a_fire_whose_word_was_kept_before_we_fell_is_proposed_when_it_comes_again(two, now):
    peer, origin = two[0], str(uuid4())
    come(peer, origin=origin)
    word = {"origin": origin, "event": "step:1", "act": "real"}
    assert said(come(peer, **word)) == "kept"
    Proposal.objects.all().delete()
    for _again in range(2):
        assert said(come(peer, **word)) == "known"
        assert Proposal.objects.get().cause == "elsewhere"
    position = Pulse.objects.get().position
    come(peer, **word)
    assert Pulse.objects.get().position == position, "told again it is no news"


def test_a_fire_whose_alarm_does_not_stand_yet_gets_no_receipt(two, now, monkeypatch):
    peer, origin = two[0], str(uuid4())
    come(peer, origin=origin)
    word = {"origin": origin, "event": "step:1", "act": "real"}
    with monkeypatch.context() as patched:
        patched.setattr("shouwang.flows.hear_peer.follow", lambda **_more: 0)
        assert said(come(peer, **word)) == "503"
    assert said(come(peer, **word)) == "known" and Proposal.objects.get().alarm == their_alarm()


def test_a_platform_speaks_only_of_what_it_rang_itself(two, now):
    first, second = two
    ring_often(1, at=now)
    own, theirs = str(Alarm.objects.get().id), str(uuid4())
    assert said(come(first, origin=theirs)) == "kept"
    follow(county=COUNTY, now=now)
    for act in ("real", "cleared", "false_alarm", "acknowledged"):
        for origin in (own, theirs, str(uuid4())):
            assert said(come(second, origin=origin, event=f"{act}:{origin}", act=act)) == "422 origin"
    # A ring that only came round has its receipt and changes nothing; nor does what follows it.
    assert said(come(second, origin=theirs)) == "known" and said(come(second, origin=own)) == "own"
    for origin, act in ((own, "real"), (own, "cleared"), (theirs, "cleared"), (theirs, "false_alarm")):
        assert said(come(second, origin=origin, event=f"{act}:{origin}", act=act)) in ("own", "known")
    follow(county=COUNTY, now=now)
    assert not Proposal.objects.exists() and Alarm.objects.count() == 2
    assert Signal.objects.filter(way="peer").count() == 1
    assert Pulse.objects.get(id=their_alarm().id).cleared_at is None
    assert {row.peer for row in about([COUNTY], UUID(theirs)) if row.direction == "in"} == {first.id}
    assert said(come(first, origin=theirs, event=f"ring:{theirs}", act="real")) == "422 event", "that name is taken"
    assert said(come(first, origin=theirs, event="real:1", act="real")) == "kept" and Proposal.objects.count() == 1


def test_of_two_that_rang_the_same_alarm_each_may_confirm_the_fire(two, cast, now):
    """Who of them comes first here is chance: the word of the one whose alarm it is must not be lost by it."""
    first, second = two
    theirs, far = str(uuid4()), connect(cast, "邻县平台", now=now, takes=NEXT_STREET)
    for peer in (first, second):
        come(peer, origin=theirs)
    come(far, origin=theirs, area=NEXT_STREET)
    assert said(come(far, origin=theirs, event="real:1", act="real", area=NEXT_STREET)) == "422 area"
    assert not Proposal.objects.exists(), "where it rang is not agreed with that one"
    assert said(come(second, origin=theirs, event="real:1", act="real")) == "known"
    assert Proposal.objects.get().alarm == their_alarm()
    assert [row.peer for row in about([COUNTY], UUID(theirs)) if row.act == "real"] == [second.id]


def test_our_own_that_came_round_goes_on_being_told(two, cast, now):
    first, away = two[0], Away()
    ring_often(1, at=now)
    pass_on(away, at=now)
    alarm = Alarm.objects.get()
    assert said(come(first, origin=str(alarm.id))) == "own"
    acknowledge_alarm(cast["cuizhe"], alarm.id, now=now)
    pass_on(away, at=now)
    assert away.acts.count("acknowledged") == 2


def test_what_waits_for_a_connection_that_has_ended_waits_no_more(two, cast, now):
    ring_often(1, at=now)
    plan_words(now=now)
    assert words_waiting() == 4
    drop_peer(cast["hanxue"], two[0].id, now=now)
    assert words_waiting() == 2 == Exchange.objects.filter(state="ended", peer=two[0].id).count()


def test_lists_and_figures_of_what_was_exchanged_go_by_their_index(two, now):
    ring_often(3, at=now)
    pass_on(Away(), at=now)
    sight = Sight(counties=(COUNTY,))
    page = exchanged(sight, limit=2)
    seen = {"peers_exchange_newest": lambda: exchanged(sight, after=page.after, limit=2),
            "peers_exchange_done": lambda: figures(sight),
            "peers_exchange_waiting": lambda: due_for(two[0], now=now, limit=5)}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        for index, ask in seen.items():
            assert index in plan_of(ask), index


def plan_of(ask) -> str:
    """How the database means to find what is asked."""
    told: list[tuple[str, tuple]] = []

    def listen(execute, sql, params, many, context):
        told.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        ask()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (COSTS OFF) {told[0][0]}", told[0][1])
        return "\n".join(line for [line] in cursor.fetchall())


def test_the_process_that_tells_says_how_it_is_doing(two, now):
    ring_often(3, at=now)
    process = Exchanger(Several(州平台=NotTaken("ConnectError")))
    process.round()
    figures_told = Gateway.objects.get(name="exchange").figures
    assert figures_told == {"planned": 6, "told": 4, "put_off": 1, "waiting": 4, "away": 1}
