"""一天的活儿: forty visits, six hazards and twelve photos entered without a network, and all that may go wrong."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone
from msgspec import structs
from playwright.sync_api import Browser, BrowserContext

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.hazards.models import Case
from shouwang.domains.patrols.models import Finding, Visit
from shouwang.domains.people.models import Session
from shouwang.faces.phone import forms, visits
from shouwang.faces.phone import report as view
from shouwang.faces.sign_in import COOKIE
from shouwang.flows import record_visit as walks
from shouwang.flows.record_visit import Walked
from shouwang.flows.register_home import NewHome, register_home
from shouwang.flows.report_hazard import Report, report_hazard
from shouwang.policy import Pack
from tests.browser import CHROMIUM, QUIET
from tests.cast import GRID
from tests.faces.phone_story import Phone
from tests.faces.stage import AFTER, BEFORE, Stage
from tests.faces.test_phone_offline import kept_for_later

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
# Four hazards are reported by themselves, two are found on a visit; each has a photo before and one after.
TILES = {"wiring": "私拉电线", "ebike_charging": "电动车充电", "combustibles": "堆放可燃物", "other": "其他"}
SEEN = {3: ("corridor", "exit_blocked"), 17: ("detector", "detector_faulty")}
KINDS = {*TILES, *(kind for _point, kind in SEEN.values())}
HOMES, BROKEN, SIGNED_OUT = 40, 2, 20
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
ALL_WELL = """() => document.querySelectorAll("input[value=ok]").forEach((one) => { one.checked = true; })"""


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
        page.set_default_timeout(60_000)
        if not offline:
            self.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_4G)
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
def shaken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server breaks over the second report it is handed, and ends the session after the twentieth visit."""
    handed: Counter[str] = Counter()

    def reported(*args: object, **named: object) -> object:
        handed["report"] += 1
        if handed["report"] == BROKEN:
            raise RuntimeError("the disk is away for a moment")
        return report_hazard(*args, **named)

    def visited(*args: object, **named: object) -> object:
        handed["visit"] += 1
        done = walks.record_visit(*args, **named)
        if handed["visit"] == SIGNED_OUT:
            Session.objects.all().delete()
        return done

    monkeypatch.setattr(view, "report_hazard", reported)
    monkeypatch.setattr(visits, "record_visit", visited)


@pytest.fixture
def homes(stage: Stage) -> list[UUID]:
    """Forty homes that were moved here, each with its mark."""
    now, told = timezone.now(), {"region": GRID, "kind": "rural_home", "groups": ("relocation",)}
    homes = [NewHome(key=f"h{n}", mark=f"1-{n:02}", number=str(n), **told) for n in range(HOMES)]
    return [register_home(stage.cast["liming"], home, now=now) for home in homes]


def fixed_on_the_spot(phone: Phone, tile: str) -> None:
    phone.photograph("拍照")
    phone.page.locator("#before img").wait_for()
    phone.tap(tile)
    phone.photograph("已当场整改，拍整改后照片", AFTER.data)
    phone.page.locator("#after img").wait_for()
    phone.tap("已整改，提交复核")
    phone.page.locator("#saved:visible").wait_for()


