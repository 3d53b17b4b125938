"""A table of rented homes is brought in: good rows at once, bad ones back with their reasons, twice acts once."""

from datetime import date
from decimal import Decimal

import pytest

from shouwang.domains.ledger.models import Evidence, Item, Line
from shouwang.domains.ledger.queries import first_lines
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.records.models import Record, Searched
from shouwang.domains.records.queries import year_counts
from shouwang.flows.amend_record import Amendment, amend_record
from shouwang.flows.check_rows import Row
from shouwang.flows.enter_many import enter_many
from shouwang.flows.settle_record import settle_record
from tests.cast import COMMUNITY, COUNTY, GRID, NEXT_COMMUNITY, STREET
from tests.flows.records_story import HOUR, MEETING, MORNING, OWNER, OWNERS, pack_with, settle_areas
from tests.prefectures import here

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path, db):
    settings.HOME = tmp_path
    settings.PACK = pack_with(tmp_path, OWNERS)
    settle_areas()


def homes(count):
    return [
        Row(region=COMMUNITY, values=OWNER | {"address": f"红旗街{n}号", "seen_on": date(2026, 11, 20)})
        for n in range(count)
    ]


def brought(actor, rows, key="t-1", type_="rented_home", now=MORNING):
    return enter_many(actor, type_, rows, key=key, now=now)


def test_one_line_for_all_and_each_provable_by_itself(cast):
    done = brought(cast["liuguozhu"], homes(5))
    assert (len(done.kept), done.known, done.faults) == (5, {}, {})
    line = Line.objects.get(act="enter_many")
    assert (line.count, line.kind, done.lines) == (5, "records.Record", [line.id])
    under = first_lines(COUNTY, list(done.kept.values()))
    assert {under[one].id for one in done.kept.values()} == {line.id}
    seal_and_fold(now=MORNING)
    assert year_counts([COUNTY], ["rented_home"], year=2026, length=12) == {(COMMUNITY, "rented_home"): 5}
    assert verify(COUNTY).faults == []


def test_bad_rows_come_back_with_every_fault(cast):
    rows = homes(3)
    rows[1] = Row(region=COMMUNITY, values=OWNER | {"rooms": "200", "rent": "贵"})
    rows.append(Row(region=NEXT_COMMUNITY, values=OWNER))
    rows.append(Row(region=f"{STREET}999", values=OWNER))
    done = brought(cast["liuguozhu"], rows)
    assert {n: {name: r.code for name, r in found.items()} for n, found in done.faults.items()} == {
        1: {"rooms": "out_of_range", "rent": "not_money"}, 3: {"region": "body_outside"}, 4: {"region": "body_unknown"},
    }  # fmt: skip
    assert sorted(done.kept) == [0, 2]


def test_twice_acts_once_with_and_without_numbers_of_another_system(cast):
    rows = [*homes(2), Row(region=COMMUNITY, values=OWNER, external_id="GA-1")]
    first = brought(cast["liuguozhu"], rows)
    again = brought(cast["liuguozhu"], rows, key="t-2", now=MORNING + HOUR)
    assert (again.kept, again.known) == ({}, first.kept)
    assert Record.objects.count() == 3
    twice = brought(cast["liuguozhu"], [rows[2], rows[2]], key="t-3")
    assert twice.known == {0: first.kept[2], 1: first.kept[2]}
    new = Row(region=COMMUNITY, values=OWNER | {"address": "新街"})
    assert brought(cast["liuguozhu"], [new, new], key="t-4").faults[1]["external_id"].code == "row_twice"


def test_a_record_that_came_in_a_table_lives_on_like_any_other(cast):
    done = brought(cast["liuguozhu"], homes(3))
    amend_record(
        cast["liuguozhu"], done.kept[1], Amendment(values=OWNER | {"rooms": "4"}), now=MORNING + HOUR
    )
    settle_record(cast["zhangzhiqiang"], done.kept[1], "confirm", now=MORNING + 2 * HOUR)
    assert Evidence.objects.get(subject=done.kept[1]).facts == {"rooms": 4}
    assert verify(COUNTY).faults == []


@pytest.mark.parametrize("model", [Record, Item])
def test_a_row_of_a_table_edited_behind_the_house_is_found(cast, model):
    done = brought(cast["liuguozhu"], homes(3))
    if model is Record:
        Record.objects.filter(id=done.kept[2]).update(name="别处")
    else:
        Item.objects.filter(object=done.kept[2]).delete()
    assert {fault.what for fault in verify(COUNTY).faults} >= {"row edited"}


def test_a_table_brings_no_papers_so_its_meetings_prove_nothing_yet(cast):
    done = brought(cast["cuizhe"], [Row(region=STREET, values=MEETING)], type_=here("meeting"))
    record = Record.objects.get(id=done.kept[0])
    assert record.lacking
    assert not Evidence.objects.filter(subject=record.id).exists()


def test_ten_thousand_rows_at_once(cast):
    rows = homes(10_000)
    for n in range(37):
        rows[n * 200] = Row(region=COMMUNITY, values=OWNER | {"rooms": "多"})
    done = brought(cast["liuguozhu"], rows)
    assert (len(done.kept), len(done.faults)) == (9_963, 37)
    assert Searched.objects.filter(field="rent", number=Decimal("800")).count() == 9_963
    assert GRID in {record.values["grid"] for record in Record.objects.all()[:5]}
