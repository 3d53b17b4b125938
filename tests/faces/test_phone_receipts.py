"""回执: the server says what it got and for whom; a wrong name, a damaged item or a signed-out phone does nothing."""

from hashlib import sha256
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from shouwang.domains.hazards.models import Case
from shouwang.faces.phone.receipts import handed_in
from tests.cast import GRID
from tests.faces.stage import BEFORE, Stage

JSON = {"Accept": "application/json"}


def sheet(**more: object) -> dict[str, object]:
    return {"key": str(uuid4()), "region": GRID, "kind": "wiring", "taken": "2026-11-20T09:00:00+08:00", **more}


def hashed(data: bytes) -> str:
    return sha256(data).hexdigest()


def digest(fields: dict[str, object], photos: dict[str, bytes]) -> str:
    lines = [f"{name}={hashed(str(value).encode())}" for name, value in fields.items()]
    lines += [f"{name}:{hashed(data)}" for name, data in photos.items()]
    return hashed("\n".join(sorted(lines)).encode())


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("before.jpg", BEFORE.data, "image/jpeg")


def test_the_receipt_echoes_the_item_and_what_arrived(stage: Stage):
    told = sheet(note="一行\n又一行")
    sent = {**told, "note": "一行\r\n又一行", "csrfmiddlewaretoken": "x", "before": photo()}
    answer = stage.client("liming").post("/phone/", sent, headers=JSON)
    assert answer.status_code == 201 and answer.json()["key"] == told["key"]
    assert answer.json()["digest"] == digest(told, {"before": BEFORE.data})


def test_what_was_damaged_on_the_way_is_not_acted_on(stage: Stage):
    told = sheet()
    wrong = {**JSON, "Outbox-Digest": digest({**told, "kind": "other"}, {})}
    answer = stage.client("liming").post("/phone/", told, headers=wrong)
    assert answer.status_code == 400 and Case.objects.count() == len(stage.cases)
    right = {**JSON, "Outbox-Digest": digest(told, {})}
    assert stage.client("liming").post("/phone/", told, headers=right).status_code == 201


def test_nothing_is_sent_under_somebody_elses_name(stage: Stage):
    named = {**JSON, "Outbox-Who": str(stage.cast["liming"].id)}
    answer = stage.client("piaoyingshun").post("/phone/", sheet(), headers=named)
    assert answer.status_code == 403 and Case.objects.count() == len(stage.cases)
    assert answer.json()["who"] == str(stage.cast["piaoyingshun"].id)


def test_signed_out_it_hears_so_and_is_not_led_to_a_page(stage: Stage):
    client = stage.client("liming")
    client.cookies.clear()
    answer = client.post("/phone/", sheet(key="k"), headers=JSON)
    assert answer.status_code == 401 and answer.json() == {"key": "k"}


def test_any_plain_form_becomes_one_that_gives_receipts(stage: Stage):
    def view(request, status):
        return HttpResponseRedirect("/phone/mine/", status=303) if status == 303 else HttpResponse("…", status=status)

    for status, told in ((303, 201), (422, 422), (409, 409), (404, 422), (500, 500)):
        request = RequestFactory().post("/phone/x/", {"key": "k"}, headers=JSON)
        request.actor = stage.cast["liming"]
        assert handed_in(view)(request, status).status_code == told
        plain = RequestFactory().post("/phone/x/", {"key": "k"})
        assert handed_in(view)(plain, status).status_code == status


def test_what_is_out_of_sight_for_good_is_turned_down_in_words(stage: Stage):
    """An item asked for ever would hold up those behind it; a browser gets the page that does not exist."""
    client, path = stage.client("liming"), f"/phone/homes/{uuid4()}/visit/"
    answer = client.post(path, {"key": "k"}, headers=JSON)
    assert answer.status_code == 422 and answer.json()["key"] == "k"
    assert "已不归您管" in answer.json()["faults"][""]
    assert client.post(path, {"key": "k"}).status_code == 404


def test_homes_and_visits_say_at_which_field_they_were_refused(stage: Stage):
    client = stage.client("liming")
    home = {"key": "h", "region": GRID, "mark": "", "kind": "rural_home", "number": ""}
    assert {"mark", "number"} <= set(client.post("/phone/homes/new/", home, headers=JSON).json()["faults"])
    place = {"key": "p", "region": GRID, "site": "shop", "place": "", "look:exits": "bad"}
    assert set(client.post("/phone/place/", place, headers=JSON).json()["faults"]) == {"place"}


def test_a_home_whose_key_stands_for_another_is_told_as_a_conflict(stage: Stage):
    """Only then does the phone mint another key; under the same it would be refused for ever."""
    client, grid = stage.client("liming"), {"key": "h", "region": GRID, "kind": "rural_home", "number": "1"}
    assert client.post("/phone/homes/new/", {**grid, "mark": "1-1"}, headers=JSON).status_code == 201
    answer = client.post("/phone/homes/new/", {**grid, "mark": "1-2"}, headers=JSON)
    assert answer.status_code == 409 and answer.json()["faults"][""]
