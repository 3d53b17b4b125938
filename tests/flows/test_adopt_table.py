"""敦化市 changes a decision table under a document: checked, tried on past hazards, adopted, taken back."""

from dataclasses import replace

import pytest

from shouwang.domains.adoptions.models import AdoptedTable, Adoption
from shouwang.domains.hazards.models import Case
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.adopt_values import adopt_values, check_sheet
from shouwang.flows.decide_regulator import regulator_rows
from shouwang.flows.keep_house import catch_up
from shouwang.flows.refusal import Refused, Unfit
from shouwang.flows.replay_table import replay_table
from shouwang.flows.report_hazard import Report, report_hazard
from shouwang.flows.sight import pack, pack_of
from shouwang.flows.table_sheet import codes_of
from shouwang.flows.withdraw_values import withdraw_values
from shouwang.policy.sheet_words import grid_of
from shouwang.rules.routing import supervisor
from tests.cast import COUNTY, GRID, PREFECTURE
from tests.flows.adoption_story import DAY, SHEET, TODAY, TUESDAY, YANJI, bring_in_counties
from tests.prefectures import here

pytestmark = pytest.mark.django_db
REGULATOR, AUTHORITY = "industry-regulator", "hazard-authority"
STREAM, TRADE = here("livestream"), here("commerce")
NUMBER = "敦消委办〔2026〕5号"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    bring_in_counties()


def decided(site=STREAM, department=TRADE, region=COUNTY):
    return regulator_rows(region, site, department, number=NUMBER, now=TUESDAY)


def sheet(rows, table=REGULATOR, **more):
    return replace(SHEET, values={}, tables={table: rows}, **more)


def report(actor, n, site, at=TUESDAY):
    told = Report(key=f"k{n}", region=GRID, kind=here("wiring"), site=site, found_at=at)
    return report_hazard(actor, told, now=at).case


def who(county, site=STREAM, on=TODAY):
    return supervisor(pack_of(county, now=TUESDAY), {"site": site}, on).verdict


def test_the_decision_of_the_county_is_a_row_from_its_day_and_only_there(cast):
    assert who(COUNTY) == here("committee_office")
    done = adopt_values(cast["hanxue"], sheet(decided()), now=TUESDAY)
    assert (who(COUNTY), who(YANJI)) == (TRADE, here("committee_office"))
    assert who(COUNTY, on=TODAY - DAY) == here("committee_office")
    assert AdoptedTable.objects.get().adoption_id == done.id
    assert Adoption.objects.get().number == NUMBER
    catch_up(now=TUESDAY)
    assert verify(COUNTY).faults == []


def test_the_next_report_is_judged_by_it_and_says_which_row(cast):
    adopt_values(cast["hanxue"], sheet(decided()), now=TUESDAY)
    case = report(cast["liming"], 1, STREAM)
    reasons = [one["code"] for one in case.transition_set.get().reasons]
    assert f"industry-regulator:local_{STREAM}" in reasons
    assert case.transition_set.get().clauses[-1] or here("02-09") in case.transition_set.get().clauses


def test_handed_in_twice_it_is_adopted_once_and_taken_back_it_stands_no_more(cast):
    first = adopt_values(cast["hanxue"], sheet(decided()), now=TUESDAY)
    again = adopt_values(cast["hanxue"], sheet(decided()), now=TUESDAY)
    assert (again.id, again.replayed) == (first.id, True)
    withdraw_values(cast["hanxue"], first.id, number="敦消委办〔2026〕8号", now=TUESDAY + DAY)
    later = pack_of(COUNTY, now=TUESDAY + DAY)
    assert supervisor(later, {"site": STREAM}, TODAY + DAY).verdict == here("committee_office")
    assert supervisor(later, {"site": STREAM}, TODAY).verdict == TRADE


