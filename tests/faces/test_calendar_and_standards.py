"""工作日历 and 法规标准 on the screen: the notice entered, what it moved; standards, and their values back by Excel."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from playwright.sync_api import expect
from python_calamine import load_workbook
from xlsxwriter import Workbook

from shouwang.domains.adoptions.models import Adoption, YearNotice
from shouwang.domains.people.actor import Actor
from shouwang.kernel.notices import due_off
from tests.browser import Screen
from tests.cast import COUNTY, OUTSIDER, PREFECTURE
from tests.faces.adoption_stage import small
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter

WHISTLE = "whistle.arrival.hours"
NEXT = timezone.localdate().year + 1


@pytest.fixture
def stage(cast: dict[str, Actor]) -> Stage:
    return small(cast)


def grids(data: bytes) -> list[list[list[object]]]:
    found = load_workbook(io.BytesIO(data))
    return [found.get_sheet_by_name(name).to_python() for name in found.sheet_names]


def book(*sheets: list[list[object]]) -> bytes:
    """As somebody saves it who filled it in."""
    out = io.BytesIO()
    written = Workbook(out)
    for rows in sheets:
        sheet = written.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    written.close()
    return out.getvalue()


def table(*more: str) -> SimpleUploadedFile:
    rows = [f"{day},休" for day in sorted(due_off(NEXT))]
    return SimpleUploadedFile("days.csv", "\n".join(["day,kind", *rows, *more]).encode("gb18030"))


def sent(stage: Stage, login: str = "quanzhenhu", *more: str, number: str = "国办发明电[2026]7号"):
    form = {"year": NEXT, "number": number, "table": table(*more)}
    return stage.client(login).post("/office/calendar/", form)


def test_the_prefecture_enters_the_notice_and_everybody_sees_the_year_is_official(stage: Stage):
    before = stage.client("hanxue").get("/office/calendar/").content.decode()
    assert "暂定" in before and "enctype" not in before
    answer = sent(stage)
    assert answer.status_code == 303 and YearNotice.objects.get().number == "国办发明电〔2026〕7号"
    after = stage.client("hanxue").get(answer.url.partition("#")[0]).content.decode()
    assert "国办发明电〔2026〕7号" in after and "您没有期限受影响" in after


def test_a_bad_row_is_named_and_what_was_typed_stays(stage: Stage):
    answer = sent(stage, "quanzhenhu", f"{NEXT}-13-01,休")
    text = answer.content.decode()
    assert answer.status_code == 422 and f"第 {len(due_off(NEXT)) + 2} 行" in text
    assert 'value="国办发明电[2026]7号"' in text and not YearNotice.objects.exists()


@pytest.mark.parametrize("login", ["hanxue", "liming", OUTSIDER.login])
def test_nobody_else_enters_it(stage: Stage, login: str):
    assert sent(stage, login).status_code == 403
    assert not YearNotice.objects.exists()


def test_pages_ask_few_statements(stage: Stage):
    sent(stage)
    for address, most in (("/office/calendar/", 16), ("/office/standards/", 12)):
        with CaptureQueriesContext(connection) as asked:
            assert stage.client("hanxue").get(address).status_code == 200
        assert len(asked) <= most, (address, len(asked))


def test_what_is_still_unset_says_by_whom_it_is_entered(stage: Stage):
    text = stage.client("hanxue").get("/office/standards/").content.decode()
    assert "GB 35181-2025" in text and "第5章直接要素" in text and "已被代替" in text
    assert stage.client(OUTSIDER.login).get(f"/office/standards/?area={COUNTY}").status_code == 404


def test_the_one_excel_goes_out_and_comes_back_through_the_adoption_sheet(stage: Stage):
    client = stage.client("hanxue")
    document, values = grids(client.get("/office/standards/values.xlsx").content)
    today = timezone.localdate()
    for row, told in zip(document, ("敦消委办[2026]5号", today.isoformat(), "郭强", today.isoformat()), strict=False):
        row[1] = told
    heads = values[0]
    row = next(row for row in values if row[heads.index("编号")] == WHISTLE)
    row[heads.index("采纳值")] = 2
    file = SimpleUploadedFile("values.xlsx", book(document, values))
    checked = client.post(f"/office/standards/upload/?area={COUNTY}", {"file": file})
    assert checked.status_code == 200 and "敦消委办[2026]5号" in checked.content.decode()
    assert not Adoption.objects.exists()
    assert f'name="value:{WHISTLE}" value="2"' in checked.content.decode()


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused_in_words(stage: Stage, data: bytes):
    file = SimpleUploadedFile("values.xlsx", data)
    answer = stage.client("hanxue").post(f"/office/standards/upload/?area={COUNTY}", {"file": file})
    assert answer.status_code == 422


@pytest.mark.parametrize("width, tongue", [(1440, "zh-hans"), (320, "ko")])
def test_both_pages_are_open_to_all_and_fit(stage: Stage, live_server, screen: Screen, width: int, tongue: str):
    sent(stage)
    page = enter(screen, live_server, stage, "quanzhenhu", width=width, tongue=tongue)
    for address in ("/office/calendar/", f"/office/standards/?area={PREFECTURE}", "/office/tasks/month/"):
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("nav [aria-current=page]").first).not_to_have_attribute("href", "/office/")
        assert (address, faults_of(page)) == (address, [])
        assert (address, spilt(page)) == (address, [])
