"""渤海街道 goes into 胜利街道: its open hazards, tasks and numbers are the heir's from that day, and nobody else's."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from shouwang.domains.duties.lists import Wanted, tasks
from shouwang.domains.duties.models import Standing
from shouwang.domains.hazards.queries import newest, state_counts
from shouwang.domains.letters.models import Letter
from shouwang.domains.people.holders import actor_of
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.change_areas import change
from shouwang.flows.keep_house import catch_up
from shouwang.flows.letter_sight import see_letter
from shouwang.flows.refusal import NotSeen, Refused
from shouwang.flows.see_tasks import task_sight
from shouwang.flows.sight import sight
from shouwang.policy.area_changes import AreaChange
from tests.cast import COUNTY, NEXT_STREET, STREET, Member, enter
from tests.faces.stage import AFTER, Stage
from tests.letter_story import Office

DOCUMENT = "敦政函〔2026〕7号"
KEEPER = Member(login="keeper", name="沈阳", region=COUNTY, kind="system_admin")
HEIR = Member(login="heir", name="池明", region=NEXT_STREET, kind="station_staff", department="fire_station")


@pytest.fixture
def merged(stage: Stage) -> Stage:
    """The merger holds from today; the heir's station has somebody."""
    cast = {**stage.cast, "heir": enter(HEIR), "keeper": enter(KEEPER)}
    today = timezone.localdate(stage.now)
    act = AreaChange(line=1, act="merge", codes=(STREET,), into=NEXT_STREET, since=today, document=DOCUMENT)
    done = change(cast["keeper"], [act], now=stage.now)
    assert not done.refusals and len(done.events) == 1
    catch_up(now=stage.now + timedelta(minutes=1))
    return replace(stage, cast=cast)


def today(stage: Stage, login: str):
    """Somebody as they sign in today."""
    known = stage.cast[login]
    return actor_of(known.county, known.id, on=timezone.localdate(stage.now))


def seen_by(actor):
    return {row["id"] for row in newest(sight(actor)).rows}


def test_the_heirs_station_sees_the_open_hazards_and_works_on_them(merged: Stage):
    heir = today(merged, "heir")
    case = merged.cases["overdue"]
    assert case in seen_by(heir)
    moved = advance_hazard(heir, case, Move(act="submit", note="锁已拆除", photos=(AFTER,)), now=timezone.now())
    assert (moved.region[:9], moved.state) == (STREET, "submitted")
    page = merged.client("heir").get("/office/hazards/").content.decode()
    assert "福寿养老院二层" in page
    narrowed = merged.client("heir").get(f"/office/hazards/?area={NEXT_STREET}").content.decode()
    assert "福寿养老院二层" in narrowed


def test_before_the_day_the_neighbour_saw_nothing(stage: Stage):
    heir = enter(HEIR)
    assert stage.cases["overdue"] not in seen_by(heir)
    with pytest.raises(NotSeen):
        advance_hazard(heir, stage.cases["overdue"], Move(act="submit", photos=(AFTER,)), now=stage.now)


def test_the_outsider_sees_nothing_before_and_after(merged: Stage):
    outsider = today(merged, "liuyang")
    assert seen_by(outsider) == set()
    assert tasks(task_sight(outsider), Wanted()).rows == []
    assert merged.client("liuyang").get(f"/board/{NEXT_STREET}/").status_code == 404


def test_the_next_streets_village_gains_nothing_by_it(merged: Stage):
    """Whoever holds a part of the heir holds no more than that part."""
    part = Member(login="part", name="文静", region=NEXT_STREET + "001", kind="village_head", department="grid")
    enter(part)
    known = actor_of(COUNTY, enter(replace(part, login="part2")).id, on=timezone.localdate(merged.now))
    assert merged.cases["overdue"] not in seen_by(known)


def test_the_old_grid_goes_on_with_its_own_work(merged: Stage):
    assert merged.cases["overdue"] in seen_by(today(merged, "liming"))
    phone = merged.client("liming").get("/phone/").content.decode()
    assert "红旗社区" in phone


def test_the_board_counts_both_where_the_heir_stands(merged: Stage):
    client = merged.client("hanxue")
    page = client.get(f"/board/{COUNTY}/").content.decode()
    assert f"/board/{STREET}/" not in page
    row = page.partition(f'<th scope="row"><a href="/board/{NEXT_STREET}/')[2].partition("</tr>")[0]
    words = re.sub(r"<[^>]+>|\s+", " ", row)
    found = state_counts([COUNTY], length=9, lineage=today(merged, "hanxue").lineage)
    still_open = sum(n for (_, state), n in found.items() if state not in ("closed", "rejected"))
    assert still_open and f" {still_open} " in words
    assert {area for area, _ in found} == {NEXT_STREET}
    apart = state_counts([COUNTY], length=9)
    assert sum(apart.values()) == sum(found.values())


