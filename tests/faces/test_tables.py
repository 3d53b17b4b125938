"""判定表 and 重新定级 on the screen: read, tried, changed in Excel; a case graded again."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from playwright.sync_api import expect
from python_calamine import load_workbook
from xlsxwriter import Workbook

from shouwang.domains.adoptions.models import AdoptedTable
from shouwang.domains.hazards.models import Case
from shouwang.domains.people.actor import Actor
from tests.browser import Screen
from tests.cast import COUNTY, OUTSIDER
from tests.faces.adoption_stage import lived
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter

AUTHORITY, REGULATOR = "/office/tables/hazard-authority/", "/office/tables/industry-regulator/"
STANDARD = "/office/tables/major-elements-gb35181-2025/"
DOCUMENT = {
    "number": "敦消委办[2026]5号", "signed_on": timezone.localdate().isoformat(), "signer": "郭强",
    "effective_from": timezone.localdate().isoformat(),
}  # fmt: skip


@pytest.fixture
def stage(cast: dict[str, Actor]) -> Stage:
    return lived(cast)


def fetched(stage: Stage, address: str) -> list[list[str]]:
    answer = stage.client("hanxue").get(f"{address}table.xlsx")
    return load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def file(rows: list[list[str]]) -> SimpleUploadedFile:
    out = io.BytesIO()
    written = Workbook(out)
    sheet = written.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    written.close()
    return SimpleUploadedFile("table.xlsx", out.getvalue())


def sent(stage: Stage, address: str, rows: list[list[str]], login: str = "hanxue"):
    return stage.client(login).post(f"{address}check/", {**DOCUMENT, "file": file(rows)})


def test_the_standard_nobody_entered_stands_first_and_says_who_must(stage: Stage):
    page = stage.client("hanxue").get("/office/tables/").content.decode()
    assert page.index("GB 35181-2025还没有录入") < page.index("隐患承办单位")
    assert "消防救援大队" in page


def test_a_list_page_asks_few_statements(stage: Stage):
    client = stage.client("hanxue")
    client.get("/office/tables/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/office/tables/")
        client.get(AUTHORITY)
    assert len(asked) <= 30


def test_tried_the_table_names_the_row_that_answers_and_what_keeps_another_from_it(stage: Stage):
    page = stage.client("cuizhe").get(f"{AUTHORITY}?grade=minor&site=shop").content.decode()
    assert "轻微隐患由乡镇(街道)消防工作站跟进到销案" in page and "适用这一行" in page
    assert page.count("✕ 一般") == 1 and page.count("✕ 重大") == 1
    odd = stage.client("cuizhe").get(f"{AUTHORITY}?grade=huge&site=shop").content.decode()
    assert "“级别”看不懂" in odd


def test_a_changed_table_is_shown_with_what_it_would_have_changed_and_then_adopted(stage: Stage):
    rows = fetched(stage, AUTHORITY)
    rows = [["县(市)" if row[0] == "general" and cell == "乡镇(街道)" else cell for cell in row] for row in rows]
    answer = sent(stage, AUTHORITY, rows)
    page = answer.content.decode()
    assert answer.status_code == 200 and "改动一行" in page and "件结果会不同" in page
    assert not AdoptedTable.objects.exists()
    kept = answer.context["rows"]
    done = stage.client("hanxue").post(f"{AUTHORITY}adopt/", {**DOCUMENT, "rows": kept})
    assert done.status_code == 302 and AdoptedTable.objects.get().table == "hazard-authority"
    assert "隐患承办单位" in stage.client("hanxue").get(done.url).content.decode()
    assert "敦消委办〔2026〕5号" in stage.client("hanxue").get(AUTHORITY).content.decode()


def test_what_is_wrong_with_a_sheet_is_said_and_the_document_is_not_typed_again(stage: Stage):
    rows = [[cell.replace("重大", "特大") for cell in row[:3]] + row[3:] for row in fetched(stage, AUTHORITY)]
    answer = sent(stage, AUTHORITY, rows)
    page = answer.content.decode()
    assert answer.status_code == 422 and "“级别”里没有“特大”这个选项" in page and 'value="郭强"' in page
    broken = {**DOCUMENT, "file": SimpleUploadedFile("table.xlsx", b"no workbook")}
    assert "Excel" in stage.client("hanxue").post(f"{AUTHORITY}check/", broken).content.decode()
    assert stage.client("hanxue").post(f"{AUTHORITY}check/", DOCUMENT).status_code == 422
    wrong = {**DOCUMENT, "number": "5"}
    assert stage.client("hanxue").post(f"{AUTHORITY}adopt/", {**wrong, "rows": "id\n"}).status_code == 422
    assert not AdoptedTable.objects.exists()


def test_whoever_holds_the_standard_enters_its_elements(stage: Stage):
    (heads,) = fetched(stage, STANDARD)
    row = {"类别": "直接判定要素", "标准条号": "5.1", "要素(中文)": "（示例）出口全部锁死"}
    answer = sent(stage, STANDARD, [heads, [row.get(head, "") for head in heads]])
    assert answer.status_code == 200 and "（示例）出口全部锁死" in answer.content.decode()
    done = stage.client("hanxue").post(f"{STANDARD}adopt/", {**DOCUMENT, "rows": answer.context["rows"]})
    assert done.status_code == 302
    case = next(iter(stage.cases.values()))
    page = stage.client("zhaoguodong").get(f"/office/hazards/{case}/grade/").content.decode()
    assert "（示例）出口全部锁死" in page and "还没有录入" not in page


@pytest.mark.parametrize("login", ["cuizhe", "zhoumin"])
def test_who_may_not_adopt_may_read_and_is_refused(stage: Stage, login: str):
    assert "敦消委办" not in stage.client(login).get(AUTHORITY).content.decode()
    assert 'type="file"' not in stage.client(login).get(AUTHORITY).content.decode()
    form = {**DOCUMENT, "site": "livestream", "department": "commerce"}
    assert stage.client(login).post(f"{REGULATOR}decide/", form).status_code == 403


def test_an_outsider_reads_another_countys_table_and_nobody_unknown_does(stage: Stage):
    assert stage.client(OUTSIDER.login).get(f"{AUTHORITY}?area={COUNTY}").status_code == 404
    case = next(iter(stage.cases.values()))
    assert stage.client(OUTSIDER.login).get(f"/office/hazards/{case}/grade/").status_code == 404
    assert stage.client(OUTSIDER.login).post(f"/office/hazards/{case}/grade/", {}).status_code == 404
    assert stage.client("hanxue").get("/office/tables/no-such/").status_code == 404


@pytest.mark.parametrize(
    "width, language, scheme", [(1440, "zh-hans", "light"), (320, "ko", "dark")]
)
def test_the_county_names_a_regulator_and_the_brigade_grades_again_on_open_pages(
    stage: Stage, live_server, screen: Screen, width: int, language: str, scheme: str
):
    words = {"zh-hans": ("商务", "重新定级"), "ko": ("상무", "등급 다시 판정")}[language]
    page = enter(screen, live_server, stage, "hanxue", width=width, tongue=language, color_scheme=scheme)
    for address in ("/office/tables/", AUTHORITY, f"{AUTHORITY}?grade=minor&site=shop", STANDARD, REGULATOR):
        page.goto(address)
        assert (address, faults_of(page)) == (address, [])
        assert (address, spilt(page)) == (address, [])
    page.locator("details.settled summary").click()
    page.select_option("#decide-site", "livestream")
    page.select_option("#decide-department", "commerce")
    for name in ("number", "signed_on", "signer"):
        page.fill(f"#decide-{name}", DOCUMENT[name])
    assert faults_of(page) == []
    page.locator("details.settled form button").click()
    expect(page.locator("ins").last).to_contain_text(words[0])
    assert faults_of(page) == [] and spilt(page) == []
    page.locator('form[action*="adopt"] button').click()
    expect(page.locator("h1")).to_have_text("敦消委办〔2026〕5号")
    assert AdoptedTable.objects.get().table == "industry-regulator"

    case = stage.cases["soon"]
    page = enter(screen, live_server, stage, "zhaoguodong", width=width, tongue=language, color_scheme=scheme)
    page.goto(f"/office/hazards/{case}/")
    page.get_by_role("link", name=words[1]).click()
    page.select_option('[name="fact:site"]', "school")
    page.fill("#discussed_on", timezone.localdate().isoformat())
    page.fill("#names", "赵国栋、韩雪、崔哲")
    page.select_option("#found_major", "yes")
    page.locator("form.stack > p button").click()
    expect(page.locator('button[name="sure"]')).to_be_visible()
    assert faults_of(page) == [] and spilt(page) == []
    page.locator('button[name="sure"]').click()
    expect(page).to_have_url(f"{live_server.url}/office/hazards/{case}/?done=regrade")
    assert Case.objects.get(pk=case).grade == "major"
    assert faults_of(page) == []
