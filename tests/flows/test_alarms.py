"""Alarms as devices raise them and people settle them: once each, never later than the cap, each level for itself."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.domains.alarms.models import Acknowledgement, Alarm, Proposal, Pulse, Step
from shouwang.domains.alarms.queries import news_after, open_fires, positions, trouble_now
from shouwang.domains.devices.receiving import keep_received
from shouwang.domains.duties.models import Notice
from shouwang.domains.hazards.models import Case
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.ledger.models import Evidence, Line
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.faces.tasks.notices import digests
from shouwang.flows.acknowledge_alarm import acknowledge_alarm
from shouwang.flows.advance_alarm import Go, advance_alarm, open_acts
from shouwang.flows.alarm_sight import alarm_sight
from shouwang.flows.follow_signals import follow
from shouwang.flows.lapse_alarms import lapse_alarms
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.sight import pack
from shouwang.flows.take_call import Told, take_a_call
from tests.alarm_story import (
    CALL_POINT,
    FAULT,
    FIRE,
    GAS,
    MAINS,
    NORMAL,
    SECOND,
    TEST_FIRE,
    component,
    fit,
    received,
    reset,
    ring,
    say,
    transmitter,
)
from tests.cast import COUNTY, GRID, NEXT_GRID, OUTSIDER, PREFECTURE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
DAY, NIGHT = timedelta(days=1), datetime(2026, 11, 25, 18, 0, tzinfo=UTC)  # two o'clock in the morning there


@pytest.fixture
def device():
    return fit(at=NIGHT - timedelta(days=9))


def the(alarm=None):
    found = Alarm.objects.get() if alarm is None else Alarm.objects.get(id=alarm.id)
    return found, Pulse.objects.get(id=found.id)


def pieces(actor):
    return alarm_sight(actor).pieces()


def test_a_fire_raises_one_alarm_however_often_it_rings(cast, device):
    ring(device, at=NIGHT, note="西屋")
    ring(device, at=NIGHT + 5 * SECOND, note="西屋")
    alarm, pulse = the()
    assert (alarm.kind, alarm.state, alarm.region, alarm.place) == ("fire", "ringing", GRID, "海兰路17号 · 西屋")
    assert (alarm.call_by - NIGHT, alarm.due_at - NIGHT) == (15 * SECOND, 90 * SECOND)
    assert (pulse.rings, pulse.news, pulse.active) == (2, 0, True)
    told = set(Notice.objects.filter(sort="alarm", event=alarm.id).values_list("recipient", flat=True))
    near = {"liming", "piaoyingshun", "liuguozhu", "cuizhe", "zhangzhiqiang"}
    assert {cast[one].id for one in near} <= told
    assert not {cast[one].id for one in ("sunyulan", "hanxue", "quanzhenhu", OUTSIDER.login)} & told
    assert Evidence.objects.filter(kind="alarm.raised", subject=alarm.id).count() == 1


def test_the_fire_bit_raises_whatever_the_bit_of_normal_running_says(device):
    ring(device, TEST_FIRE, at=NIGHT)
    alarm, pulse = the()
    assert alarm.state == "ringing" and pulse.said_test


def test_what_nobody_knows_rings_too(cast):
    stranger = fit("4711", region=PREFECTURE, at=NIGHT)
    heard = received(stranger, component(FIRE, at=NIGHT), at=NIGHT)
    for one in heard:
        one.device = None
    keep_received(PREFECTURE, heard, way="gb26875", region=PREFECTURE, at=NIGHT, pack="test")
    assert follow(now=NIGHT) == 1
    alarm, _pulse = the()
    assert (alarm.county, alarm.state) == (PREFECTURE, "ringing")
    assert open_fires(pieces(cast["quanzhenhu"])).rows and not open_fires(pieces(cast["hanxue"])).rows


def test_ringing_again_while_somebody_verifies_is_news_and_cleared_is_not_acknowledged(cast, device):
    ring(device, at=NIGHT)
    alarm, _ = the()
    advance_alarm(cast["cuizhe"], alarm.id, Go(act="verify"), now=NIGHT + 9 * SECOND)
    ring(device, at=NIGHT + 20 * SECOND)
    assert the()[1].news == 1
    ring(device, NORMAL, at=NIGHT + 30 * SECOND)
    alarm, pulse = the()
    assert pulse.cleared_at == NIGHT + 30 * SECOND and pulse.active and alarm.state == "verifying"
    assert not Acknowledgement.objects.exists()


def test_a_reset_of_the_panel_clears_all_its_fires_and_no_trouble(device):
    say(device, component(FIRE, at=NIGHT), component(FAULT, number=2, at=NIGHT), reset(at=NIGHT), at=NIGHT)
    follow(now=NIGHT)
    stands = {one.kind: one.cleared_at for one in Pulse.objects.filter(active=True)}
    assert stands == {"fire": NIGHT, "fault": None}


def test_after_a_result_it_rings_as_an_alarm_of_its_own_once_it_was_silent(cast, device):
    ring(device, at=NIGHT)
    first, _ = the()
    advance_alarm(cast["cuizhe"], first.id, Go(act="dismiss", reason="cooking"), now=NIGHT + 40 * SECOND)
    ring(device, at=NIGHT + 50 * SECOND)
    assert the(first)[1].rings == 2 and Alarm.objects.count() == 1
    ring(device, NORMAL, at=NIGHT + 60 * SECOND)
    ring(device, at=NIGHT + 70 * SECOND)
    assert not the(first)[1].active
    assert Alarm.objects.exclude(id=first.id).get().state == "ringing"


@pytest.mark.parametrize(
    "more, cause",
    [
        ({"number": 2}, "second_detector"),
        ({"number": 2, "component": GAS}, "gas_and_smoke"),
    ],
)
def test_a_second_sign_makes_an_incident_of_both(device, more, cause):
    ring(device, at=NIGHT)
    assert not Proposal.objects.exists()
    ring(device, at=NIGHT + 8 * SECOND, **more)
    assert set(Proposal.objects.values_list("cause", flat=True)) == {cause} and Proposal.objects.count() == 2


def test_a_call_point_and_a_telephone_are_an_incident_at_once(cast, device):
    ring(device, component=CALL_POINT, at=NIGHT)
    told = Told(key="k1", region=NEXT_GRID, place="北苑3号楼", words="三楼冒烟")
    one = take_a_call(cast["cuizhe"], told, now=NIGHT)
    assert take_a_call(cast["cuizhe"], told, now=NIGHT + SECOND).id == one.id
    assert set(Proposal.objects.values_list("cause", flat=True)) == {"pressed", "telephoned"}
    with pytest.raises(KeyReused):
        take_a_call(cast["cuizhe"], Told(key="k1", region=GRID, place="x", words="y"), now=NIGHT)
    with pytest.raises(Refused):
        take_a_call(cast["liming"], Told(key="k2", region=GRID, place="x", words="y"), now=NIGHT)
    with pytest.raises(Unfit) as no:
        take_a_call(cast["cuizhe"], Told(key="k3", region="nowhere", place=" ", words=""), now=NIGHT)
    assert set(no.value.fields) == {"region", "place", "words"}


def test_silence_is_proposed_at_the_cap_and_told_one_level_up_at_a_time(cast, device):
    ring(device, at=NIGHT)
    assert lapse_alarms(now=NIGHT + 89 * SECOND) == 0
    assert lapse_alarms(now=NIGHT + 90 * SECOND) == 1
    assert lapse_alarms(now=NIGHT + 91 * SECOND) == 0
    alarm, _ = the()
    assert Proposal.objects.get().cause == "silence" and alarm.told_level == "county"
    up = Notice.objects.filter(sort="alarm_up")
    assert set(up.values_list("recipient", flat=True)) == {cast["hanxue"].id, cast["zhaoguodong"].id}
    assert lapse_alarms(now=NIGHT + 151 * SECOND) == 1
    assert the()[0].told_level == "prefecture"
    assert cast["quanzhenhu"].id in set(up.values_list("recipient", flat=True))
    assert lapse_alarms(now=NIGHT + 999 * SECOND) == 0


def test_after_an_outage_no_level_is_left_out(cast, device):
    ring(device, at=NIGHT)
    assert lapse_alarms(now=NIGHT + 600 * SECOND) == 1
    assert the()[0].told_level == "prefecture"
    told = set(Notice.objects.filter(sort="alarm_up").values_list("recipient", flat=True))
    assert {cast[one].id for one in ("hanxue", "zhaoguodong", "quanzhenhu")} <= told
    assert lapse_alarms(now=NIGHT + 700 * SECOND) == 0


def test_a_level_that_knows_ends_the_climb(cast, device):
    ring(device, at=NIGHT)
    alarm, _ = the()
    lapse_alarms(now=NIGHT + 90 * SECOND)
    acknowledge_alarm(cast["hanxue"], alarm.id, now=NIGHT + 100 * SECOND)
    assert lapse_alarms(now=NIGHT + 500 * SECOND) == 0


def test_each_level_acknowledges_for_itself_once(cast, device):
    ring(device, at=NIGHT)
    alarm, _ = the()
    for login in ("cuizhe", "zhangzhiqiang", "hanxue", "quanzhenhu", "hanxue"):
        acknowledge_alarm(cast[login], alarm.id, now=NIGHT + SECOND)
    [row] = open_fires(pieces(cast["hanxue"])).rows
    assert sorted(row["levels"]) == ["county", "prefecture", "township"]
    with pytest.raises(Refused):
        acknowledge_alarm(cast["liming"], alarm.id, now=NIGHT)
    with pytest.raises(NotSeen):
        acknowledge_alarm(cast[OUTSIDER.login], alarm.id, now=NIGHT)


def test_a_fire_is_told_as_a_fire_where_silence_was_told_before(cast, device):
    ring(device, at=NIGHT)
    alarm, _ = the()
    advance_alarm(cast["cuizhe"], alarm.id, Go(act="no_answer"), now=NIGHT + 30 * SECOND)
    real = Notice.objects.filter(sort="alarm_real")
    assert the()[0].told_level == "county" and not real.exists()
    advance_alarm(cast["liming"], alarm.id, Go(act="see_fire"), now=NIGHT + 60 * SECOND)
    told = set(real.values_list("recipient", flat=True))
    assert {cast[one].id for one in ("hanxue", "zhaoguodong", "quanzhenhu")} <= told
    [line] = [one for day in digests(cast["quanzhenhu"]) for one in day.lines]
    assert "119" in line.words and str(alarm.id) in line.href
    assert lapse_alarms(now=NIGHT + 600 * SECOND) == 0, "nobody is told afterwards that there is no result"


def test_what_rang_before_there_were_alarms_is_history(device):
    say(device, component(FIRE, at=NIGHT - DAY), at=NIGHT - DAY)
    say(device, component(FIRE, number=2, at=NIGHT), at=NIGHT)
    with connection.cursor() as cursor:
        room = "app = 'alarms' AND name = '0001_initial'"
        cursor.execute(f"UPDATE django_migrations SET applied = %s WHERE {room}", [NIGHT - SECOND])
        for _ in range(2):
            cursor.execute(import_module("shouwang.domains.alarms.migrations.0002_from_now_on").BEGUN)
    follow(now=NIGHT)
    assert the()[0].raised_at == NIGHT


def test_a_real_fire_is_proposed_and_told_to_everybody_above_at_once(cast, device):
    ring(device, at=NIGHT)
    alarm, _ = the()
    go = Go(act="see_fire", key="p1", done_at=NIGHT + 60 * SECOND)
    advance_alarm(cast["liming"], alarm.id, go, now=NIGHT + 70 * SECOND)
    advance_alarm(cast["liming"], alarm.id, go, now=NIGHT + 75 * SECOND)
    alarm, _ = the()
    assert (alarm.state, alarm.told_level, Step.objects.count()) == ("real", "prefecture", 1)
    assert set(Notice.objects.exclude(sort="alarm").values_list("sort", flat=True)) == {"alarm_real"}
    assert Step.objects.get().done_at == NIGHT + 60 * SECOND
    assert Proposal.objects.get().cause == "confirmed"
    assert Evidence.objects.get(kind="alarm.settled").facts == {"outcome": "real", "seconds": 70}
    advance_alarm(cast["cuizhe"], alarm.id, Go(act="finish", note="明火已灭，留人看守"), now=NIGHT + 900 * SECOND)
    alarm, pulse = the()
    assert alarm.state == "over" and not pulse.active


def test_acts_are_offered_and_taken_only_by_whose_they_are(cast, device):
    ring(device, at=NIGHT)
    alarm, _ = the()
    ours = pack()

    def offered(login):
        return {one.act for one in open_acts(cast[login], alarm, pack=ours)}

    assert offered("hanxue") == {"verify", "confirm", "dismiss", "test_only", "no_answer"}
    assert offered("liming") == {"set_out", "arrive", "see_fire", "see_nothing"}
    assert offered("wangjianguo") == set()
    with pytest.raises(Refused):
        advance_alarm(cast["liming"], alarm.id, Go(act="dismiss", reason="cooking"), now=NIGHT)
    with pytest.raises(Refused):
        advance_alarm(cast["hanxue"], alarm.id, Go(act="dismiss", reason="because"), now=NIGHT)
    for login in ("sunyulan", OUTSIDER.login):
        with pytest.raises(NotSeen):
            advance_alarm(cast[login], alarm.id, Go(act="set_out"), now=NIGHT)


def test_the_third_false_alarm_of_a_device_makes_a_hazard_of_it_once(cast, device):
    for day in range(4):
        at = NIGHT + timedelta(hours=day)
        ring(device, at=at)
        one = Alarm.objects.get(state="ringing")
        go = Go(act="see_nothing", reason="steam")
        advance_alarm(cast["liming"], one.id, go, now=at + 60 * SECOND)
        ring(device, NORMAL, at=at + 61 * SECOND)
        assert Case.objects.count() == (1 if day >= 2 else 0)
    assert Case.objects.get().kind == pack().wiring.kinds.detector


def test_a_storm_is_trouble_and_a_power_back_ends_it_without_a_hand(device):
    devices = [fit(str(1000 + n), at=NIGHT - SECOND) for n in range(12)]
    for one in devices:
        say(one, transmitter(MAINS, at=NIGHT), at=NIGHT)
    follow(now=NIGHT)
    assert {(one.state, one.cause) for one in Alarm.objects.all()} == {("trouble", "main_power")}
    assert not Notice.objects.exists() and not Proposal.objects.exists()
    for one in devices:
        say(one, transmitter(NORMAL, at=NIGHT + SECOND), at=NIGHT + SECOND)
    follow(now=NIGHT + SECOND)
    assert not Pulse.objects.filter(active=True).exists()


def test_a_thousand_alarms_take_few_statements_and_the_ledger_holds(cast, device):
    more = [component(FIRE, number=n, at=NIGHT) for n in range(500)]
    trouble = [component(FAULT, number=n, at=NIGHT) for n in range(500, 1000)]
    say(device, *more, *trouble, at=NIGHT)
    with CaptureQueriesContext(connection) as asked:
        assert follow(county=COUNTY, now=NIGHT) == 1000
    assert len(asked) <= 24, [one["sql"][:90] for one in asked]
    assert Alarm.objects.count() == 1000
    assert len(trouble_now(pieces(cast["hanxue"]))) == 500
    assert sorted(Pulse.objects.values_list("position", flat=True)) == list(range(1000))
    seal_and_fold(now=NIGHT)
    assert verify(COUNTY).faults == []
    assert Line.objects.filter(room="alarms", act="raise").count() == 1


def test_news_goes_on_after_the_last_position_and_only_within_reach(cast, device):
    begin = positions([COUNTY])
    ring(device, at=NIGHT)
    alarm, _ = the()
    [row] = news_after(pieces(cast["cuizhe"]), begin)
    assert (row["id"], row["state"], row["position"]) == (alarm.id, "ringing", 0)
    acknowledge_alarm(cast["cuizhe"], alarm.id, now=NIGHT)
    [row] = news_after(pieces(cast["cuizhe"]), {COUNTY: row["position"]})
    assert row["levels"] == ["township"] and positions([COUNTY]) == {COUNTY: row["position"]}
    assert news_after(pieces(cast["cuizhe"]), {COUNTY: row["position"]}) == []
    for login in ("sunyulan", OUTSIDER.login):
        assert news_after(pieces(cast[login]), begin) == []


def test_everything_that_was_done_is_sealed(cast, device):
    ring(device, at=NIGHT)
    alarm, _ = the()
    advance_alarm(cast["hanxue"], alarm.id, Go(act="verify"), now=NIGHT + SECOND)
    acknowledge_alarm(cast["hanxue"], alarm.id, now=NIGHT + SECOND)
    lapse_alarms(now=NIGHT + 90 * SECOND)
    advance_alarm(cast["liming"], alarm.id, Go(act="see_nothing", reason="steam"), now=NIGHT + 95 * SECOND)
    seal_and_fold(now=NIGHT + 99 * SECOND)
    assert verify(COUNTY).faults == []
    Alarm.objects.update(state="over")
    assert [one.what for one in verify(COUNTY).faults] == ["row edited"]
