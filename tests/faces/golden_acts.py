"""Acts of the golden story, as people do them in a browser: sign in, report, repair, re-check, check the proof."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
from playwright.sync_api import Page, expect

from shouwang.domains.people.demo import DEMO_PASSWORD
from tests.browser import Screen
from tests.faces.looking import clipped, faults_of
from tests.served import Served

COUNTY, TOWNSHIP = "222405", "222405105"
MEMBER, STAFF, HEAD, OFFICE = (
    "longjing.zhixin.mingdong.1",
    "longjing.zhixin.station",
    "longjing.zhixin.head",
    "longjing.office",
)
CHECKER = Path(__file__).resolve().parents[2] / "src" / "shouwang" / "faces" / "static" / "check.txt"


def enter(screen: Screen, stage: Served, login: str, *, width: int, language: str) -> Page:
    """Sign in as a person does, on a screen of that width, in that language."""
    page = screen(stage.address, width=width, language={"zh-hans": "zh-CN"}.get(language, language))
    sign_in(page, stage, login, language)
    return page


def sign_in(page: Page, stage: Served, login: str, language: str) -> None:
    page.goto(f"/language/{language}/?next=/entry/")
    page.fill("input[name=login] >> visible=true", login)
    page.fill("input[name=password] >> visible=true", DEMO_PASSWORD)
    page.locator("form.card button").click()
    expect(page).not_to_have_url(f"{stage.address}/entry/")


def number(page: Page) -> tuple[int, int]:
    """Closed in time, of all that had to be: the township's number on the county's page."""
    page.goto(f"/board/{COUNTY}/")
    link = page.locator(f'a.number[href*="/board/{TOWNSHIP}/duties/"]')
    if link.count() == 0:
        return 0, 0
    met, owed = link.inner_text().split("/")
    return int(met), int(owed)


def looked_at(page: Page) -> None:
    """What everybody must be able to use: no fault of access, nothing cut off."""
    assert faults_of(page) == []
    assert clipped(page) == []


def lie_for_weeks(stage: Served, town: str) -> str:
    """A blocked exit that was given to the housing department twenty days ago and lay there."""
    told = [sys.executable, "-m", "tests.late_story", town, "明东村老年活动室", "20"]
    settings = {"DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
    done = subprocess.run(
        told, env=stage.environment | settings, capture_output=True, text=True, check=True, cwd=CHECKER.parents[4]
    )
    return done.stdout.strip()


def undetermined(page: Page, county: str) -> int:
    """Duties of the county that cannot be judged yet, as its page says."""
    page.goto(f"/board/{county}/")
    return int(page.locator("[data-undetermined] b").inner_text().replace(",", ""))


def of_duty(page: Page, area: str, duty: str) -> str:
    """The number of one duty on the page of a township, as it stands there."""
    page.goto(f"/board/{area}/")
    item = page.locator(f'.item:has(a[href*="duty={duty}&"]) .number')
    return " ".join(item.inner_text().split()) if item.count() else ""


def expect_text(told: Callable[[], str], pattern: str) -> None:
    """The worker judges within seconds, by itself."""
    for _ in range(120):
        if re.fullmatch(pattern, text := told()):
            return
        time.sleep(0.25)
    raise AssertionError(f"{text!r} still stands there, not {pattern}")


def report_in_three_taps(
    screen: Screen, stage: Served, camera: dict[str, str], language: str
) -> dict[str, str]:
    """网格员李明 in the stairwell: photo, tile, report."""
    page = enter(screen, stage, MEMBER, width=390, language=language)
    expect(page).to_have_url(f"{stage.address}/phone/")
    looked_at(page)
    three_taps(page, camera)
    page.wait_for_url("**/phone/done/*/")
    looked_at(page)
    code = page.locator(".code-big").inner_text()
    assert code.startswith("2405-")
    return {"id": page.url.split("/")[-2], "code": code}


def three_taps(page: Page, camera: dict[str, str]) -> None:
    with page.expect_file_chooser() as camera_opens:
        page.tap("#before")  # one
    camera_opens.value.set_files(camera["before"])
    page.tap('label.tile:has(input[value="exit_blocked"])')  # two
    page.tap("#send")  # three


def repair(
    screen: Screen, stage: Served, case: dict[str, str], camera: dict[str, str], language: str
) -> None:
    """消防工作站崔顺姬 has the exit cleared and sends the photo that proves it."""
    page = enter(screen, stage, STAFF, width=1440, language=language)
    page.goto(f"/office/hazards/{case['id']}/")
    looked_at(page)
    sheet = page.locator('details:has(form[action$="/acts/submit/"])')
    sheet.locator("summary").click()
    sheet.locator("input[type=file]").set_input_files(camera["after"])
    sheet.locator("textarea[name=note]").fill("住户已把旧家具搬走，通道畅通")
    sheet.locator("button.go").click()
    expect(page.locator('form[action$="/acts/pass/"]')).to_have_count(0)  # nobody re-checks the own repair


def recheck(screen: Screen, stage: Served, case: dict[str, str], language: str) -> None:
    """站长赵海涛, who did not do the work, looks at it on the phone, closes the case and answers who told."""
    page = enter(screen, stage, HEAD, width=390, language=language)
    page.goto(f"/office/hazards/{case['id']}/")
    looked_at(page)
    page.locator('form[action$="/acts/pass/"] button').click()
    page.wait_for_load_state()
    page.goto(f"/office/hazards/{case['id']}/")
    answer = page.locator('details:has(form[action$="/acts/answer/"])')
    answer.locator("summary").click()
    expect(answer.locator("textarea[name=note]")).not_to_have_value("")  # the words stand there already
    looked_at(page)
    answer.locator("button.go").click()
    page.wait_for_load_state()
    page.goto(f"/office/hazards/{case['id']}/")
    expect(page.locator('form[action*="/acts/"]')).to_have_count(0)


def expect_number(page: Page, wanted: tuple[int, int]) -> None:
    """The number moves by itself: the closing is the evidence, nobody ticks anything."""
    for _ in range(60):
        if number(page) == wanted:
            looked_at(page)
            return
        page.wait_for_timeout(250)
    assert (stands := number(page)) == wanted, stands


def three_clicks_to_the_proof(page: Page, case: dict[str, str], language: str) -> None:
    page.locator(
        f'a.number[href*="/board/{TOWNSHIP}/duties/"]'
    ).click()  # one: the standings behind the number
    looked_at(page)
    page.locator(
        f'a.t[href="/office/hazards/{case["id"]}/"]'
    ).click()  # two: the case, its clause, its photos
    expect(page.locator('a[href="/clauses/07-31/"]').first).to_be_visible()
    expect(page.locator('img[src*="/files/"]')).to_have_count(2)
    looked_at(page)
    page.locator('a[href*="/proof/"]').last.click()  # three: the proof
    expect(page.locator("[data-root]")).to_have_text(re.compile("^[0-9a-f]{64}$"))
    looked_at(page)


def a_stranger_checks(page: Page, stage: Served, folder: Path) -> None:
    """With the downloaded proof, the ten-line checker and the root, and nothing of this system."""
    root = page.locator("[data-root]").inner_text()
    with page.expect_download() as download:
        page.locator("a[download].go").click()
    path = folder / "proof.json"
    download.value.save_as(path)
    checked = checker(path.read_bytes(), root)
    assert checked.returncode == 0, checked.stderr
    forged = json.loads(path.read_text())
    forged["leaf"] = forged["leaf"].replace('"answer"', '"reject"')
    assert checker(json.dumps(forged).encode(), root).returncode != 0


def checker(proof: bytes, root: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-I", str(CHECKER), root]
    return subprocess.run(command, input=proof, capture_output=True)


def a_resident_follows(screen: Screen, stage: Served, case: dict[str, str], language: str) -> None:
    """Whoever told the grid member follows by code, without an account and without seeing a name."""
    page = screen(stage.address, width=390)
    page.goto(f"/language/{language}/?next=/look/")
    page.fill("input[name=code]", case["code"].lower().replace("-", " "))
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text({"zh-hans": "已销案", "ko": "종결"}[language])
    looked_at(page)
    body = page.locator("body").inner_text()
    assert "李明" not in body and "崔顺姬" not in body
    answer = httpx.get(f"{stage.address}/office/hazards/{case['id']}/", trust_env=False)
    assert answer.status_code in (302, 404)
