"""The golden story: one blocked exit, from three taps on a phone to a proof that a stranger checks.

Every issue adds its scene here and keeps it green: it is the product.
"""

import json
import re
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from shouwang.simulation.pictures import photo
from tests.browser import Screen
from tests.faces.golden_acts import (
    MEMBER,
    OFFICE,
    STAFF,
    a_resident_follows,
    a_stranger_checks,
    enter,
    expect_number,
    expect_text,
    lie_for_weeks,
    looked_at,
    number,
    of_duty,
    recheck,
    repair,
    report_in_three_taps,
    sign_in,
    three_clicks_to_the_proof,
    three_taps,
    undetermined,
)
from tests.faces.paper_story import askew, blurred, dim, jpeg, pictures, turned
from tests.served import Served

# A month is met once and a value adopted once: each language has offices of its own, which have kept nothing yet.
OFFICES = {"zh-hans": ("222405", "222405001", "longjing"), "ko": ("222406", "222406001", "helong")}
TOWNS = {"zh-hans": "222405105", "ko": "222406103"}
MEETING, INTAKE = "analysis_meeting", "village_water_intake"
pytestmark = pytest.mark.golden


@pytest.fixture(scope="module")
def lived(served: Served) -> Served:
    """The real areas of Yanbian, peopled, with a few days behind them."""
    served.run("simulate", "--days", "2")
    return served


@pytest.fixture
def camera(tmp_path: Path) -> dict[str, str]:
    """Two photos as the phone's camera leaves them."""
    paths = {name: tmp_path / f"{name}.jpg" for name in ("before", "after")}
    for name, path in paths.items():
        path.write_bytes(photo(Random(7), cleared=name == "after", kind="exit_blocked"))
    return {name: str(path) for name, path in paths.items()}


@pytest.mark.parametrize("language", ["zh-hans", "ko"])
def test_the_golden_story(
    lived: Served, screen: Screen, camera: dict[str, str], tmp_path: Path, language: str
) -> None:
    office = enter(screen, lived, OFFICE, width=1440, language=language)
    met, owed = number(office)

    case = report_in_three_taps(screen, lived, camera, language)
    repair(screen, lived, case, camera, language)
    recheck(screen, lived, case, language)

    expect_number(office, (met + 1, owed + 1))
    three_clicks_to_the_proof(office, case, language)
    a_stranger_checks(office, lived, tmp_path)
    a_resident_follows(screen, lived, case, language)


@pytest.mark.parametrize("language", ["zh-hans", "ko"])
def test_the_grid_whistles_and_a_department_comes(
    lived: Served, screen: Screen, camera: dict[str, str], language: str
) -> None:
    """网格吹哨、部门报到: called from the phone, told by the department, confirmed on the spot by who called."""
    case = report_in_three_taps(screen, lived, camera, language)
    grid = enter(screen, lived, MEMBER, width=390, language=language)
    grid.goto(f"/phone/case/{case['id']}/")
    grid.locator("details.whistle > summary").click()
    grid.locator("details.whistle details > summary").click()
    looked_at(grid)
    grid.locator("input[name=departments][value=housing]").check()
    grid.fill("#need", "楼道归属说不清，请来人当面定")
    grid.locator("details.whistle button.go").click()
    expect(grid.locator(".muster .chip")).to_have_count(1)

    housing = enter(screen, lived, "longjing.housing", width=1440, language=language)
    housing.goto("/office/whistles/called/")
    housing.locator(f'a.t[href*="{case["id"]}"]').click()
    expect(housing.locator('form[action$="/arrive/"]')).to_have_count(0)  # nobody confirms the own coming
    housing.locator('form[action$="/set_out/"] button').click()

    grid.goto(f"/phone/case/{case['id']}/")
    grid.locator('form[action$="/arrive/"] button').click()
    expect(grid.locator('form[action$="/arrive/"]')).to_have_count(0)
    housing.goto(f"/office/hazards/{case['id']}/")
    expect(housing.locator('form[action$="/tell/"]')).to_have_count(1)
    looked_at(housing)


