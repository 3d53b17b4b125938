"""No network in the cellar: reports wait on the phone, arrive once, and nothing that went wrong loses one."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route

from shouwang.domains.hazards.models import Case
from shouwang.flows.report_hazard import Report, report_hazard
from tests.cast import GRID
from tests.faces.phone_story import Phone
from tests.faces.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)
STRIP = "#net:visible"
# The report reaches the server, and the way back is cut.
LOSE_ANSWERS = """() => {
  const sent = window.fetch;
  window.fetch = async (address, options) => {
    const answer = await sent(address, options);
    if (options?.method === "POST") throw new TypeError("cut off");
    return answer;
  };
}"""


@pytest.fixture
def phone(live_server, stage: Stage, browser: Browser) -> Iterator[Callable[[], Phone]]:
    """A phone whose browser may complain of the network, which is what these stories are about."""
    contexts, complaints = [], []

    def handed(login: str = "liming") -> Phone:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 390, "height": 844}, locale="zh-CN",
            timezone_id="Asia/Shanghai", has_touch=True,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        held = Phone(page, stage, live_server.url).sign_in(login).open()
        kept_for_later(page)
        return held

    yield handed
    for context in contexts:
        context.close()
    assert complaints == []


def kept_for_later(page: Page, path: str = "/phone/") -> None:
    """Until the worker has taken the page in."""
    for _ in range(200):
        if page.evaluate(f"navigator.serviceWorker.controller && caches.match('{path}').then(Boolean)"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the worker keeps nothing")


def report(held: Phone, tile: str) -> None:
    held.photograph("拍照")
    held.page.locator("#before img").wait_for()
    held.tap(tile)
    held.tap("现场解决不了，上报")


def strip(held: Phone, words: str) -> None:
    held.page.locator(STRIP, has_text=words).wait_for()


def waiting(held: Phone) -> int:
    return held.page.evaluate("Outbox.all().then((all) => all.length)")


def new_cases(stage: Stage) -> list[str]:
    return list(Case.objects.exclude(id__in=stage.cases.values()).order_by("id").values_list("kind", flat=True))


def test_reported_in_a_cellar_it_arrives_exactly_once(phone, stage: Stage):
    held = phone()
    held.page.context.set_offline(True)
    report(held, "通道堵塞")
    strip(held, "没有网络。已存 1 条在手机里，有网自动上传。")
    held.page.reload()
    strip(held, "已存 1 条")
    report(held, "私拉电线")
    strip(held, "已存 2 条")
    assert waiting(held) == 2 and new_cases(stage) == []
    held.page.context.set_offline(False)
    strip(held, "已全部上传。")
    assert waiting(held) == 0 and new_cases(stage) == ["exit_blocked", "wiring"]
    held.page.reload()
    held.settled()
    assert new_cases(stage) == ["exit_blocked", "wiring"]


def test_offline_another_page_says_that_it_needs_the_network(phone):
    held = phone()
    held.page.context.set_offline(True)
    held.open("/phone/mine/")
    assert held.says("这一页要有网才能看")
    held.page.locator("main .btn.go").click()
    assert held.says("这是什么隐患？")


def test_a_fault_of_the_server_keeps_the_report(phone, stage: Stage):
    held = phone()

    def broken(route: Route) -> None:
        route.fulfill(status=500, body="broken") if route.request.method == "POST" else route.continue_()

    held.page.route("**/phone/", broken)
    report(held, "通道堵塞")
    strip(held, "还有 1 条没传上去")
    assert waiting(held) == 1 and new_cases(stage) == []
    held.page.unroute("**/phone/")
    held.page.reload()
    strip(held, "已全部上传。")
    assert waiting(held) == 0 and new_cases(stage) == ["exit_blocked"]


def test_the_form_opens_while_the_server_is_being_mended(phone, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the database is away")

    held = phone()
    with monkeypatch.context() as fault:
        fault.setattr("shouwang.faces.phone.report.grids_of", broken)
        held.page.reload()
        assert held.says("这是什么隐患？")


def test_an_answer_that_never_came_back_does_not_report_twice(phone, stage: Stage):
    held = phone()

    held.page.evaluate(LOSE_ANSWERS)
    report(held, "通道堵塞")
    strip(held, "已存 1 条")
    assert waiting(held) == 1 and new_cases(stage) == ["exit_blocked"]
    held.page.reload()
    strip(held, "已全部上传。")
    assert waiting(held) == 0 and new_cases(stage) == ["exit_blocked"]


def test_a_receipt_for_something_else_is_no_receipt(phone, stage: Stage):
    held = phone()
    wrong = {"key": "another", "id": "1", "next": "/phone/"}
    held.page.route(
        "**/phone/",
        lambda route: route.fulfill(json=wrong) if route.request.method == "POST" else route.continue_(),
    )
    report(held, "通道堵塞")
    strip(held, "还有 1 条没传上去")
    assert waiting(held) == 1


def test_what_is_refused_stays_with_its_reason_until_it_is_mended(phone, stage: Stage):
    held = phone()
    held.page.context.set_offline(True)
    held.tap("补充地点、时间、说明（可不填）")
    held.page.locator("#id_found_at").fill("2099-01-01T08:00")
    report(held, "通道堵塞")
    strip(held, "已存 1 条")
    held.page.context.set_offline(False)
    strip(held, "有 1 条没报成")
    assert held.page.locator(".stored .fault:visible").inner_text()
    held.page.locator("[data-mend]").click()
    # The photo comes back from the phone's own store, which takes its time.
    held.page.locator("#before img").wait_for(state="visible")
    held.page.locator("#id_found_at").fill("2026-01-05T08:00")
    held.tap("现场解决不了，上报")
    held.page.wait_for_url("**/phone/done/**")
    assert waiting(held.open()) == 0 and new_cases(stage) == ["exit_blocked"]


def test_it_waits_for_the_person_who_made_it(phone, stage: Stage):
    held = phone()
    held.page.context.set_offline(True)
    report(held, "通道堵塞")
    strip(held, "已存 1 条")
    held.page.context.clear_cookies()
    held.page.context.set_offline(False)
    strip(held, "登录已过期，1 条还在手机里")
    held.sign_in("sunyulan").open()
    strip(held, "有 1 条是别人登录时存的")
    assert new_cases(stage) == []
    held.sign_in("liming").open()
    strip(held, "已全部上传。")
    assert new_cases(stage) == ["exit_blocked"]


def test_a_clock_that_runs_ahead_is_no_reason_to_lose_a_report(phone, stage: Stage):
    held = phone()
    held.page.context.set_offline(True)
    report(held, "通道堵塞")
    strip(held, "已存 1 条")
    held.page.evaluate(
        "Outbox.all().then(([one]) => { one.fields.taken = '2099-01-01T00:00:00Z'; return Outbox.keep(one); })"
    )
    held.page.context.set_offline(False)
    strip(held, "已全部上传。")
    assert new_cases(stage) == ["exit_blocked"]


def test_a_conflict_stays_until_a_person_settles_it_and_then_goes_as_a_new_report(phone, stage: Stage):
    held = phone()
    held.page.context.set_offline(True)
    report(held, "通道堵塞")
    strip(held, "已存 1 条")
    key = held.page.evaluate("Outbox.all().then(([one]) => one.key)")
    report_under(stage, key)
    held.page.context.set_offline(False)
    strip(held, "有 1 条没报成")
    assert held.page.locator(".stored .fault:visible", has_text="内容不一样").is_visible()
    held.page.locator("[data-mend]").click()
    held.tap("现场解决不了，上报")
    held.page.wait_for_url("**/phone/done/**")
    assert waiting(held.open()) == 0 and sorted(new_cases(stage)) == ["exit_blocked", "other"]


def report_under(stage: Stage, key: str) -> None:
    """The same person has used the key for something else."""
    now = timezone.now()
    report_hazard(stage.cast["liming"], Report(key=key, region=GRID, kind="other", found_at=now), now=now)


def two_waiting(held: Phone) -> list[str]:
    held.page.context.set_offline(True)
    report(held, "通道堵塞")
    strip(held, "已存 1 条")
    report(held, "私拉电线")
    strip(held, "已存 2 条")
    return held.page.evaluate("Outbox.all().then((all) => all.map((one) => one.key))")


def test_a_photo_that_is_lost_stops_its_own_report_only(phone, stage: Stage):
    held = phone()
    first, _ = two_waiting(held)
    held.page.evaluate("""() => {
      const read = Blob.prototype.arrayBuffer;
      let first = true;
      Blob.prototype.arrayBuffer = function () {
        if (!first) return read.call(this);
        first = false;
        return Promise.reject(new DOMException("gone", "NotReadableError"));
      };
    }""")
    held.page.context.set_offline(False)
    strip(held, "有 1 条没报成")
    assert held.page.locator(".stored .fault:visible", has_text="读不出来").is_visible()
    assert new_cases(stage) == ["wiring"]
    assert held.page.evaluate("Outbox.all().then((all) => all.map((one) => one.key))") == [first]


def test_a_report_too_heavy_for_the_network_does_not_hold_up_the_next(phone, stage: Stage):
    held = phone()
    two_waiting(held)
    held.page.evaluate("""() => {
      const sent = window.fetch;
      let first = true;
      window.fetch = (address, options) => {
        if (!first || options?.method !== "POST") return sent(address, options);
        first = false;
        return Promise.reject(new DOMException("slow", "TimeoutError"));
      };
    }""")
    held.page.context.set_offline(False)
    strip(held, "还有 1 条没传上去")
    assert waiting(held) == 1 and new_cases(stage) == ["wiring"]


def test_what_is_deleted_while_others_are_sent_is_neither_sent_nor_brought_back(phone, stage: Stage):
    held = phone()
    two_waiting(held)
    held.page.evaluate("""() => {
      const sent = window.fetch;
      let posts = 0;
      window.asked = () => posts;
      window.fetch = async (address, options) => {
        if (options?.method !== "POST") return sent(address, options);
        posts += 1;
        const key = options.body.get("key");
        for (const one of await Outbox.all()) await Outbox.drop(one.key);
        return Response.json({ key, faults: { "": "no" } }, { status: 422 });
      };
    }""")
    held.page.context.set_offline(False)
    for _ in range(100):
        if held.page.evaluate("window.asked()"):
            break
        held.page.wait_for_timeout(100)
    held.page.evaluate("Send.flush()")
    assert held.page.evaluate("window.asked()") == 1 and waiting(held) == 0 and new_cases(stage) == []


def test_a_home_that_was_refused_says_at_which_field(phone, stage: Stage):
    held = phone().open("/phone/homes/new/")
    held.page.context.set_offline(True)
    held.page.locator("#mark").fill("3-18")
    held.page.locator("form[data-outbox] > .btn").click()
    strip(held, "已存 1 条")
    held.page.context.set_offline(False)
    strip(held, "有 1 条没报成")
    held.open("/phone/kept/").page.locator("[data-mend]").click()
    held.page.locator(".field.bad:has(#number) .fault", has_text="必填").wait_for()
    assert held.says("门牌号: ")
    assert held.page.locator("#mark").input_value() == "3-18"
