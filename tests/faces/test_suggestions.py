"""意见建议: a box in every face, an answer to whoever asked, and nobody's words in anybody else's hands."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shouwang.domains.ledger.models import Line
from shouwang.domains.suggestions.models import Suggestion
from tests.browser import Screen
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter

BOX, DESK = "/suggest/?face=phone&page=/phone/mine/", "/office/suggestions/"


@pytest.fixture(autouse=True)
def nobody_has_sent_yet():
    cache.clear()
    yield
    cache.clear()


def say(client: Client, words: str, *, key: str = "", box: str = BOX):
    return client.post(box, {"words": words, "key": key or str(uuid4())})


def test_a_warden_asks_and_reads_the_answer_where_they_asked(stage: Stage):
    warden, office = stage.client("liming"), stage.client("hanxue")
    assert "答复会显示在这一页" in say(warden, "每户都要填两遍，太累").content.decode()
    told = office.get(DESK).content.decode()
    assert "每户都要填两遍" in told and "/phone/mine/" in told and "网格员" in told
    one = Suggestion.objects.get()
    sent = office.post(f"{DESK}{one.id}/", {"answer": "下周起只填一遍", "version": one.version})
    assert sent.status_code == 302
    assert "下周起只填一遍" in warden.get(BOX).content.decode()
    assert "下周起只填一遍" not in stage.client("zhangzhiqiang").get(BOX).content.decode()
    acts = list(Line.objects.filter(room="suggestions").order_by("at").values_list("act", flat=True))
    assert acts == ["suggest", "answer"]


def test_sent_twice_it_is_one(stage: Stage):
    client, key = stage.client("liming"), str(uuid4())
    for _time in range(2):
        say(client, "字太小", key=key)
    assert Suggestion.objects.count() == 1


def test_nothing_is_said_back_and_what_was_typed_stays(stage: Stage):
    assert "请写下您想说的" in say(stage.client("liming"), "  ").content.decode()
    long = say(stage.client("liming"), "字" * 1001)
    assert long.status_code == 422 and "字" * 1001 in long.content.decode()
    assert not Suggestion.objects.exists()


def test_a_stranger_may_speak_and_nobody_knows_who(stage: Stage):
    client = Client()
    assert "已送到办公室" in say(client, "地图打不开", box="/suggest/?face=public&page=/").content.decode()
    one = Suggestion.objects.get()
    assert one.person is None and one.face == "public"
    for _time in range(20):
        say(client, "再来")
    assert say(client, "还来").status_code == 429 and Suggestion.objects.count() == 20


@pytest.mark.parametrize("login", ["liming", "cuizhe", "liuyang"])
def test_only_who_answers_for_the_county_reads_them(stage: Stage, login: str):
    say(stage.client("liming"), "只给办公室看")
    client = stage.client(login)
    assert client.get(DESK).status_code == 404
    one = Suggestion.objects.get()
    assert client.post(f"{DESK}{one.id}/", {"answer": "不", "version": 1}).status_code == 404


def test_the_second_of_two_who_answer_is_told_and_loses_nothing(stage: Stage):
    say(stage.client("liming"), "谁来答")
    one, office = Suggestion.objects.get(), stage.client("hanxue")
    office.post(f"{DESK}{one.id}/", {"answer": "先答的", "version": 1})
    late = office.post(f"{DESK}{one.id}/", {"answer": "后答的", "version": 1})
    assert late.status_code == 422 and "后答的" in late.content.decode() and "先答的" in late.content.decode()
    assert Suggestion.objects.get().answer == "先答的"


def test_the_list_asks_the_database_for_little(stage: Stage):
    office = stage.client("hanxue")
    for number in range(3):
        say(stage.client("liming"), f"意见{number}")
    office.get(DESK)
    with CaptureQueriesContext(connection) as asked:
        office.get(DESK)
    assert len(asked) <= 4


@pytest.mark.parametrize("width, tongue", [(1440, "zh-hans"), (320, "ko")])
def test_the_box_and_the_desk_are_open_to_all_and_whole(stage, live_server, screen: Screen, width, tongue):
    say(stage.client("liming"), "很长的一条意见，" * 20)
    office = enter(screen, live_server, stage, "hanxue", width=width, tongue=tongue)
    for path in (DESK, BOX, "/"):
        office.goto(path)
        assert (path, faults_of(office)) == (path, [])
        assert (path, spilt(office)) == (path, [])


@pytest.mark.parametrize("width, tongue", [(390, "zh-CN"), (320, "ko")])
def test_the_front_page_begins_with_119_and_says_how_it_stands(stage, live_server, screen: Screen, width, tongue):
    page = screen(live_server.url, width=width, language=tongue)
    page.goto("/")
    assert page.locator("main a").first.get_attribute("href") == "tel:119"
    assert faults_of(page) == [] and spilt(page) == []
    assert page.locator(".kpi b").count() == 4


def test_open_data_are_counts_of_counties_that_agree_with_the_page(stage: Stage):
    client = Client()
    rows = client.get("/open/hazards.csv").content.decode("utf-8-sig").splitlines()
    assert rows[0] == "area,name,month,reported,closed,closed_in_time"
    assert all(len(row.split(",")[0]) == 6 for row in rows[1:]) and rows[1:]
    front = client.get("/")
    month = front.context["month"].name
    told = sum(int(row.split(",")[3]) for row in rows[1:] if row.split(",")[2] == month)
    assert told == front.context["standing"].reported > 0


def test_a_county_that_is_not_on_record_gets_nothing_and_hostile_words_break_nothing(stage: Stage):
    client = Client()
    say(client, "给没有的县", box="/suggest/?face=public&county=110101")
    assert not Suggestion.objects.filter(county="110101").exists() and Suggestion.objects.count() == 1
    assert say(client, "好", box="/suggest/?face=public&page=%00").status_code == 200
    one, office = Suggestion.objects.first(), stage.client("hanxue")
    assert office.post(f"{DESK}{one.id}/", {"answer": "好", "version": "9" * 5000}).status_code in (404, 422)


def test_the_open_data_speak_the_language_of_the_place_whoever_asked_first(stage: Stage):
    client = Client()
    client.cookies["language"] = "ko"
    assert "敦化市" in client.get("/open/hazards.csv").content.decode("utf-8-sig")
