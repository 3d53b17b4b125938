"""The sealed register: who keeps it, what a thief of the database reads, who looked, and what is left at the end."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from shouwang.domains.households.models import Home, Resident, Unmasking
from shouwang.domains.households.queries import at_risk, homes, one
from shouwang.domains.households.sealed_fields import told_of
from shouwang.domains.ledger.models import Line
from shouwang.domains.ledger.sealing import seal_county
from shouwang.domains.ledger.verifying import verify
from shouwang.flows import rotate_keys
from shouwang.flows.forget_people import forget_people
from shouwang.flows.households_sight import by_of, home_sight
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.register_home import NewHome, register_home
from shouwang.flows.register_person import Told, amend_person, register_person, take_off
from shouwang.flows.sight import pack, pack_for
from shouwang.flows.unmask_person import unmask_person, what_saves_a_life
from shouwang.policy.shipped import USUAL
from shouwang.rules.consent import GUARDIAN, STATUTORY, under_14
from tests.cast import COUNTY, GRID, NEXT_GRID, OUTSIDER
from tests.flows.records_story import MORNING
from tests.prefectures import HERE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
# What plays the same part in the pack the stories are told by.
YANBIAN = HERE.pack == USUAL
SITE, SHOP = ("rural_home", "shop") if YANBIAN else ("yurt", "bazaar")
OF_HOME, FRAIL, CHILD = (
    ("relocation", "frail", "left_behind_child")
    if YANBIAN
    else ("winter_camp_home", "elder_by_oneself", "herders_child")
)
HOUSE = NewHome(key="h1", region=GRID, mark="3-17", kind=SITE, number="海兰路17号", building="红旗屯",
                groups=(OF_HOME,), lon=128.23, lat=43.37)  # fmt: skip
SAYS = {
    "name": "崔福顺", "phone": "13904331234", "born": "1941-05-06", "moves": "carried", "room": "西屋炕上",
    "helper": "朴东哲", "helper_phone": "13804335678",
}  # fmt: skip
CUI = Told(key="p1", group=FRAIL, consent="separate", values=SAYS)


@pytest.fixture
def kept(cast):
    """李明 keeps a home of his grid and the old woman in it."""
    found = register_home(cast["liming"], HOUSE, now=MORNING)
    return found, register_person(cast["liming"], found, CUI, now=MORNING)


def dump():
    """Every cell of every table, as a thief would read it; what is bytes, as bytes too."""
    told = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t.* FROM "{table}" t')
            for row in cursor.fetchall():
                told += map(read, row)
    return "\n".join(told)


def read(cell):
    return bytes(cell).decode("utf-8", "ignore") if isinstance(cell, memoryview | bytes) else str(cell)


def test_a_dump_of_the_database_shows_no_name_no_telephone_and_no_address(cast, kept):
    unmask_person(cast["liming"], kept[1], reason="约时间上门", now=MORNING)
    stolen = dump()
    assert "3-17" in stolen  # the mark on the door is there, so the dump was read
    for secret in (*SAYS.values(), HOUSE.number, HOUSE.building, "128.23", "43.37"):
        if secret not in ("carried",):
            assert secret not in stolen, secret


def test_each_look_in_clear_has_its_line_with_who_and_where_and_never_whom(cast, kept):
    assert unmask_person(cast["liming"], kept[1], reason="约时间上门", now=MORNING) == SAYS
    unmask_person(cast["liuguozhu"], kept[1], reason="核对名册", now=MORNING + timedelta(hours=1))
    lines = Line.objects.filter(room="households", act="unmask").order_by("id")
    assert [line.actor for line in lines] == [cast["liming"].id, cast["liuguozhu"].id]
    assert {line.object for line in lines} == set(Unmasking.objects.values_list("id", flat=True))
    with pytest.raises(Unfit):
        unmask_person(cast["liming"], kept[1], reason=" ", now=MORNING)
    assert Unmasking.objects.count() == 2


@pytest.mark.parametrize("login", ["sunyulan", OUTSIDER.login, "zhoumin", "hanxue", "chenchen"])
def test_who_has_nothing_to_do_with_the_grid_sees_nothing(cast, kept, login):
    stranger = cast[login]
    assert homes(home_sight(stranger), limit=9).rows == [] and one(home_sight(stranger), kept[0]) is None
    with pytest.raises(NotSeen):
        unmask_person(stranger, kept[1], reason="想看看", now=MORNING)
    with pytest.raises(NotSeen):
        register_person(stranger, kept[0], replace(CUI, key="x"), now=MORNING)
    with pytest.raises(Refused):
        register_home(stranger, replace(HOUSE, key="y", mark="9-9"), now=MORNING)


def test_the_head_of_the_station_looks_but_does_not_write(cast, kept):
    head = cast["zhangzhiqiang"]
    assert unmask_person(head, kept[1], reason="督查核对", now=MORNING)["name"] == SAYS["name"]
    with pytest.raises(Refused):
        register_person(head, kept[0], replace(CUI, key="x"), now=MORNING)


def test_the_same_form_sent_twice_acts_once_and_a_mark_stands_once(cast, kept):
    assert register_home(cast["liming"], HOUSE, now=MORNING) == kept[0]
    assert register_person(cast["liming"], kept[0], CUI, now=MORNING) == kept[1]
    assert (Home.objects.count(), Resident.objects.count()) == (1, 1)
    with pytest.raises(Unfit) as taken:
        register_home(cast["liming"], replace(HOUSE, key="h2"), now=MORNING)
    assert set(taken.value.fields) == {"mark"}
    register_home(cast["sunyulan"], replace(HOUSE, key="h3", region=NEXT_GRID), now=MORNING)


def test_under_14_the_guardian_must_have_agreed(cast, kept):
    child = {**SAYS, "name": "金小雨", "born": "2016-11-27"}
    with pytest.raises(Unfit) as lacking:
        told = Told(key="c", group=CHILD, consent=STATUTORY, values=child)
        register_person(cast["liming"], kept[0], told, now=MORNING)
    assert set(lacking.value.fields) == {"guardian", "guardian_phone", "consent"}
    whole = {**child, "guardian": "金明", "guardian_phone": "13904339999"}
    told = Told(key="c", group=CHILD, consent=GUARDIAN, values=whole)
    register_person(cast["liming"], kept[0], told, now=MORNING)


def test_the_fourteenth_birthday_ends_it():
    day = MORNING.date()
    assert under_14(day.replace(year=day.year - 14) + timedelta(days=1), day)
    assert not under_14(day.replace(year=day.year - 14), day)


def test_on_an_alarm_the_crew_is_told_what_saves_a_life_and_no_name(cast, kept):
    by = by_of(cast["liming"], "households.unmask", GRID, pack=pack(), now=MORNING)
    told = what_saves_a_life(Home.objects.filter(id=kept[0]), by=by, now=MORNING)
    saves = {"phone": "13904331234", "moves": "carried", "room": "西屋炕上", "helper_phone": "13804335678"}
    assert told == {kept[0]: [saves]}
    assert Unmasking.objects.get().reason == "alarm"


def test_on_the_day_of_deletion_a_tombstone_is_left_and_nothing_else(cast, kept):
    until = Resident.objects.get().keep_until
    eve = MORNING + timedelta(days=(until - MORNING.date()).days - 1)
    ours = pack_for(GRID, now=MORNING)
    assert forget_people(COUNTY, pack=ours, now=eve) == 0
    assert forget_people(COUNTY, pack=ours, now=eve + timedelta(days=1)) == 1
    stone = Resident.objects.get()
    assert (stone.home_id, stone.group, bytes(stone.told), stone.consent, stone.keep_until) == (None, "", b"", "", None)
    assert stone.region == GRID and stone.forgotten_at is not None
    line = Line.objects.get(act="forget")
    assert (line.object, line.actor, line.room) == (stone.id, None, "households")
    seal_county(COUNTY, now=eve + timedelta(days=1))
    assert verify(COUNTY).faults == []
    assert forget_people(COUNTY, pack=ours, now=eve + timedelta(days=2)) == 0


def test_told_anew_the_time_runs_anew_and_whoever_asks_is_taken_off(cast, kept):
    later = MORNING + timedelta(days=200)
    before = Resident.objects.get().keep_until
    amend_person(cast["liming"], kept[1], replace(CUI, values={**SAYS, "moves": "aided"}), now=later)
    again = Resident.objects.get()
    assert told_of(again)["moves"] == "aided" and again.keep_until > before
    take_off(cast["liming"], kept[1], now=later)
    assert bytes(Resident.objects.get().told) == b"" and not at_risk(COUNTY)[0][2] == [OF_HOME, FRAIL]


def test_duties_reach_homes_by_the_kind_of_risk_of_home_and_people(cast, kept):
    assert at_risk(COUNTY) == [(kept[0], GRID, [OF_HOME, FRAIL])]


def test_keys_rotate_over_the_register_too(cast, kept):
    from shouwang.domains.people import keyring

    key = keyring.new_key(now=MORNING)
    rotate_keys.reseal_everything(now=MORNING)
    resident, house = Resident.objects.get(), Home.objects.get()
    assert bytes(resident.told)[1:5].hex() == key.name == bytes(house.address)[1:5].hex()
    assert told_of(resident) == SAYS
    seal_county(COUNTY, now=MORNING)
    assert verify(COUNTY).faults == []


UNFIT = [("phone", "一三九"), ("born", "2099"), ("born", "1/2/3"), ("moves", "flies"), ("name", "甲" * 61)]


@pytest.mark.parametrize(("name", "value"), [*UNFIT, ("name", "a\0b")])
def test_what_cannot_be_kept_is_refused_by_its_field(cast, kept, name, value):
    with pytest.raises(Unfit) as unfit:
        register_person(cast["liming"], kept[0], replace(CUI, key="z", values={**SAYS, name: value}), now=MORNING)
    assert name in unfit.value.fields and Resident.objects.count() == 1
