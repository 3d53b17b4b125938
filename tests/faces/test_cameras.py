"""摄像头: a county's list comes in, the desk sees which stand near what rings, and each look is on record first."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone

from shouwang.domains.alarms.models import Alarm
from shouwang.domains.devices.cameras import MOST
from shouwang.domains.devices.models import Device, Look
from shouwang.domains.ledger.models import Evidence, Line
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.people.actor import Actor
from shouwang.faces.alarms import MOST as TOLD
from tests.alarm_story import fit, ring
from tests.browser import Screen
from tests.cast import COMMUNITY, COUNTY, GRID, NEXT_STREET, OUTSIDER, STREET
from tests.faces.adoption_stage import small
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import Stage
from tests.faces.test_devices import table
from tests.faces.test_office_screens import enter
from tests.faces.test_work_phone import OWN, says

HEAD = ("address", "kind", "area", "place", "所属系统", "经纬度", "link", "mark")
LINK = "https://video.example/22240100001320000012"
NEAR = ("22240100-1", "摄像头", COMMUNITY, "海兰路口，看路面", "雪亮工程", "129.5010,42.9000", LINK, "")
FAR = ("22240100-2", "camera", COMMUNITY, "东桥头", "天眼网络", "129.5300,42.9000", LINK, "")
BARE = ("22240100-3", "camera", COMMUNITY, "广场", "自建", "", "", "")


@pytest.fixture
def stage(cast: dict[str, Actor], settings, tmp_path) -> Stage:
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    return small(cast)


def send(stage: Stage, *rows, login="hanxue", way="video"):
    file = table(*rows, head=HEAD)
    return stage.client(login).post("/office/devices/import/", {"table": file, "way": way}).context["taken"]


def rings(stage: Stage, *, placed: bool) -> str:
    device = fit(at=stage.now, point=(129.5, 42.9) if placed else None)
    ring(device, at=timezone.now() - timedelta(seconds=10))
    return f"/office/alarms/{Alarm.objects.latest('id').id}/"


def test_a_list_is_taken_in_and_what_may_not_be_there_comes_back(stage: Stage):
    home = ("22240100-4", "camera", COMMUNITY, "x", "", "", LINK, "3-17")
    script = ("22240100-5", "camera", COMMUNITY, "x", "", "", "javascript:alert(1)", "")
    secret = ("22240100-6", "camera", COMMUNITY, "x", "", "", "https://root:pw@video.example/7", "")
    nowhere = ("22240100-7", "camera", COMMUNITY, "x", "", "200, 300", LINK, "")
    detector = ("8600000000", "smoke_alarm", COMMUNITY, "x", "", "", "", "")
    taken = send(stage, NEAR, FAR, home, script, secret, nowhere, detector)
    assert taken.new == [2, 3]
    assert {number: set(faults) for number, faults in taken.refused.items()} == {
        4: {"mark"}, 5: {"link"}, 6: {"link"}, 7: {"position"}, 8: {"kind"},
    }  # fmt: skip
    assert send(stage, ("8600000000", "camera", *NEAR[2:]), way="operator").refused[2].keys() == {"kind"}
    [camera] = Device.objects.filter(address=NEAR[0])
    assert (camera.way, camera.operator, camera.lon, camera.lat) == ("video", "雪亮工程", 129.501, 42.9)
    assert not Evidence.objects.filter(room="devices").exists(), "a camera proves nothing of what was fitted"
    commas = io.BytesIO(",".join(HEAD).encode("gb18030") + b"\n" + ",".join(BARE).encode("gb18030"))
    commas.name = "list.csv"
    page = stage.client("hanxue").post("/office/devices/import/", {"table": commas, "way": "video"})
    assert page.context["taken"].new == [2]
    assert "广场" in stage.client("cuizhe").get("/office/devices/?kind=camera").content.decode()
    seal_and_fold(now=stage.now)
    assert verify(COUNTY).faults == []


def test_one_is_entered_by_hand_and_nothing_typed_is_lost(stage: Stage):
    address, client = "/office/devices/cameras/new/", stage.client("cuizhe")
    said = {"area": STREET, "place": "菜市场北门", "operator": "自建", "address": "cam-7", "link": LINK}
    typed = said | {"position": "x"}
    refused = client.post(address, typed)
    assert refused.status_code == 422 and all(word in refused.content.decode() for word in ("菜市场北门", LINK))
    right = typed | {"position": "129.5148,42.9077 GCJ-02"}
    told = [client.post(address, right, follow=True).context["done"] for _time in range(2)]
    assert told == ["new", "same"]
    [camera] = Device.objects.filter(kind="camera")
    assert camera.lon is not None and abs(camera.lon - 129.508) < 0.01, "what a Chinese map says is put right"
    page = client.get(f"/office/devices/{camera.id}/")
    assert LINK not in page.content.decode() and [act for act, _words in page.context["acts"]] == ["retire"]
    assert client.post(address, typed | {"area": NEXT_STREET, "address": "cam-8"}).status_code == 422
    assert stage.client(OUTSIDER.login).get(address).status_code == 404


def test_two_systems_give_the_same_number_and_both_cameras_are_there(stage: Stage):
    theirs = (NEAR[0], "camera", COMMUNITY, "河堤", "天眼网络", "129.5100,42.9000", LINK, "")
    assert send(stage, NEAR, theirs).new == [2, 3]
    assert set(send(stage, theirs, theirs).refused) == {3}, "but not twice of one system"
    places = Device.objects.filter(address=NEAR[0]).order_by("lon").values_list("operator", "place")
    assert list(places) == [("雪亮工程", "海兰路口，看路面"), ("天眼网络", "河堤")]


def test_a_camera_entered_anew_is_changed_and_it_is_said(stage: Stage):
    """What a later list leaves out stays; whoever has no say over the camera's village does not move it."""
    send(stage, NEAR, FAR)
    moved = (*NEAR[:3], "海兰路口，看桥", NEAR[4], "129.5020,42.9000", "", "")
    taken = send(stage, moved, FAR)
    assert (taken.new, taken.amended, taken.same) == ([], [2], [3])
    [camera] = Device.objects.filter(address=NEAR[0])
    assert (camera.place, camera.lon, camera.link, camera.version) == ("海兰路口，看桥", 129.502, LINK, 2)
    client, form = stage.client("cuizhe"), "/office/devices/cameras/new/"
    typed = {"area": STREET, "place": moved[3], "operator": NEAR[4], "address": NEAR[0], "link": f"{LINK}0"}
    page = client.post(form, typed, follow=True)
    assert page.context["done"] == "amended" and "已有这个摄像头" in page.content.decode()
    camera.refresh_from_db()
    assert (camera.link, camera.region) == (f"{LINK}0", COMMUNITY), "an area around the known one says nothing"
    assert Line.objects.filter(room="devices", act="amend", object=camera.id).count() == 2
    send(stage, ("9", "camera", NEXT_STREET, "邻镇", "自建", "", LINK, ""))
    stolen = client.post(form, typed | {"operator": "自建", "address": "9", "place": "x"})
    assert stolen.status_code == 422 and Device.objects.get(address="9").place == "邻镇"
    seal_and_fold(now=stage.now)
    assert verify(COUNTY).faults == []


