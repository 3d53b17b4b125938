"""Forms in the browser and on paper: chosen, made, printed on A4 in one language or two; their codes read."""

import pytest
from playwright.sync_api import Page, expect

from shouwang.domains.files.pages import codes_on
from shouwang.domains.records.models import PaperForm
from tests.browser import Screen
from tests.cast import COUNTY, NEXT_STREET, STREET
from tests.faces.looking import clipped, faults_of
from tests.faces.paper_story import pictures
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter

A4 = (1653, 2339)


def made(page: Page, area: str, *, bodies: int = 1) -> None:
    """Choose the first bodies of an area and make their pages."""
    page.goto(f"/office/records/meeting/print/?area={area}")
    assert faults_of(page) + clipped(page) == []
    boxes = page.locator(".choose input[type=checkbox]")
    for number in range(bodies, boxes.count()):
        boxes.nth(number).uncheck()
    page.locator("button.btn.go").click()
    page.wait_for_url("**/office/paper/**")


def on_paper(page: Page) -> bytes:
    return page.pdf(prefer_css_page_size=True, print_background=False)


@pytest.mark.parametrize("tongue, width", [("zh-hans", 1440), ("ko", 320)])
def test_an_empty_form_is_one_page_with_a_code_that_reads(
    stage: Stage, live_server, screen: Screen, tongue: str, width: int
):
    page = enter(screen, live_server, stage, "cuizhe", width=width, tongue=tongue)
    made(page, STREET)
    assert faults_of(page) + clipped(page) == []
    expect(page.locator(".sheet .code p")).to_have_text(PaperForm.objects.get().code)
    sheets = page.locator(".sheet")
    assert ("개회" in sheets.inner_text() or "회의기록" in sheets.inner_text()) == (tongue == "ko")
    (sheet,) = pictures(on_paper(page))
    assert sheet.size == A4
    assert codes_on(sheet) == [f"SW:{PaperForm.objects.get().code}"]


def test_the_county_prints_a_page_for_each_body(stage: Stage, live_server, screen: Screen):
    page = enter(screen, live_server, stage, "hanxue", width=1440)
    made(page, COUNTY, bodies=4)
    pages = pictures(on_paper(page))
    assert len(pages) == 4
    assert {codes_on(one)[0] for one in pages} == {f"SW:{form.code}" for form in PaperForm.objects.all()}


def test_the_reader_chooses_the_languages_of_the_page(stage: Stage, live_server, screen: Screen):
    page = enter(screen, live_server, stage, "cuizhe", width=1440)
    made(page, STREET)
    words = {"中文": ("会议记录", "회의기록"), "조선말": ("회의기록", "会议记录")}
    for tongue, (there, not_there) in words.items():
        page.locator(".tools a.btn", has_text=tongue).first.click()
        expect(page.locator(".sheet")).to_contain_text(there)
        expect(page.locator(".sheet")).not_to_contain_text(not_there)
    page.get_by_role("link", name="中文 · 조선말").click()
    expect(page.locator(".sheet h2")).to_contain_text("会议记录")
    expect(page.locator(".sheet h2")).to_contain_text("회의기록")


def test_nobody_reaches_the_pages_of_the_next_street(stage: Stage, live_server, screen: Screen):
    page = enter(screen, live_server, stage, "cuizhe", width=1440)
    made(page, STREET)
    address = page.url.split("?")[0].replace(live_server.url, "")
    assert stage.client("cuizhe").get(address).status_code == 200
    assert stage.client("hanxue").get(address).status_code == 200
    for stranger in ("liuyang", "liuguozhu"):
        assert stage.client(stranger).get(address).status_code == 404
    assert stage.client("liuyang").get("/office/records/meeting/print/").status_code == 404
    assert stage.client("cuizhe").get(f"/office/records/meeting/print/?area={NEXT_STREET}").status_code == 404
    sent = {"bodies": [NEXT_STREET], "tongues": "zh"}
    assert stage.client("cuizhe").post("/office/records/meeting/print/", sent).status_code == 403
