"""A network that swallows everything, a page closed too soon, a server that says no: what was entered is never lost."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from shouwang.domains.hazards.models import Case
from shouwang.domains.sites.codes import code_of
from tests.browser import Screen
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import AFTER, Stage
from tests.faces.test_cellar_back import SEND, fix_without_a_network, opened
from tests.faces.test_cellar_report import PATIENCE, PICTURE, PLACE, fill, nobody_has_told
from tests.faces.test_owner_page import settled

__all__ = ["nobody_has_told"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SHELF = """() => new Promise((told) => {
  indexedDB.open("later", 1).onsuccess = ({ target }) => {
    const all = target.result.transaction("items").objectStore("items").getAll();
    all.onsuccess = () => told(all.result.length);
  };
})"""


def kept(page: Page, count: int) -> None:
    """So much is on the shelf of the browser."""
    for _ in range(100):
        if page.evaluate(SHELF) == count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.evaluate(SHELF)} kept, not {count}")


def swallow(page: Page, path: str) -> list[int]:
    """What is posted arrives, and the answer never comes back."""
    arrived: list[int] = []

    def taken(route: Route) -> None:
        if route.request.method == "POST":
            arrived.append(route.fetch().status)
        else:
            route.continue_()

    page.context.route(path, taken)
    return arrived


def arrival(page: Page, arrived: list[int]) -> None:
    """The server has it."""
    for _ in range(100):
        if arrived:
            break
        page.wait_for_timeout(100)
    assert arrived == [201]


def told(page: Page) -> str:
    """The code on the page, once it is there."""
    claim = page.locator("[data-claim]").first
    expect(claim).to_have_text(re.compile(r"\w{4}"), timeout=PATIENCE)
    return claim.inner_text()


@pytest.mark.parametrize("photo, seconds", [(False, 60), (True, 300)])
def test_an_answer_that_never_comes_is_waited_for_so_long_and_then_tried_again_by_itself(
    stage: Stage, live_server, screen: Screen, photo: bool, seconds: int
):
    page = opened(screen, live_server)
    page.clock.install()
    page.goto("/report/short/")
    fill(page)
    if photo:
        page.set_input_files("input[name=picture]", PICTURE)
    arrived = swallow(page, "**/report/")
    page.locator(SEND).click()
    expect(page.locator("#later")).to_contain_text("正在发送")
    kept(page, 1)
    arrival(page, arrived)
    page.clock.fast_forward((seconds - 5) * 1000)
    assert page.input_value("#place") == PLACE
    page.clock.fast_forward(6000)
    expect(page.locator("#later")).to_contain_text("1 条")
    assert page.input_value("#place") == "" and faults_of(page) == [] and spilt(page) == []
    page.context.unroute("**/report/")
    page.clock.fast_forward(31_000)
    assert len(told(page)) > 4
    assert Case.objects.filter(place=PLACE).count() == 1, "the second arrival is the same report"


def test_a_page_that_is_closed_while_it_sends_takes_nothing_with_it(stage: Stage, live_server, screen: Screen):
    page = opened(screen, live_server)
    page.goto("/report/short/")
    fill(page)
    arrived = swallow(page, "**/report/")
    page.locator(SEND).click()
    kept(page, 1)
    arrival(page, arrived)
    context = page.context
    page.close()
    context.unroute("**/report/")
    page = context.new_page()
    page.goto("/")
    assert len(told(page)) > 4 and Case.objects.filter(place=PLACE).count() == 1


def test_a_server_in_trouble_is_asked_again_and_what_it_will_never_take_says_why(
    stage: Stage, live_server, screen: Screen
):
    page, answers = opened(screen, live_server), [503, 413]
    page.clock.install()
    page.goto("/report/short/")
    fill(page)

    def no(route: Route) -> None:
        if route.request.method == "POST" and answers:
            route.fulfill(status=answers.pop(0), content_type="text/html", body="<h1>Request Entity</h1>")
        else:
            route.continue_()

    page.context.route("**/report/", no)
    page.locator(SEND).click()
    expect(page.locator("#later")).to_contain_text("503")
    kept(page, 1)
    page.clock.fast_forward(31_000)
    expect(page.locator("#later")).to_contain_text("413")
    assert answers == [] and page.input_value("#place") == PLACE, "it stands in its form again"
    page.goto("/")
    expect(page.locator("[data-stuck]")).to_contain_text("413")
    page.locator("[data-stuck] a").click()
    expect(page.locator("#place")).to_have_value(PLACE, timeout=PATIENCE)
    page.locator(SEND).click()
    assert len(told(page)) > 4 and Case.objects.filter(place=PLACE).count() == 1
    kept(page, 0)


def test_a_fix_that_is_refused_keeps_its_photo_and_its_note_in_the_form(stage: Stage, live_server, screen: Screen):
    site = settled(stage)
    page = opened(screen, live_server)
    page.goto(f"/u/{code_of(site)}/")
    form = page.locator("form[action*='/fix/']")
    form.locator("input[name=after]").set_input_files(
        {"name": "after.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
    )
    form.locator("input[name=note]").fill("开了锁")
    with page.expect_navigation():
        form.locator(".btn.go").click()
    expect(form.locator("input[name=note]")).to_have_value("开了锁")
    expect(page.locator("#later")).to_contain_text("1")
    assert form.locator("input[name=after]").evaluate("one => one.files.length") == 1
    form.locator("input[name=after]").set_input_files(
        {"name": "after.jpg", "mimeType": "image/jpeg", "buffer": AFTER.data}
    )
    form.locator(".btn.go").click()
    page.wait_for_url("**kept**")
    kept(page, 0)
    assert Case.objects.get(submitter=site.id).state == "submitted"


def test_a_fix_for_a_place_that_was_closed_meanwhile_says_so_where_its_form_was(
    stage: Stage, live_server, screen: Screen
):
    site = settled(stage)
    page, path = opened(screen, live_server), f"/u/{code_of(site)}/"
    fix_without_a_network(page, path)
    page.goto("about:blank")
    shut = {"why": "shut", "closed_on": timezone.localdate().isoformat()}
    assert stage.client("liming").post(f"/phone/sites/{site.id}/close/", shut).status_code == 303
    page.context.set_offline(False)
    page.goto(path)
    stuck = page.locator("[data-stuck]", has_text="插座换了")
    # A fresh form is fetched first, then what waited is sent: two answers of a busy server.
    expect(stuck.locator("[data-why]")).to_contain_text("不再", timeout=PATIENCE)
    assert faults_of(page) == [] and spilt(page) == []
    stuck.get_by_role("button").click()
    expect(stuck).to_have_count(0)
