"""Task lists in a real browser: pane and keys, month and year, passing on; whole and open to all in both tongues."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from shouwang.domains.duties.models import Standing
from shouwang.faces.sign_in import COOKIE
from tests.browser import Screen
from tests.cast import STREET
from tests.faces.looking import faults_of, spilt
from tests.faces.phone_story import CLIPPED, SMALL
from tests.task_story import Street


def enter(screen: Screen, server, street: Street, login: str, *, width: int, tongue: str = "zh-hans", **how) -> Page:
    page = screen(server.url, width=width, **how)
    told = {COOKIE: street.token(login), settings.LANGUAGE_COOKIE_NAME: tongue}
    page.context.add_cookies([{"name": name, "value": value, "url": server.url} for name, value in told.items()])
    return page


def overdue(region: str = STREET) -> Standing:
    return Standing.objects.filter(duty="t_meeting", region=region, verdict="overdue").first()


def pages() -> list[str]:
    task, year = overdue(), overdue().period[:4]
    return [
        "/office/tasks/", "/office/tasks/?of=area", f"/office/tasks/{task.id}/", f"/office/tasks/{task.id}/pass/",
        "/office/tasks/?of=area&group=overdue", "/office/tasks/month/", "/office/tasks/year/",
        "/office/tasks/follow-up/", "/office/tasks/notices/", "/calendar/", f"/office/plan/{STREET}/{year}/",
        f"/office/plan/{STREET}/{year}/print/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "width, tongue, scheme",
    [(1440, "zh-hans", "light"), (320, "ko", "dark")],
)
def test_every_page_is_open_to_all_and_whole(
    planned: Street, live_server, screen: Screen, width: int, tongue: str, scheme: str
):
    page = enter(screen, live_server, planned, "zhangzhiqiang", width=width, tongue=tongue, color_scheme=scheme)
    for path in pages():
        answer = page.goto(path)
        assert (path, answer.status) == (path, 200)
        assert (path, faults_of(page)) == (path, [])
        assert (path, spilt(page)) == (path, [])


@pytest.mark.parametrize("width, tongue", [(390, "zh-hans"), (320, "ko")])
def test_the_phones_tasks_are_for_thumbs(planned: Street, live_server, screen: Screen, width: int, tongue: str):
    page = enter(screen, live_server, planned, "linmeihua", width=width, tongue=tongue)
    for path in ("/phone/tasks/", f"/phone/tasks/{overdue().id}/"):
        page.goto(path)
        assert (path, faults_of(page)) == (path, [])
        assert (path, page.evaluate(CLIPPED), page.evaluate(SMALL)) == (path, [], [])


def test_a_task_opens_in_the_pane_and_is_passed_on(street_today: Street, live_server, screen: Screen):
    page = enter(screen, live_server, street_today, "zhangzhiqiang", width=1440)
    page.goto("/office/tasks/?of=area&section=08")
    page.locator("main .item a.t").nth(1).click()
    expect(page.locator("#pane h2")).to_contain_text("每月研判会")
    page.get_by_text("委派给他人", exact=True).click()
    page.get_by_text("林美花").click()
    page.get_by_label("附言").fill("请把会开了")
    page.get_by_role("button", name="委派", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("对方接受之前")
    expect(page.get_by_text("已委派给林美花，等待答复")).to_be_visible()

    phone = enter(screen, live_server, street_today, "linmeihua", width=390)
    phone.goto("/phone/tasks/")
    expect(phone.get_by_text("1 项任务委派给您")).to_be_visible()
    phone.get_by_text("委派给我，待答复").first.click(force=True)
    phone.get_by_role("button", name="接受").click()
    expect(phone.get_by_role("status")).to_contain_text("已接受")


def test_without_scripts_the_list_still_leads_to_the_task(street_today: Street, live_server, screen: Screen):
    page = enter(screen, live_server, street_today, "cuizhe", width=390, java_script_enabled=False)
    page.goto("/office/tasks/")
    page.get_by_role("link", name="每月研判会").first.click()
    expect(page.locator("#pane h2").first).to_contain_text("每月研判会")