def visited(phone: Phone, home: UUID, number: int) -> None:
    """By the one form that is kept for every door; what is bad is photographed where it is answered."""
    page = phone.open(f"/phone/homes/{home}/visit/").page
    assert page.locator("header .push").inner_text() == f"1-{number:02}"
    page.evaluate(ALL_WELL)
    if number in SEEN:
        point = SEEN[number][0]
        page.locator(f"input[name='look:{point}'][value=bad]").check()
        for name, photo in (("before", BEFORE), ("after", AFTER)):
            picture = {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": photo.data}
            page.locator(f"input[name='{name}.{point}']").set_input_files(picture)
            page.locator(f"label:has(input[name='{name}.{point}']) img").wait_for()
    page.locator("form[data-outbox=visit] > .btn.go").click()
    page.wait_for_url("**/phone/today/")


def strip(phone: Phone, words: str) -> None:
    phone.page.locator("#net:visible", has_text=words).wait_for()


def keys(phone: Phone) -> list[str]:
    return phone.page.evaluate("Outbox.all().then((all) => all.map((one) => one.key))")


def updated(update: pytest.MonkeyPatch) -> None:
    """The plan after an update: a kind of hazard is gone, and the list of visits has another point in place of one."""
    kept, known = forms.load, walks.pack_for

    def loaded(name: str) -> Pack:
        pack = kept(name)
        return replace(pack, kinds={code: one for code, one in pack.kinds.items() if code != "other"})

    def newer(region: str, *, now: datetime) -> Pack:
        pack = known(region, now=now)
        old = pack.checklists["home_visit"]
        points = tuple(structs.replace(one, id="hallway") if one.id == "corridor" else one for one in old.points)
        return replace(pack, checklists={**pack.checklists, old.id: structs.replace(old, version=2, points=points)})

    update.setattr(forms, "load", loaded)
    update.setattr(walks, "pack_for", newer)


def kinds_of(stage: Stage) -> Counter[str]:
    return Counter(Case.objects.exclude(id__in=stage.cases.values()).values_list("kind", flat=True))


def test_nothing_of_the_day_is_lost_and_nothing_arrives_twice(held: Held, stage: Stage, homes, shaken, monkeypatch):
    held.open(offline=False, path="/look/")
    held.sign_in()
    phone = Phone(held.context.pages[0], stage, held.address).open()
    kept_for_later(phone.page)
    phone.open("/phone/kept/").page.locator("#package a", has_text="1-39").wait_for()
    kept_for_later(phone.page, "/phone/homes/visit/")

    tiles, entered = list(TILES.values()), 0
    for mine, doors in ((tiles[:2], range(14)), (tiles[2:3], range(14, 27)), (tiles[3:], range(27, HOMES))):
        phone = held.open(offline=True)  # the app was closed: three times in all
        for tile in mine:
            fixed_on_the_spot(phone, tile)
        for number in doors:
            visited(phone, homes[number], number)
        entered += len(mine) + len(doors)
        strip(phone, f"已存 {entered} 条")
    stored = keys(phone)
    assert len(stored) == len(set(stored)) == HOMES + len(TILES)
    assert not kinds_of(stage) and not Visit.objects.exists()

    now = timezone.now()
    third = phone.page.evaluate("Outbox.all().then((all) => all.filter((one) => one.form === 'report')[2].key)")
    # Somebody else's entry stands under the third key; another phone was at the first door and found no detector.
    report_hazard(stage.cast["liming"], Report(key=third, region=GRID, kind="exit_locked", found_at=now), now=now)
    other = Walked(key="other phone", region=GRID, checklist="home_visit", version=1, home=homes[0], found_at=now,
                   answers={"detector": "bad"})  # fmt: skip
    walks.record_visit(stage.cast["piaoyingshun"], other, now=now)

    with monkeypatch.context() as update:
        updated(update)
        phone.page.context.set_offline(False)
        strip(phone, "登录已过期")
        held.sign_in()
        phone = held.open(offline=False)
        strip(phone, "有 2 条没报成")
        assert keys(phone) == [third, keys(phone)[-1]]
        arrived = {kind: 1 for kind in KINDS if kind not in {"combustibles", "other"}}
        assert kinds_of(stage) == {**arrived, "exit_locked": 1}
        phone.open("/phone/kept/")
        for how in ("conflict", "refused"):
            phone.page.locator(f"[data-how={how}]:visible").first.wait_for()
            assert phone.page.locator(f"[data-how={how}]:visible").count() == 1
        assert phone.faults() == []

    mine = Visit.objects.filter(person=stage.cast["liming"].id)
    assert sorted(mine.values_list("home", flat=True)) == sorted(homes)
    assert {*mine.values_list("version", flat=True)} == {1} and Finding.objects.count() == len(SEEN)
    phone.open("/phone/today/")
    told = phone.page.locator("section", has_text="另一次走访说法不一")
    assert told.locator("a.t").all_inner_texts() == ["1-00"] and phone.faults() == []

    phone.open("/phone/kept/").page.locator("[data-how=conflict] [data-mend]").click()
    phone.page.locator("#before img").wait_for()  # a person settles it: it is another hazard
    phone.tap("已整改，提交复核")
    phone.page.wait_for_url("**/phone/done/**")
    phone.open("/phone/kept/").page.locator("[data-how=refused] [data-mend]").click()
    phone.page.locator("[data-faults]:visible").wait_for()
    phone.page.locator("#after img").wait_for()
    phone.tap("已整改，提交复核")
    phone.page.wait_for_url("**/phone/done/**")

    assert keys(phone) == [] and kinds_of(stage) == {**dict.fromkeys(KINDS, 1), "exit_locked": 1}
    cases = Case.objects.exclude(id__in=stage.cases.values()).exclude(kind="exit_locked")
    assert [len(attachments_of(case.county, case.id)) for case in cases] == [2] * 6
    assert mine.count() == HOMES