def test_the_heirs_own_page_opens_the_duties_of_both(merged: Stage):
    client = merged.client("heir")
    assert client.get("/board/").headers["Location"] == f"/board/{NEXT_STREET}/"
    loop = client.get(f"/board/{NEXT_STREET}/duties/?duty=hazard_closed_loop").content.decode()
    assert "丹江小区2单元" in loop


def test_the_task_list_of_the_heir_holds_what_the_old_station_left(merged: Stage):
    heir = today(merged, "heir")
    regions = {task.region for task in tasks(task_sight(heir), Wanted(), limit=500).rows}
    assert regions & {STREET} and NEXT_STREET in regions
    page = merged.client("heir").get("/office/tasks/?of=area").content.decode()
    assert "福寿养老院" in page or "渤海街道" in page


def test_old_duties_are_owed_until_the_day_and_by_the_heir_after(merged: Stage):
    day = timezone.localdate(merged.now)
    running = Standing.objects.filter(
        county=COUNTY, region=STREET, period=day.strftime("%Y-%m"), verdict__in=["due", "undetermined", "overdue"]
    )
    assert not running.exclude(due_at__lt=merged.now - timedelta(days=1)).exists()
    gone = Standing.objects.filter(county=COUNTY, region=STREET, verdict="superseded")
    assert gone.exists()
    assert {one["code"] for row in gone for one in row.reasons} == {"unit_ended"}
    assert Standing.objects.filter(county=COUNTY, region=NEXT_STREET, verdict__in=["due", "undetermined"]).exists()
    later = merged.now + timedelta(days=70)
    catch_up(now=later)
    month = timezone.localdate(later).strftime("%Y-%m")
    assert not Standing.objects.filter(county=COUNTY, region=STREET, period=month).exists()
    assert Standing.objects.filter(county=COUNTY, region=NEXT_STREET, period=month).exists()


def test_a_case_of_the_old_street_is_still_judged(merged: Stage):
    chief = today(merged, "zhangzhiqiang")
    heir = today(merged, "heir")
    now = timezone.now()
    advance_hazard(heir, merged.cases["overdue"], Move(act="submit", photos=(AFTER,)), now=now)
    advance_hazard(chief, merged.cases["overdue"], Move(act="pass"), now=now)
    catch_up(now=now + timedelta(minutes=2))
    loop = Standing.objects.get(county=COUNTY, duty="hazard_closed_loop", subject=merged.cases["overdue"])
    assert (loop.region, loop.verdict) == (STREET, "met_late")


def test_a_letter_to_the_old_station_is_received_and_answered_by_the_heirs(stage: Stage):
    """Issued the week before; what it asked for is still owed, by whoever serves there now."""
    office = Office(stage.cast, now=stage.now - timedelta(days=3))
    letter = office.drafted(cases=(stage.cases["overdue"],))
    assert letter.to_body == STREET
    office.act("guoqiang", letter, "approve")
    office.act("hanxue", letter, "issue")
    heir = enter(HEIR)
    with pytest.raises(NotSeen):
        see_letter(heir, letter.id)
    cast = {**stage.cast, "heir": heir, "keeper": enter(KEEPER)}
    today_ = timezone.localdate(stage.now)
    act = AreaChange(line=1, act="merge", codes=(STREET,), into=NEXT_STREET, since=today_, document=DOCUMENT)
    assert not change(cast["keeper"], [act], now=stage.now).refusals
    cast["heir"] = today(replace(stage, cast=cast), "heir")
    office = Office(cast, now=timezone.now())
    assert office.act("heir", letter, "receive").state == "received"
    shown = replace(stage, cast=cast).client("heir").get(f"/office/letters/{letter.id}/").content.decode()
    assert Letter.objects.get(id=letter.id).number in shown and "渤海街道" in shown
    with pytest.raises(NotSeen):
        see_letter(today(replace(stage, cast=cast), "sunyulan"), letter.id)


def test_nobody_but_a_keeper_of_areas_changes_the_tree(stage: Stage):
    act = AreaChange(
        line=1, act="merge", codes=(STREET,), into=NEXT_STREET, since=timezone.localdate(), document=DOCUMENT
    )
    for login in ("hanxue", "zhangzhiqiang", "liuyang"):
        with pytest.raises(Refused):
            change(stage.cast[login], [act], now=stage.now)
