"""公示: a hazard is told to everybody only after two people agreed; patrols and draws stand there in numbers."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shouwang.domains.hazards.exposure_rows import Exposure
from shouwang.domains.hazards.models import Case
from shouwang.domains.ledger.models import Evidence
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.advance_hazard import Move, advance_hazard
from tests.browser import Screen
from tests.cast import COUNTY, GRID
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter

WORDS = "老四粮油店：私拉电线"
NEXT = r'href="(/office/exposures/\?after=[^"]+)"'
CHECKED = {"no_person": "1", "no_home": "1", "lawful": "1", "act": "publish"}


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def propose(stage: Stage, case: str, words: str = WORDS, login: str = "hanxue"):
    return stage.client(login).post(f"/office/hazards/{stage.cases[case]}/public/", {"words": words})


def decide(stage: Stage, login: str, **told: str):
    return stage.client(login).post(f"/office/exposures/{Exposure.objects.get().id}/", told)


def page(path: str = "/exposed/") -> str:
    cache.clear()
    return Client().get(path).content.decode()


def test_two_people_agree_before_everybody_reads_it_and_fixed_it_says_so(stage: Stage):
    assert propose(stage, "waiting").status_code == 303
    assert WORDS not in page() and decide(stage, "hanxue", **CHECKED).status_code == 422
    lacking = decide(stage, "zhaoguodong", **{**CHECKED, "no_home": ""})
    assert lacking.status_code == 422 and "三项审核" in lacking.content.decode() and WORDS not in page()
    assert decide(stage, "zhaoguodong", **CHECKED).status_code == 303
    told = page()
    assert WORDS in told and "还没整改" in told and "李明" not in told and "冷柜插座" not in told
    assert WORDS in page("/") and WORDS in page("/open/exposed.csv")
    row = Exposure.objects.get()
    proof = Evidence.objects.get(kind="record.exposure")
    assert (proof.region, proof.facts) == (COUNTY, {"hazards": 1, "legal_check": True})
    advance_hazard(stage.cast["piaoyingshun"], stage.cases["waiting"], Move(act="pass"), now=stage.now)
    assert "已整改" in page() and decide(stage, "zhaoguodong", act="withdraw").status_code == 303
    row.refresh_from_db()
    assert row.state == "withdrawn" and WORDS not in page()
    last = Evidence.objects.filter(kind="record.exposure").order_by("line").last()
    assert last.facts == {"hazards": 1, "legal_check": True, "mended": 1, "amends": True}
    seal_and_fold(now=stage.now)
    assert verify(COUNTY).faults == []


def test_no_home_no_number_and_nobody_who_may_not(stage: Stage):
    Case.objects.filter(id=stage.cases["soon"]).update(site="rural_home")
    assert propose(stage, "soon").status_code == 404
    assert propose(stage, "fixed").status_code == 404, "nobody said what kind of place it is"
    refused = propose(stage, "waiting", "老四粮油店 13904331234")
    assert refused.status_code == 422 and "13904331234" in refused.content.decode()
    assert propose(stage, "waiting", "").status_code == 422
    for login in ("liming", "cuizhe", "liuyang"):
        assert propose(stage, "waiting", login=login).status_code == 404
        assert stage.client(login).get("/office/exposures/").status_code == 404
    assert not Exposure.objects.exists()


def test_refused_or_withdrawn_it_says_why_and_may_be_proposed_anew(stage: Stage):
    propose(stage, "late", "白山小区3号楼：飞线充电")
    assert propose(stage, "late").status_code == 404
    assert decide(stage, "zhaoguodong", act="refuse").status_code == 422
    assert decide(stage, "zhaoguodong", act="refuse", reason="看得出是哪一户").status_code == 303
    assert propose(stage, "late").status_code == 303


def test_patrols_and_draws_are_told_in_numbers_and_homes_are_not(stage: Stage):
    client = stage.client("liming")
    told = {"key": "p", "region": GRID, "site": "shop", "place": "崔家商店", "look:exits": "bad"}
    done = client.post("/phone/place/", told)
    client.post(f"{done.headers['Location']}exits/", {"key": "f"})
    words = page("/inspections/")
    assert "沿街商铺" in words and "巡查1次" in words and "发现隐患1处" in words and "崔家" not in words
    assert "沿街商铺,1,1" in page("/open/inspections.csv")


def test_what_is_published_is_open_to_all_and_whole(stage, live_server, screen: Screen):
    propose(stage, "waiting")
    decide(stage, "zhaoguodong", **CHECKED)
    propose(stage, "late", "白山小区3号楼：飞线充电")
    page = enter(screen, live_server, stage, "zhaoguodong", width=320, tongue="ko")
    form = f"/office/hazards/{stage.cases['overdue']}/public/"
    paths = ("/exposed/", "/inspections/", "/", "/office/exposures/", form)
    for path in paths:
        page.goto(path)
        assert (path, faults_of(page)) == (path, [])
        assert (path, spilt(page)) == (path, [])


def test_the_list_of_those_who_decide_turns_its_pages_with_few_questions(stage: Stage):
    """Waiting ones first, public ones behind, none twice and none left out."""
    case, who = Case.objects.get(id=stage.cases["waiting"]), stage.cast["hanxue"].id
    states = ["proposed"] * 52 + ["public"] * 60
    for number, state in enumerate(states):
        # A case is exposed once, so each stands for another.
        one = Case.objects.get(id=case.id)
        one.pk, one.id, one.code = (id_ := uuid4()), id_, f"{number:010}"
        one.save(force_insert=True)
        Exposure.objects.create(
            id=uuid4(), county=case.county, region=case.region, salt=b"s", case=one, words=f"第{number:03}处",
            state=state, proposed_by=who, proposed_at=stage.now + timedelta(minutes=number // 2),
        )  # fmt: skip
    client, path, found = stage.client("zhaoguodong"), "/office/exposures/", []
    client.get(path)
    while path:
        with CaptureQueriesContext(connection) as asked:
            words = client.get(path).content.decode()
        assert len(asked) <= 4, [one["sql"][:120] for one in asked]
        found += re.findall(r"第(\d{3})处", words)
        following = re.search(NEXT, words)
        path = following[1] if following else ""
    assert len(found) == len(set(found)) == len(states)
    assert [states[int(one)] for one in found] == sorted(states)
    assert stage.client("liuyang").get("/office/exposures/").status_code == 404
    said_no_on_a_later_page(client, following_of(client.get("/office/exposures/")))


def said_no_on_a_later_page(client, path):
    """Why it was not done and what was typed stand on the page on which it was decided."""
    action = re.search(r'action="(/office/exposures/[^"]+\?after=[^"]+)"', client.get(path).content.decode())[1]
    told = {"act": "publish", "no_home": "1", "reason": "再看一眼"}
    back = client.post(action, told)
    words = back.content.decode()
    assert back.status_code == 422 and "未办成" in words and 'value="再看一眼"' in words
    done = client.post(action, {"act": "refuse", "reason": "看得出是哪一户"})
    assert (done.status_code, done.headers["Location"]) == (303, path)
    left = re.search(r'action="(/office/exposures/[^"?]+)', client.get(path).content.decode())[1]
    assert "未办成" in client.post(left, told).content.decode(), "even on a page on which it does not stand"


def following_of(response) -> str:
    return re.search(NEXT, response.content.decode())[1]