def test_the_desk_sees_the_nearest_and_a_look_is_on_record_before_the_picture(stage: Stage):
    send(stage, NEAR, FAR)
    alarm = rings(stage, placed=True)
    client = stage.client("cuizhe")
    page = client.get(alarm)
    assert [(one.camera.address, one.metres) for one in page.context["cameras"]] == [(NEAR[0], 81)]
    assert LINK not in page.content.decode(), "the address is given with the look, not before"
    near, far = (Device.objects.get(address=one[0]) for one in (NEAR, FAR))
    shown = client.post(alarm, {"act": "look", "camera": str(near.id)})
    assert f'href="{LINK}"' in shown.content.decode() and 'rel="noopener noreferrer"' in shown.content.decode()
    assert "崔哲" in shown.content.decode()
    [look] = Look.objects.all()
    assert (look.camera, str(look.alarm)) == (near.id, alarm.split("/")[-2])
    assert Line.objects.filter(room="devices", act="look", object=look.id, actor=look.actor).count() == 1
    for camera in (str(far.id), "x", ""):
        assert client.post(alarm, {"act": "look", "camera": camera}).status_code == 404
    for login in ("sunyulan", OUTSIDER.login, "liming"):
        again = stage.client(login).post(alarm, {"act": "look", "camera": str(near.id)})
        assert again.status_code != 200 and LINK not in again.content.decode(), login
    client.post(alarm, {"act": "dismiss", "key": "k", "reason": "cooking"})
    assert client.post(alarm, {"act": "look", "camera": str(near.id)}).status_code == 409
    page = client.get(alarm)
    assert not page.context["cameras"] and Look.objects.count() == 1
    assert [told[:2] for told in page.context["looks"]] == [(near.place, "崔哲")], "who looked stays told"
    assert near.place in page.content.decode()
    seal_and_fold(now=stage.now)
    assert verify(COUNTY).faults == []


