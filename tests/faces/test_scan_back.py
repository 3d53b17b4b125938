"""Paper there and back: a form is printed, filled in by hand, photographed, and comes in as the month's record."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.ledger.models import Evidence
from shouwang.domains.records.models import PaperForm, Record
from tests.browser import Screen
from tests.cast import STREET
from tests.faces.looking import clipped, faults_of
from tests.faces.paper_story import askew, blurred, dim, jpeg, pdf, pictures, turned
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter
from tests.faces.test_print_forms import made, on_paper


def printed(page: Page):
    """The one page of this month's meeting of 渤海街道, as it comes from the printer."""
    made(page, STREET)
    return pictures(on_paper(page))[0]


def send_in(page: Page, *files: Path) -> None:
    page.goto("/office/paper/scan/")
    page.locator("input[name=scan]").set_input_files([str(file) for file in files])
    page.locator("form.card button.go").click()


def photo(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def width_of(picture: Locator) -> int:
    """Of the picture as it came; one out of sight is not fetched before somebody scrolls to it."""
    picture.scroll_into_view_if_needed()
    width: int = picture.evaluate("async e => (await e.decode(), e.naturalWidth)")
    return width


@pytest.mark.parametrize("tongue, width", [("zh-hans", 1440), ("ko", 390)])
def test_the_filled_page_becomes_the_record_of_the_month(
    stage: Stage, live_server, screen: Screen, tmp_path: Path, tongue: str, width: int
):
    page = enter(screen, live_server, stage, "cuizhe", width=width, tongue=tongue, told_no=True)
    sheet = printed(page)
    form = PaperForm.objects.get()
    send_in(page, photo(tmp_path, "IMG_2041.jpg", jpeg(dim(turned(askew(blurred(sheet), 0.06), -7)))))
    page.wait_for_url(f"**/records/meeting/new/?page={form.code}**")
    assert faults_of(page) + clipped(page) == []
    expect(page.locator("aside.scans img")).to_have_count(1)
    assert width_of(page.locator("aside.scans img")) > 800
    expect(page.locator("#period")).to_have_value(form.period)
    expect(page.locator("input[name=region]")).to_have_value(STREET)
    page.fill("input[name='v.held_on']", f"{form.period}-01")
    page.locator("form button.go").click()
    expect(page.locator("[role=alert]")).to_be_visible()  # the topic is still missing; the scan is still there
    expect(page.locator("aside.scans img")).to_have_count(1)
    page.fill("input[name='v.topic']", "冬季火灾防控")
    page.locator("input[name='v.kind']").first.check()
    page.locator("form button.go").click()
    page.wait_for_url(re.compile(r"/office/records/[0-9a-f-]{36}/"))
    assert faults_of(page) + clipped(page) == []
    record = Record.objects.get()
    assert (record.way, record.period, record.region, record.lacking) == ("paper", form.period, STREET, False)
    assert [file.purpose for file in attachments_of(record.county, record.id)] == ["minutes"]
    assert Evidence.objects.get(subject=record.id).facts["period"] == form.period


def test_the_same_page_again_shows_the_record_it_made(
    stage: Stage, live_server, screen: Screen, tmp_path: Path
):
    page = enter(screen, live_server, stage, "cuizhe", width=1440)
    sheet = photo(tmp_path, "a.jpg", jpeg(printed(page)))
    send_in(page, sheet)
    page.fill("input[name='v.held_on']", f"{PaperForm.objects.get().period}-01")
    page.fill("input[name='v.topic']", "冬季火灾防控")
    page.locator("input[name='v.kind']").first.check()
    page.locator("form button.go").click()
    page.wait_for_url(re.compile(r"/office/records/[0-9a-f-]{36}/"))
    made_it = page.url.split("?")[0]
    send_in(page, sheet)
    expect(page.locator("main")).to_contain_text("这页已经录入过")
    assert faults_of(page) + clipped(page) == []
    page.click("text=查看这条台账")
    assert page.url.split("?")[0] == made_it


def test_a_page_whose_code_cannot_be_read_is_entered_all_the_same(
    stage: Stage, live_server, screen: Screen, tmp_path: Path
):
    page = enter(screen, live_server, stage, "cuizhe", width=390)
    sheet = printed(page)
    torn = sheet.copy()
    torn.paste(255, (1200, 0, 1653, 420))
    send_in(page, photo(tmp_path, "torn.jpg", jpeg(torn)))
    expect(page.locator("main")).to_contain_text("没有读到表单二维码")
    assert faults_of(page) + clipped(page) == []
    page.fill("input[name=code]", PaperForm.objects.get().code.lower().replace("-", " "))
    page.click("text=查找表单")
    page.wait_for_url("**/records/meeting/new/?page=**")
    expect(page.locator("aside.scans img")).to_have_count(1)
    send_in(page, photo(tmp_path, "torn.jpg", jpeg(torn)))
    page.click("text=或者用普通表单录入")
    page.locator("details[open] a", has_text="会议记录").click()
    expect(page.locator("main .note")).to_contain_text("没有读到二维码")
    expect(page.locator("input[name='held.minutes']")).to_have_count(1)


def test_a_pile_of_forms_is_listed_form_by_form(stage: Stage, live_server, screen: Screen, tmp_path: Path):
    page = enter(screen, live_server, stage, "cuizhe", width=1440)
    sheets = [printed(page) for _ in range(2)]
    blank = sheets[0].copy()
    blank.paste(255, (0, 0, *blank.size))
    pile = pdf([sheets[0], blank, turned(sheets[1], 180)])
    send_in(page, photo(tmp_path, "扫描件.pdf", pile))
    expect(page.locator("section[aria-labelledby=found] > ul > li")).to_have_count(2)
    expect(page.locator("section[aria-labelledby=found] a.go")).to_have_count(2)
    assert faults_of(page) + clipped(page) == []
    page.locator("section[aria-labelledby=found] a.go").first.click()
    expect(page.locator("aside.scans img")).to_have_count(2)
    assert width_of(page.locator("aside.scans img").last) > 800


def test_a_scan_is_seen_by_its_sender_alone(stage: Stage, live_server, screen: Screen, tmp_path: Path):
    page = enter(screen, live_server, stage, "cuizhe", width=1440)
    send_in(page, photo(tmp_path, "a.jpg", jpeg(printed(page))))
    picture = page.locator("aside.scans img").get_attribute("src")
    form = page.url.replace(live_server.url, "")
    assert stage.client("cuizhe").get(picture).status_code == 200
    for stranger in ("liuyang", "zhangzhiqiang", "hanxue"):
        assert stage.client(stranger).get(picture).status_code == 404
    assert stage.client("liuyang").get(form).status_code in (403, 404)
    assert stage.client("liuguozhu").get(form).status_code in (403, 404)
    assert stage.client("liuyang").get("/office/paper/scan/").status_code == 404
