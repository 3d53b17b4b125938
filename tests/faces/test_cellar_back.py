"""What was entered in a cellar and cannot be taken is never stuck unseen: it says why, and leads to its form."""

import pytest
from playwright.sync_api import Page

from shouwang.domains.hazards.models import Case
from shouwang.domains.sites.codes import code_of
from tests.browser import Screen
from tests.cast import STREET
from tests.faces.looking import faults_of, spilt
from tests.faces.phone_story import SMALL
from tests.faces.stage import AFTER, Stage
from tests.faces.test_cellar_report import PATIENCE, PLACE, fill, nobody_has_told, waiting
from tests.faces.test_owner_page import settled

__all__ = ["nobody_has_told"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SEND = "form[data-later] .btn.go"


def opened(screen: Screen, live_server) -> Page:
    page = screen(live_server.url, width=320, told_no="Failed to load resource")
    page.set_default_timeout(PATIENCE)
    return page


def fix_without_a_network(page: Page, path: str) -> None:
    """The owner's page was open when the network went; a fix with its photo waits."""
    page.goto(path)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.set_input_files("input[name=after]", {"name": "after.jpg", "mimeType": "image/jpeg", "buffer": AFTER.data})
    page.locator("form[action*='/fix/'] input[name=note]").fill("插座换了")
    page.locator("form[action*='/fix/'] .btn.go").click()
    page.locator("#later:visible", has_text="1 条").wait_for()


def test_what_is_missing_is_said_at_once_and_what_is_refused_later_leads_to_its_form(stage: Stage, live_server, screen):
    page = opened(screen, live_server)
    page.goto("/report/short/")
    waiting(page)
    page.context.set_offline(True)
    page.fill("#note", "卷帘门打不开")
    page.locator(SEND).click()
    said = page.locator(".fault.said")
    said.first.wait_for()
    assert said.all_inner_texts() == ["请选择隐患类型。", "请选择乡镇(街道)。", "请写明在哪里，好让别人找到。"]
    assert page.locator("#later").is_hidden() and page.input_value("#note") == "卷帘门打不开"
    assert faults_of(page) == [] and spilt(page) == [] and page.evaluate(SMALL) == []
    fill(page)
    # A kind that the plan has given up by the time it arrives.
    page.eval_on_selector("input[name=kind]:checked", "one => { one.value = 'no_more'; }")
    page.locator(SEND).click()
    page.locator("#later:visible", has_text="1 条").wait_for()
    page.context.set_offline(False)
    page.goto("/")
    stuck = page.locator("[data-stuck]", has_text="请选择隐患类型。")
    stuck.wait_for()
    assert PLACE in stuck.inner_text() and faults_of(page) == [] and spilt(page) == []
    page.reload()
    stuck.locator("a").click()
    page.wait_for_url("**/report/short/")
    page.locator("#later:visible", has_text="请选择隐患类型。").wait_for()
    assert (page.input_value("#place"), page.input_value("#region")) == (PLACE, STREET)
    page.locator("input[name=kind][value=exit_blocked]").check()
    page.locator(SEND).click()
    page.locator(".code-big").first.wait_for()
    assert Case.objects.get(place=PLACE).note == "卷帘门打不开"
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-stuck]").count() == 0


def test_a_fix_somebody_else_was_quicker_with_stays_in_sight_until_its_owner_deletes_it(
    stage: Stage, live_server, screen: Screen
):
    site = settled(stage)
    page, path = opened(screen, live_server), f"/u/{code_of(site)}/"
    fix_without_a_network(page, path)
    case = page.locator("form[action*='/fix/']").get_attribute("action").split("/")[-2]
    page.goto("about:blank")
    Case.objects.filter(id=case).update(state="closed")
    page.context.set_offline(False)
    for _twice in range(2):
        page.goto(path)
        stuck = page.locator("[data-stuck]", has_text="插座换了")
        stuck.wait_for()
        assert page.locator("form[action*='/fix/']").count() == 0
    assert stuck.locator("a").count() == 0 and len(stuck.locator("[data-why]").inner_text()) > 5
    assert faults_of(page) == []
    stuck.get_by_role("button").click()
    stuck.wait_for(state="detached")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-stuck]").count() == 0
