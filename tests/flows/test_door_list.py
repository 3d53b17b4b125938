"""敲门名单、网格事项准入: a door leaves the list by being visited; new work reaches no grid before it is admitted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from msgspec import structs

from shouwang.domains.ledger.models import Evidence
from shouwang.domains.records.models import Record
from shouwang.flows import record_visit as walking
from shouwang.flows.admitted_items import barred_lists
from shouwang.flows.amend_record import Amendment, amend_record
from shouwang.flows.door_list import Again, door_list, keep_door_round
from shouwang.flows.enter_record import Entry, enter_record
from shouwang.flows.record_visit import Walked, list_for, record_visit
from shouwang.flows.refusal import NotSeen, Unfit
from shouwang.flows.register_home import register_home
from shouwang.flows.sight import pack_for
from shouwang.kernel.codes import Level, level_of
from tests.cast import COUNTY, GRID, NEXT_GRID, OUTSIDER
from tests.flows.records_story import MORNING
from tests.flows.test_households import HOUSE
from tests.prefectures import only_in_yanbian

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
RECORDED = only_in_yanbian("the record types of door-knocking and of what is admitted")
NEW = "独居老人燃气检查"


def walk(actor, house, key="v", **more):
    told = list_for(pack_for(GRID, now=MORNING), home=True, region=GRID, now=MORNING)
    walked = Walked(key=key, region=GRID, checklist=told.id, version=1, answers={told.points[0].id: "ok"},
                    found_at=MORNING, home=house, **more)  # fmt: skip
    return record_visit(actor, walked, now=MORNING)


def test_a_door_somebody_knocked_at_is_off_the_list(cast):
    liming = cast["liming"]
    first, second = (register_home(liming, replace(HOUSE, key=mark, mark=mark), now=MORNING) for mark in "12")
    found = door_list(liming, GRID, now=MORNING)
    assert [one.home.mark for one in found.doors] == ["1", "2"] and (found.homes, found.reached) == (2, 0)
    walk(liming, first, taught=True)
    found = door_list(liming, GRID, now=MORNING)
    assert [one.home.id for one in found.doors] == [second] and found.reached == 1
    later = door_list(liming, GRID, now=MORNING + timedelta(days=200))
    assert len(later.doors) == 2 and later.reached == 0, "the next period begins anew"
    assert door_list(cast["sunyulan"], GRID, now=MORNING).homes == 0
    assert door_list(cast[OUTSIDER.login], NEXT_GRID, now=MORNING).homes == 0
    with pytest.raises(NotSeen):
        door_list(liming, COUNTY, now=MORNING)


@RECORDED[0]
@RECORDED[1]
def test_the_record_of_a_round_is_made_from_its_visits(cast):
    liming = cast["liming"]
    houses = [register_home(liming, replace(HOUSE, key=mark, mark=mark), now=MORNING) for mark in "123"]
    walk(liming, houses[0], taught=True)
    for _twice in range(2):
        done = keep_door_round(liming, GRID, "k", now=MORNING)
    record = Record.objects.get(id=done)
    assert (record.type, record.values["homes"], record.values["reached"]) == ("door_knock", 3, 1)
    assert Evidence.objects.get(kind="record.door_knock").facts["by"] == "grid"
    walk(liming, houses[1], key="v2", taught=True)
    for actor, key in ((liming, "k"), (liming, "later"), (cast["piaoyingshun"], "hers")):
        with pytest.raises(Again):
            keep_door_round(actor, GRID, key, now=MORNING + timedelta(hours=1))
    assert Record.objects.count() == 1
    assert keep_door_round(liming, GRID, "tomorrow", now=MORNING + timedelta(days=1)) != done
    with pytest.raises(NotSeen):
        keep_door_round(cast[OUTSIDER.login], GRID, "k2", now=MORNING)


@RECORDED[0]
@RECORDED[1]
def test_a_new_list_reaches_the_grid_once_its_item_is_admitted(cast, monkeypatch):
    shipped = pack_for(GRID, now=MORNING)
    usual = shipped.checklists["home_visit"]
    lists = {"gas_look": structs.replace(usual, id="gas_look", item=NEW), **shipped.checklists}
    pack = replace(shipped, checklists=lists)
    monkeypatch.setattr(walking, "pack_for", lambda region, *, now: pack)
    liming, house = cast["liming"], register_home(cast["liming"], HOUSE, now=MORNING)

    def shown(now=MORNING):
        return list_for(pack, home=True, region=GRID, now=now).id

    asked = {"applied_on": "2026-11-02", "item": NEW, "department": "grid", "grounds": "省里要求"}
    told = Entry(key="i", type="grid_item_admission", region=COUNTY, values=asked)
    record = enter_record(cast["hanxue"], told, now=MORNING).id
    assert shown() == "home_visit" and barred_lists(GRID, pack=pack, now=MORNING) == {"gas_look"}
    walked = Walked(key="v", region=GRID, checklist="gas_look", version=1, answers={"stove": "ok"}, found_at=MORNING,
                    home=house)  # fmt: skip
    with pytest.raises(Unfit) as unfit:
        record_visit(liming, walked, now=MORNING)
    assert set(unfit.value.fields) == {"checklist"}
    begins = date(2026, 12, 1)
    values = {**asked, "decision": "admitted", "decided_on": "2026-11-03", "starts_on": begins.isoformat()}
    amend_record(cast["hanxue"], record, Amendment(values=values), now=MORNING)
    assert shown() == "home_visit", "it begins in December"
    assert shown(MORNING + timedelta(days=60)) == "gas_look"
    assert record_visit(liming, walked, now=MORNING + timedelta(days=60))
    assert level_of(GRID) in (Level.GRID, Level.VILLAGE)
