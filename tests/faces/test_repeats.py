"""反复发生地点 and what one looks for: the same place again, ticked signs, the list as Excel."""

import base64
import io
import json
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import expect
from python_calamine import load_workbook

from shouwang.domains.hazards.models import Case
from shouwang.domains.people.actor import Actor
from shouwang.flows.refusal import Unfit
from shouwang.flows.report_hazard import Report, report_hazard
from tests.browser import Screen
from tests.cast import GRID, NEXT_GRID, OUTSIDER
from tests.faces.adoption_stage import lived
from tests.faces.looking import clipped, faults_of, spilt
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter

PLACE = "祥和小区3号楼门厅"


@pytest.fixture
def stage(cast: dict[str, Actor]) -> Stage:
    found = lived(cast)
    for n, kind in enumerate(("ebike_charging", "ebike_indoors", "exit_blocked")):
        told = Report(key=f"again-{n}", region=GRID, kind=kind, place=PLACE, found_at=found.now)
        report_hazard(cast["liming"], told, now=found.now)
    once = Report(key="once", region=NEXT_GRID, kind="wiring", place=PLACE, found_at=found.now)
    report_hazard(cast["sunyulan"], once, now=found.now)
    return found


def test_a_place_where_it_came_back_stands_first_and_opens_to_its_cases(stage: Stage):
    page = stage.client("cuizhe").get("/office/hazards/repeat/").content.decode()
    assert PLACE in page and "365天内发生2次以上" in page and "3件未销案" in page
    rows = stage.client("cuizhe").get("/office/hazards/", {"area": GRID, "place": PLACE}).context["rows"]
    assert {row["kind"] for row in rows} == {"ebike_charging", "ebike_indoors", "exit_blocked"}


def test_the_same_words_elsewhere_are_another_place_and_a_reader_sees_only_the_own_area(stage: Stage):
    rows = stage.client("hanxue").get("/office/hazards/repeat/").context["rows"]
    assert [(row.region, row.n) for row in rows if row.place == PLACE] == [(GRID, 3)]
    for login in ("sunyulan", OUTSIDER.login):
        assert PLACE not in stage.client(login).get("/office/hazards/repeat/").content.decode()


def test_what_was_not_taken_up_is_not_counted(stage: Stage):
    Case.objects.filter(place=PLACE, kind="exit_blocked").update(state="rejected")
    Case.objects.filter(place=PLACE, kind="ebike_indoors").update(state="merged")
    assert PLACE not in stage.client("cuizhe").get("/office/hazards/repeat/").content.decode()


def test_pages_follow_one_another_with_one_statement_for_the_places(stage: Stage):
    for n in range(106):
        told = Report(key=f"p{n}", region=GRID, kind="wiring", place=f"{n // 2}号", found_at=stage.now)
        report_hazard(stage.cast["liming"], told, now=stage.now)
    client, seen, address = stage.client("cuizhe"), [], "/office/hazards/repeat/"
    while address:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert len([one for one in asked if "hazards_case" in one["sql"]]) == 1 and len(asked) <= 14
        seen += [row.place for row in answer.context["rows"]]
        address = answer.context["next"]
    assert seen[0] == PLACE and len(seen) == len(set(seen)) == 54
    assert client.get("/office/hazards/repeat/?after=nonsense").status_code == 200


def test_what_was_ticked_is_a_fact_of_the_case_and_foreign_signs_are_refused(stage: Stage):
    told = Report(key="s", region=GRID, kind="ebike_charging", found_at=stage.now, signs=("flying_wire",))
    case = report_hazard(stage.cast["liming"], told, now=stage.now).case
    assert case.facts == {"signs": ["flying_wire"]}
    page = stage.client("cuizhe").get(f"/office/hazards/{case.id}/").content.decode()
    assert "从窗户拉线(飞线)" in page
    assert report_hazard(stage.cast["liming"], told, now=stage.now).replayed
    with pytest.raises(Unfit) as no:
        report_hazard(stage.cast["liming"], replace(told, key="t", signs=("chained",)), now=stage.now)
    assert list(no.value.fields) == ["signs"]


def test_the_filtered_list_comes_as_excel_with_the_same_rows(stage: Stage):
    asked = {"area": GRID, "place": PLACE, "kind": "exit_blocked"}
    answer = stage.client("zhangzhiqiang").get("/office/hazards.xlsx", asked)
    rows = load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[5] for row in rows[1:]] == [PLACE] and [row[1] for row in rows[1:]] == ["通道堵塞"]
    assert stage.client("liming").get("/office/hazards.xlsx").status_code == 403


@pytest.mark.parametrize("width, tongue", [(1440, "zh-hans"), (320, "ko")])
def test_signs_stand_under_the_kind_that_is_chosen_and_pages_are_open(
    stage: Stage, live_server, screen: Screen, width: int, tongue: str
):
    page = enter(screen, live_server, stage, "cuizhe", width=width, tongue=tongue)
    for address in ("/office/hazards/repeat/", f"/office/hazards/?area={GRID}&place={PLACE}", "/office/hazards/new/"):
        page.goto(address)
        assert (address, faults_of(page)) == (address, [])
        assert (address, spilt(page)) == (address, [])
    page = enter(screen, live_server, stage, "liming", width=390, tongue=tongue)
    page.goto("/phone/")
    wire = page.locator('[name="sign:flying_wire"]')
    expect(wire).to_be_hidden()
    page.locator('.tile:has([value="ebike_charging"])').click()
    expect(wire).to_be_visible()
    assert faults_of(page) == [] and clipped(page) == []
    wire.check()
    page.locator("#send").click()
    page.wait_for_url("**/done/**")
    assert Case.objects.get(facts__signs=["flying_wire"]).kind == "ebike_charging"


@pytest.mark.parametrize("after", [5, [10**30, GRID, PLACE], [2, GRID, "a\x00"], [2, GRID], "x", None])
def test_a_place_that_no_page_gave_is_the_first_page(stage: Stage, after):
    text = base64.urlsafe_b64encode(json.dumps(after).encode()).decode()
    page = stage.client("cuizhe").get("/office/hazards/repeat/", {"after": text})
    assert page.status_code == 200 and PLACE in page.content.decode()
