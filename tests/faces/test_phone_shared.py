"""一部手机两个人用: what was kept for one person to read is never shown to the next who signs in."""

import threading
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from shouwang.domains.hazards.models import Case
from shouwang.faces.phone import report as view
from shouwang.faces.phone.grids import grids_of
from tests.faces.phone_story import Phone
from tests.faces.stage import Stage
from tests.faces.test_phone_offline import kept_for_later, report, strip

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PAGES = "caches.keys().then((all) => all.filter((one) => one.startsWith('pages-')))"
# Not only its store: the page itself.
FORM_KEPT = (
    "caches.keys().then((all) => caches.open(all.find((one) => one.startsWith('pages-'))))"
    ".then((store) => store.match('/phone/')).then(Boolean)"
)
SLOW = 8
# For whom each page was that was shown, one after the other.
NOTED = """addEventListener("DOMContentLoaded", () => {
  sessionStorage.shown = `${sessionStorage.shown || ""} ${document.body.dataset.who}`;
})"""


@pytest.fixture
def phone(live_server, stage: Stage, browser: Browser) -> Iterator[Phone]:
    """In the hand of the grid member, who has opened the form once."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    held = Phone(page, stage, live_server.url).sign_in("liming").open()
    kept_for_later(page)
    held.settled()
    yield held
    context.close()


def kept(phone: Phone) -> list[str]:
    return phone.page.evaluate(PAGES)


def store_of(phone: Phone, login: str) -> str:
    return f"pages-{phone.stage.cast[login].id}"


def told_for(phone: Phone) -> str | None:
    return phone.page.evaluate("document.body.dataset.who")


@pytest.mark.parametrize("place", ["entry:account", "office:today"])
def test_signing_out_anywhere_takes_the_pages_along(phone: Phone, place: str):
    phone.open(reverse(place))
    assert kept(phone) == [store_of(phone, "liming")]
    phone.page.locator("form[data-leave] button").click()
    phone.page.locator("form[action*=out]").first.wait_for(state="detached")
    phone.settled()
    assert kept(phone) == []


def test_to_see_the_entry_costs_nothing_to_sign_in_takes_the_pages_of_whoever_was_there(phone: Phone):
    phone.page.context.clear_cookies()
    phone.open("/entry/").settled()
    assert kept(phone) == [store_of(phone, "liming")]
    phone.page.locator("#id_login").fill("sunyulan")
    phone.page.locator("#id_password").fill("not-this-one")
    with phone.page.expect_navigation():
        phone.page.locator("#id_password").press("Enter")
    assert kept(phone) == []


def test_what_is_typed_before_anybody_is_known_is_asked_about_before_it_is_sent(phone: Phone):
    """The next one opens the page of the one before where there is no network, and says so only the second time."""
    page, old = phone.page, set(phone.stage.cases.values())
    page.context.set_offline(True)
    phone.sign_in("sunyulan").open()
    page.locator("#as:visible", has_text="记在李明名下").wait_for()
    report(phone, "通道堵塞")
    page.locator("#saved:visible").wait_for()
    phone.tap("我不是这个人")
    page.locator("#as:visible", has_text="先不记在谁名下").wait_for()
    report(phone, "私拉电线")
    strip(phone, "已存 2 条")

    page.context.set_offline(False)
    strip(phone, "有 2 条录入时不知道是谁")
    phone.open("/phone/kept/")
    page.locator("[data-how=asked]:visible").nth(1).wait_for()
    assert page.locator("[data-how=asked]:visible").count() == 2 and phone.faults() == []
    assert not Case.objects.exclude(id__in=old).exists()
    page.locator("[data-how=asked]", has_text="通道堵塞").get_by_text("不是我的").click()
    strip(phone, "有 1 条录入时不知道是谁")
    page.locator("[data-how=asked]", has_text="私拉电线").get_by_text("是我的，上传").click()
    page.locator("[data-how=refused]", has_text="私拉电线").wait_for()  # that grid is not hers: nothing is lost

    phone.sign_in("liming").open("/phone/kept/")
    page.locator("[data-how=asked]", has_text="通道堵塞").get_by_text("是我的，上传").click()
    page.locator("[data-how=asked]").wait_for(state="detached")
    case = Case.objects.exclude(id__in=old).get()
    assert (case.kind, case.reporter) == ("exit_blocked", phone.stage.cast["liming"].id)


def slowly(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The first answer takes longer than the phone waits."""
    asked, rest = threading.Event(), threading.Event()

    def later(*args: object, **named: object) -> object:
        if not asked.is_set():
            asked.set()
            rest.wait(SLOW)
        return grids_of(*args, **named)

    monkeypatch.setattr(view, "grids_of", later)
    return rest


def test_the_page_of_the_one_before_gives_way_once_the_next_is_known(phone: Phone, monkeypatch):
    rest, people = slowly(monkeypatch), [str(phone.stage.cast[login].id) for login in ("liming", "sunyulan")]
    phone.page.add_init_script(NOTED)
    phone.sign_in("sunyulan").open()
    phone.page.locator(f"body[data-who='{people[1]}']").wait_for()
    assert phone.page.evaluate("sessionStorage.shown").split() == people  # at first nothing is known of the next
    rest.set()
    assert store_of(phone, "liming") not in kept(phone)


def test_an_answer_that_comes_late_is_kept_and_the_next_time_preferred(phone: Phone, monkeypatch):
    rest = slowly(monkeypatch)
    phone.page.route("**/phone/package/*", lambda route: route.abort())
    phone.page.route("**/phone/package/", lambda route: route.abort())
    phone.sign_in("sunyulan").open()
    assert told_for(phone) == str(phone.stage.cast["liming"].id)
    rest.set()
    for _ in range(100):
        if kept(phone) == [store_of(phone, "sunyulan")] and phone.page.evaluate(FORM_KEPT):
            break
        phone.page.wait_for_timeout(100)
    phone.page.context.set_offline(True)
    phone.open()
    assert told_for(phone) == str(phone.stage.cast["sunyulan"].id)


def test_of_two_stores_only_that_of_the_person_last_known_is_read(phone: Phone):
    """A page left open brings the store of the one before back."""
    phone.sign_in("sunyulan").open().settled()
    assert kept(phone) == [store_of(phone, "sunyulan")]
    phone.page.evaluate(
        """async ([old, mine]) => {
          const page = await (await caches.open(mine)).match("/phone/"), text = await page.text();
          await caches.delete(mine);
          await (await caches.open(old)).put("/phone/", new Response(text.replace(mine.slice(6), old.slice(6)), page));
          await (await caches.open(mine)).put("/phone/", new Response(text, page));
        }""",
        [store_of(phone, "liming"), store_of(phone, "sunyulan")],
    )
    phone.page.context.set_offline(True)
    phone.open()
    assert told_for(phone) == str(phone.stage.cast["sunyulan"].id)
