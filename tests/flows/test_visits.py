"""Visits and patrols: kept once, never over another's, proof for the duties; what is bad becomes a hazard."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.domains.hazards.models import Case
from shouwang.domains.ledger.models import Evidence
from shouwang.domains.ledger.sealing import seal_county
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.patrols.models import Finding, Visit
from shouwang.domains.patrols.queries import one
from shouwang.flows.photos import Photo
from shouwang.flows.record_visit import Walked, record_visit, report_finding, told_otherwise, visit_sight
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.register_home import register_home
from shouwang.flows.register_person import register_person
from shouwang.flows.todays_route import todays_route
from shouwang.simulation.pictures import photo
from tests.cast import COUNTY, GRID, OUTSIDER
from tests.flows.records_story import HOUR, MORNING
from tests.flows.test_households import CUI, FRAIL, HOUSE, OF_HOME, SHOP, SITE, YANBIAN
from tests.prefectures import here

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
BEFORE = Photo(data=photo(Random(1), cleared=False), purpose="before")
AFTER = Photo(data=photo(Random(1), cleared=True), purpose="after")
# What plays the same part in the pack the stories are told by: lists, points, the kind of hazard.
HOMES, PLACES, EXIT = ("home_visit", "place_patrol", "exits") if YANBIAN else ("dwelling_visit", "camp_round", "way")
WRONG, FACT, KIND = (
    ("corridor", "detector", "exit_blocked") if YANBIAN else ("chimney", "alarm", "chimney_sooty")
)
GOOD = {WRONG: "ok", "wires": "ok", FACT: "ok"}
PLACE = Walked(key="q1", region=GRID, checklist=PLACES, version=1, answers={EXIT: "ok"}, found_at=MORNING,
               site=SHOP, place="红旗超市", taught=True)  # fmt: skip


@pytest.fixture
def house(cast):
    found = register_home(cast["liming"], HOUSE, now=MORNING)
    register_person(cast["liming"], found, CUI, now=MORNING)
    return found


def seen(house, key="v1", **more):
    told = {"answers": GOOD, "found_at": MORNING, "taught": True, "version": 1} | more
    return Walked(key=key, region="", checklist=HOMES, home=house, **told)


def test_a_visit_proves_itself_once_and_names_nobody(cast, house):
    found = record_visit(cast["liming"], seen(house), now=MORNING + HOUR)
    assert record_visit(cast["liming"], seen(house), now=MORNING + 2 * HOUR) == found
    visit = Visit.objects.get()
    assert (visit.region, visit.site, visit.post, visit.found_at) == (GRID, SITE, here("grid_member"), MORNING)
    told = {one.kind: one for one in Evidence.objects.filter(room="patrols")}
    assert set(told) == {"visit.done", "patrol.done"} and told["visit.done"].subject == house
    assert told["visit.done"].facts == {"group": [OF_HOME, FRAIL], "taught": True}
    assert told["visit.done"].occurred_at == MORNING and told["visit.done"].recorded_at == MORNING + HOUR
    seal_county(COUNTY, now=MORNING + 3 * HOUR)
    assert verify(COUNTY).faults == []


def test_a_place_is_patrolled_and_counts_as_publicity_where_somebody_explained(cast):
    record_visit(cast["liming"], PLACE, now=MORNING)
    told = Evidence.objects.get(kind="patrol.done")
    assert told.facts == {"post": here("grid_member"), "publicity": True, "kind": SHOP}


def test_two_phones_on_one_home_both_stand_and_both_are_told(cast, house):
    chief, member = cast["piaoyingshun"], cast["liming"]
    first = record_visit(member, seen(house), now=MORNING)
    other = seen(house, "v2", answers={**GOOD, FACT: "bad"}, found_at=MORNING + HOUR)
    second = record_visit(chief, other, now=MORNING + HOUR)
    assert Visit.objects.count() == 2
    for actor, visit in ((member, first), (chief, second)):
        assert told_otherwise(one(visit_sight(actor), visit)) == [FACT]
    assert Visit.objects.get(id=first).answers == GOOD


def test_a_changed_list_loses_nothing(cast, house):
    old = {"chimney_of_last_year": "bad", WRONG: "ok"}
    record_visit(cast["liming"], seen(house, version=7, answers=old), now=MORNING)
    visit = Visit.objects.get()
    assert (visit.version, visit.answers) == (7, old)


def test_what_is_bad_becomes_a_hazard_once_and_is_tied_to_its_point(cast, house):
    visit = record_visit(cast["liming"], seen(house, answers={WRONG: "bad"}), now=MORNING)
    done = report_finding(cast["liming"], visit, WRONG, [BEFORE], now=MORNING + HOUR)
    for _again in range(2):
        assert report_finding(cast["liming"], visit, WRONG, [BEFORE], now=MORNING + HOUR).id == done.id
    case = Case.objects.get()
    assert (case.kind, case.region, case.state, case.reporter) == (KIND, GRID, "assigned", cast["liming"].id)
    assert Finding.objects.get().case == case.id
    with pytest.raises(NotSeen):
        report_finding(cast["liming"], visit, "wires", [BEFORE], now=MORNING)


def test_fixed_on_the_spot_is_a_second_photo(cast, house):
    visit = record_visit(cast["liming"], seen(house, answers={WRONG: "bad"}), now=MORNING)
    report_finding(cast["liming"], visit, WRONG, [BEFORE, AFTER], now=MORNING + HOUR)
    assert Case.objects.get().state == "submitted"


@pytest.mark.parametrize("login", ["sunyulan", OUTSIDER.login, "zhoumin"])
def test_others_neither_visit_nor_see(cast, house, login):
    visit = record_visit(cast["liming"], seen(house, answers={WRONG: "bad"}), now=MORNING)
    assert one(visit_sight(cast[login]), visit) is None
    with pytest.raises(NotSeen):
        record_visit(cast[login], seen(house, "x"), now=MORNING)
    with pytest.raises(NotSeen):
        report_finding(cast[login], visit, WRONG, [BEFORE], now=MORNING)
    with pytest.raises(Refused):
        record_visit(cast[login], replace(PLACE, key="y"), now=MORNING)
    assert todays_route(cast[login], now=MORNING) == []


@pytest.mark.parametrize(("more", "field"), [({"answers": {}}, "answers"), ({"answers": {"a": "great"}}, "answers"),
                                             ({"checklist": "no"}, "checklist"), ({"place": ""}, "place"),
                                             ({"site": "moon"}, "site"), ({"region": "x"}, "region")])  # fmt: skip
def test_what_cannot_be_kept_is_refused_by_its_field(cast, more, field):
    with pytest.raises(Unfit) as unfit:
        record_visit(cast["liming"], replace(PLACE, **more), now=MORNING)
    assert field in unfit.value.fields and not Visit.objects.exists()


def test_today_says_why_each_home_is_there_and_forgets_who_was_seen(cast, house):
    stops = todays_route(cast["liming"], now=MORNING)
    assert [stop.home.id for stop in stops] == [house] and stops[0].reasons[0].code == "never_visited"
    record_visit(cast["liming"], seen(house), now=MORNING)
    assert todays_route(cast["liming"], now=MORNING + HOUR) == []
    late = todays_route(cast["liming"], now=MORNING + timedelta(days=100))
    assert late[0].reasons[0].code == "visit_late"


def test_the_route_asks_the_database_three_times_however_many_homes(cast):
    for number in range(12):
        told = replace(HOUSE, key=f"h{number}", mark=f"1-{number}", lon=128.2 + number % 5 / 1000, lat=43.3)
        register_home(cast["liming"], told, now=MORNING)
    todays_route(cast["liming"], now=MORNING)
    with CaptureQueriesContext(connection) as asked:
        assert len(todays_route(cast["liming"], now=MORNING)) == 12
    assert len(asked) <= 4, [one["sql"][:90] for one in asked]
