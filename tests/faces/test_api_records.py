"""Records by the API: the declaration is told, a record is entered once, faults come by field and in one's language."""

from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.utils import timezone

from shouwang.domains.ledger.models import Evidence
from shouwang.domains.records.models import Record
from tests.cast import COMMUNITY, NEXT_STREET, OUTSIDER, STREET
from tests.faces.api_client import Caller, calling
from tests.flows.records_story import OWNER, OWNERS, minutes, pack_with, settle_areas

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().isoformat()
MEETING = {"held_on": TODAY, "kind": "analysis", "topic": "冬防", "present": 12, "on_forces": True}


@pytest.fixture(autouse=True)
def home(settings, tmp_path, db):
    settings.HOME = tmp_path
    settings.PACK = pack_with(tmp_path, OWNERS)
    settle_areas()


def handed_in(caller: Caller, data: bytes = b"") -> str:
    from django.core.files.uploadedfile import SimpleUploadedFile

    kept = caller._sent("post", "/papers", {"file": SimpleUploadedFile("minutes.pdf", data or minutes())})
    assert kept.status_code == 201, kept.content
    return kept.json()["sha256"]


def meeting(caller: Caller, *, key: str = "", region: str = STREET, papers=None, outside: str = "", **more):
    scan = [{"name": "minutes", "sha256": handed_in(caller)}] if papers is None else papers
    given = {"type": "meeting", "region": region, "values": MEETING | more, "papers": scan}
    given |= {"external_id": outside} if outside else {}
    return caller.post("/records", given, **{"Idempotency-Key": key or uuid4().hex})


def rented(caller: Caller, **more):
    values = {**OWNER, "seen_on": TODAY, **more}
    given = {"type": "rented_home", "region": COMMUNITY, "values": values}
    return caller.post("/records", given, **{"Idempotency-Key": uuid4().hex})


def change(caller: Caller, record_id: str, **body):
    import json

    return caller._sent("patch", f"/records/{record_id}", json.dumps(body), content_type="application/json")


def test_the_declaration_is_told_in_the_callers_language(cast):
    caller = calling(cast["cuizhe"], "ko")
    types = {one["id"]: one for one in caller.get("/record-types").json()["types"]}
    assert types["meeting"]["label"] == "회의기록" and types["meeting"]["may_enter"] is True
    told = caller.get("/record-types/meeting").json()
    fields = {one["name"]: one for one in told["fields"]}
    assert (fields["present"]["type"], fields["present"]["least"], fields["present"]["most"]) == ("integer", 1, 2000)
    assert {"code": "analysis", "label": "화재위험 연구판단 전문회의"} in fields["kind"]["choices"]
    assert told["papers"][0]["required"] is True and told["papers"][0]["why"]
    assert caller.get("/record-types/golden_calf").status_code == 404


def test_a_record_is_entered_once_and_is_evidence(cast):
    caller = calling(cast["cuizhe"])
    scan = [{"name": "minutes", "sha256": handed_in(caller)}]
    first = meeting(caller, key="k-1", papers=scan)
    assert first.status_code == 201, first.content
    again = meeting(caller, key="k-1", papers=scan)
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert meeting(caller, key="k-1", papers=scan, topic="另一件").status_code == 409
    told = first.json()
    assert told["values"]["present"] == 12 and told["papers"][0]["name"] == "minutes"
    assert Evidence.objects.filter(subject=told["id"], kind="record.meeting").count() == 1
    assert Record.objects.get(id=told["id"]).way == "api"


def test_what_another_system_sends_twice_stands_once(cast):
    caller = calling(cast["cuizhe"])
    first, again = meeting(caller, outside="OA-1"), meeting(caller, outside="OA-1")
    assert (first.status_code, again.status_code, again.json()["id"]) == (201, 200, first.json()["id"])
    other = meeting(caller, outside="OA-1", topic="另一件")
    assert [one["field"] for one in other.json()["errors"]] == ["external_id"]
    assert caller.get("/records", type="meeting", external_id="OA-1").json()["records"][0]["id"] == first.json()["id"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "“到会人数”要在1到2000之间"), ("ko", "“참가인수”은(는) 1부터 2000사이여야 함"),
     ("en", "“Present” must be between 1 and 2000")],
)  # fmt: skip
def test_every_fault_is_told_by_field_in_the_callers_language(cast, language, words):
    caller = calling(cast["cuizhe"], language)
    answer = meeting(caller, papers=[], present=5000, topic=None, colour="red")
    assert answer.status_code == 400
    told = {one["field"]: one["message"] for one in answer.json()["errors"]}
    assert set(told) == {"values.present", "values.topic", "values.colour", "papers.minutes"}
    assert told["values.present"] == words
    assert not Record.objects.exists()


def test_who_may_not_is_refused_with_the_clause(cast):
    caller = calling(cast["cuizhe"])
    refused = meeting(caller, region=NEXT_STREET)
    assert refused.status_code == 403 and refused.json()["reasons"][0]["clause"] == "08-02"


def test_a_part_is_changed_and_an_older_sight_of_it_is_refused(cast):
    caller = calling(cast["cuizhe"])
    record = meeting(caller).json()
    changed = change(caller, record["id"], version=1, values={"present": 15, "on_forces": None}, note="点错了")
    assert changed.status_code == 200, changed.content
    told = changed.json()
    assert told["values"]["present"] == 15 and "on_forces" not in told["values"] and told["values"]["topic"] == "冬防"
    assert [step["act"] for step in told["steps"]] == ["amend"]
    assert change(caller, record["id"], version=1, values={"present": 16}).status_code == 409
    assert change(caller, record["id"], version=2, values={"held_on": None}).status_code == 400


