"""The golden story [second prefecture]: the same exit, blocked in an invented league, told in its languages.

Its pack has other words, levels and clocks; the installation has a database of its own and was never Yanbian's.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pyotp
import pytest
from playwright.sync_api import Page, expect

from shouwang.config.processes import Family, command, free_port
from shouwang.domains.people.demo import DEMO_PASSWORD
from shouwang.simulation.pictures import photo
from tests.browser import Screen
from tests.faces.looking import clipped, faults_of
from tests.prefectures import JIYE
from tests.served import Served, environment_in

pytestmark = pytest.mark.golden
ROOT = Path(__file__).resolve().parents[2]
CHECKER = ROOT / "src" / "shouwang" / "faces" / "static" / "check.txt"
PEOPLED = """
import django
django.setup()
from django.utils import timezone
from shouwang.domains.people.demo import DEMO_PASSWORD
from shouwang.domains.people.models import Person
from shouwang.domains.people.services import By, enrol_code
from tests.cast import CAST, enter
for one in CAST:
    enter(one, at=timezone.now(), password=DEMO_PASSWORD)
office = Person.objects.get(login="hanxue")
enrol_code(office, "%s", by=By(actor=office.id, post="", pack="p"), at=timezone.now())
"""
# The offices of the banner sign in with a code as well.
CODES = pyotp.random_base32()
# What the league calls a thing, in each of its languages, and what Yanbian would have called it.
SAID = {
    "en": {"house": "Jiye League fire watch", "tile": "Way out blocked", "level": "Gacha", "law": "Measures, chapter 2",
           "closed": "Seen and closed", "post": "fire post"},
    "zh-hans": {"house": "霁野盟牧区防火守望", "tile": "出口被堵", "level": "嘎查", "law": "守望办法第二章",
                "closed": "已看过销掉", "post": "应急消防所"},
}  # fmt: skip
OF_YANBIAN = ("Yanbian", "延边", "方案二", "Plan 2", "乡镇(街道)", "조선말")


@pytest.fixture(scope="module")
def league(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The whole installation as a newcomer sets it up: SHOUWANG_PACK, tables, areas, people; no line of code."""
    for environment in environment_in(tmp_path_factory.mktemp("league")):
        env = {**environment, "SHOUWANG_PACK": JIYE.pack, "DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
        port = free_port()
        with Family() as family:
            stage = Served(f"http://127.0.0.1:{port}", env, family)
            stage.run("migrate")
            stage.run("areas", "import", "--pack")
            path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
            peopled = [sys.executable, "-c", PEOPLED % CODES]
            subprocess.run(peopled, env={**env, "PYTHONPATH": path}, check=True, cwd=ROOT)
            family.start("worker", command("worker"), environment=env)
            family.start("web", command("serve", "--port", str(port)), environment=env)
            assert family.wait_until(stage.answers, seconds=60), f"{family.fallen()} did not start"
            yield stage


def enter(screen: Screen, stage: Served, login: str, *, width: int, language: str) -> Page:
    page = screen(stage.address, width=width, language={"zh-hans": "zh-CN"}.get(language, language))
    page.goto(f"/language/{language}/?next=/entry/")
    assert SAID[language]["house"] in page.locator("header").inner_text()
    page.fill("input[name=login] >> visible=true", login)
    page.fill("input[name=password] >> visible=true", DEMO_PASSWORD)
    page.locator("form.card button").click()
    expect(page).not_to_have_url(f"{stage.address}/entry/")
    if page.locator("input[name=code]").count():
        # A code works once: the story in the second language gives the one after.
        page.fill("input[name=code]", pyotp.TOTP(CODES).at(time.time(), counter_offset=list(SAID).index(language)))
        page.keyboard.press("Enter")
        expect(page.locator("input[name=code]")).to_have_count(0)
    return page


def looked_at(page: Page) -> None:
    """Nobody is barred, nothing is cut off, and nothing on it is Yanbian's."""
    assert faults_of(page) == []
    assert clipped(page) == []
    text = page.locator("body").inner_text()
    assert [word for word in OF_YANBIAN if word in text] == []


def number(page: Page) -> tuple[int, int]:
    page.goto(f"/board/{JIYE.county}/")
    link = page.locator(f'a.number[href*="/board/{JIYE.street}/duties/"]')
    if link.count() == 0:
        return 0, 0
    met, owed = link.inner_text().split("/")
    return int(met), int(owed)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_same_story_in_a_league_of_banners_and_gachas(
    league: Served, screen: Screen, tmp_path: Path, language: str
) -> None:
    said = SAID[language]
    for name in ("before", "after"):
        (tmp_path / f"{name}.jpg").write_bytes(photo(Random(7), cleared=name == "after"))
    office = enter(screen, league, "hanxue", width=1440, language=language)
    met, owed = number(office)

    page = enter(screen, league, "liming", width=390, language=language)  # the warden of a gacha
    expect(page).to_have_url(f"{league.address}/phone/")
    looked_at(page)
    with page.expect_file_chooser() as camera:
        page.tap("#before")  # one
    camera.value.set_files(tmp_path / "before.jpg")
    tile = page.locator('label.tile:has(input[value="way_shut"])')
    assert said["tile"] in tile.inner_text()
    tile.tap()  # two
    page.tap("#send")  # three
    page.wait_for_url("**/phone/done/*/")
    looked_at(page)
    case, code = page.url.split("/")[-2], page.locator(".code-big").inner_text()
    assert code.startswith(f"{JIYE.county[2:]}-")

    page = enter(screen, league, "cuizhe", width=1440, language=language)  # the clerk of the fire post
    page.goto(f"/office/hazards/{case}/")
    assert said["post"] in page.locator("main").inner_text()
    looked_at(page)
    sheet = page.locator('details:has(form[action$="/acts/submit/"])')
    sheet.locator("summary").click()
    sheet.locator("input[type=file]").set_input_files(tmp_path / "after.jpg")
    sheet.locator("textarea[name=note]").fill("柜子搬走了，门能推开")
    sheet.locator("button.go").click()
    expect(page.locator('form[action$="/acts/pass/"]')).to_have_count(0)  # nobody re-checks the own repair

    page = enter(screen, league, "zhangzhiqiang", width=390, language=language)  # its chief
    page.goto(f"/office/hazards/{case}/")
    looked_at(page)
    page.locator('form[action$="/acts/pass/"] button').click()
    page.wait_for_load_state()

    for _ in range(120):
        if number(office) == (met + 1, owed + 1):
            break
        office.wait_for_timeout(250)
    assert number(office) == (met + 1, owed + 1)
    looked_at(office)
    office.locator(f'a.number[href*="/board/{JIYE.street}/duties/"]').click()  # one
    looked_at(office)
    office.locator(f'a.t[href="/office/hazards/{case}/"]').click()  # two
    expect(office.locator('a[href="/clauses/A2-07/"]').first).to_contain_text(said["law"])
    expect(office.locator('img[src*="/files/"]')).to_have_count(2)
    looked_at(office)
    office.locator('a[href*="/proof/"]').last.click()  # three
    expect(office.locator("[data-root]")).to_have_text(re.compile("^[0-9a-f]{64}$"))
    root = office.locator("[data-root]").inner_text()
    with office.expect_download() as download:
        office.locator("a[download].go").click()
    download.value.save_as(tmp_path / "proof.json")
    proof = (tmp_path / "proof.json").read_bytes()
    assert checked(proof, root) == 0
    forged = json.loads(proof)
    forged["leaf"] = forged["leaf"].replace('"pass"', '"fail"')
    assert checked(json.dumps(forged).encode(), root) != 0

    page = screen(league.address, width=390)
    page.goto(f"/language/{language}/?next=/look/")
    page.fill("input[name=code]", code.lower())
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(said["closed"])
    looked_at(page)


def checked(proof: bytes, root: str) -> int:
    """As a stranger, with ten lines and nothing of this system."""
    return subprocess.run([sys.executable, "-I", str(CHECKER), root], input=proof, capture_output=True).returncode


def test_nobody_is_offered_a_language_the_league_does_not_speak(league: Served, screen: Screen) -> None:
    page = screen(league.address, width=390)
    page.goto("/entry/")
    assert page.locator(".tongues a").all_inner_texts() == ["中文", "English"]
    answer = page.request.get("/language/ko/?next=/entry/", max_redirects=0)
    assert answer.status == 404
    refused = league.run("user", "add", "kim", "--name", "金", "--region", JIYE.grid, "--language", "ko", check=False)
    assert refused.returncode != 0 and "ko" in refused.stderr
