"""邻里小组: groups count themselves, a call reaches whoever has an account, drills have a roll, helpers are counted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shouwang.domains.duties.models import Notice
from shouwang.domains.households.pairing_rows import Pairing
from shouwang.domains.households.pairings import AGAIN
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.models import Evidence
from shouwang.domains.ledger.sealing import seal_county
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.ledger.write import Stale
from shouwang.domains.records.models import Record
from shouwang.domains.volunteers import services
from shouwang.domains.volunteers.models import Attendance, Group, Member
from shouwang.domains.volunteers.queries import members_of
from shouwang.flows.call_neighbours import answer_call, call_group, calls_for, end_call, open_call
from shouwang.flows.count_helpers import count_helpers
from shouwang.flows.hold_drill import Drill, hold_drill
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.register_home import register_home
from shouwang.flows.register_person import register_person, take_off
from shouwang.flows.sight import pack_for
from shouwang.flows.volunteer_groups import (
    NewGroup,
    NewMember,
    add_member,
    check_group,
    end_group,
    found_group,
    take_out,
)
from tests.cast import COMMUNITY, COUNTY, GRID, NEXT_GRID, OUTSIDER
from tests.flows.records_story import MORNING
from tests.flows.test_households import CUI, HOUSE, SAYS, dump
from tests.prefectures import only_in_yanbian

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
COUNTED = only_in_yanbian("the record types that count groups, drills and helpers")
HONGQI = NewGroup(key="g1", region=GRID, kind="volunteers", name="白山小区志愿小组", buildings="3")
KIM = NewMember(key="m1", role="member", name="金哲浩", phone="13904331234")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def group(cast):
    """李明 founds a group with the building chief 宋山 and a neighbour who has no account."""
    found = found_group(cast["liming"], HONGQI, now=MORNING)
    chief = NewMember(key="m0", role="of_building", person=str(cast["songshan"].id))
    add_member(cast["liming"], found, chief, now=MORNING + MINUTE)
    add_member(cast["liming"], found, KIM, now=MORNING + 2 * MINUTE)
    return Group.objects.get(id=found)


def said(kind, subject):
    return Evidence.objects.filter(kind=kind, subject=subject).order_by("line").last().facts


def test_who_may_found_and_join_and_what_a_thief_reads(cast, group):
    liming = cast["liming"]
    assert found_group(liming, HONGQI, now=MORNING) == group.id and Group.objects.count() == 1
    add_member(liming, group.id, KIM, now=MORNING + 3 * MINUTE)
    assert Member.objects.count() == 2
    stolen = dump()
    assert "金哲浩" not in stolen and "13904331234" not in stolen
    with pytest.raises(Unfit) as unfit:
        add_member(liming, group.id, NewMember(key="m5", role="king", mark="9-9", person="x"), now=MORNING)
    assert set(unfit.value.fields) == {"role", "mark", "person"}
    again = NewMember(key="m6", role="member", person=str(cast["songshan"].id))
    with pytest.raises(Unfit):
        add_member(liming, group.id, again, now=MORNING + 4 * MINUTE)
    with pytest.raises(Refused):
        found_group(liming, replace(HONGQI, key="g2", region=NEXT_GRID), now=MORNING)
    for login in ("sunyulan", OUTSIDER.login):
        with pytest.raises(NotSeen):
            add_member(cast[login], group.id, replace(KIM, key="m7"), now=MORNING)
    # A member sees the group but does not keep it.
    with pytest.raises(Refused):
        end_group(cast["songshan"], group.id, now=MORNING)


@COUNTED[0]
@COUNTED[1]
def test_a_group_counts_itself_and_nobody_types_the_number(cast, group):
    kind, liming = "record.volunteer_group", cast["liming"]
    assert said(kind, group.id) == {"amends": True, "buildings": 3, "chiefs": 1, "members": 2}
    member = next(one for one in members_of(group) if one.person is None)
    take_out(liming, group.id, member.id, now=MORNING + 5 * MINUTE)
    assert said(kind, group.id)["members"] == 1 and bytes(Member.objects.get(id=member.id).told) == b""
    end_group(liming, group.id, now=MORNING + 6 * MINUTE)
    assert said(kind, group.id) == {"withdrawn": True}
    register_home(liming, HOUSE, now=MORNING)
    together = found_group(liming, replace(HONGQI, key="g9", kind="defence", name="海兰路联防"), now=MORNING)
    for number, told in enumerate((NewMember(key="d1", role="leader", mark="3-17"), replace(KIM, key="d2"))):
        add_member(liming, together, told, now=MORNING + (7 + number) * MINUTE)
    check_group(liming, together, posted=True, now=MORNING + 9 * MINUTE)
    told = {"amends": True, "kind": "households", "households": 2, "posted": True}
    assert said("record.joint_defence", together) == told
    seal_county(COUNTY, now=MORNING + 10 * MINUTE)
    assert verify(COUNTY).faults == []


def test_with_a_group_its_names_and_its_calls_go(cast, group):
    liming, chief = cast["liming"], cast["songshan"]
    call_group(liming, group.id, place="白山小区3号楼", words="", key="c1", now=MORNING + 5 * MINUTE)
    assert calls_for(chief)
    end_group(liming, group.id, now=MORNING + 6 * MINUTE)
    assert calls_for(chief) == [] and members_of(group) == []
    assert {bytes(one.told) for one in Member.objects.filter(group=group)} == {b""}
    late = Member(id=mint(MORNING), county=group.county, region=group.region, salt=salt(), group=group, role="member",
                  person=liming.id, told=b"", entered_at=MORNING)  # fmt: skip
    with pytest.raises(Stale):  # read before it ended, added after
        services.add_member(group, late, by=services.By(actor=liming.id, post="", at=MORNING, pack="", clause=""))


def test_a_call_reaches_whoever_has_an_account_and_the_others_are_rung_up(cast, group):
    liming, chief = cast["liming"], cast["songshan"]
    told = {"place": "白山小区3号楼", "words": "二楼冒烟", "key": "c1"}
    with pytest.raises(Unfit):
        call_group(liming, group.id, **told, asked_at=MORNING, now=MORNING + 31 * MINUTE)
    assert not Notice.objects.filter(sort="neighbours_called").exists(), "it waited too long on the phone"
    call = call_group(liming, group.id, **told, asked_at=MORNING, now=MORNING + 5 * MINUTE)
    assert call_group(liming, group.id, **told, now=MORNING + 6 * MINUTE) == call
    notice = Notice.objects.get(sort="neighbours_called")
    assert (notice.recipient, notice.subject) == (chief.id, call)
    assert [one.id for one in calls_for(chief)] == [call] and calls_for(cast["sunyulan"]) == []
    for comes in (False, True, True):
        answer_call(chief, call, None, comes=comes, now=MORNING + 7 * MINUTE)
    kim = next(one for one in members_of(group) if one.person is None)
    with pytest.raises(NotSeen):
        answer_call(chief, call, kim.id, comes=True, now=MORNING + 8 * MINUTE)
    answer_call(liming, call, kim.id, comes=False, now=MORNING + 8 * MINUTE)
    assert sorted(one.comes for one in open_call(liming, call).answers.values()) == [False, True]
    for login in ("sunyulan", OUTSIDER.login):
        with pytest.raises(NotSeen):
            open_call(cast[login], call)
    with pytest.raises(NotSeen):
        end_call(chief, call, now=MORNING)
    end_call(liming, call, now=MORNING + 9 * MINUTE)
    assert calls_for(chief) == []
    with pytest.raises(NotSeen):
        answer_call(chief, call, None, comes=False, now=MORNING + 10 * MINUTE)


@COUNTED[0]
@COUNTED[1]
def test_a_drill_is_one_form_record_and_roll(cast, group):
    chief, members = cast["piaoyingshun"], members_of(group)
    told = Drill(key="t1", kind="evacuation", on=str(MORNING.date()), topic="3号楼疏散", present=[str(members[0].id)])
    for _twice in range(2):
        drill = hold_drill(chief, group.id, told, now=MORNING + 5 * MINUTE)
    record = Record.objects.get(id=drill)
    assert record.type == "drill" and record.region == GRID
    assert said("record.drill", drill)["people"] == 1 and said("record.drill", drill)["grid_present"] is True
    assert [one.member_id for one in Attendance.objects.filter(drill=drill)] == [members[0].id]
    with pytest.raises(Unfit) as unfit:
        hold_drill(chief, group.id, replace(told, key="t2", present=[], kind="party"), now=MORNING)
    assert set(unfit.value.fields) == {"present", "kind"}


@COUNTED[0]
@COUNTED[1]
def test_helpers_are_counted_from_the_sealed_register_and_only_numbers_leave(cast):
    liming, ours = cast["liming"], pack_for(GRID, now=MORNING)
    house = register_home(liming, HOUSE, now=MORNING)
    first = register_person(liming, house, CUI, now=MORNING)
    assert count_helpers(COUNTY, pack=ours, now=MORNING) == 1
    assert count_helpers(COUNTY, pack=ours, now=MORNING + MINUTE) == 0, "once a day"
    row = Pairing.objects.get(region=COMMUNITY)
    assert said("record.mutual_help", row.id) == {"listed": 1, "paired": 1, "backed": 0, "complete": False}
    whole = {**SAYS, "backup": "许青山", "backup_phone": "13904335555"}
    register_person(liming, house, replace(CUI, key="p2", values=whole), now=MORNING)
    take_off(liming, first, now=MORNING)
    assert count_helpers(COUNTY, pack=ours, now=MORNING + timedelta(days=1)) == 1
    assert said("record.mutual_help", row.id)["complete"] is True and "许青山" not in dump()
    assert count_helpers(COUNTY, pack=ours, now=MORNING + timedelta(days=2)) == 0
    assert count_helpers(COUNTY, pack=ours, now=MORNING + timedelta(days=2) + AGAIN) == 1
    seal_county(COUNTY, now=MORNING + timedelta(days=40))
    assert verify(COUNTY).faults == []
