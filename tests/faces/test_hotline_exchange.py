"""12345对接 in the office and by the API: the same columns as CSV, Excel and JSON; bad rows come back with reasons."""

import csv
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shouwang.domains.hazards.models import Case
from shouwang.domains.people.sessions import begin, service_token
from shouwang.faces.hotline.tables import ANSWERS, COLUMNS, LABELS, NEEDED, read_orders, written
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.keep_house import catch_up
from tests.browser import Screen
from tests.cast import STREET
from tests.faces.api_client import Caller, calling
from tests.faces.looking import clipped, faults_of
from tests.faces.stage import AFTER, DAY, HOUR, Stage
from tests.faces.test_office_screens import enter
from tests.house.sources import ROOT

GOOD = {
    "order": "DH-1", "received_on": "2026-11-24", "area": STREET, "content": "楼道堆物", "caller_name": "吕秀英",
    "place": "丹江小区9号楼", "reply_due_on": "2026-12-31",
}  # fmt: skip
BAD = {**GOOD, "order": "DH-2", "area": "火星街道"}


def sent(stage: Stage, rows, kind: str, login: str = "hanxue"):
    data = written(COLUMNS, rows, kind)
    if kind == "json":
        data = json.dumps({"orders": rows}, ensure_ascii=False).encode()
    return stage.client(login).post("/office/hotline/", {"table": SimpleUploadedFile(f"orders.{kind}", data)})


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_each_form_is_taken_and_the_bad_row_comes_back_in_it(stage: Stage, kind: str):
    page = sent(stage, [GOOD, BAD], kind)
    told = page.content.decode()
    assert page.status_code == 200 and "新收 1" in told and "未收下 1" in told
    back = re.search(r'href="(/office/hotline/returned/[^"]+)"', told)[1].replace("&amp;", "&")
    data = stage.client("hanxue").get(back)
    rows = read_back(data.content, kind)
    assert [row["order"] for row in rows] == ["DH-2"] and "没有这个名称" in rows[0]["reasons"]
    assert "新收 0" in sent(stage, [GOOD], kind).content.decode()
    assert stage.client("liuyang").get(back).status_code == 404


def read_back(data: bytes, kind: str):
    if kind == "json":
        return json.loads(data)["rows"]
    if kind == "csv":
        names = ("reasons", *COLUMNS)
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        return [dict(zip(names, row, strict=True)) for row in lines[1:]]
    from shouwang.faces.workbook.opening import opened

    return [dict(zip(("reasons", *COLUMNS), row, strict=True)) for row in opened(data)[0].rows[1:]]


def test_a_table_in_gb18030_with_korean_headings_is_read():
    text = "지시서번호,넘겨받은 날자,관할구역(이름 또는 코드),전화 내용\nDH-3,2026-11-24,渤海街道,通道堵塞\n"
    rows = read_orders(text.encode("gb18030"), "csv")
    assert rows[0].cells["order"] == "DH-3" and rows[0].cells["area"] == "渤海街道"


@pytest.mark.parametrize("kind, data", [("csv", b"\xff\xfe\x00"), ("xlsx", b"PK"), ("json", b"[1]"), ("exe", b"MZ")])
def test_what_is_no_such_table_is_refused_in_words(stage: Stage, kind: str, data: bytes):
    page = stage.client("hanxue").post("/office/hotline/", {"table": SimpleUploadedFile(f"orders.{kind}", data)})
    assert page.status_code == 422 and 'role="alert"' in page.content.decode()


def test_answers_go_out_in_three_forms_and_nobody_else_fetches_them(stage: Stage):
    sent(stage, [GOOD], "csv")
    case = Case.objects.get(place=GOOD["place"])
    now = case.reported_at
    advance_hazard(stage.cast["cuizhe"], case.id, Move(act="submit", photos=(AFTER,)), now=now + HOUR)
    advance_hazard(stage.cast["zhangzhiqiang"], case.id, Move(act="pass"), now=now + 2 * HOUR)
    advance_hazard(stage.cast["cuizhe"], case.id, Move(act="answer", note="=已清走"), now=now + 3 * HOUR)
    catch_up(now=now + DAY)
    client = stage.client("hanxue")
    rows = json.loads(client.get("/office/hotline/answers.json").content)["rows"]
    assert [(row["order"], row["answer"], row["in_time"]) for row in rows] == [("DH-1", "=已清走", True)]
    later = client.get("/office/hotline/answers.json", {"since": rows[0]["position"]})
    assert json.loads(later.content)["rows"] == []
    assert "'=已清走" in client.get("/office/hotline/answers.csv").content.decode("utf-8-sig")
    assert client.get("/office/hotline/answers.xlsx").content[:2] == b"PK"
    for stranger in ("liuyang", "liming"):
        assert stage.client(stranger).get("/office/hotline/answers.csv").status_code in (403, 404)
    assert client.get("/office/hotline/answers.pdf").status_code == 404


def test_the_platform_speaks_by_its_own_token(stage: Stage):
    from shouwang.domains.people.models import Person

    person = Person.objects.get(login="rexian12345")
    from datetime import timedelta

    from django.utils import timezone

    caller = Caller(token=service_token(person, lasts=timedelta(days=180), now=timezone.now() - timedelta(days=90)))
    done = caller.post("/hotline/orders", {"orders": [GOOD, BAD]})
    assert done.status_code == 200
    told = done.json()
    assert [one["how"] for one in told["taken"]] == ["new"]
    assert [(one["order"], list(one["faults"])) for one in told["refused"]] == [("DH-2", ["area"])]
    assert caller.post("/hotline/orders", {"orders": [GOOD]}).json()["taken"][0]["how"] == "same"
    assert caller.get("/hazards").json()["hazards"] == [] or all(
        row["code"] == told["taken"][0]["code"] for row in caller.get("/hazards").json()["hazards"]
    )
    catch_up(now=timezone.now())
    answers = caller.get("/hotline/answers").json()
    assert [one["order"] for one in answers["answers"]] == ["DH-1"]
    assert calling(stage.cast["liming"]).post("/hotline/orders", {"orders": [GOOD]}).status_code == 403
    quiet = begin(person, lasts=timedelta(days=180), now=timezone.now() - timedelta(days=90))
    assert Caller(token=quiet).get("/hotline/answers").status_code == 401, "an ordinary session ends by idling"


def test_the_howto_tells_every_column_by_all_its_names():
    from django.utils import translation

    text = (ROOT / "docs" / "howto" / "hotline.md").read_text("utf-8")
    for name in (*COLUMNS, *ANSWERS):
        assert f"`{name}`" in text
        with translation.override("zh-hans"):
            assert translation.gettext(LABELS[name]) in text
    rows = re.findall(r"^\| `(\w+)` \| [^|]* \| (yes|) \|", text, re.MULTILINE)
    assert dict(rows) == {name: "yes" if name in NEEDED else "" for name in COLUMNS}


@pytest.mark.parametrize("width, tongue", [(320, "ko"), (1440, "zh-hans")])
def test_the_page_and_the_case_with_its_reporters_are_whole(stage, live_server, screen: Screen, width, tongue):
    sent(stage, [GOOD], "csv")
    case = Case.objects.get(place=GOOD["place"])
    page = enter(screen, live_server, stage, "hanxue", width=width, tongue=tongue)
    for path in (
        "/office/hotline/", f"/office/hazards/{case.id}/", f"/office/hazards/new/?area={STREET}&channel=telephone",
    ):  # fmt: skip
        page.goto(path)
        assert (path, faults_of(page)) == (path, [])
        assert (path, clipped(page)) == (path, [])
