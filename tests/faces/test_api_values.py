"""Values in force by the API: for who works there, with where each comes from; nobody changes any this way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.flows.adopt_values import adopt_values
from shouwang.flows.adoption_sheet import Sheet
from tests.cast import COUNTY, GRID, OUTSIDER
from tests.faces.api_client import calling

Cast = dict[str, Actor]
pytestmark = pytest.mark.django_db
NAME = "whistle.arrival.hours"


def values(caller, area=GRID, **query):
    told = caller.get(f"/areas/{area}/values", **query).json()
    return told, {one["parameter"]: one for one in told["values"]}


def test_a_value_tells_where_it_comes_from_and_an_old_day_keeps_its_own(cast: Cast) -> None:
    now = timezone.now()
    today, yesterday = timezone.localdate(now), timezone.localdate(now) - timedelta(days=1)
    sheet = Sheet(
        region=COUNTY, number="敦消委办〔2026〕5号", signed_on=today.isoformat(), signer="郭强",
        effective_from=today.isoformat(), values={NAME: "2"},
    )  # fmt: skip
    caller = calling(cast["liming"], "ko")
    before, _ = values(caller)
    adopt_values(cast["hanxue"], sheet, now=now)
    after, found = values(caller)
    assert (after["area"], after["on"], before["pack"] == after["pack"]) == (COUNTY, today.isoformat(), False)
    assert found[NAME] | {"since": None} == {
        "parameter": NAME, "label": "부문 도착보고 기한", "unit": "hours", "clause": "07-21", "value": 2,
        "provenance": "local", "source": "敦消委办〔2026〕5号", "since": None, "signer": "郭强",
        "signed_on": today.isoformat(), "keeper": "county_office", "undetermined": 0,
    }  # fmt: skip
    assert found["hazard.recheck.workdays"]["provenance"] == "standard"
    _, old = values(caller, on=yesterday.isoformat())
    assert (old[NAME]["provenance"], old[NAME]["value"], old[NAME]["keeper"]) == ("unset", None, "county_office")


def test_who_does_not_work_there_learns_nothing(cast: Cast) -> None:
    outsider = calling(cast[OUTSIDER.login])
    for area in (COUNTY, GRID, "222401", "222400"):
        assert outsider.get(f"/areas/{area}/values").status_code == 404
    assert calling(cast["hanxue"]).get("/areas/222401/values").status_code == 404
    assert calling(cast["hanxue"]).get("/areas/x/values").status_code in (400, 404)


def test_nothing_is_adopted_by_the_api(cast: Cast) -> None:
    answer = calling(cast["hanxue"]).post(f"/areas/{COUNTY}/values", {NAME: 2})
    assert answer.status_code == 405


def test_it_takes_few_statements(cast: Cast) -> None:
    caller = calling(cast["hanxue"])
    values(caller)
    assert caller.statements <= 6
