"""地下室里也能举报: a door's code opens a form without a network; the report waits in the browser and arrives once."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.telling_rows import Contribution
from tests.cast import STREET
from tests.faces.looking import faults_of, spilt
from tests.faces.phone_story import SMALL
from tests.faces.stage import BEFORE, Stage

PLACE = "地下车库二层"
# A network that has only just come may fail the first try: the page tries again by itself after half a minute.
PATIENCE = 45_000  # ms
PICTURE = {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": BEFORE.data}


@pytest.fixture(autouse=True)
def nobody_has_told():
    cache.clear()


def waiting(page: Page) -> None:
    """The browser has the form."""
    kept = "caches.match('/report/short/').then(Boolean)"
    for _ in range(150):
        if page.evaluate(kept):
            return
        page.wait_for_timeout(100)
    raise AssertionError("no form was kept")


def fill(page: Page, place: str = PLACE) -> None:
    page.locator("input[name=kind][value=exit_blocked]").check()
    page.select_option("#region", STREET)
    page.fill("#place", place)


def test_the_form_of_one_page_is_plain_and_its_report_is_the_same_when_sent_twice(stage: Stage, client: Client):
    page = client.get("/report/short/").content.decode()
    assert page.index("119") < page.index("<form") and 'value="anonymous" checked' in page
    told = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)) | {"place": PLACE}
    back = client.post("/report/", {**told, "kind": "exit_blocked", "openness": "anonymous"})
    assert back.status_code == 422 and PLACE in back.content.decode()
    whole = {**told, "kind": "exit_blocked", "region": STREET, "openness": "anonymous"}
    sent = [client.post("/report/", whole).content.decode() for _ in range(2)]
    codes = {re.search(r'data-claim class="code-big">([^<]+)<', one)[1] for one in sent}
    assert len(codes) == 1 and Case.objects.filter(place=PLACE).count() == 1
    script = client.get("/worker.js")
    assert script.headers["Content-Type"].startswith("text/javascript") and "/report/short/" in script.content.decode()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_from_a_cellar_behind_a_door_nobody_opened_before_it_arrives_once(stage: Stage, live_server, browser: Browser):
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/")
    waiting(page)
    context.set_offline(True)
    page.goto("/d/222401ffffffffffffffffffffffffffffffff/")
    page.locator("h1", has_text="报隐患").wait_for()
    assert faults_of(page) == [] and spilt(page) == [] and page.evaluate(SMALL) == []
    fill(page)
    page.set_input_files("input[name=picture]", PICTURE)
    page.fill("#note", "卷帘门打不开")
    page.locator("form[data-later] .btn.go").click()
    page.locator("#later:visible", has_text="1 条").wait_for()
    page.close()
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/report/")
    page.locator("#later:visible", has_text="1 条").wait_for()
    assert not Case.objects.filter(place=PLACE).exists()
    lost = []

    def once(route: Route) -> None:
        """It is on the server; the word of it is lost on the way back."""
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort("connectionreset")
        else:
            route.continue_()

    context.route("**/report/", once)
    context.set_offline(False)
    for _ in range(100):
        if lost:
            break
        page.wait_for_timeout(100)
    assert lost == [201]
    page.goto("/")
    claim = page.locator("[data-claim]").inner_text()
    case = Case.objects.get(place=PLACE)
    told = Contribution.objects.get(case=case)
    assert (case.region, case.note, case.reporter, told.openness) == (STREET, "卷帘门打不开", None, "anonymous")
    assert len(attachments_of(case.county, case.id)) == 1
    page.reload()
    assert page.locator("[data-claim]").inner_text() == claim, "the code stays until it is written down"
    page.get_by_role("button", name="我记下了").click()
    page.reload()
    page.locator("h1").wait_for()
    assert page.locator("[data-claim]").count() == 0
    page.goto("/look/")
    page.locator("[name=code]").fill(claim)
    page.locator("main form .btn").first.click()
    page.locator("main", has_text=case.code).wait_for()
    context.close()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_network_goes_between_two_questions_and_no_answer_is_lost(stage: Stage, live_server, browser: Browser):
    context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/report/")
    waiting(page)
    page.locator("input[name=kind][value=exit_blocked]").check()
    page.locator(".btn.go").click()
    page.select_option("#region", STREET)
    page.fill("#place", PLACE)
    context.set_offline(True)
    page.locator(".btn.go").click()
    page.wait_for_url("**/report/short/")
    # The page fills itself in after it has come.
    expect(page.locator("#place")).to_have_value(PLACE)
    expect(page.locator("#region")).to_have_value(STREET)
    expect(page.locator("input[name=kind][value=exit_blocked]")).to_be_checked()
    context.set_offline(False)
    page.locator("form[data-later] .btn.go").click()
    page.locator(".code-big").first.wait_for()
    assert Case.objects.get(place=PLACE).note == ""
    context.close()