@pytest.mark.parametrize("region, count", [(COUNTY, 0), (STREET, 0), (COMMUNITY, 2), (GRID, 2)])
def test_of_what_rings_somewhere_in_a_township_no_list_of_its_cameras_is_shown(stage: Stage, region: str, count: int):
    send(stage, NEAR, FAR)
    [camera, _other] = Device.objects.filter(kind="camera").order_by("address")
    ring(fit(at=stage.now, region=region), at=timezone.now() - timedelta(seconds=10))
    alarm, client = f"/office/alarms/{Alarm.objects.latest('id').id}/", stage.client("hanxue")
    assert len(client.get(alarm).context["cameras"]) == count
    looked = client.post(alarm, {"act": "look", "camera": str(camera.id)})
    assert (looked.status_code, Look.objects.count()) == ((200, 1) if count else (404, 0))


def test_who_looked_is_told_to_the_desk_the_newest_first_of_all(stage: Stage):
    send(stage, NEAR)
    alarm, client = rings(stage, placed=True), stage.client("cuizhe")
    camera = str(Device.objects.get(address=NEAR[0]).id)
    for _turn in range(TOLD + 2):
        assert client.post(alarm, {"act": "look", "camera": camera}).status_code == 200
    says(stage.client("liming"), OWN)
    assert client.post(alarm, {"act": "calls"}).status_code == 200
    client.post(alarm, {"act": "dismiss", "key": "k", "reason": "cooking"})
    page = client.get(alarm)
    assert (len(page.context["looks"]), page.context["looks_before"]) == (TOLD, 3)
    assert page.context["looks"][-1][:2] == ("", "崔哲"), "the numbers were read last"
    assert "?all=1#looks" in page.content.decode()
    everything = client.get(f"{alarm}?all=1")
    assert (len(everything.context["looks"]), everything.context["looks_before"]) == (TOLD + 3, 0)
    assert "?all=1" not in everything.content.decode()
    assert stage.client("liming").get(alarm).context["looks"] == [], "who only runs there is not told"


def test_where_many_stand_the_nearest_are_shown(stage: Stage):
    """The ones that were entered last stand nearest, and there are more than are read."""
    rows = [
        (f"c-{n}", "camera", COMMUNITY, f"{n}", "自建", f"{129.496 + n * 0.00002:.5f},42.9", LINK, "")
        for n in range(MOST + 1)
    ]
    assert len(send(stage, *rows).new) == MOST + 1
    shown = stage.client("cuizhe").get(rings(stage, placed=True)).context["cameras"]
    assert (shown[0].camera.address, shown[0].metres) == (f"c-{MOST}", 0)
    assert [one.metres for one in shown] == sorted(one.metres for one in shown)


@pytest.mark.parametrize("width, tongue", [(1440, "ko"), (320, "zh-hans")])
def test_where_nobody_said_where_it_hangs_those_of_the_village_are_listed(
    stage: Stage, live_server, screen: Screen, width: int, tongue: str
):
    send(stage, NEAR, FAR, BARE, ("22240100-9", "camera", STREET, "镇政府", "", "", LINK, ""))
    alarm = rings(stage, placed=False)
    assert GRID.startswith(COMMUNITY[:12])
    page = enter(screen, live_server, stage, "cuizhe", width=width, tongue=tongue)
    for address in (alarm, "/office/devices/cameras/new/", "/office/devices/?kind=camera"):
        page.goto(address)
        assert (address, faults_of(page)) == (address, [])
        assert (address, spilt(page)) == (address, [])
    page.goto(alarm)
    section = page.locator("section[aria-labelledby=cameras]")
    assert section.locator("li").count() == 3
    section.locator("button").first.click()
    assert section.locator(f'a[href="{LINK}"]').count() == 1
    assert page.locator("#looks li").count() == 1
    assert (faults_of(page), spilt(page)) == ([], [])
