"""没地方存、存不了: a full phone, and a host app that keeps nothing, lose nothing and say what they cannot do."""

import pytest
from playwright.sync_api import Page

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.hazards.models import Case
from shouwang.domains.patrols.models import SelfCheck
from tests.faces.looking import faults_of
from tests.faces.phone_story import Phone
from tests.faces.stage import BEFORE, Stage
from tests.faces.test_doors import printed
from tests.faces.test_homes import settled
from tests.faces.test_phone_offline import report, strip

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FULL = """IDBObjectStore.prototype.put = () => { throw new DOMException("no room", "QuotaExceededError"); };"""
BARE = """Object.defineProperty(globalThis, "indexedDB", { value: undefined });
delete Navigator.prototype.serviceWorker;"""


def opened(screen, live_server, stage: Stage, script: str) -> Phone:
    page: Page = screen(live_server.url, width=320, told_no="net::ERR_INTERNET_DISCONNECTED")
    page.add_init_script(script)
    return Phone(page, stage, live_server.url).sign_in("liming").open().settled()


def newest(phone: Phone) -> Case:
    phone.page.wait_for_url("**/phone/done/**")
    return Case.objects.latest("reported_at")


def test_full_it_says_so_keeps_what_was_typed_on_the_page_and_sends_it_once_there_is_a_network(
    stage: Stage, live_server, screen
):
    phone = opened(screen, live_server, stage, FULL)
    phone.tap("补充地点、时间、说明（可不填）")
    phone.page.locator("#id_note").fill("插座烧黑了")
    phone.page.route("**/*", lambda route: route.abort("internetdisconnected"))
    report(phone, "私拉电线")
    strip(phone, "手机存满了")
    assert phone.page.locator("#before img").is_visible() and not_reported(stage)
    assert phone.page.locator("#id_note").input_value() == "插座烧黑了"
    assert phone.page.evaluate("Outbox.all().then((all) => all.length)") == 0
    phone.page.unroute("**/*")
    phone.tap("现场解决不了，上报")
    case = newest(phone)
    assert (case.kind, case.note, len(attachments_of(case.county, case.id))) == ("wiring", "插座烧黑了", 1)


def test_behind_a_door_without_a_network_what_was_looked_at_arrives_once(stage: Stage, live_server, screen):
    settled(stage)
    page: Page = screen(live_server.url, width=320, told_no="net::ERR_INTERNET_DISCONNECTED")
    path = printed(stage)
    page.goto(path)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.locator("input[name='look:close_gas'][value=bad]").check()
    page.locator("form[data-later] .btn.go").click()
    page.locator("#later:visible", has_text="1 条").wait_for()
    assert faults_of(page) == [] and not SelfCheck.objects.exists()
    assert page.locator("input:checked").count() == 0  # the next may be entered
    page.context.set_offline(False)
    page.locator("#later.green:visible").wait_for()
    assert SelfCheck.objects.get().answers == {"close_gas": "bad"}
    page.goto(path)
    page.locator("input[name=helped][value=yes]").check()
    page.locator("input[name='look:close_fire'][value=ok]").check()
    page.locator("form[data-later] .btn.go").click()
    page.wait_for_url("**/?kept=1")
    assert SelfCheck.objects.count() == 2  # What is found in the evening is kept as well.


def not_reported(stage: Stage) -> bool:
    return Case.objects.count() == len(stage.cases)


def test_in_an_app_that_keeps_nothing_forms_are_plain_and_it_says_what_is_lacking(stage: Stage, live_server, screen):
    phone = opened(screen, live_server, stage, BARE)
    phone.photograph("拍照", BEFORE.data)
    phone.page.locator("#before img").wait_for()
    phone.tap("通道堵塞")
    phone.tap("现场解决不了，上报")
    case = newest(phone)
    assert (case.kind, len(attachments_of(case.county, case.id))) == ("exit_blocked", 1)
    phone.open("/phone/kept/").page.locator("#offers:visible").wait_for()
    lacking = phone.page.locator("[data-lacks]:visible").all_inner_texts()
    assert any("存不到手机里" in words for words in lacking) and len(lacking) >= 2  # pages do not open either
    assert phone.faults() == []
    phone.page.context.set_offline(True)
    phone.page.evaluate("dispatchEvent(new Event('offline'))")
    strip(phone, "没有网络，这个应用里也存不到手机上")