@pytest.mark.parametrize("language", ["zh-hans", "ko"])
def test_the_whole_report_is_made_in_a_cellar_and_arrives(
    lived: Served, browser: Browser, screen: Screen, camera: dict[str, str], language: str
) -> None:
    """没有网络: three taps where nothing reaches; the phone keeps it and sends it by itself on the stairs."""
    locale = {"zh-hans": "zh-CN"}.get(language, language)
    context = browser.new_context(
        base_url=lived.address, viewport={"width": 320, "height": 640}, has_touch=True, locale=locale
    )
    page = context.new_page()
    sign_in(page, lived, MEMBER, language)
    for _ in range(200):  # until the phone keeps its pages
        if page.evaluate("navigator.serviceWorker.controller && caches.match('/phone/kept/').then(Boolean)"):
            break
        page.wait_for_timeout(100)
    context.set_offline(True)
    page.goto("/phone/")
    three_taps(page, camera)
    expect(page.locator("#saved")).to_be_visible()
    expect(page.locator("#net [data-words]")).to_contain_text("1")
    looked_at(page)
    page.locator("#net a[data-see]").click()
    expect(page.locator("[data-how=waits]")).to_have_count(1)
    looked_at(page)
    context.set_offline(False)
    expect(page.locator("#net.good")).to_be_visible()
    expect(page.locator("[data-how=waits]")).to_have_count(0)
    page.goto("/phone/mine/")
    case = page.locator('a.t[href^="/phone/case/"]').first.get_attribute("href") or ""
    context.close()

    station = enter(screen, lived, STAFF, width=1440, language=language)
    station.goto(case.replace("/phone/case/", "/office/hazards/"))
    expect(station.locator('img[src*="/files/"]')).to_have_count(1)
    looked_at(station)


@pytest.mark.parametrize("language", ["zh-hans", "ko"])
def test_the_minutes_come_in_on_paper(
    lived: Served, screen: Screen, tmp_path: Path, language: str
) -> None:
    """每月研判专题会: printed, filled in by hand, photographed askew; the month's duty is met and opens to the scan."""
    county, street, word = OFFICES[language]
    office = enter(screen, lived, f"{word}.office", width=1440, language=language)
    assert of_duty(office, street, MEETING) == "– 0/0"

    page = enter(screen, lived, f"{word}.{street[6:]}.station", width=390, language=language)
    page.goto(f"/office/records/meeting/print/?area={street}")
    page.locator("button.btn.go").click()
    page.wait_for_url("**/office/paper/**")
    (sheet,) = pictures(page.pdf(prefer_css_page_size=True))
    photographed = tmp_path / "IMG_2041.jpg"
    photographed.write_bytes(jpeg(dim(turned(askew(blurred(sheet), 0.06), -7))))

    page.goto("/office/paper/scan/")
    looked_at(page)
    page.locator("input[name=scan]").set_input_files(photographed)
    page.locator("form.card button.go").click()
    page.wait_for_url("**/records/meeting/new/?page=**")
    looked_at(page)
    page.fill("input[name='v.held_on']", f"{timezone.localdate():%Y-%m-01}")
    page.fill("input[name='v.topic']", "冬季火灾防控")
    page.locator("input[name='v.kind'][value=analysis]").check()
    page.locator("form button.go").click()
    page.wait_for_url(re.compile(r"/office/records/[0-9a-f-]{36}/"))
    looked_at(page)

    expect_text(lambda: of_duty(office, street, MEETING), "100% 1/1")
    looked_at(office)
    office.locator(f'a.t[href*="duty={MEETING}"]').click()  # one: who owed it, and how it was met
    looked_at(office)
    office.locator('a.t[href^="/office/records/"]').first.click()  # two: the record and its scan
    expect(office.locator('a[href*="/files/"], img[src*="/files/"]').first).to_be_visible()
    office.locator('a[href*="/proof/"]').last.click()  # three: the proof
    expect(office.locator("[data-root]")).to_have_text(re.compile("^[0-9a-f]{64}$"))


