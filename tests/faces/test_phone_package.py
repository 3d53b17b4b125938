"""网格数据包: a phone keeps the open hazards of its own grid and no other, and later only what changed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from playwright.sync_api import Browser

from shouwang.domains.sites.models import Site
from shouwang.domains.volunteers.models import Call, Group, Member
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.keep_house import catch_up
from tests.cast import GRID, NEXT_GRID
from tests.faces.phone_story import Phone
from tests.faces.stage import AFTER, Stage, reported
from tests.faces.test_owner_page import SHOP, stood_on
from tests.faces.test_phone_offline import kept_for_later, strip

GROUP = {"region": GRID, "kind": "volunteers", "name": "红旗三组", "buildings": "2"}
MOST_STATEMENTS, NOW = 9, timedelta()


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
    assert [(part["whole"], part["rows"], part["gone"]) for part in again["parts"]] == [(False, [], [])] * 5
    case = stage.cases["soon"]
    advance_hazard(stage.cast["cuizhe"], case, Move(act="submit", photos=(AFTER,)), now=stage.now)
    advance_hazard(stage.cast["piaoyingshun"], case, Move(act="pass"), now=stage.now)
    new = reported(stage.cast["liming"], "other", ago=NOW, now=stage.now)
    reported(stage.cast["sunyulan"], "other", ago=NOW, now=stage.now, region=NEXT_GRID, key="next door")
    catch_up(now=stage.now)
    delta = package(stage, "liming", again["since"])
    assert ids(delta) == {str(new)} and cases(delta)["gone"] == [str(case)]
    assert not cases(delta)["whole"]


def rows_of(told: dict, name: str) -> dict[str, str]:
    part = next(part for part in told["parts"] if part["name"] == name)
    return {row["words"]: row["page"] for row in part["rows"]}


def entered(stage: Stage) -> tuple[Site, Group]:
    """A shop of the grid with whoever answers for it, and a group with somebody in it who has no account."""
    client = stage.client("liming")
    assert client.post("/phone/sites/new/", {"key": "s1", **SHOP}).status_code == 303
    assert client.post("/phone/groups/new/", {"key": "g1", **GROUP}).status_code == 303
    group = Group.objects.get()
    member = {"key": "m1", "role": "member", "name": "金哲洙", "phone": "13904338888"}
    assert client.post(f"/phone/groups/{group.id}/members/", member).status_code == 303
    return Site.objects.get(), group


def test_places_and_groups_of_the_grid_travel_without_a_name_and_later_only_what_changed(stage: Stage):
    site, group = entered(stage)
    told = package(stage, "liming")
    visit, call = f"/phone/sites/{site.id}/patrol/", f"/phone/groups/{group.id}/call/"
    assert rows_of(told, "places") == {SHOP["name"]: visit} and rows_of(told, "groups") == {GROUP["name"]: call}
    client = stage.client("liming")
    for page in (visit, call):
        answer = client.get(page)
        assert answer.headers["Offline"] == "keep" and "data-outbox" in answer.content.decode()
        for secret in (SHOP["person"], SHOP["phone"], "金哲洙", "13904338888"):
            assert secret not in answer.content.decode() and secret not in str(told)
    assert not rows_of(package(stage, "sunyulan"), "places") and not rows_of(package(stage, "sunyulan"), "groups")
    catch_up(now=stage.now)
    told = package(stage, "liming", package(stage, "liming", told["since"])["since"])
    assert not rows_of(told, "places") and not rows_of(told, "groups")
    read = stood_on(client.get(f"/phone/sites/{site.id}/"))
    assert client.post(f"/phone/sites/{site.id}/amend/", {**SHOP, "name": "福寿园", "stood": read}).status_code == 303
    client.post(f"/phone/groups/{group.id}/check/", {"act": "end"})
    catch_up(now=stage.now)
    told = package(stage, "liming", told["since"])
    whole = {part["name"]: part["whole"] for part in told["parts"]}
    assert rows_of(told, "places") == {"福寿园": visit} and whole["groups"] and not rows_of(told, "groups")
    today = timezone.localdate().isoformat()
    assert client.post(f"/phone/sites/{site.id}/close/", {"why": "shut", "closed_on": today}).status_code == 303
    catch_up(now=stage.now)
    told = package(stage, "liming", told["since"])
    assert {part["name"]: part["gone"] for part in told["parts"]}["places"] == [str(site.id)]


def test_a_building_chief_taken_into_a_group_and_out_of_it_again_has_it_and_has_it_no_more(stage: Stage):
    _site, group = entered(stage)
    client, call = stage.client("liming"), f"/phone/groups/{group.id}/call/"
    catch_up(now=stage.now)
    told = package(stage, "songshan")
    assert not rows_of(told, "groups")
    taken = {"key": "m2", "role": "of_building", "person": str(stage.cast["songshan"].id)}
    assert client.post(f"/phone/groups/{group.id}/members/", taken).status_code == 303
    catch_up(now=stage.now)
    told = package(stage, "songshan", told["since"])
    assert rows_of(told, "groups") == {GROUP["name"]: call}
    chief = Member.objects.get(person=stage.cast["songshan"].id)
    assert client.post(f"/phone/groups/{group.id}/members/{chief.id}/").status_code == 303
    catch_up(now=stage.now)
    told = package(stage, "songshan", told["since"])
    groups = next(part for part in told["parts"] if part["name"] == "groups")
    assert groups["whole"] and groups["rows"] == []


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
    site, group = entered(stage)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640}, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    held = Phone(page, stage, live_server.url).sign_in("liming").open()
    kept_for_later(page)
    held.open("/phone/kept/")
    page.locator("#package a", has_text="老四粮油店").wait_for()
    case = f"/phone/case/{stage.cases['waiting']}/"
    patrol, call = f"/phone/sites/{site.id}/patrol/", f"/phone/groups/{group.id}/call/"
    for path in (case, patrol, call):
        for _ in range(100):
            if page.evaluate(f"caches.match('{path}').then(Boolean)"):
                break
            page.wait_for_timeout(100)
    context.set_offline(True)
    held.open("/phone/kept/")
    page.locator("#package a", has_text="老四粮油店").click()
    page.wait_for_url(f"**{case}")
    page.locator("#since:visible", has_text="没有网络").wait_for()
    assert page.locator("main form:visible").count() == 0 and held.faults() == []
    for name, path in ((SHOP["name"], patrol), (GROUP["name"], call)):
        held.open("/phone/kept/")
        page.locator(f"#package a[href='{path}']", has_text=name).click()
        page.wait_for_url(f"**{path}")
        page.locator("#since:visible", has_text="没有网络").wait_for()
        assert page.locator("main form[data-outbox]:visible").count() == 1 and held.faults() == []
    page.fill("#place", "红旗屯3号")
    page.locator("main form .btn.go").click()
    strip(held, "1")
    context.set_offline(False)
    page.locator("#since:visible").wait_for(state="hidden")
    for _ in range(100):
        if Call.objects.exists():
            break
        page.wait_for_timeout(100)
    assert Call.objects.get().place == "红旗屯3号"
    held.open("/phone/mine/")
    page.locator("form[data-leave] button").click()
    page.wait_for_url(lambda url: "/phone/" not in url)
    assert page.evaluate("caches.keys().then((all) => all.filter((one) => one.startsWith('pages-')))") == []
    context.close()
