"""Hazards by the API: reported once, listed, acted on; what it says no to, and how."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from tests.cast import GRID, NEXT_GRID, STREET
from tests.faces.api_client import AFTER, Caller, calling

Cast = dict[str, Actor]
pytestmark = pytest.mark.django_db


def test_a_grid_member_reports_and_finds_it_on_top_of_the_list(cast: Cast) -> None:
    liming = calling(cast["liming"])
    made = liming.report(place="3号楼")
    assert made.status_code == 201, made.content
    assert (made.json()["state"], made.json()["grade"]) == ("assigned", "general")
    listed = liming.get("/hazards").json()
    assert [one["id"] for one in listed["hazards"]] == [made.json()["id"]]
    assert listed["after"] is None


@pytest.mark.parametrize(
    "place",
    [
        {"lon": 129.5089, "lat": 42.9053},
        {"lon": 129.5089, "lat": 42.9053, "datum": "cgcs2000"},
        {"lon": 129.515833, "lat": 42.907765, "datum": "gcj02"},
        {"lon": 129.522364, "lat": 42.913645, "datum": "bd09"},
    ],
)
def test_a_place_from_a_map_service_names_its_datum_and_is_kept_on_the_ground(cast: Cast, place: object) -> None:
    liming = calling(cast["liming"])
    assert isinstance(place, dict)
    made = liming.report(**place).json()
    kept = liming.get(f"/hazards/{made['id']}").json()
    assert abs(kept["lon"] - 129.5089) < 2e-6 and abs(kept["lat"] - 42.9053) < 2e-6
    assert liming.report(**{**place, "datum": "beijing54"}).status_code == 400


def test_sending_the_same_report_twice_makes_one_case(cast: Cast) -> None:
    liming, at = calling(cast["liming"]), timezone.now() - timedelta(hours=1)
    first = liming.report(key="outbox-1", found_at=at)
    second = liming.report(key="outbox-1", found_at=at)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert len(liming.get("/hazards").json()["hazards"]) == 1


def test_a_key_used_for_another_report_is_refused(cast: Cast) -> None:
    liming = calling(cast["liming"], "en")
    liming.report(key="outbox-1")
    other = liming.report(key="outbox-1", kind="wiring")
    assert other.status_code == 409
    assert other.json()["errors"] == [
        {"field": "Idempotency-Key", "message": "This key was used for another request."}
    ]


def test_a_report_takes_no_more_than_ten_statements_and_a_list_three(cast: Cast) -> None:
    liming = calling(cast["liming"])
    assert liming.report().status_code == 201
    assert liming.statements <= 10
    assert liming.get("/hazards").status_code == 200
    assert liming.statements <= 3


def test_a_list_of_the_prefecture_takes_no_more_than_three_statements(cast: Cast) -> None:
    calling(cast["liming"]).report()
    office = calling(cast["quanzhenhu"])
    assert office.get("/hazards").status_code == 200
    assert office.statements <= 3


def test_whoever_has_no_post_sees_nothing_and_may_do_nothing(cast: Cast) -> None:
    made = calling(cast["liming"]).report().json()
    outsider = calling(cast["liuyang"])
    assert outsider.get("/hazards").json()["hazards"] == []
    assert outsider.get(f"/hazards/{made['id']}").status_code == 404
    assert outsider.post(f"/hazards/{made['id']}/acts", {"act": "start", "version": 1}).status_code == 404
    assert outsider.get("/counts").json()["counts"] == []
    assert outsider.get("/hazards.csv").status_code == 403
    assert outsider.report().status_code == 403


def test_a_stranger_is_told_to_sign_in(cast: Cast) -> None:
    nobody = Caller(language="zh-CN")
    answer = nobody.get("/hazards")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert Caller(token="222403.made-up").get("/hazards").status_code == 401


def test_acting_on_an_older_version_is_refused_as_moved_on(cast: Cast) -> None:
    made = calling(cast["liming"]).report().json()
    cuizhe, act = calling(cast["cuizhe"]), {"act": "start", "version": made["version"]}
    assert cuizhe.post(f"/hazards/{made['id']}/acts", act).json()["state"] == "rectifying"
    stale = cuizhe.post(f"/hazards/{made['id']}/acts", act)
    assert stale.status_code == 409
    assert [one["field"] for one in stale.json()["errors"]] == ["version"]


def test_a_case_goes_from_report_to_closure_with_an_uploaded_photo(cast: Cast) -> None:
    made = calling(cast["liming"]).report().json()
    staff, head, where = calling(cast["cuizhe"]), calling(cast["zhangzhiqiang"]), f"/hazards/{made['id']}"
    begun = staff.post(f"{where}/acts", {"act": "start", "version": 1}).json()
    assert "submit" in begun["acts"]
    shown = staff.upload(AFTER).json()["sha256"]
    proof = [{"sha256": shown, "purpose": "after"}]
    staff.post(f"{where}/acts", {"act": "submit", "version": 2, "photos": proof})
    closed = head.post(f"{where}/acts", {"act": "pass", "version": 3}).json()
    assert closed["state"] == "closed"
    assert [step["act"] for step in closed["steps"]] == ["report", "start", "submit", "pass"]
    file = head.get(f"/files/{made['id']}/{closed['files'][0]['id']}")
    assert (file.status_code, file.headers["Content-Type"]) == (200, "image/jpeg")
    assert calling(cast["liuyang"]).get(f"/files/{made['id']}/{closed['files'][0]['id']}").status_code == 404


def test_a_rule_that_says_no_gives_its_reasons_and_clauses(cast: Cast) -> None:
    made = calling(cast["liming"]).report().json()
    staff = calling(cast["cuizhe"], "en")
    refused = staff.post(f"/hazards/{made['id']}/acts", {"act": "submit", "version": 1})
    assert refused.status_code == 403
    told = refused.json()["reasons"]
    assert told and all(one["text"] and one["clause"] for one in told)


def test_a_list_goes_on_after_its_cursor_and_keeps_its_filters(cast: Cast) -> None:
    liming, chief = calling(cast["liming"]), calling(cast["cuizhe"])
    for _ in range(51):
        liming.report()
    liming.report(kind="wiring")
    page = chief.get("/hazards", kind="exit_blocked").json()
    rest = chief.get("/hazards", kind="exit_blocked", after=page["after"]).json()
    assert (len(page["hazards"]), len(rest["hazards"]), rest["after"]) == (50, 1, None)
    assert not {one["id"] for one in page["hazards"]} & {one["id"] for one in rest["hazards"]}
    assert [one["kind"] for one in chief.get("/hazards", kind="wiring").json()["hazards"]] == ["wiring"]


def test_a_list_narrows_to_an_area_but_never_widens(cast: Cast) -> None:
    here = calling(cast["liming"]).report().json()["id"]
    there = calling(cast["sunyulan"]).report(region=NEXT_GRID).json()["id"]
    station, liming = calling(cast["cuizhe"]), calling(cast["liming"])
    assert {one["id"] for one in station.get("/hazards", area=STREET).json()["hazards"]} == {here, there}
    assert [one["id"] for one in station.get("/hazards", area=GRID).json()["hazards"]] == [here]
    assert liming.get("/hazards", area=NEXT_GRID).json()["hazards"] == []


def test_counts_agree_with_the_list(cast: Cast) -> None:
    liming = calling(cast["liming"])
    for _ in range(3):
        liming.report()
    counted = calling(cast["hanxue"]).get("/counts", by="township").json()["counts"]
    assert counted == [{"area": STREET, "state": "assigned", "n": 3}]


def test_a_table_is_handed_only_to_who_may_take_data_out(cast: Cast) -> None:
    made = calling(cast["liming"]).report(place="=1+1").json()
    assert calling(cast["liming"]).get("/hazards.csv").status_code == 403
    table = b"".join(calling(cast["hanxue"]).get("/hazards.csv").streaming_content).decode()
    assert made["code"] in table and ",'=1+1," in table
