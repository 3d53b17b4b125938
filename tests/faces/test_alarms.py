"""报警台 and the phone's alarms: fires on top of any storm, each act once, numbers behind an act, in reach only."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shouwang.domains.alarms.models import Alarm, Step, Watch
from shouwang.domains.households.models import Unmasking
from shouwang.domains.ledger.models import Line
from shouwang.domains.people.actor import Actor
from shouwang.faces.alarm_words import clock
from shouwang.faces.alarms import MOST
from shouwang.flows.follow_signals import follow
from shouwang.flows.register_home import NewHome, register_home
from shouwang.flows.register_person import Told, register_person
from shouwang.flows.sight import pack
from tests.alarm_story import MAINS, SECOND, component, fit, ring, say, transmitter
from tests.cast import COUNTY, GRID, OUTSIDER, STREET
from tests.faces.adoption_stage import small
from tests.faces.stage import Stage

PHONE = "13804335678"
MANY = 60


@pytest.fixture
def stage(cast: dict[str, Actor], settings, tmp_path) -> Stage:
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    return small(cast)


def home(stage: Stage):
    """An old woman who lives alone, and whom to call."""
    ours = pack()
    kind = next(key for key in ours.sites if key != "unknown")
    told = {
        "name": "崔福顺", "born": "1941-05-06", "moves": "carried", "room": "西屋炕上", "helper": "宋山",
        "helper_phone": PHONE,
    }  # fmt: skip
    keeper, house = stage.cast["liming"], NewHome(key="h1", region=GRID, mark="3-17", kind=kind, number="海兰路17号")
    made = register_home(keeper, house, now=stage.now)
    group = next(key for key, one in ours.risk_groups.items() if not one.of_home)
    register_person(keeper, made, Told(key="p1", group=group, consent="separate", values=told), now=stage.now)
    return made


def rings(stage: Stage, *, ago=20, **more) -> Alarm:
    at = timezone.now() - timedelta(seconds=ago)
    ring(fit(at=stage.now, **more), at=at)
    return Alarm.objects.latest("id")


def test_a_real_fire_stands_on_top_of_a_storm_and_the_storm_is_one_line(stage: Stage):
    at = timezone.now() - 30 * SECOND
    devices = [fit(str(1000 + n), at=stage.now) for n in range(MANY)]
    for one in devices:
        say(one, transmitter(MAINS, at=at), at=at)
    say(devices[0], component(0x05, at=at), at=at)
    follow(county=COUNTY, now=at)
    ring(fit("77", at=stage.now, place="敬老院"), at=at + SECOND, component=23)
    for login in ("cuizhe", "hanxue", "quanzhenhu"):
        client = stage.client(login)
        client.get("/office/alarms/")
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/office/alarms/")
        about = [one["sql"] for one in asked if "alarms_pulse" in one["sql"]]
        assert len(about) == 3 and len(asked) <= 20, [one["sql"][:100] for one in asked]
        assert [row["place"] for row in page.context["fires"]] == ["敬老院"]
        assert [one.sources for _words, _place, one in page.context["storms"]] == [MANY]
        assert [row["cause"] for row in page.context["trouble"]] == ["fault"]
        assert "停电" in page.content.decode()


def test_pages_of_the_desk_follow_one_another(stage: Stage):
    at = timezone.now() - 200 * SECOND
    device = fit(at=stage.now)
    say(device, *(component(0x03, number=n, at=at) for n in range(55)), at=at)
    say(device, *(component(0x05, number=n + 100, at=at) for n in range(4)), at=at)
    follow(county=COUNTY, now=at)
    for first, count in (("/office/alarms/", 55), ("/office/alarms/all/", 59)):
        seen, address = [], first
        while address:
            page = stage.client("cuizhe").get(address).context
            seen += [row["id"] for row in (page["fires"] if "fires" in page else page["rows"])]
            address = page["next"]
        assert len(seen) == len(set(seen)) == count
    assert stage.client("cuizhe").get("/office/alarms/?after=9~x&trouble=zz").status_code == 200


def test_what_is_out_of_reach_does_not_exist(stage: Stage):
    alarm = rings(stage)
    for login in ("sunyulan", OUTSIDER.login):
        client = stage.client(login)
        for address in ("/office/alarms/", "/office/alarms/all/", "/phone/alarms/"):
            assert alarm.place not in client.get(address).content.decode()
        for address in (f"/office/alarms/{alarm.id}/", f"/phone/alarms/{alarm.id}/"):
            assert client.get(address).status_code == 404
            assert client.post(address, {"act": "calls"}).status_code == 404
            assert client.post(address, {"act": "set_out", "key": "x"}).status_code == 404
    assert stage.client("liming").get("/office/alarms/call/").status_code == 404
    assert stage.client("mali").get(f"/office/alarms/{alarm.id}/").status_code == 404
    assert not Step.objects.exists() and not Unmasking.objects.exists()


def test_an_alarm_is_verified_at_the_desk_and_what_was_typed_stays(stage: Stage):
    alarm = rings(stage)
    page = f"/office/alarms/{alarm.id}/"
    client = stage.client("cuizhe")
    assert client.post(page, {"act": "verify", "key": "k1"}).status_code == 303
    again = client.post(page, {"act": "dismiss", "key": "k2", "note": "灶上炖菜"})
    assert again.status_code == 409 and "灶上炖菜" in again.content.decode()
    told = {"act": "dismiss", "key": "k2", "note": "灶上炖菜", "reason": "cooking"}
    for _time in range(2):
        assert client.post(page, told).status_code == 303
    assert client.post(page, {"act": "dismiss", "key": "k2", "note": "别的", "reason": "steam"}).status_code == 409
    shown = client.get(page).content.decode()
    assert "误报" in shown and "做饭油烟" in shown and "灶上炖菜" in shown
    assert Step.objects.count() == 2


def test_numbers_and_needs_are_shown_on_purpose_only_and_each_look_is_on_record(stage: Stage):
    alarm = rings(stage, household=home(stage))
    page = f"/office/alarms/{alarm.id}/"
    for login in ("hanxue", "liming"):
        assert PHONE not in stage.client(login).get(page).content.decode()
        before = Unmasking.objects.count()
        shown = stage.client(login).post(page, {"act": "calls"}).content.decode()
        assert PHONE in shown and "西屋炕上" in shown and "崔福顺" not in shown and "李明" in shown
        assert Unmasking.objects.count() == before + 1
    assert Line.objects.filter(room="households", actor=stage.cast["hanxue"].id).count() == 1
    stage.client("cuizhe").post(page, {"act": "test_only", "key": "k"})
    closed = stage.client("hanxue").post(page, {"act": "calls"})
    assert closed.status_code == 409 and PHONE not in closed.content.decode()


def test_who_looks_at_a_home_without_anybody_on_duty_is_told_at_the_alarm(stage: Stage):
    alarm = rings(stage, household=home(stage))
    desk, page = stage.client("hanxue"), f"/office/alarms/{alarm.id}/"
    assert desk.get(page).context["looks"] == []
    desk.post(page, {"act": "calls"})
    desk.post(page, {"act": "test_only", "key": "k"})
    assert [name for _camera, name, _at in desk.get(page).context["looks"]] == ["韩雪"]


def test_many_who_are_on_their_way_do_not_make_the_page_endless(stage: Stage):
    alarm, client = rings(stage), stage.client("liming")
    for turn in range(MOST + 3):
        client.post(f"/phone/alarms/{alarm.id}/", {"act": "set_out", "key": f"k{turn}"})
    assert Step.objects.count() == MOST + 3
    last = Step.objects.latest("at")
    for login, page in (("hanxue", f"/office/alarms/{alarm.id}/"), ("liming", f"/phone/alarms/{alarm.id}/")):
        shown = stage.client(login).get(page)
        assert (len(shown.context["steps"]), shown.context["before"]) == (MOST, 3)
        assert shown.context["steps"][-1]["at"] == clock(last.at, timezone.now())
        assert 'href="?all=1' in shown.content.decode() and "之前还有 3 条" in shown.content.decode()
        assert len(stage.client(login).get(f"{page}?all=1").context["steps"]) == MOST + 3


def test_who_was_first_is_named_however_many_set_out_since(stage: Stage):
    alarm, client = rings(stage), stage.client("liming")
    stage.client("cuizhe").post(f"/office/alarms/{alarm.id}/", {"act": "confirm", "key": "first"})
    page = f"/phone/alarms/{alarm.id}/"
    for turn in range(MOST + 1):
        client.post(page, {"act": "set_out", "key": f"k{turn}"})
    late = {"act": "see_nothing", "key": "late", "reason": "cooking"}
    no = client.post(page, late, headers={"Accept": "application/json"})
    assert no.status_code == 409 and "崔哲" in no.json()["faults"][""]


def test_the_desk_says_by_when_to_telephone_which_day_it_was_and_what_must_sound(stage: Stage):
    alarm = rings(stage, ago=1)
    client, page = stage.client("cuizhe"), f"/office/alarms/{alarm.id}/"
    by = timezone.localtime(alarm.call_by).strftime("%H:%M:%S")
    for address in ("/office/alarms/", page):
        assert f"{by} 前" in client.get(address).content.decode()
    assert f'data-live-rings="{alarm.id} "' in client.get("/office/alarms/").content.decode()
    at = timezone.now()
    for act, ago in (("set_out", 9 * SECOND), ("arrive", 61 * SECOND)):
        sent = {"act": act, "key": act, "at": (at - ago).isoformat()}
        assert stage.client("liming").post(f"/phone/alarms/{alarm.id}/", sent).status_code == 303
    steps = client.get(page).context["steps"]
    assert [bool(one["late"]) for one in steps] == [False, True]
    client.post(page, {"act": "verify", "key": "v"})
    shown = client.get("/office/alarms/").content.decode()
    assert 'data-live-rings=""' in shown and f"{by} 前" not in shown
    Alarm.objects.update(raised_at=timezone.now() - timedelta(days=1))
    yesterday = timezone.localtime(Alarm.objects.get().raised_at).strftime("%m-%d %H:%M:%S")
    for address in ("/office/alarms/", "/office/alarms/all/", page):
        assert yesterday in client.get(address).content.decode()


def test_each_level_says_for_itself_that_it_knows(stage: Stage):
    alarm = rings(stage)
    page = f"/office/alarms/{alarm.id}/"
    for login in ("cuizhe", "hanxue", "hanxue"):
        assert stage.client(login).post(page, {"act": "acknowledge"}).status_code == 303
    levels = stage.client("quanzhenhu").get(page).context["levels"]
    assert [known is not None for _level, known, _who in levels] == [True, True, False]
    assert stage.client("liming").post(page, {"act": "acknowledge"}).status_code == 409


def test_somebody_telephones_the_desk(stage: Stage):
    client = stage.client("cuizhe")
    form = client.get("/office/alarms/call/")
    key = form.context["typed"]["key"]
    said = {"key": key, "region": STREET, "place": "粮库后院", "words": ""}
    again = client.post("/office/alarms/call/", said)
    assert again.status_code == 422 and "粮库后院" in again.content.decode()
    for _time in range(2):
        done = client.post("/office/alarms/call/", {**said, "words": "草垛冒烟"})
        assert done.status_code == 303
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.note, alarm.region) == ("manual", "草垛冒烟", STREET)
    assert "有人打电话报警" in client.get("/office/alarms/").content.decode()


def test_a_watch_is_handed_over_with_what_is_open(stage: Stage):
    rings(stage)
    first, second = stage.client("cuizhe"), stage.client("zhangzhiqiang")
    assert first.post("/office/alarms/watch/", {"desk": STREET}).status_code == 303
    assert first.post("/office/alarms/watch/", {"desk": STREET}).status_code == 303
    assert second.post("/office/alarms/watch/", {"desk": STREET, "note": "17号还在响"}).status_code == 303
    assert second.post("/office/alarms/watch/", {"desk": STREET, "note": "17号还在响"}).status_code == 303
    again = second.post("/office/alarms/watch/", {"desk": STREET, "note": "钥匙在抽屉里"})
    assert again.status_code == 422
    assert "您已经在值班" in again.content.decode() and "钥匙在抽屉里" in again.content.decode()
    endless = first.post("/office/alarms/watch/", {"desk": STREET, "note": "长" * 301})
    assert endless.status_code == 422 and "长" * 301 + "</textarea>" in endless.content.decode()
    assert [(one.open, one.note) for one in Watch.objects.order_by("since")] == [(1, "17号还在响"), (0, "")]
    shown = first.get("/office/alarms/").content.decode()
    assert "张志强" in shown and "17号还在响" in shown
    assert first.post("/office/alarms/watch/", {"desk": COUNTY}).status_code == 404


def test_the_phone_says_once_what_it_sends_twice(stage: Stage):
    alarm = rings(stage)
    page, client = f"/phone/alarms/{alarm.id}/", stage.client("songshan")
    assert alarm.place in client.get("/phone/alarms/").content.decode()
    at = (timezone.now() - 9 * SECOND).isoformat()
    sent = {"act": "set_out", "key": "p1", "at": at}
    told = {"Accept": "application/json"}
    for _time in range(2):
        answer = client.post(page, sent, headers=told)
        assert (answer.status_code, answer.json()["next"]) == (201, page)
    step = Step.objects.get()
    assert step.done_at.isoformat() == at and step.act == "set_out"
    no = client.post(page, {"act": "see_nothing", "key": "p2", "at": at}, headers=told)
    assert no.status_code == 422 and list(no.json()["faults"]) == ["reason"]
    assert client.post(page, {"act": "see_fire", "key": "p3"}).status_code == 303
    assert Alarm.objects.get().state == "real"
