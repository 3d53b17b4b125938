"""What every page shares: the door, the language, the content policy, and how it says no."""

import gzip
import re

import pytest
from django.test import Client, RequestFactory

from shouwang.faces import refusals
from shouwang.kernel.decision import Decision, Reason
from tests.faces.stage import Stage


def test_everybody_is_led_to_the_face_they_work_with(stage: Stage, client):
    led = {login: stage.client(login).get("/").headers["Location"] for login in ("liming", "cuizhe", "hanxue")}
    assert led == {"liming": "/phone/", "cuizhe": "/office/", "hanxue": "/office/"}
    assert client.get("/").templates[0].name == "public/front.html"


def test_chinese_is_spoken_until_somebody_chooses(client):
    page = client.get("/clauses/07-31/", headers={"Accept-Language": "ko,en;q=0.8"})
    assert page.headers["Content-Language"] == "zh-hans"
    assert 'lang="zh-hans"' in page.content.decode()


@pytest.mark.parametrize("code, words", [("ko", "방안 2.7"), ("en", "Plan 2.7"), ("zh-hans", "方案二.7")])
def test_the_switch_is_kept_and_leads_back(client, code: str, words: str):
    answer = client.get(f"/language/{code}/?next=/clauses/07-31/")
    assert answer.headers["Location"] == "/clauses/07-31/"
    assert words in client.get("/clauses/07-31/").content.decode()


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_the_switch_leads_to_no_other_house(client, address: str):
    assert client.get("/language/ko/", {"next": address}).headers["Location"] == "/"


def test_a_language_we_do_not_speak_is_not_found(client):
    assert client.get("/language/de/").status_code == 404


def test_every_answer_carries_the_strict_policy(client, db):
    for path in ("/clauses/07-31/", "/nowhere/", "/", "/static/house.css"):
        policy = client.get(path).headers.get("Content-Security-Policy", "")
        assert path.startswith("/static/") or "default-src 'none'; script-src 'self'; style-src 'self'" in policy
        assert "unsafe" not in policy


def test_the_first_view_of_the_office_is_light(stage: Stage):
    client = stage.client("hanxue")
    page = client.get("/office/").content
    parts = re.findall(rb'(?:href|src)="(/static/[^"]+)"', page)
    assert len(parts) >= 3
    sizes = [len(gzip.compress(b"".join(client.get(part.decode())))) for part in parts]
    assert len(gzip.compress(page)) + sum(sizes) < 60_000


def test_pages_of_a_person_are_kept_by_no_cache(stage: Stage):
    assert "no-store" in stage.client("cuizhe").get("/office/").headers["Cache-Control"]


def test_what_is_not_there_says_so_in_the_readers_language(stage: Stage):
    answer = stage.client("cuizhe", "ko").get("/office/nowhere/")
    assert answer.status_code == 404
    assert "찾을수 없습니다" in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_with_what_to_do(stage: Stage):
    signed_in = stage.client("cuizhe")
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = signed_in.cookies
    answer = careful.post(f"/office/hazards/{stage.cases['late']}/acts/start/")
    assert answer.status_code == 403
    assert "请重新提交" in answer.content.decode()


def test_a_judgement_is_shown_with_every_reason_and_its_clause():
    request = RequestFactory().get("/")
    decision = Decision(False, (Reason("photo_missing"), Reason("not_assignee")), ("07-31", "07-31"))
    page = refusals.refused(request, decision)
    text = page.content.decode()
    assert page.status_code == 403
    assert text.count("<li>") == 2
    assert re.findall(r'href="/clauses/([^/]+)/"', text) == ["07-31"]


def test_a_fault_of_ours_needs_nothing_that_may_be_broken():
    page = refusals.broken(RequestFactory().get("/"))
    assert page.status_code == 500
    assert "119" in page.content.decode()
