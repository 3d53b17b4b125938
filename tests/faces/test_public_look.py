"""查进度: anybody with the code reads how it goes; nobody reads who, where exactly, or in whose words."""

import json
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from shouwang.domains.hazards.models import Case
from tests.faces.stage import Stage


@pytest.fixture(autouse=True)
def nobody_has_guessed() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def code_of(stage: Stage, word: str) -> str:
    return Case.objects.get(id=stage.cases[word]).code


def test_a_stranger_is_led_here_and_reads_119_first(stage: Stage, client):
    front, page = client.get("/").content.decode(), client.get("/look/").content.decode()
    assert 'href="/look/"' in front and front.index("119") < front.index('href="/report/"')
    assert page.index("119") < page.index("<form")
    for each in (front, page):
        assert all(tongue in each for tongue in ("中文", "조선말", "English"))


def test_a_code_is_read_however_it_was_typed(stage: Stage, client):
    code = code_of(stage, "soon")
    typed = f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "
    page = client.get("/look/", {"code": typed}, follow=True)
    assert page.status_code == 200 and code in page.content.decode()


@pytest.mark.parametrize("word", ["overdue", "soon", "waiting", "fixed"])
def test_no_name_no_house_no_words_of_the_reporter(stage: Stage, client, word: str):
    case = Case.objects.get(id=stage.cases[word])
    page = client.get(f"/look/{case.code}/").content.decode()
    for private in (
        case.place,
        case.note,
        "李明",
        "崔哲",
        "朴英顺",
        "网格员",
        str(case.id),
        case.region,
        "<img",
    ):
        assert not private or private not in page


def test_open_it_says_who_sees_to_it_and_until_when(stage: Stage, client):
    page = client.get(f"/look/{code_of(stage, 'soon')}/").content.decode()
    assert "渤海街道" in page and "消防工作站" in page and "最迟" in page


def test_closed_it_says_when_and_hands_over_a_proof_that_holds(stage: Stage, client):
    code = code_of(stage, "fixed")
    page = client.get(f"/look/{code}/").content.decode()
    assert "已销案" in page and f"/look/{code}/proof.json" in page
    proof = json.loads(client.get(f"/look/{code}/proof.json").content)
    assert proof["county"] == "222403"
    assert "pass" in json.dumps(proof)


def test_open_there_is_no_proof(stage: Stage, client):
    assert client.get(f"/look/{code_of(stage, 'soon')}/proof.json").status_code == 404


def test_an_unknown_code_is_told_as_such(stage: Stage, client):
    page = client.get("/look/2403-AAAA-AAAA/")
    assert page.status_code == 404 and "没有" in page.content.decode()


def test_what_is_no_code_is_told_as_such_and_kept_in_the_field(stage: Stage, client):
    page = client.get("/look/", {"code": "一二三"})
    assert page.status_code == 422 and 'value="一二三"' in page.content.decode()


def test_trying_codes_out_ends_after_thirty_for_one_address_only(stage: Stage, client):
    code = code_of(stage, "soon")
    for n in range(30):
        assert client.get(f"/look/2403-AAAA-{1000 + n}/").status_code == 404
    stopped = client.get(f"/look/{code}/")
    assert stopped.status_code == 429 and stopped.headers["Retry-After"] == "60"
    assert "通道" not in stopped.content.decode()
    assert client.get(f"/look/{code}/", REMOTE_ADDR="10.0.0.7").status_code == 200


def test_a_village_behind_one_address_may_look_as_often_as_it_likes(stage: Stage, client):
    code = code_of(stage, "soon")
    assert {client.get(f"/look/{code}/").status_code for _ in range(40)} == {200}


def test_no_proxy_and_no_search_engine_keeps_it(stage: Stage, client):
    answer = client.get(f"/look/{code_of(stage, 'soon')}/")
    assert "no-store" in answer.headers["Cache-Control"] and answer.headers["X-Robots-Tag"] == "noindex"
