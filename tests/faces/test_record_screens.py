"""Records in a real browser: open to all and whole at every width, and filled in without a script."""

import pytest
from playwright.sync_api import expect

from shouwang.domains.records.models import Record
from tests.browser import Screen
from tests.faces.looking import faults_of, spilt
from tests.faces.records_stage import day, raised, rented
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter
from tests.flows.records_story import OWNERS, minutes, pack_with

NEW = "/office/records/meeting/new/"


@pytest.fixture
def stage(cast, settings, tmp_path):
    settings.HOME = tmp_path
    settings.PACK = pack_with(tmp_path, OWNERS)
    return raised(cast)


def pages(stage: Stage, who: str) -> list[str]:
    one = "/office/records/{}/".format
    return [
        "/office/records/", "/office/records/meeting/", "/office/records/rented_home/",
        *([NEW, one(stage.cases["meeting"]) + "amend/"] if who == "cuizhe" else []),
        *([one(case) for case in stage.cases.values()] if who != "liuguozhu" else []),
        "/office/records/meeting/?state=withdrawn&q=x",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "width, tongue, scheme, who",
    [
        (1440, "zh-hans", "light", "hanxue"),
        (1024, "ko", "dark", "cuizhe"),
        (390, "en", "dark", "zhangzhiqiang"),
        (320, "zh-hans", "light", "liuguozhu"),
    ],
)
def test_every_page_is_open_to_all_and_whole(
    stage: Stage, live_server, screen: Screen, width: int, tongue: str, scheme: str, who: str
):
    page = enter(screen, live_server, stage, who, width=width, tongue=tongue, color_scheme=scheme)
    for path in pages(stage, who):
        page.goto(path)
        for summary in page.locator("main details:not(.drop) > summary").all():
            summary.click()
        assert (path, faults_of(page)) == (path, [])
        assert (path, spilt(page)) == (path, [])


def test_a_meeting_is_entered_without_any_script(stage: Stage, live_server, screen: Screen, tmp_path):
    scan = tmp_path / "纪要.pdf"
    scan.write_bytes(minutes())
    page = enter(screen, live_server, stage, "cuizhe", width=320, java_script_enabled=False, told_no=True)
    page.goto("/office/records/")
    page.get_by_role("link", name="登记：会议记录").click()
    page.get_by_label("开会日期").fill(day(stage.now, 1))
    page.get_by_label("党政领导班子会").check()
    page.get_by_label("到会人数").fill("三十")
    page.get_by_role("group", name="研究了消防力量发展").get_by_label("是").check()
    page.set_input_files("input[name='papers.minutes']", scan)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("有2处要改，已填的内容都还在")
    expect(page.get_by_label("到会人数")).to_have_value("三十")
    assert (faults_of_still(page), clipped_still(page)) == ([], [])
    page.get_by_label("到会人数").fill("30")
    page.get_by_label("议题").fill("冬防部署")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("✓ 已记录：登记")
    expect(page.get_by_role("heading", level=1)).to_have_text("冬防部署")
    assert Record.objects.get(name="冬防部署").values["present"] == 30


def faults_of_still(page) -> list[str]:
    """Where no script runs, axe cannot: that every fault is tied to its field is asked of the page itself."""
    told = page.locator("[aria-invalid=true]").all()
    return [] if told and all(one.get_attribute("aria-describedby") for one in told) else ["a fault stands alone"]


def clipped_still(page) -> list[str]:
    box = page.locator("main").bounding_box()
    return [] if box and box["x"] + box["width"] <= 320 else [f"the page is {box} wide"]


def test_the_clause_opens_beside_the_record_and_details_behind_a_reason(
    stage: Stage, live_server, screen: Screen
):
    from shouwang.flows.enter_record import enter_record

    done = enter_record(stage.cast["liuguozhu"], rented(stage.now), now=stage.now)
    page = enter(screen, live_server, stage, "zhangzhiqiang", width=1440)
    page.goto(f"/office/records/{done.id}/")
    page.locator("main a.clause").first.click()
    expect(page.locator("#law")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_text("查看个人信息").click()
    page.get_by_label("查看事由").fill("联系房主检修电路")
    page.get_by_role("button", name="查看", exact=True).click()
    expect(page.locator("main")).to_contain_text("金英顺")
    assert faults_of(page) == []


def test_what_was_done_leads_to_a_proof_in_words(stage: Stage, live_server, screen: Screen):
    page = enter(screen, live_server, stage, "zhangzhiqiang", width=390)
    page.goto(f"/office/records/{stage.cases['amended']}/")
    page.get_by_text("改了2栏").click()
    expect(page.locator("ins").first).to_have_text("春节期间烟花爆竹管控")
    page.get_by_role("link", name="存证").last.click()
    expect(page.locator("main")).to_contain_text("修改记录")


def test_the_filters_fit_a_narrow_screen(stage: Stage, live_server, screen: Screen):
    page = enter(screen, live_server, stage, "cuizhe", width=320, tongue="ko")
    page.goto("/office/records/meeting/")
    page.get_by_text("선별", exact=True).first.click()
    assert faults_of(page) == []
    page.get_by_label("회의종류").select_option("leadership")
    page.get_by_role("button", name="선별").click()
    expect(page.locator("main")).to_contain_text("조건에 맞는 기록이 없습니다.")
