"""The list taken out as a table: as filtered, only where the post allows it, masked, watermarked, under one line."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings as house
from django.test import Client
from django.utils import timezone

from shouwang.domains.ledger.models import Line
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.people.sessions import begin
from shouwang.faces.sign_in import COOKIE
from shouwang.flows.check_rows import Row
from shouwang.flows.enter_many import enter_many
from shouwang.flows.keep_house import catch_up
from tests.cast import COMMUNITY, COUNTY, NEXT_COMMUNITY, STREET
from tests.faces.record_books import sheets_of
from tests.flows.records_story import MORNING, OWNER, OWNERS, entered, entry, pack_with, settle_areas

pytestmark = pytest.mark.django_db
HOMES = "/office/records/rented_home/export.xlsx"


@pytest.fixture(autouse=True)
def home(settings, tmp_path, db):
    settings.HOME = tmp_path
    settings.PACK = pack_with(tmp_path, OWNERS)
    settle_areas()


def client(actor, language="zh-hans"):
    browser = Client()
    browser.cookies[COOKIE] = begin(actor, lasts=timedelta(hours=1), now=timezone.now())
    browser.cookies[house.LANGUAGE_COOKIE_NAME] = language
    return browser


def homes(cast, count=3):
    rows = [Row(region=COMMUNITY, values=OWNER | {"address": f"={n}号楼", "rooms": n % 90 + 1}) for n in range(count)]
    enter_many(cast["liuguozhu"], "rented_home", rows, key="t", now=MORNING)


def taken(answer):
    """Watermark, machine names, and rows by machine name."""
    assert answer.status_code == 200
    data = b"".join(answer.streaming_content)
    first, machine, _, *rows = next(iter(sheets_of(data).values()))
    return first[0], [dict(zip(machine, row, strict=True)) for row in rows], data


def test_what_leaves_is_masked_marked_and_kept_in_the_ledger(cast):
    homes(cast)
    watermark, rows, data = taken(client(cast["zhangzhiqiang"]).get(HOMES))
    assert "张志强" in watermark and "消防工作站站长" in watermark
    assert len(rows) == 3
    assert {row["phone"] for row in rows} == {"138＊＊＊＊5678"} and {row["owner"][:1] for row in rows} == {"金"}
    assert "金英顺" not in str(rows) and "13812345678" not in str(rows)
    assert rows[0]["@body"].startswith(COMMUNITY)
    line = Line.objects.get(room="records", act="export")
    assert (line.count, line.kind, line.region, line.post) == (3, "records.rented_home", STREET, "station_head")
    catch_up(now=MORNING)
    assert verify(COUNTY).faults == []
    assert "<f>" not in zipfile.ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()


def test_the_table_is_the_list_as_it_is_filtered(cast):
    homes(cast, 5)
    asked = {"v.rooms.from": "2", "v.rooms.to": "3", "area": COMMUNITY}
    watermark, rows, _ = taken(client(cast["hanxue"], "ko").get(HOMES, asked))
    assert sorted(row["rooms"] for row in rows) == [2, 3]
    assert "2" in watermark and COMMUNITY in watermark
    assert Line.objects.get(act="export").region == COMMUNITY
    assert taken(client(cast["hanxue"]).get(HOMES, {"area": NEXT_COMMUNITY}))[1] == []


@pytest.mark.parametrize("login", ["liuguozhu", "liuyang", "xushulan"])
def test_who_may_not_take_out_gets_a_reason(cast, login):
    homes(cast)
    answer = client(cast[login]).get(HOMES)
    assert answer.status_code == 403
    assert not Line.objects.filter(act="export").exists()


def test_an_export_is_read_back_by_the_import_without_harm(cast):
    entered(cast["zhangzhiqiang"], entry(external_id="OA-7"))
    browser = client(cast["zhangzhiqiang"])
    _, rows, data = taken(browser.get("/office/records/meeting/export.xlsx"))
    assert [row["@external"] for row in rows] == ["OA-7"]
    from django.core.files.uploadedfile import SimpleUploadedFile

    looked = browser.post("/office/records/meeting/import/", {"table": SimpleUploadedFile("a.xlsx", data)})
    plan = looked.context["plan"]
    assert (len(plan.new), len(plan.changed), len(plan.same), dict(plan.refused)) == (0, 0, 1, {})


def test_a_long_list_takes_no_more_statements_for_its_rows(cast, django_assert_max_num_queries):
    homes(cast, 400)
    browser = client(cast["zhangzhiqiang"])
    with django_assert_max_num_queries(8):
        assert len(taken(browser.get(HOMES))[1]) == 400
