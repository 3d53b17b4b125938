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
