"""住户: a grid member enters a home and the person in it on the phone, looks with a reason, brings in a table."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.domains.devices.models import Device
from shouwang.domains.households.models import Home, Resident, Unmasking
from shouwang.faces.phone.grounds import grounds
from shouwang.faces.phone.homes_import import columns
from shouwang.faces.workbook.opening import opened
from shouwang.faces.workbook.writing import written_grid
from tests.cast import GRID, NEXT_GRID
from tests.faces.stage import Stage
from tests.flows.test_households import SAYS

HOUSE = {"region": GRID, "mark": "3-17", "kind": "rural_home", "number": "海兰路17号", "building": "红旗屯"}
PERSON = {"group": "frail", "consent": "separate", **SAYS}


def settled(stage: Stage) -> Home:
    client = stage.client("liming")
    assert client.post("/phone/homes/new/", {"key": "h1", "groups": "relocation", **HOUSE}).status_code == 303
    home = Home.objects.get(mark="3-17")
    assert client.post(f"/phone/homes/{home.id}/people/", {"key": "p1", **PERSON}).status_code == 303
    return home


def test_a_person_is_masked_until_somebody_says_why(stage: Stage):
    home = settled(stage)
    client, person = stage.client("liming"), Resident.objects.get()
    page = client.get(f"/phone/homes/{home.id}/").content.decode()
    assert "老弱病残人员" in page and "崔＊＊" in page and "••••34" in page
    assert SAYS["name"] not in page and SAYS["phone"] not in page and SAYS["room"] not in page
    clear = f"/phone/homes/{home.id}/people/{person.id}/clear/"
    told = client.post(clear, {"reason": "约时间上门"})
    assert SAYS["name"] in told.content.decode() and "要人背抬" in told.content.decode()
    assert told.headers["Cache-Control"] == "private, no-store"
    assert client.post(clear, {"reason": ""}).status_code == 422
    assert Unmasking.objects.count() == 1


@pytest.mark.parametrize("login", ["sunyulan", "liuyang", "zhoumin"])
def test_others_find_no_such_home(stage: Stage, login: str):
    home = settled(stage)
    person, client = Resident.objects.get(), stage.client(login)
    assert "3-17" not in client.get("/phone/homes/").content.decode()
    for path in ("", "people/", f"people/{person.id}/"):
        assert client.get(f"/phone/homes/{home.id}/{path}").status_code == 404
    for act in ("clear", "off"):
        assert client.post(f"/phone/homes/{home.id}/people/{person.id}/{act}/", {"reason": "看看"}).status_code == 404
    assert bytes(Resident.objects.get().told) and not Unmasking.objects.exists()


def test_what_was_typed_stays_on_a_refusal(stage: Stage):
    client = stage.client("liming")
    page = client.post("/phone/homes/new/", {"key": "h", **HOUSE, "mark": ""})
    assert page.status_code == 422 and "海兰路17号" in page.content.decode()
    home = settled(stage)
    page = client.post(f"/phone/homes/{home.id}/people/", {"key": "p2", **PERSON, "born": "昨天", "group": ""})
    words = page.content.decode()
    assert page.status_code == 422 and SAYS["helper"] in words and 'name="key" value="p2"' in words


def test_a_detector_is_entered_where_one_stands_and_its_state_is_on_the_page(stage: Stage):
    home, client = settled(stage), stage.client("liming")
    path = f"/phone/homes/{home.id}/detector/"
    assert "还没有登记报警器" in client.get(f"/phone/homes/{home.id}/visit/").content.decode()
    told = {"key": "d1", "kind": "smoke_alarm", "on": "2026-01-06", "address": "86 0000", "installer": "刘电工"}
    page = client.post(path, {**told, "on": "昨天"})
    assert page.status_code == 422 and "刘电工" in page.content.decode() and Device.objects.count() == 0
    for _twice in range(2):
        assert client.post(path, told).status_code == 303
    device = Device.objects.get()
    assert (device.address, device.installer, device.household) == ("860000", "刘电工", home.id)
    assert "没试响" in client.get(f"/phone/homes/{home.id}/visit/").content.decode()
    client.post(f"{path}{device.id}/", {"act": "test"})
    page = client.get(f"/phone/homes/{home.id}/").content.decode()
    assert "没试响" not in page and "感烟" in page and device.address not in page
    for login in ("sunyulan", "liuyang"):
        assert stage.client(login).post(f"{path}{device.id}/", {"act": "retire"}).status_code == 404
    client.post(f"{path}{device.id}/", {"act": "retire"})
    assert "还没有登记报警器" in client.get(f"/phone/homes/{home.id}/").content.decode()


def test_taken_off_nothing_told_is_left(stage: Stage):
    home = settled(stage)
    person = Resident.objects.get()
    stage.client("liming").post(f"/phone/homes/{home.id}/people/{person.id}/off/")
    assert bytes(Resident.objects.get().told) == b""
    assert "老弱病残人员" not in stage.client("liming").get(f"/phone/homes/{home.id}/").content.decode()


def test_a_table_is_taken_in_and_bad_rows_come_back_with_the_reason(stage: Stage):
    client, names = stage.client("liming"), list(columns())
    good = {"mark": "5-1", "number": "林业街1号", "kind": "农村住宅", **PERSON, "group": "老弱病残人员"}
    good["consent"] = dict(grounds())["separate"]  # in the words of its heading
    bad = {**good, "mark": "5-2", "number": "林业街2号", "born": ""}
    bare = {"mark": "5-3", "number": "林业街3号", "kind": "农村住宅"}
    grid = [list(columns().values()), *([row.get(name, "") for name in names] for row in (good, bad, bare))]
    for _twice in range(2):
        table = io.BytesIO(written_grid("住户", grid))
        table.name = "homes.xlsx"
        back = client.post("/phone/homes/table/", {"region": GRID, "table": table})
        rows = opened(back.content)[0].rows
        assert len(rows) == 2 and rows[1][0] == "5-2" and "出生日期" in rows[1][-1]
    assert sorted(Home.objects.values_list("mark", flat=True)) == ["5-1", "5-2", "5-3"]
    assert Resident.objects.count() == 1
    table = io.BytesIO(written_grid("住户", grid))
    table.name = "homes.xlsx"
    assert client.post("/phone/homes/table/", {"region": NEXT_GRID, "table": table}).status_code == 403
    broken = io.BytesIO(b"no table")
    broken.name = "x.xlsx"
    assert client.post("/phone/homes/table/", {"region": GRID, "table": broken}).status_code == 422


def test_the_list_asks_the_database_for_little_and_turns_its_pages(stage: Stage):
    client = stage.client("liming")
    for number in range(33):
        client.post("/phone/homes/new/", {"key": f"h{number}", **HOUSE, "mark": f"1-{number:02}"})
    client.get("/phone/homes/")
    with CaptureQueriesContext(connection) as asked:
        first = client.get("/phone/homes/").content.decode()
    assert len(asked) <= 5, [one["sql"][:120] for one in asked]
    assert "1-00" in first and "1-29" in first and "1-30" not in first and "after=" in first
    second = client.get("/phone/homes/", {"after": f"{GRID}~1-29"}).content.decode()
    assert "1-30" in second and "1-29 ·" not in second
