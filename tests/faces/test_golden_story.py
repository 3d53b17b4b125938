"""The golden story: one blocked exit, from three taps on a phone to a proof that a stranger checks.

Every issue adds its scene here and keeps it green: it is the product.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import httpx
import pytest
from playwright.sync_api import Page, expect

from shouwang.domains.people.demo import DEMO_PASSWORD
from shouwang.simulation.pictures import photo
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


def enter(screen: Screen, stage: Served, login: str, *, width: int, language: str) -> Page:
    """Sign in as a person does, on a screen of that width, in that language."""
    page = screen(stage.address, width=width, language={"zh-hans": "zh-CN"}.get(language, language))
    page.goto(f"/language/{language}/?next=/entry/")
    page.fill("input[name=login] >> visible=true", login)
    page.fill("input[name=password] >> visible=true", DEMO_PASSWORD)
    page.locator("form.card button").click()
    expect(page).not_to_have_url(f"{stage.address}/entry/")
    return page


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


def report_in_three_taps(
    screen: Screen, stage: Served, camera: dict[str, str], language: str
) -> dict[str, str]:
    """网格员李明 in the stairwell: photo, tile, report."""
    page = enter(screen, stage, MEMBER, width=390, language=language)
    expect(page).to_have_url(f"{stage.address}/phone/")
    looked_at(page)
    with page.expect_file_chooser() as camera_opens:
        page.tap("#before")  # one
    camera_opens.value.set_files(camera["before"])
    page.tap('label.tile:has(input[value="exit_blocked"])')  # two
    page.tap("#send")  # three
    page.wait_for_url("**/phone/done/*/")
    looked_at(page)
    code = page.locator(".code-big").inner_text()
    assert code.startswith("2405-")
    return {"id": page.url.split("/")[-2], "code": code}


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
    """站长赵海涛, who did not do the work, looks at it on the phone and closes the case."""
    page = enter(screen, stage, HEAD, width=390, language=language)
    page.goto(f"/office/hazards/{case['id']}/")
    looked_at(page)
    page.locator('form[action$="/acts/pass/"] button').click()
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
    assert number(page) == wanted


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
    forged["leaf"] = forged["leaf"].replace('"pass"', '"fail"')
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
