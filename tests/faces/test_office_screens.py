"""The office in a real browser: keys, pane, clause, photo; nothing barred to anybody, nothing cut off."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from shouwang.domains.ledger.queries import line_of_act
from shouwang.faces.sign_in import COOKIE
from tests.browser import Screen
from tests.cast import COUNTY, STREET
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import AFTER, Stage


def enter(screen: Screen, server, stage: Stage, login: str, **how) -> Page:
    """A browser in which `login` is signed in and has chosen a language."""
    language = how.pop("tongue", "zh-hans")
    page = screen(server.url, **how)
    page.context.add_cookies(
        [
            {"name": COOKIE, "value": stage.token(login), "url": server.url},
            {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": server.url},
        ]
    )
    return page


def pages(stage: Stage) -> list[str]:
    line = line_of_act(COUNTY, stage.cases["fixed"], acts=["pass"])
    return [
        "/office/", "/office/hazards/", "/office/reviews/", f"/office/hazards/{stage.cases['waiting']}/",
        f"/office/hazards/new/?area={STREET}", f"/board/{COUNTY}/", f"/board/{STREET}/",
        f"/board/{STREET}/duties/", f"/proof/{COUNTY}/{line.id}/", "/clauses/07-31/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "width, tongue, scheme",
    [
        (1440, "zh-hans", "light"),
        (320, "ko", "dark"),
    ],
)
def test_every_page_is_open_to_all_and_whole(
    stage: Stage, live_server, screen: Screen, width: int, tongue: str, scheme: str
):
    page = enter(screen, live_server, stage, "hanxue", width=width, tongue=tongue, color_scheme=scheme)
    for path in pages(stage):
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == tongue
        assert (path, faults_of(page)) == (path, [])
        assert (path, spilt(page)) == (path, [])


def test_keys_walk_the_list_and_enter_opens_the_pane(stage: Stage, live_server, screen: Screen):
    page = enter(screen, live_server, stage, "cuizhe", width=1440)
    page.goto("/office/")
    expect(page.locator("#pane h2")).to_contain_text("福寿养老院二层")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#pane h2")).to_contain_text("白山小区3号楼")
    expect(page).to_have_url(re.compile(f"case={stage.cases['late']}"))
    expect(page.locator("a.t[aria-current]")).to_have_text("电动车充电 · 白山小区3号楼")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator("#pane h2")).to_contain_text("福寿养老院二层")
    page.go_back()
    expect(page.locator("#pane h2")).to_contain_text("白山小区3号楼")


def test_the_sentence_of_the_plan_opens_where_its_chip_is(stage: Stage, live_server, screen: Screen):
    page = enter(screen, live_server, stage, "cuizhe", width=1440)
    page.goto("/office/")
    page.locator("main .item .clause").first.click()
    expect(page.locator("#law")).to_be_visible()
    expect(page.locator("#law")).to_contain_text("部门督着责任方按期改完")
    expect(page).to_have_url(re.compile("/office/$"))
    assert faults_of(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#law")).to_be_hidden()
    page.locator("main .item .clause").first.click()
    expect(page.locator("#law")).to_be_visible()


def test_on_a_phone_the_case_takes_the_place_of_the_list(stage: Stage, live_server, screen: Screen):
    page = enter(screen, live_server, stage, "cuizhe", width=390)
    page.goto("/office/")
    expect(page.locator("#pane")).to_be_hidden()
    page.tap("text=白山小区3号楼")
    expect(page.locator("#pane h2")).to_contain_text("白山小区3号楼")
    expect(page.locator("#main")).to_be_hidden()
    page.tap("text=返回列表")
    expect(page.locator("#main")).to_be_visible()


def test_a_fix_is_sent_from_the_pane_and_the_list_is_there_again(
    stage: Stage, live_server, screen: Screen, tmp_path
):
    photo = tmp_path / "after.jpg"
    photo.write_bytes(AFTER.data)
    page = enter(screen, live_server, stage, "cuizhe", width=1440)
    page.goto(f"/office/?case={stage.cases['late']}")
    sheet = page.locator('#pane details:has(form[action$="/acts/submit/"])')
    sheet.locator("summary").click()
    sheet.locator("input[type=file]").set_input_files(str(photo))
    expect(sheet.locator(".pick span")).to_have_text("after.jpg")
    sheet.locator("button.go").click()
    expect(page.locator("#pane [role=status]")).to_contain_text("已记录：回传整改结果")
    expect(page.locator('section[aria-labelledby="recheck"] a.t')).to_have_count(2)
    expect(page.locator("#pane .photos img")).to_have_count(2)
    assert page.locator("#pane .photos img").last.evaluate("e => e.complete && e.naturalWidth") == 480


def test_who_was_signed_out_meanwhile_is_led_to_sign_in(stage: Stage, live_server, screen: Screen):
    page = enter(screen, live_server, stage, "cuizhe", width=1440)
    page.goto("/office/")
    page.context.clear_cookies(name=COOKIE)
    page.click("text=白山小区3号楼")
    expect(page).to_have_url(re.compile("/entry/\\?next="))


def test_everything_works_without_any_script(stage: Stage, live_server, screen: Screen):
    page = enter(screen, live_server, stage, "zhangzhiqiang", width=1440, java_script_enabled=False)
    page.goto("/office/")
    page.click("text=老四粮油店")
    expect(page.locator("#pane h2")).to_contain_text("老四粮油店")
    page.click('#pane form[action$="/acts/pass/"] button')
    expect(page.locator("#pane [role=status]")).to_contain_text("已记录：复核通过并销案")
    page.locator("main .item .clause").first.click()
    expect(page).to_have_url(re.compile("/clauses/"))
