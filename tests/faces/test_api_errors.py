"""What the API says when something cannot be taken: every field, its reason, in the reader's language."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.domains.people.sessions import begin
from shouwang.faces.sign_in import COOKIE
from tests.cast import GRID
from tests.faces.api_client import AFTER, Caller, calling

Cast = dict[str, Actor]
pytestmark = pytest.mark.django_db
WRONG = {"region": GRID, "kind": 5, "lon": 400, "photos": [{"sha256": "ab"}], "colour": "red"}
HEADERS = {"Idempotency-Key": "k-1"}


def test_every_field_at_fault_is_named_at_once(cast: Cast) -> None:
    answer = calling(cast["liming"], "en").post("/hazards", WRONG, **HEADERS)
    assert answer.status_code == 400
    said = {one["field"]: one["message"] for one in answer.json()["errors"]}
    assert said == {
        "kind": "Text is expected.",
        "found_at": "This is needed.",
        "lon": "At most 180.0.",
        "photos[0].sha256": "This does not have the right form.",
        "colour": "There is no such field.",
    }


@pytest.mark.parametrize(
    ("language", "title", "missing"),
    [
        ("zh-CN,zh;q=0.9", "有字段填写不对。", "此项必填。"),
        ("ko", "잘못 적은 항목이 있습니다.", "이 항목은 꼭 적어야 합니다."),
        ("en-GB", "Some fields cannot be taken.", "This is needed."),
    ],
)
def test_errors_are_told_in_the_language_asked_for(
    cast: Cast, language: str, title: str, missing: str
) -> None:
    told = calling(cast["liming"], language).post("/hazards", {"region": GRID}, **HEADERS)
    assert told.json()["title"] == title
    assert {"field": "kind", "message": missing} in told.json()["errors"]
    assert told.headers["Content-Language"] == language.split("-")[0].replace("zh", "zh-hans")


def test_without_a_wish_errors_come_in_the_language_of_the_person(cast: Cast) -> None:
    korean = calling(cast["piaoyingshun"])
    assert (
        korean.post("/hazards", {"region": GRID}, **HEADERS).json()["title"] == "잘못 적은 항목이 있습니다."
    )
    chosen = korean.post("/hazards?language=en", {"region": GRID}, **HEADERS)
    assert chosen.json()["title"] == "Some fields cannot be taken."


def test_a_report_without_a_key_is_told_so(cast: Cast) -> None:
    answer = calling(cast["liming"], "en").post("/hazards", {"region": GRID})
    assert answer.status_code == 400
    assert {"field": "Idempotency-Key", "message": "This is needed."} in answer.json()["errors"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "volcano"}, "kind"),
        ({"site": "moon"}, "site"),
        ({"found_at": "2999-01-01T00:00:00Z"}, "found_at"),
        ({"fixed": True}, "after"),
        ({"note": "a\x00b"}, "note"),
        ({"photos": [{"sha256": "0" * 64}]}, "photos"),
    ],
)
def test_what_only_the_flow_can_judge_is_named_by_field_too(
    cast: Cast, given: dict[str, object], field: str
) -> None:
    answer = calling(cast["liming"]).report(**given)
    assert answer.status_code == 400
    assert [one["field"] for one in answer.json()["errors"]] == [field]
    assert all(one["message"] for one in answer.json()["errors"])


@pytest.mark.parametrize("body", ["{", "", "[]", "null", "5", '"x"', "\ufeff{}"])
def test_a_body_that_is_no_object_is_a_fault_not_a_failure(cast: Cast, body: str) -> None:
    caller = calling(cast["liming"])
    answer = caller.client.post(
        "/api/v1/hazards", body, content_type="application/json",
        headers={**HEADERS, "Authorization": f"Bearer {caller.token}"},
    )  # fmt: skip
    assert answer.status_code == 400
    assert answer.json()["errors"]


@pytest.mark.parametrize(
    "query",
    [{"state": "lost"}, {"grade": "huge"}, {"kind": "volcano"}, {"area": "9"}, {"after": "yesterday"}],
)
def test_a_filter_nobody_knows_is_named(cast: Cast, query: dict[str, str]) -> None:
    answer = calling(cast["liming"]).get("/hazards", **query)
    assert answer.status_code == 400
    assert [one["field"] for one in answer.json()["errors"]] == list(query)


def test_a_browser_brings_its_csrf_token_a_bearer_needs_none(cast: Cast) -> None:
    caller = calling(cast["liming"])
    page = caller.client.__class__(enforce_csrf_checks=True)
    page.cookies[COOKIE] = caller.token
    assert page.get("/api/v1/hazards").status_code == 200
    forged = page.post("/api/v1/hazards", {}, content_type="application/json", headers=HEADERS)
    assert forged.status_code == 403
    page.cookies["csrftoken"] = "a" * 32
    honest = page.post(
        "/api/v1/hazards", {}, content_type="application/json",
        headers={**HEADERS, "X-CSRFToken": "a" * 32},
    )  # fmt: skip
    assert honest.status_code == 400  # heard, and its empty body refused
    caller.client.handler.enforce_csrf_checks = True
    assert caller.report().status_code == 201


def test_uploads_are_judged_by_what_they_are(cast: Cast, settings: pytest.FixtureRequest) -> None:
    liming = calling(cast["liming"], "en")
    assert liming.upload(AFTER).status_code == 201
    disguised = liming.upload(b"MZ this is a program", name="photo.jpg")
    assert disguised.status_code == 415
    assert disguised.json()["errors"][0]["field"] == "file"
    settings.FILE_LIMIT_MB = 1
    heavy = liming.upload(AFTER + b"\x00" * (1024 * 1024))
    assert heavy.status_code == 413
    assert heavy.json()["errors"] == [{"field": "file", "message": "The file is larger than 1 MB."}]
    assert liming.post("/photos", {}).status_code == 400


def test_what_is_not_there_answers_as_the_api_answers(cast: Cast) -> None:
    for path in ("/nowhere", "/hazards/not-an-id", "/areas/x/children"):
        answer = calling(cast["liming"]).get(path)
        assert answer.status_code == 404, path
        assert answer.headers["Content-Type"] == "application/problem+json"
    wrong = calling(cast["liming"]).client.delete("/api/v1/hazards")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET, POST")


def test_a_session_that_still_owes_a_step_opens_nothing(cast: Cast) -> None:
    token = begin(cast["liming"], lasts=timedelta(hours=1), now=timezone.now(), owes="code")
    owing = Caller(token=token)
    assert owing.get("/hazards").status_code == 401
