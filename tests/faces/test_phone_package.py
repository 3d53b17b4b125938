"""网格数据包: a phone keeps the open hazards of its own grid and no other, and later only what changed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser

from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.keep_house import catch_up
from tests.cast import NEXT_GRID
from tests.faces.phone_story import Phone
from tests.faces.stage import AFTER, Stage, reported
from tests.faces.test_phone_offline import kept_for_later

MOST_STATEMENTS, NOW = 7, timedelta()


def package(stage: Stage, login: str, since: str = "", language: str = "zh-hans") -> dict:
    asked = {"since": since} if since else {}
    return stage.client(login, language).get("/phone/package/", asked).json()


def cases(told: dict) -> dict:
    return next((part for part in told["parts"] if part["name"] == "cases"), {"rows": [], "gone": []})


def ids(told: dict) -> set[str]:
    return {row["id"] for row in cases(told)["rows"]}


def test_it_holds_the_open_hazards_of_the_own_grid_only(stage: Stage):
    open_ones = {str(stage.cases[name]) for name in ("overdue", "late", "soon", "waiting")}
    assert ids(package(stage, "liming")) == open_ones
    assert ids(package(stage, "sunyulan")) == {str(stage.cases["next"])}


def test_a_wider_post_and_one_who_has_none_carry_nothing(stage: Stage):
    assert package(stage, "liuyang")["parts"] == package(stage, "hanxue")["parts"] == []


def test_it_names_no_person(stage: Stage):
    told = stage.client("liming").get("/phone/package/").content.decode()
    assert "李明" not in told and "reporter" not in told and "冷柜插座" not in told


def test_a_stranger_gets_none(stage: Stage, client):
    assert client.get("/phone/package/").status_code == 302


def test_later_only_what_changed_travels(stage: Stage):
    first = package(stage, "liming")
    catch_up(now=stage.now)
    again = package(stage, "liming", first["since"])
    assert [(part["whole"], part["rows"], part["gone"]) for part in again["parts"]] == [(False, [], [])] * 3
    case = stage.cases["soon"]
    advance_hazard(stage.cast["cuizhe"], case, Move(act="submit", photos=(AFTER,)), now=stage.now)
    advance_hazard(stage.cast["piaoyingshun"], case, Move(act="pass"), now=stage.now)
    new = reported(stage.cast["liming"], "other", ago=NOW, now=stage.now)
    reported(stage.cast["sunyulan"], "other", ago=NOW, now=stage.now, region=NEXT_GRID, key="next door")
    catch_up(now=stage.now)
    delta = package(stage, "liming", again["since"])
    assert ids(delta) == {str(new)} and cases(delta)["gone"] == [str(case)]
    assert not cases(delta)["whole"]


@pytest.mark.parametrize("since", ["nonsense", "x|222403:abc", "|", "yanbian-2023/0/x|222403:5"])
def test_what_cannot_be_read_counts_as_nothing(stage: Stage, since: str):
    told = package(stage, "liming", since)
    assert cases(told)["whole"] and len(ids(told)) == 4


def test_another_language_is_another_package(stage: Stage):
    first = package(stage, "liming")
    korean = package(stage, "liming", first["since"], "ko")
    assert cases(korean)["whole"]


def test_few_statements_and_no_more_than_can_be_read(stage: Stage):
    for n in range(30):
        reported(stage.cast["liming"], "other", ago=NOW, now=stage.now, photos=(), key=f"k{n}")
    client = stage.client("liming")
    client.get("/phone/package/")
    with CaptureQueriesContext(connection) as asked:
        told = client.get("/phone/package/").json()
    assert len(asked) <= MOST_STATEMENTS, [query["sql"][:90] for query in asked]
    assert len(ids(told)) == 34


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_was_never_opened_can_be_read_in_the_cellar_and_is_dated(stage: Stage, live_server, browser: Browser):
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    held = Phone(page, stage, live_server.url).sign_in("liming").open()
    kept_for_later(page)
    held.open("/phone/kept/")
    page.locator("#package a", has_text="老四粮油店").wait_for()
    case = f"/phone/case/{stage.cases['waiting']}/"
    for _ in range(100):
        if page.evaluate(f"caches.match('{case}').then(Boolean)"):
            break
        page.wait_for_timeout(100)
    context.set_offline(True)
    held.open("/phone/kept/")
    page.locator("#package a", has_text="老四粮油店").click()
    page.wait_for_url(f"**{case}")
    page.locator("#since:visible", has_text="没有网络").wait_for()
    assert page.locator("main form:visible").count() == 0 and held.faults() == []
    context.set_offline(False)
    page.locator("#since:visible").wait_for(state="hidden")
    held.open("/phone/mine/")
    page.locator("form[data-leave] button").click()
    page.wait_for_url(lambda url: "/phone/" not in url)
    assert page.evaluate("caches.keys().then((all) => all.filter((one) => one.startsWith('pages-')))") == []
    context.close()
