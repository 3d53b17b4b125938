"""参数采纳单 in a real browser: a page of undetermined turns into numbers; on paper and back; open to all."""

from pathlib import Path

import pytest
from django.utils import timezone
from docx import Document
from playwright.sync_api import Page, expect

from shouwang.domains.adoptions.models import Adoption
from shouwang.domains.duties.models import Standing
from shouwang.domains.hazards.models import Case
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.people.actor import Actor
from shouwang.flows.keep_house import catch_up
from tests.browser import Screen
from tests.cast import COUNTY
from tests.faces.adoption_stage import lived
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import HOUR, TOWN, Stage, reported
from tests.faces.test_office_screens import enter

BUILD, INTAKES, GENERAL = "facilities.build.months", "water.intakes.per_year", "hazard.general.workdays"


@pytest.fixture
def stage(cast: dict[str, Actor]) -> Stage:
    return lived(cast)


def document(page: Page, number: str = "敦消委办[2026]5号") -> None:
    page.fill("#number", number)
    page.fill("#signed_on", timezone.localdate().isoformat())
    page.fill("#signer", "郭强")


def value(page: Page, name: str):
    return page.locator(f'input[name="value:{name}"]')


def looked_at(page: Page, where: str) -> None:
    assert (where, faults_of(page)) == (where, [])
    assert (where, spilt(page)) == (where, [])


def test_the_adoption_sheet_turns_a_page_of_undetermined_into_numbers(
    stage: Stage, live_server, screen: Screen
):
    """The scene: a town cannot be judged, 韩雪 adopts the county's values, the worker judges, numbers stand there."""
    old = Case.objects.get(pk=stage.cases["soon"])
    judged = dict(Standing.objects.filter(subject=old.id).values_list("duty", "verdict"))
    page = enter(screen, live_server, stage, "hanxue", width=1440)
    page.goto(f"/office/hazards/{old.id}/")
    deadline = page.locator(".time .ahead").inner_text()
    month = timezone.localdate().strftime("%Y-%m")
    duty = f"/board/{TOWN}/duties/?duty=village_water_intake&month={month}"
    page.goto(f"/board/{TOWN}/")
    intake = page.locator('.item:has(a[href*="village_water_intake"])')
    expect(intake).to_contain_text("项无法判定")
    expect(intake.locator(".number")).to_have_text("– 0/0")
    page.goto(duty)
    expect(page.locator(".list")).to_contain_text("尚未填写，由")

    page.goto("/office/adoption/")
    page.get_by_label("采纳全部").check()
    assert page.locator("input[data-suggested]:not(:checked)").count() == 0
    value(page, BUILD).fill("12个月")
    value(page, INTAKES).fill("3")
    value(page, GENERAL).fill("3")
    document(page)
    page.get_by_role("button", name="核对").click()
    promised = page.locator("ul.note")
    expect(promised).to_contain_text("2 项未填写的参数将有取值")
    expect(promised).to_contain_text("项职责将由无法判定变为可判定")
    count = int(promised.locator("li", has_text="变为可判定").inner_text().split()[0])
    waiting = Standing.objects.filter(county=COUNTY, verdict="undetermined").count()
    page.get_by_role("button", name="确认采纳").click()
    expect(page.locator("[role=status]")).to_contain_text("已采纳")

    catch_up(now=timezone.now())
    assert waiting - Standing.objects.filter(county=COUNTY, verdict="undetermined").count() >= count > 5
    page.goto(f"/board/{TOWN}/")
    expect(intake).not_to_contain_text("项无法判定")
    expect(intake.locator(".number")).to_contain_text("0%")
    page.goto(duty)
    expect(page.locator(".list")).to_contain_text("已过期限，没有完成记录")
    assert dict(Standing.objects.filter(subject=old.id).values_list("duty", "verdict")) == judged
    page.goto(f"/office/hazards/{old.id}/")
    assert page.locator(".time .ahead").inner_text() == deadline
    new = reported(
        stage.cast["liming"], "lane_occupied", ago=0 * HOUR, now=timezone.now(), place="新安路南口"
    )
    page.goto(f"/office/hazards/{new}/")
    assert page.locator(".time .ahead").inner_text() != deadline
    assert Case.objects.get(pk=new).due_at < Case.objects.get(pk=old.id).due_at
    assert verify(COUNTY).faults == []


def test_signed_in_word_it_comes_back_and_a_person_confirms(
    stage: Stage, live_server, screen: Screen, tmp_path: Path
):
    page = enter(screen, live_server, stage, "hanxue", width=1440)
    page.goto("/office/adoption/")
    page.get_by_label("轻微隐患整改时限", exact=True).check()
    document(page)
    with page.expect_download() as handed_out:
        page.get_by_role("button", name="生成 Word 采纳单").click()
    path = tmp_path / handed_out.value.suggested_filename
    handed_out.value.save_as(path)
    paper = Document(str(path))
    info, table = paper.tables
    info.cell(0, 1).text = "敦消委办〔2026〕7号"
    row = next(row for row in table.rows if row.cells[5].text == INTAKES)
    row.cells[3].text = "4个"
    paper.save(str(path))

    page.goto("/office/adoption/")
    page.locator("input[type=file]").set_input_files(str(path))
    expect(page.locator(".pick span")).to_have_text(path.name)
    page.get_by_role("button", name="读取文件").click()
    expect(page.locator("main")).to_contain_text("敦消委办〔2026〕7号")
    expect(page.locator("main")).to_contain_text("随采纳单一并存档")
    assert Adoption.objects.count() == 0
    page.get_by_role("button", name="确认采纳").click()
    expect(page.locator("[role=status]")).to_contain_text("已采纳")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Word 文件").click()
    assert Path(kept.value.path()).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "width, tongue, scheme",
    [(1440, "zh-hans", "light"), (320, "ko", "dark")],
)
def test_every_page_is_open_to_all_and_whole(
    stage: Stage, live_server, screen: Screen, width: int, tongue: str, scheme: str
):
    page = enter(screen, live_server, stage, "hanxue", width=width, tongue=tongue, color_scheme=scheme)
    page.goto("/office/adoption/")
    looked_at(page, "form")
    page.locator("input[data-every]").check()
    page.locator("details.leans summary").first.click()
    value(page, INTAKES).fill("3")
    document(page)
    page.locator('form[action*="/check/"] button.go').click()
    looked_at(page, "check")
    page.locator('form[action*="/adopt/"] button').click()
    page.locator("details.settled > summary").click()
    looked_at(page, "sheet")
    for path in ("sheets/", "values/?on=2026-11-01", ""):
        page.goto(f"/office/adoption/{path}")
        looked_at(page, path)
    page.locator("details.settled > summary").click()
    looked_at(page, "local decisions")


def test_everything_works_without_any_script(stage: Stage, live_server, screen: Screen):
    page = enter(screen, live_server, stage, "guoqiang", width=390, java_script_enabled=False)
    page.goto("/office/adoption/")
    page.locator("input[data-every]").check()
    document(page)
    page.get_by_role("button", name="核对").click()
    page.get_by_role("button", name="返回修改").click()
    value(page, INTAKES).fill("3")
    page.get_by_role("button", name="核对").click()
    expect(page.locator("ul.note")).to_contain_text("1 项未填写的参数将有取值")
    page.get_by_role("button", name="确认采纳").click()
    expect(page.locator("[role=status]")).to_contain_text("已采纳")