def test_values_and_a_table_may_stand_on_one_sheet_and_versions_tell_them_apart(cast):
    before = pack_of(COUNTY, now=TUESDAY).version
    adopt_values(cast["hanxue"], replace(SHEET, number="敦消委办〔2026〕6号"), now=TUESDAY)
    values = pack_of(COUNTY, now=TUESDAY).version
    adopt_values(cast["hanxue"], sheet(decided()), now=TUESDAY)
    both = pack_of(COUNTY, now=TUESDAY).version
    assert len({before, values, both}) == 3


def test_the_countys_own_table_stands_over_its_prefectures(cast):
    above = sheet(decided(department=here("industry"), region=PREFECTURE), region=PREFECTURE)
    adopt_values(cast["quanzhenhu"], replace(above, number="延州消委办〔2026〕9号"), now=TUESDAY)
    assert (who(COUNTY), who(YANJI)) == (here("industry"), here("industry"))
    adopt_values(cast["hanxue"], sheet(decided()), now=TUESDAY)
    assert (who(COUNTY), who(YANJI)) == (TRADE, here("industry"))


def test_it_is_tried_on_past_hazards_before_anybody_adopts_it(cast):
    for n, site in enumerate((STREAM, STREAM, here("shop"), "")):
        report(cast["liming"], n, site)
    found = replay_table(COUNTY, REGULATOR, decided(), now=TUESDAY + DAY)
    ((old, new),) = found.moves
    assert (found.judged, found.changed, found.silent) == (4, 2, 1)
    assert (old.supervisor, new.supervisor) == (here("committee_office"), TRADE)
    codes = set(Case.objects.filter(site=STREAM).values_list("code", flat=True))
    assert {one.code for one in found.shown} == codes
    assert not Adoption.objects.exists()


def changed(cells):
    """The authority table as Excel brings it back, with some cells written otherwise."""
    standing = pack().tables[AUTHORITY].editions[0]
    return [[cells.get(cell, cell) for cell in row] for row in grid_of(pack(), standing, "zh-hans")]


def test_a_sheet_in_words_is_read_and_what_is_wrong_is_said_by_its_row():
    table = pack().tables[AUTHORITY]
    text = codes_of(pack(), table, changed({here("乡镇(街道)"): here("县(市)")}), source=NUMBER, on=TODAY)
    assert f"{here('fire_station')},county" in text and NUMBER in text
    with pytest.raises(Unfit) as told:
        codes_of(pack(), table, changed({here("非(新兴行业(未明确主管))"): "-"}), source=NUMBER, on=TODAY)
    assert any("同时适用" in fault for fault in told.value.fields.values())
    with pytest.raises(Unfit) as told:
        codes_of(pack(), table, changed({here("轻微"): "很小"}), source=NUMBER, on=TODAY)
    assert all("很小" in fault for fault in told.value.fields.values())


def test_what_changes_nothing_or_is_no_table_is_refused(cast):
    table = pack().tables[AUTHORITY]
    with pytest.raises(Unfit) as told:
        codes_of(pack(), table, changed({}), source=NUMBER, on=TODAY)
    assert "完全一样" in " ".join(told.value.fields.values())
    with pytest.raises(Unfit) as told:
        check_sheet(cast["hanxue"], sheet("id\n", table="no-such"), now=TUESDAY)
    assert list(told.value.fields) == ["table:no-such"]


@pytest.mark.parametrize("site, department, field", [("casino", TRADE, "site"), (here("shop"), "mafia", "department")])
def test_a_decision_names_a_known_place_and_department(site, department, field):
    with pytest.raises(Unfit) as told:
        decided(site, department)
    assert list(told.value.fields) == [field]


@pytest.mark.parametrize("login", ["cuizhe", "zhoumin", "liuyang", "quanzhenhu"])
def test_an_office_decides_for_its_own_area_alone(cast, login):
    with pytest.raises(Refused):
        adopt_values(cast[login], sheet(decided()), now=TUESDAY)
    assert not AdoptedTable.objects.exists()
