"""Tables in the browser: chosen, looked through, taken; what cannot be taken is shown, with why, and given back."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from shouwang.domains.records.models import Record
from tests.browser import Screen
from tests.cast import STREET
from tests.faces.looking import faults_of, spilt
from tests.faces.record_books import filled, sheets_of
from tests.faces.stage import Stage, bring_in_the_areas
from tests.faces.test_office_screens import enter

TABLE = "/office/records/meeting/import/"


@pytest.fixture
def stage(cast) -> Stage:
    now = timezone.now()
    bring_in_the_areas(now)
    return Stage(cast, {}, now)


def looked_at(page: Page, where: str) -> None:
    assert (where, faults_of(page) + spilt(page)) == (where, [])


def minutes(count: int) -> list[dict[str, object]]:
    day = timezone.localdate() - timedelta(days=3)
    told = {"@body": STREET, "held_on": f"{day:%Y年%m月%d日}", "kind": "火灾风险研判专题会"}
    return [{**told, "topic": f"第{n}次研判会", "present": n} for n in range(1, count + 1)]


@pytest.mark.parametrize(
    "tongue, width, scheme",
    [("zh-hans", 1440, "light"), ("ko", 320, "dark")],
)
def test_a_table_is_looked_through_taken_and_its_bad_rows_come_back(
    stage: Stage, live_server, screen: Screen, tmp_path: Path, tongue: str, width: int, scheme: str
):
    page = enter(screen, live_server, stage, "cuizhe", width=width, tongue=tongue, color_scheme=scheme)
    page.goto(TABLE)
    looked_at(page, "choose")
    with page.expect_download() as handed_out:
        page.locator('a[href$="template.xlsx"]').click()
    rows = minutes(6)
    rows[1]["present"], rows[4]["held_on"], rows[4]["kind"] = "很多", "上周", "座谈"
    path = tmp_path / "会议.xlsx"
    path.write_bytes(filled(Path(handed_out.value.path()).read_bytes(), rows))

    page.locator("input[type=file]").set_input_files(path)
    page.locator("form button.go").click()
    expect(page.locator("main")).to_contain_text("4")
    looked_at(page, "check")
    assert Record.objects.count() == 0
    page.locator('form[action$="/take/"] button.go').click()
    page.wait_for_url("**/import/?done=**")
    looked_at(page, "done")
    assert Record.objects.count() == 4
    with page.expect_download() as given_back:
        page.locator('a[href*="returned.xlsx"]').first.click()
    returned = next(iter(sheets_of(Path(given_back.value.path()).read_bytes()).values()))
    assert len(returned) == 2 + 2 and all(line[0] for line in returned[2:])


def test_a_file_that_is_no_table_is_refused_in_words(stage: Stage, live_server, screen: Screen, tmp_path: Path):
    page = enter(screen, live_server, stage, "cuizhe", width=390, told_no=True)
    page.goto(TABLE)
    path = tmp_path / "照片.xlsx"
    path.write_bytes(b"\x89PNG not a table")
    page.locator("input[type=file]").set_input_files(path)
    page.locator("form button.go").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    looked_at(page, "refused")