@pytest.mark.parametrize("language", ["zh-hans", "ko"])
def test_the_adoption_sheet_turns_undetermined_into_numbers(lived: Served, screen: Screen, language: str) -> None:
    """参数采纳单: what the plan left open is decided under one document, and villages can be judged."""
    county, _, word = OFFICES[language]
    town = TOWNS[language]
    lived.run("duties", "since", county, str(timezone.localdate() - timedelta(days=100)))
    office = enter(screen, lived, f"{word}.office", width=1440, language=language)
    expect_text(lambda: of_duty(office, town, INTAKE), "– 0/0")
    undecided = undetermined(office, county)

    office.goto("/office/adoption/")
    looked_at(office)
    office.locator("input[data-every]").check()
    for name, value in {"facilities.build.months": "3", "water.intakes.per_year": "1"}.items():
        office.locator(f'input[name="value:{name}"]').fill(value)
    office.fill("#number", "龙消委办[2026]5号")
    office.fill("#signed_on", str(timezone.localdate()))
    office.fill("#signer", "郭强")
    office.locator('form[action*="/check/"] button.go').click()
    looked_at(office)
    office.locator('form[action*="/adopt/"] button').first.click()
    expect(office.locator("[role=status]")).to_be_visible()
    looked_at(office)

    expect_text(lambda: of_duty(office, town, INTAKE), r"\d+% \d+/[1-9]\d*")
    looked_at(office)
    assert undetermined(office, county) < undecided
    told = json.loads(lived.run("ledger", "verify", "--county", county, "--json").stdout)
    assert [fault for one in told for fault in one["faults"]] == []


@pytest.mark.parametrize("language", ["zh-hans", "ko"])
def test_the_exit_is_blocked_again_and_the_department_is_late(
    lived: Served, screen: Screen, language: str
) -> None:
    """督办函: the county writes to the department that is late, another approves, it goes out, the county sees it."""
    county, _, word = OFFICES[language]
    case = lie_for_weeks(lived, TOWNS[language])
    office = enter(screen, lived, f"{word}.office", width=1440, language=language)
    office.goto(f"/office/hazards/{case}/")
    office.locator(f'a[href="/office/letters/new/?case={case}"]').click()
    office.locator('nav.views a[href*="kind=supervision"]').click()
    looked_at(office)
    expect(office.locator(f'input[name=matter][value="{case}"]')).to_be_checked()
    office.fill("#contact", "0433-3222119")
    office.locator('form[action$="/letters/new/"] button.go').click()
    office.wait_for_url(re.compile(r"/office/letters/[0-9a-f-]{36}/"))
    letter = office.url.split("?")[0].removeprefix(lived.address)
    expect(office.locator('form[action$="/acts/approve/"]')).to_have_count(0)  # nobody approves the own words

    leader = enter(screen, lived, f"{word}.leader", width=1440, language=language)
    leader.goto("/office/letters/?view=issued&state=drafted")
    leader.locator(f'a.t[href="{letter}"]').click()
    leader.locator('form[action$="/acts/approve/"] button').click()
    expect(leader.locator("[role=status]")).to_be_visible()

    office.goto(letter)
    office.locator('details:has(form[action$="/acts/issue/"]) summary').click()
    office.locator('form[action$="/acts/issue/"] button.go').click()
    number = re.compile(rf"〔{timezone.localdate().year}〕[1-9]\d*号")
    expect(office.locator("main .crumb b").first).to_have_text(number)
    looked_at(office)
    with office.expect_download() as paper:
        office.locator("a[download]").first.click()
    assert paper.value.path().read_bytes().startswith(b"PK")

    department = enter(screen, lived, f"{word}.housing", width=390, language=language)
    department.goto("/office/letters/")
    department.locator(f'a.t[href="{letter}"]').click()
    department.locator('details:has(form[action$="/acts/answer/"]) summary').click()
    department.locator('form[action$="/acts/answer/"] textarea').fill("通道已清空，物业每天巡查一次")
    looked_at(department)
    department.locator('form[action$="/acts/answer/"] button.go').click()
    expect(department.locator("[role=status]")).to_be_visible()

    office.goto("/office/letters/?view=issued&state=answered")
    office.locator(f'a.t[href="{letter}"]').click()
    office.locator('details:has(form[action$="/acts/accept/"]) summary').click()
    office.locator('form[action$="/acts/accept/"] button.go').click()
    expect(office.locator("article")).to_have_attribute("data-state", "closed")
    office.goto(f"/office/hazards/{case}/")  # the case tells what followed
    expect(office.locator(f'ol.time a[href="{letter}"]')).to_have_text(number)
    looked_at(office)
