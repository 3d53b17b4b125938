"""今日路线、走访: a grid member's walk on the phone, from the list to a hazard in three taps."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.domains.hazards.models import Case
from shouwang.domains.patrols.models import Finding, Visit
from tests.browser import Screen
from tests.cast import GRID
from tests.faces.phone_story import Phone
from tests.faces.stage import Stage
from tests.faces.test_homes import settled

SEEN = {"key": "v1", "checklist": "home_visit", "version": "1", "look:corridor": "bad", "look:detector": "ok"}


def visited(stage: Stage) -> Visit:
    home = settled(stage)
    assert stage.client("liming").post(f"/phone/homes/{home.id}/visit/", SEEN).status_code == 303
    return Visit.objects.get()


def test_a_walk_from_the_list_to_the_visit_and_off_the_list(stage: Stage):
    home = settled(stage)
    client = stage.client("liming")
    page = client.get("/phone/today/").content.decode()
    assert "3-17" in page and "还没走访过" in page and "崔福顺" not in page and "海兰路" not in page
    done = client.post(f"/phone/homes/{home.id}/visit/", {**SEEN, "taught": "1", "at": "2026-01-05T08:00:00+08:00"})
    assert done.status_code == 303 and client.get(done.headers["Location"]).status_code == 200
    visit = Visit.objects.get()
    assert visit.taught and visit.found_at.isoformat() == "2026-01-05T00:00:00+00:00"
    again = client.post(f"/phone/homes/{home.id}/visit/", {**SEEN, "taught": "1", "at": "2026-01-05T08:00:00+08:00"})
    assert again.headers["Location"] == done.headers["Location"] and Visit.objects.count() == 1


def test_two_visits_that_cannot_both_be_right_are_shown_to_both(stage: Stage):
    visit = visited(stage)
    chief = stage.client("piaoyingshun")
    other = chief.post(f"/phone/homes/{visit.home}/visit/", {**SEEN, "key": "v2", "look:detector": "bad"})
    for client, path in ((chief, other.headers["Location"]), (stage.client("liming"), f"/phone/visits/{visit.id}/")):
        assert "烟感" in client.get(path).content.decode().split("note amber")[1].split("</div>")[0]
    assert "当天另一次走访" in stage.client("liming").get(f"/phone/homes/{visit.home}/").content.decode()


@pytest.mark.parametrize("login", ["sunyulan", "liuyang"])
def test_others_find_no_such_visit(stage: Stage, login: str):
    visit, client = visited(stage), stage.client(login)
    assert "3-17" not in client.get("/phone/today/").content.decode()
    assert client.get(f"/phone/visits/{visit.id}/").status_code == 404
    assert client.post(f"/phone/visits/{visit.id}/corridor/", {"key": "f"}).status_code == 404
    assert client.post(f"/phone/homes/{visit.home}/visit/", {**SEEN, "key": "x"}).status_code == 404


def test_what_was_answered_stays_on_a_refusal(stage: Stage):
    page = stage.client("liming").post(
        "/phone/place/", {"key": "q", "region": GRID, "site": "shop", "place": "", "look:exits": "bad", "taught": "1"}
    )
    words = page.content.decode()
    assert page.status_code == 422 and 'value="bad" checked' in words and 'name="taught" value="1" checked' in words
    assert not Visit.objects.exists()


def test_todays_page_asks_the_database_for_little(stage: Stage):
    settled(stage)
    client = stage.client("liming")
    client.get("/phone/today/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/phone/today/")
    assert len(asked) <= 7, [one["sql"][:100] for one in asked]


def test_what_is_bad_is_a_hazard_in_three_taps(stage, live_server, screen: Screen):
    visit = visited(stage)
    phone = Phone(screen(live_server.url), stage, live_server.url).sign_in("liming").open(f"/phone/visits/{visit.id}/")
    phone.photograph("拍照")
    phone.tap("报隐患")
    phone.page.wait_for_url("**/phone/**")
    phone.page.wait_for_timeout(1500)
    assert phone.taps <= 3
    case = Case.objects.get(id=Finding.objects.get().case)
    assert case.kind == "exit_blocked" and case.region == GRID


def test_what_a_phone_keeps_of_people_at_risk_are_door_marks_alone(stage: Stage):
    home = settled(stage)
    client = stage.client("liming")
    part = next(one for one in client.get("/phone/package/").json()["parts"] if one["name"] == "homes")
    assert [row["words"] for row in part["rows"]] == ["3-17"]
    assert stage.client("liuyang").get("/phone/package/").json()["parts"] == []
    for path in ("/phone/today/", f"/phone/homes/{home.id}/visit/", "/phone/package/"):
        page = client.get(path)
        words = page.content.decode()
        for secret in ("海兰路", "红旗屯", "老弱病残", "搬迁安置", "崔"):
            assert secret not in words, path
    assert client.get("/phone/today/").headers["Offline"] == "keep"
    assert "Offline" not in client.get(f"/phone/homes/{home.id}/").headers
