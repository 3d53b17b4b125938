"""设备 in the office: an operator's list comes in, proves what was fitted, and what speaks unknown is shown."""

import io
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now
from python_calamine import load_workbook
from xlsxwriter import Workbook

from shouwang.domains.devices.hearing import Heard, known_at, note_heard
from shouwang.domains.devices.models import Device
from shouwang.domains.ledger.models import Evidence
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.people.actor import Actor
from shouwang.flows import import_devices as importing
from tests.browser import Screen
from tests.cast import COMMUNITY, COUNTY, NEXT_STREET, OUTSIDER, PREFECTURE
from tests.faces.adoption_stage import lived
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter

HEAD = ("IMEI或源地址 *", "设备种类", "area", "place", "site", "运营商", "安装日期", "试响日期")
DAY = date(2026, 3, 1)
GOOD = ("860000000000001", "感烟报警器", COMMUNITY, "祥和小区3号楼", "老旧小区", "ctwing", DAY, DAY.isoformat())


@pytest.fixture
def stage(cast: dict[str, Actor]) -> Stage:
    return lived(cast)


def table(*rows, head=HEAD) -> io.BytesIO:
    out = io.BytesIO()
    book = Workbook(out, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, row in enumerate((head, *rows)):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    book.close()
    out.seek(0)
    out.name = "list.xlsx"
    return out


def send(stage: Stage, login: str, *rows, way="operator", **more):
    return stage.client(login).post("/office/devices/import/", {"table": table(*rows, **more), "way": way})


def test_a_list_is_taken_in_and_proves_what_was_fitted(stage: Stage):
    assert send(stage, "cuizhe", GOOD).context["taken"].new == [2]
    [device] = Device.objects.filter(address=GOOD[0])
    assert (device.kind, device.region, device.site, device.installed_on) == (
        "smoke_alarm", COMMUNITY, "old_compound", date(2026, 3, 1),
    )  # fmt: skip
    told = {one.kind: (one.subject, one.facts) for one in Evidence.objects.filter(room="devices")}
    assert told["device.installed"] == (device.id, {"device": ["smoke_alarm"], "tested": True})
    assert told["record.device_install"][1] == {
        "device": "smoke_alarm", "place": "old_compound", "number": 1, "tested": True,
    }  # fmt: skip
    assert set(told) == {"device.installed", "device.tested", "record.device_install"}
    assert send(stage, "cuizhe", GOOD).context["taken"].same == [2]
    seal_and_fold(now=stage.now)
    assert verify(COUNTY).faults == []


def test_rows_that_cannot_be_taken_come_back_with_the_reason(stage: Stage):
    elsewhere = ("860000000000002", "smoke_alarm", NEXT_STREET, "x", "", "", "", "")
    strange = ("86 no!", "火箭", COMMUNITY, "y", "月球", "", "明天", "")
    twice = ("860000000000003", "gas_alarm", COMMUNITY, "z", "", "", "", "")
    page = send(stage, "cuizhe", elsewhere, strange, twice, twice)
    taken = page.context["taken"]
    assert taken.new == [4] and set(taken.refused) == {2, 3, 5}
    assert set(taken.refused[3]) == {"address", "kind", "site", "installed_on"}
    answer = stage.client("cuizhe").get("/office/devices/import/returned.xlsx", {"slip": page.context["slip"]})
    rows = load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["860000000000002", "86 no!", "860000000000003"] and all(r[0] for r in rows)
    stranger = stage.client("hanxue").get("/office/devices/import/returned.xlsx", {"slip": page.context["slip"]})
    assert stranger.status_code == 404


def test_a_source_address_is_the_number_that_the_device_says(stage: Stage):
    rest = ("transmitter", COMMUNITY, "门卫室", "", "", "", "")
    rows = [(address, *rest) for address in ("000889", "889", "86A1", str(1 << 48), str((1 << 48) - 1))]
    taken = send(stage, "cuizhe", *rows, way="gb26875").context["taken"]
    assert taken.new == [2, 6] and set(taken.refused) == {3, 4, 5}
    assert all("281474976710655" in taken.refused[number]["address"] for number in (4, 5))
    assert set(known_at("gb26875", ["889", "000889"], counties=[COUNTY])) == {"889"}
    assert send(stage, "cuizhe", ("86A1", *rest)).context["taken"].new == [2], "an IMEI stays as it was written"


def test_the_same_table_twice_at_once_is_taken_in_once(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    other = ("860000000000009", *GOOD[1:])
    send(stage, "cuizhe", GOOD)
    real, looks = importing.here_already, []

    def late(*asked):
        looks.append(asked)
        return {} if len(looks) == 1 else real(*asked)

    monkeypatch.setattr(importing, "here_already", late)
    taken = send(stage, "cuizhe", GOOD, other).context["taken"]
    assert (taken.same, taken.new, taken.refused) == ([2], [3], {}) and len(looks) == 2
    monkeypatch.setattr(importing, "here_already", lambda *asked: {})
    page = send(stage, "cuizhe", GOOD, other)
    assert page.status_code == 200 and set(page.context["taken"].refused) == {2, 3} and page.context["slip"]
    assert Device.objects.filter(address__in=(GOOD[0], other[0])).count() == 2


def test_what_was_fitted_this_morning_may_be_entered_before_eight(stage: Stage):
    today = localdate(stage.now)
    early = datetime.combine(today - timedelta(days=1), time(23, 30), tzinfo=UTC)
    cells = dict(zip((*importing.NEEDED, "site"), GOOD[:5], strict=True))
    words = importing.Words(kinds={GOOD[1]: "smoke_alarm"}, sites={GOOD[4]: "old_compound"})
    for day, entered in ((today + timedelta(days=1), []), (today, [2])):
        row = importing.DeviceRow(number=2, cells={**cells, "installed_on": day})
        done = importing.import_devices(stage.cast["cuizhe"], [row], words, way="operator", now=early)
        assert done.new == entered


def test_a_table_that_is_none_is_refused_in_words(stage: Stage):
    assert send(stage, "cuizhe", GOOD, head=("a", "b")).status_code == 422
    broken = io.BytesIO(b"no workbook")
    broken.name = "list.xlsx"
    assert stage.client("cuizhe").post("/office/devices/import/", {"table": broken}).status_code == 422
    assert stage.client("cuizhe").post("/office/devices/import/", {}).status_code == 422


def test_everybody_sees_the_devices_of_the_own_place_only(stage: Stage):
    send(stage, "cuizhe", GOOD)
    assert GOOD[3] in stage.client("cuizhe").get("/office/devices/").content.decode()
    assert GOOD[3] in stage.client("hanxue").get("/office/devices/", {"kind": "smoke_alarm"}).content.decode()
    for login in ("sunyulan", OUTSIDER.login):
        assert GOOD[3] not in stage.client(login).get("/office/devices/").content.decode()
    assert stage.client(OUTSIDER.login).get("/office/devices/import/").status_code == 404


def test_pages_follow_one_another_in_a_steady_number_of_statements(stage: Stage):
    send(stage, "hanxue", *((f"86{n:013}", "smoke_alarm", COMMUNITY, f"{n}号", "", "", "", "") for n in range(120)))
    client, seen, address = stage.client("cuizhe"), [], "/office/devices/"
    while address:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert len([one for one in asked if "devices_device" in one["sql"]]) == 1 and len(asked) <= 14
        seen += [row["id"] for row in answer.context["rows"]]
        address = answer.context["next"]
    assert len(seen) == len(set(seen)) == 120


def test_what_fell_silent_and_what_nobody_knows_is_shown_to_whom_it_concerns(stage: Stage):
    send(stage, "cuizhe", ("4711", "transmitter", COMMUNITY, "门卫室", "", "", "", ""), way="gb26875")
    device = known_at("gb26875", ["4711"], counties=[COUNTY])["4711"]
    at = stage.now - timedelta(hours=1)
    whole = {"device": device.id, "county": COUNTY, "region": COMMUNITY, "address": "4711", "peer": "10.0.0.1"}
    note_heard("gb26875", [Heard(**whole, at=at, beat=30.0)])
    lost = {"device": None, "county": PREFECTURE[:6], "region": PREFECTURE, "address": "9999", "peer": "10.0.0.2"}
    note_heard("gb26875", [Heard(**lost, at=at, beat=None)])
    assert "门卫室" in stage.client("cuizhe").get("/office/devices/", {"silent": "1"}).content.decode()
    assert "9999" in stage.client("quanzhenhu").get("/office/devices/unknown/").content.decode()
    for login in ("cuizhe", OUTSIDER.login):
        assert "9999" not in stage.client(login).get("/office/devices/unknown/").content.decode()
    note_heard("gb26875", [Heard(**whole, at=now(), beat=30.0)])
    assert "门卫室" not in stage.client("cuizhe").get("/office/devices/", {"silent": "1"}).content.decode()


def test_a_device_is_tried_out_asked_and_taken_down(stage: Stage):
    send(stage, "cuizhe", ("4712", "transmitter", COMMUNITY, "监控室", "", "", DAY, ""), way="gb26875")
    device = Device.objects.get(address="4712")
    page = f"/office/devices/{device.id}/"
    assert stage.client("cuizhe").post(page, {"act": "duty_check"}).status_code == 302
    shown = stage.client("hanxue").get(page).content.decode()
    assert "查岗" in shown and "监控室" in shown
    assert stage.client("cuizhe").post(page, {"act": "test"}).status_code == 302
    device.refresh_from_db()
    assert device.tested_on == localdate(stage.now) and device.version == 2
    assert Evidence.objects.filter(kind="device.installed", facts__tested=True, subject=device.id).count() == 1
    for login in (OUTSIDER.login, "sunyulan"):
        assert stage.client(login).get(page).status_code == 404
        assert stage.client(login).post(page, {"act": "retire"}).status_code == 404
    assert stage.client("cuizhe").post(page, {"act": "retire"}).status_code == 302
    assert Evidence.objects.filter(subject=device.id, facts__withdrawn=True).count() == 2
    assert stage.client("cuizhe").post(page, {"act": "test"}).status_code == 404
    seal_and_fold(now=stage.now)
    assert verify(COUNTY).faults == []


@pytest.mark.parametrize("width, tongue", [(1440, "zh-hans"), (320, "ko")])
def test_the_pages_are_open_to_everybody(stage: Stage, live_server, screen: Screen, width: int, tongue: str):
    send(stage, "cuizhe", GOOD)
    page = enter(screen, live_server, stage, "hanxue", width=width, tongue=tongue)
    one = f"/office/devices/{Device.objects.get(address=GOOD[0]).id}/"
    for address in ("/office/devices/", one, "/office/devices/import/", "/office/devices/unknown/"):
        page.goto(address)
        assert (address, faults_of(page)) == (address, [])
        assert (address, spilt(page)) == (address, [])
