"""疑似重复 on the phone: shown while the report is written, joined with one tap, never in the way without network."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.telling_rows import Contribution
from shouwang.flows.advance_hazard import Move, advance_hazard
from tests.browser import Screen
from tests.faces.looking import clipped, faults_of
from tests.faces.stage import AFTER, Stage
from tests.faces.test_office_screens import enter

MINUTE = timedelta(minutes=1)
PLACE = "新安路北口"  # the case "soon": a fire lane occupied, reported two hours ago


def form_of(client):
    page = client.get("/phone/").content.decode()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def test_without_script_it_is_asked_before_it_is_kept(stage: Stage):
    client, before = stage.client("liming"), Case.objects.count()
    told = {**form_of(client), "kind": "lane_occupied", "place": PLACE}
    asked = client.post("/phone/", told)
    page = asked.content.decode()
    assert asked.status_code == 200 and Case.objects.count() == before
    assert "就是这一处" in page and Case.objects.get(id=stage.cases["soon"]).code in page
    assert client.post("/phone/", {**told, "distinct": "1"}).status_code == 303
    assert Case.objects.count() == before + 1


def test_one_tap_adds_it_there_and_it_stands_in_my_list(stage: Stage):
    case, client = Case.objects.get(id=stage.cases["soon"]), stage.client("piaoyingshun")
    told = {**form_of(client), "kind": "lane_occupied", "place": PLACE, "note": "又停了一辆", "join": case.code}
    done = client.post("/phone/join/", told)
    assert done.status_code == 303 and done.headers["Location"] == f"/look/{case.code}/"
    assert Contribution.objects.filter(case=case, person=stage.cast["piaoyingshun"].id).count() == 1
    assert f"/look/{case.code}/" in client.get("/phone/mine/").content.decode()
    cuizhe, now = stage.cast["cuizhe"], stage.now
    advance_hazard(cuizhe, case.id, Move(act="submit", photos=(AFTER,)), now=now)
    advance_hazard(stage.cast["zhangzhiqiang"], case.id, Move(act="pass"), now=now + MINUTE)
    advance_hazard(cuizhe, case.id, Move(act="answer", note="车已挪走"), now=now + 2 * MINUTE)
    assert "车已挪走" in client.get(f"/look/{case.code}/").content.decode()
    assert "车已挪走" not in stage.client("sunyulan").get(f"/look/{case.code}/").content.decode()


def test_the_outbox_is_never_held_up(stage: Stage):
    client, before = stage.client("liming"), Case.objects.count()
    told = {**form_of(client), "kind": "lane_occupied", "place": PLACE}
    assert client.post("/phone/", told, headers={"Accept": "application/json"}).status_code == 201
    assert Case.objects.count() == before + 1


def test_the_prompt_shows_a_stranger_no_place(stage: Stage):
    asked = {"region": "222403001001001", "kind": "lane_occupied", "place": PLACE}
    page = stage.client("songshan").get("/phone/similar/", asked).content.decode()
    assert "就是这一处" in page and "李明" not in page and f"· {PLACE}" not in page


@pytest.mark.parametrize("width, tongue", [(320, "ko"), (390, "zh-hans")])
def test_it_appears_while_one_writes(stage: Stage, live_server, screen: Screen, width: int, tongue: str):
    page = enter(screen, live_server, stage, "liming", width=width, tongue=tongue)
    page.goto("/phone/")
    page.locator("details.more summary").click()
    page.fill("[name=place]", PLACE)
    page.locator("label.tile", has=page.locator("[value=lane_occupied]")).or_(
        page.locator("label.tile").first
    ).first.click()
    if page.locator("#likely button").count() == 0:
        page.evaluate("document.querySelector('[name=kind]:checked').value = 'lane_occupied'")
        page.locator("[name=place]").dispatch_event("change")
    expect(page.locator("#likely button")).to_be_visible()
    assert faults_of(page) == [] and clipped(page) == []
    page.locator("#likely button").click()
    expect(page).to_have_url(re.compile("/look/"))