def test_personal_values_go_in_and_come_out_masked(cast):
    caller = calling(cast["liuguozhu"])
    told = rented(caller).json()
    assert told["masked"] == ["owner", "phone"] and told["values"]["owner"] == "金＊＊"
    assert "金英顺" not in caller.get("/records", type="rented_home").content.decode()
    kept = change(caller, told["id"], version=1, values={"rooms": 4}).json()
    assert kept["values"]["rooms"] == 4 and kept["values"]["owner"] == "金＊＊"


def test_another_confirms_by_the_api_too(cast):
    record = rented(calling(cast["liuguozhu"])).json()
    own = calling(cast["liuguozhu"]).post(f"/records/{record['id']}/acts", {"act": "confirm", "version": 1})
    assert own.status_code == 403
    done = calling(cast["zhangzhiqiang"]).post(f"/records/{record['id']}/acts", {"act": "confirm", "version": 1})
    assert done.status_code == 200 and done.json()["state"] == "confirmed"
    back = calling(cast["zhangzhiqiang"]).post(f"/records/{record['id']}/acts", {"act": "return", "version": 2})
    assert back.status_code == 403


def test_lists_go_by_day_and_by_searched_fields(cast):
    village, station = calling(cast["liuguozhu"]), calling(cast["zhangzhiqiang"])
    for n in range(3):
        rented(village, address=f"{n}号", rooms=str(n + 1), alarmed="是" if n else "否")

    def found(**query):
        answer = station.get("/records", type="rented_home", **query)
        assert answer.status_code == 200, answer.content
        return sorted(one["name"] for one in answer.json()["records"])

    assert found() == ["0号", "1号", "2号"] and station.statements <= 4
    assert found(where="rooms:2") == ["1号"] and found(where="alarmed:是") == ["1号", "2号"]
    assert found(area=COMMUNITY, since=TODAY, state="entered") == ["0号", "1号", "2号"]
    assert found(until="2020-01-01") == []
    wrong = [{"where": "owner:金英顺"}, {"where": "rooms:多"}, {"since": "2026-02-30"}, {"after": "x"}]
    for query in wrong:
        answer = station.get("/records", type="rented_home", **query)
        assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (400, list(query))


@pytest.mark.parametrize("who", [OUTSIDER.login, "sunyulan", "luoping"])
def test_nobody_outside_finds_or_touches_it(cast, who):
    record = rented(calling(cast["liuguozhu"])).json()
    caller = calling(cast[who])
    assert caller.get("/records", type="rented_home").json() == {"records": [], "after": None}
    assert caller.get(f"/records/{record['id']}").status_code == 404
    assert change(caller, record["id"], version=1, values={"rooms": 9}).status_code == 404
    acts = caller.post(f"/records/{record['id']}/acts", {"act": "withdraw", "version": 1, "note": "不要"})
    assert acts.status_code == 404


def test_papers_of_an_office_are_taken_and_photos_are_asked_as_before(cast):
    caller = calling(cast["cuizhe"])
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    book = BytesIO()
    with ZipFile(book, "w") as zipped:
        zipped.writestr("[Content_Types].xml", f'<Types><Override ContentType="{main}"/></Types>')
        zipped.writestr("xl/workbook.xml", "<workbook/>")
    scan = [{"name": "minutes", "sha256": handed_in(caller, book.getvalue())}]
    record = meeting(caller, papers=scan).json()
    file = caller.get(f"/files/{record['id']}/{record['papers'][0]['id']}")
    assert file.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert caller.upload(book.getvalue(), "x.xlsx").status_code == 415
    gone = meeting(caller, papers=[{"name": "minutes", "sha256": "0" * 64}])
    assert [one["field"] for one in gone.json()["errors"]] == ["papers.minutes"]


def test_a_yaml_file_copied_in_is_all_a_new_type_needs(cast, settings, tmp_path):
    """No code: it stands in the overview, in its form, in its list and in the API, and its faults are worded."""
    yaml = """
golden_calf:
  row: 10-09
  label: {zh: 金牛犊, ko: 금송아지, en: Golden calf}
  levels: [township]
  enters: [station_staff]
  occurs: seen_on
  named_by: what
  fields:
    seen_on: {label: {zh: 看到日期, ko: 본 날자, en: Seen on}, type: date, required: true}
    what: {label: {zh: 是什么, ko: 무엇, en: What}, type: text, required: true, most: 5}
"""
    settings.PACK = pack_with(tmp_path / "more", yaml)
    from tests.faces.stage import Stage

    stage = Stage(cast, {}, timezone.now())
    browser, caller = stage.client("cuizhe"), calling(cast["cuizhe"], "ko")
    assert "金牛犊" in browser.get("/office/records/").content.decode()
    form = browser.get("/office/records/golden_calf/new/").content.decode()
    assert "看到日期" in form and 'name="v.what"' in form
    given = {"type": "golden_calf", "region": STREET, "values": {"seen_on": TODAY, "what": "金做的牛犊"}}
    key = {"Idempotency-Key": "g"}
    wrong = caller.post("/records", {**given, "values": {"seen_on": TODAY, "what": "一头金做的牛犊"}}, **key)
    assert "“무엇”은(는) 5자까지" in wrong.json()["errors"][0]["message"]
    done = caller.post("/records", given, **key)
    assert done.status_code == 201, done.content
    assert "金做的牛犊" in browser.get("/office/records/golden_calf/").content.decode()
    assert caller.get("/record-types/golden_calf").json()["label"] == "금송아지"
    assert Evidence.objects.get(subject=done.json()["id"]).kind == "record.golden_calf"
