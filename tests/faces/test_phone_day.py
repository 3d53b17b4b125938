"""一天的活儿: six hazards with twelve photos entered without a network, and everything that may go wrong in between."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.hazards.models import Case
from shouwang.domains.people.models import Session
from shouwang.faces.phone import forms
from shouwang.faces.phone import report as view
from shouwang.faces.sign_in import COOKIE
from shouwang.flows.report_hazard import Report, report_hazard
from shouwang.policy import load
from tests.browser import CHROMIUM, QUIET
from tests.cast import GRID
from tests.faces.phone_story import Phone
from tests.faces.stage import AFTER, Stage
from tests.faces.test_phone_offline import kept_for_later

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FOUND = {"exit_blocked": "通道堵塞", "wiring": "私拉电线", "combustibles": "堆放可燃物", "ebike_charging": "电动车充电",
         "detector_faulty": "烟感失效", "other": "其他"}  # fmt: skip
BROKEN, SIGNED_OUT = 2, 4


class Held:
    """One phone whose app is closed and opened again: what it keeps lies on its disk."""

    def __init__(self, browser: Browser, address: str, disk: Path, stage: Stage) -> None:
        self.browser, self.address, self.disk, self.stage = browser, address, disk, stage
        self.context: BrowserContext | None = None

    def open(self, *, offline: bool, path: str = "/phone/") -> Phone:
        self.close()
        self.context = self.browser.browser_type.launch_persistent_context(
            self.disk, executable_path=CHROMIUM, args=QUIET, base_url=self.address, locale="zh-CN",
            timezone_id="Asia/Shanghai", viewport={"width": 390, "height": 844}, has_touch=True,
        )  # fmt: skip
        self.context.set_offline(offline)
        page = self.context.pages[0]
        page.set_default_timeout(30_000)
        return Phone(page, self.stage, self.address).open(path)

    def sign_in(self) -> None:
        """As the server hands it: the cookie outlives the app being closed."""
        until = timezone.now().timestamp() + 12 * 3600
        cookie = {"name": COOKIE, "value": self.stage.token("liming"), "url": self.address, "expires": until}
        self.context.add_cookies([cookie])

    def close(self) -> None:
        if self.context:
            self.context.close()
        self.context = None


@pytest.fixture
def held(live_server, stage: Stage, browser: Browser, tmp_path: Path) -> Iterator[Held]:
    phone = Held(browser, live_server.url, tmp_path / "phone", stage)
    yield phone
    phone.close()


@pytest.fixture
def shaken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The server breaks over the second report it is handed, and ends the session after the fourth."""
    handed: list[str] = []

    def reported(*args: object, **named: object) -> object:
        handed.append("report")
        if len(handed) == BROKEN:
            raise RuntimeError("the disk is away for a moment")
        done = report_hazard(*args, **named)
        if len(handed) == SIGNED_OUT:
            Session.objects.all().delete()
        return done

    monkeypatch.setattr(view, "report_hazard", reported)
    return handed


def fixed_on_the_spot(phone: Phone, tile: str) -> None:
    phone.photograph("拍照")
    phone.page.locator("#before img").wait_for()
    phone.tap(tile)
    phone.photograph("已当场整改，拍整改后照片", AFTER.data)
    phone.page.locator("#after img").wait_for()
    phone.tap("已整改，提交复核")
    phone.page.locator("#saved:visible").wait_for()


def strip(phone: Phone, words: str) -> None:
    phone.page.locator("#net:visible", has_text=words).wait_for()


def keys(phone: Phone) -> list[str]:
    return phone.page.evaluate("Outbox.all().then((all) => all.map((one) => one.key))")


def without(kind: str) -> Callable[[str], object]:
    """The pack after an update that has no such kind any more."""

    def loaded(name: str) -> object:
        pack = load(name)
        return replace(pack, kinds={code: one for code, one in pack.kinds.items() if code != kind})

    return loaded


def kinds_of(stage: Stage) -> Counter[str]:
    return Counter(Case.objects.exclude(id__in=stage.cases.values()).values_list("kind", flat=True))


def test_nothing_of_the_day_is_lost_and_nothing_arrives_twice(held: Held, stage: Stage, shaken, monkeypatch):
    held.open(offline=False, path="/look/")
    held.sign_in()
    phone = Phone(held.context.pages[0], stage, held.address).open()
    kept_for_later(phone.page)
    tiles = list(FOUND.values())
    for begun in (0, 2, 4):  # the app is closed and opened three times between them
        phone = held.open(offline=True)
        for tile in tiles[begun : begun + 2]:
            fixed_on_the_spot(phone, tile)
        strip(phone, f"已存 {begun + 2} 条")
    stored = keys(phone)
    assert len(stored) == len(set(stored)) == 6 and not kinds_of(stage)

    now = timezone.now()  # somebody else's entry stands under the third key: the two contradict each other
    report_hazard(stage.cast["liming"], Report(key=stored[2], region=GRID, kind="exit_locked", found_at=now), now=now)
    with monkeypatch.context() as update:
        update.setattr(forms, "load", without("other"))
        phone.page.context.set_offline(False)
        strip(phone, "登录已过期")
        held.sign_in()
        phone = held.open(offline=False)
        strip(phone, "有 2 条没报成")
        phone = held.open(offline=False)  # once more, so that what the server broke over is tried again
        strip(phone, "有 2 条没报成")
        sent = {kind: 1 for kind in FOUND if kind not in {"combustibles", "other"}}
        assert kinds_of(stage) == {**sent, "exit_locked": 1}
        phone.open("/phone/kept/")
        assert phone.page.locator("[data-how=conflict]:visible").count() == 1
        assert phone.page.locator("[data-how=refused]:visible").count() == 1
        assert phone.faults() == []

    phone.page.locator("[data-how=conflict] [data-mend]").click()  # a person settles it: it is another hazard
    phone.page.locator("#before img").wait_for()
    phone.tap("已整改，提交复核")
    phone.page.wait_for_url("**/phone/done/**")
    phone.open("/phone/kept/").page.locator("[data-how=refused] [data-mend]").click()
    phone.page.locator("[data-faults]:visible").wait_for()
    phone.page.locator("#after img").wait_for()
    phone.tap("已整改，提交复核")
    phone.page.wait_for_url("**/phone/done/**")

    assert keys(phone) == [] and kinds_of(stage) == {**dict.fromkeys(FOUND, 1), "exit_locked": 1}
    mine = Case.objects.exclude(id__in=stage.cases.values()).exclude(kind="exit_locked")
    assert [len(attachments_of(case.county, case.id)) for case in mine] == [2] * 6
