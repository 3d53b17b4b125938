"""As a new user tries it: a record type and a duty, added by the YAML of the howto alone, are everywhere at once."""

import json
import re
from shutil import copytree

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from playwright.sync_api import Page, expect

from shouwang.config.commands.policy import policy
from shouwang.domains.duties.models import Standing
from shouwang.domains.records.models import Record
from shouwang.flows.keep_house import catch_up
from shouwang.policy.loading import PACKS, load
from shouwang.policy.manual_pages import pages_of
from tests.browser import Screen
from tests.cast import COMMUNITY, PACK, STREET
from tests.faces.looking import clipped, faults_of
from tests.faces.record_books import filled, sheets_of
from tests.faces.stage import Stage, bring_in_the_areas
from tests.faces.test_office_screens import enter
from tests.house.sources import ROOT

FENCED = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
TYPE, DUTY = "extinguisher_box", "extinguisher_box_fit"
NAMED = {"zh-hans": ("公共灭火器箱", "每月查看灭火器箱"), "ko": ("공용 소화기함", "달마다 소화기함 검사")}


@pytest.fixture
def stage(settings, tmp_path, cast) -> Stage:
    """A prefecture that copied our pack and wrote two entries into files of its own."""
    folder = tmp_path / "own"
    copytree(PACKS / PACK, folder)
    told = (ROOT / "docs" / "howto" / "new-record.md").read_text("utf-8")
    for room, text in zip(("records", "duties"), FENCED.findall(told), strict=True):
        (folder / room / "own.yaml").write_text(text, "utf-8")
    settings.PACK, settings.HOME = str(folder), tmp_path
    now = timezone.now()
    bring_in_the_areas(now)
    catch_up(now=now)
    return Stage(cast, {}, now)


def month() -> str:
    return timezone.localdate().strftime("%Y-%m")


def standing() -> Standing:
    return Standing.objects.get(duty=DUTY, region=COMMUNITY, period=month())


def shown(page: Page, path: str, *words: str) -> None:
    """The page has these words, bars nobody and cuts nothing off."""
    page.goto(path)
    for word in words:
        expect(page.locator("main")).to_contain_text(word)
    assert (path, faults_of(page) + clipped(page)) == (path, [])


def test_the_check_finds_nothing_wrong_with_it(stage: Stage, settings):
    done = CliRunner().invoke(policy, ["check", "--folder", settings.PACK, "--json"])
    assert done.exit_code == 0, done.output
    assert [one for one in json.loads(done.output) if TYPE in str(one)] == []


@pytest.mark.parametrize("tongue, width", [("zh-hans", 390), ("ko", 320)])
def test_it_is_asked_for_entered_confirmed_and_meets_its_duty(
    stage: Stage, live_server, screen: Screen, settings, tongue: str, width: int
):
    kind, duty = NAMED[tongue]
    head = enter(screen, live_server, stage, "liuguozhu", width=width, tongue=tongue)
    shown(head, "/office/tasks/month/", duty)
    head.goto("/office/tasks/?due=month")
    head.locator("a", has_text=duty).first.click()
    head.locator(f'a.btn[href*="/office/records/{TYPE}/new/"]').click()
    head.wait_for_url(f"**/records/{TYPE}/new/**")
    assert faults_of(head) + clipped(head) == []
    head.fill("input[name='v.checked_on']", f"{month()}-01")
    head.fill("input[name='v.name']", "活动室门口")
    head.locator("input[name='v.fit']").first.check()
    head.locator("form button.go").click()
    head.wait_for_url(re.compile(r"/office/records/[0-9a-f-]{36}/"))
    shown(head, f"/office/records/{TYPE}/", kind, "活动室门口")
    shown(head, "/office/records/", kind)
    shown(head, f"/office/records/{TYPE}/print/?area={COMMUNITY}", kind)
    manual = next(name for name, duties in pages_of(load(settings.PACK)).items() if DUTY in duties)
    shown(head, f"/office/manuals/{manual}/", duty, kind)
    catch_up(now=timezone.now())
    assert standing().verdict == "due"

    station = enter(screen, live_server, stage, "zhangzhiqiang", width=1440, tongue=tongue)
    station.goto(f"/office/records/{Record.objects.get().id}/")
    station.locator('form[action$="/acts/confirm/"] button').click()
    station.wait_for_load_state()
    catch_up(now=timezone.now())
    assert standing().verdict == "met"
    shown(station, f"/board/{STREET}/", duty)
    station.locator(f'.item:has(a[href*="{DUTY}"]) a.t').click()
    station.locator(f'a.t[href="/office/records/{Record.objects.get().id}/"]').click()
    expect(station.locator("main")).to_contain_text("活动室门口")


def test_its_table_goes_out_and_comes_back(stage: Stage):
    client = stage.client("liuguozhu")
    template = client.get(f"/office/records/{TYPE}/template.xlsx").content
    rows = [
        {"@body": COMMUNITY, "checked_on": f"{month()}-01", "name": f"{n}号楼", "fit": "是" if n else "也许"}
        for n in range(4)
    ]
    table = SimpleUploadedFile("灭火器箱.xlsx", filled(template, rows))
    looked = client.post(f"/office/records/{TYPE}/import/", {"table": table})
    assert (len(looked.context["plan"].new), len(looked.context["plan"].refused)) == (3, 1)
    client.post(f"/office/records/{TYPE}/import/take/", {"slip": looked.context["slip"]})
    assert sorted(Record.objects.values_list("values__name", flat=True)) == ["1号楼", "2号楼", "3号楼"]
    out = stage.client("hanxue").get(f"/office/records/{TYPE}/export.xlsx")
    assert "3号楼" in str(sheets_of(b"".join(out.streaming_content)))
