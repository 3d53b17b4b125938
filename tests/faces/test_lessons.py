"""学一学: a lesson is read in a minute, answered without haste, and noted as training once a year."""

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shouwang.domains.ledger.models import Evidence, Line
from shouwang.domains.training.models import Passing
from shouwang.flows.sight import pack
from shouwang.policy import load
from tests.browser import Screen
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter

VISITING = "/phone/learn/quiz/visiting/"


def right_answers(name: str) -> dict[str, str]:
    return {f"q{n}": str(one.right) for n, one in enumerate(pack().lessons[name].questions, start=1)}


def test_whoever_answers_all_rightly_has_it_noted_and_once_a_year_is_enough(stage: Stage):
    client = stage.client("liming")
    told = client.post(VISITING, right_answers("visiting")).content.decode()
    assert "全对" in told and "已记作今年的培训" in told
    passing = Passing.objects.get()
    assert (passing.person, passing.post, passing.lesson) == (stage.cast["liming"].id, "grid_member", "visiting")
    evidence = Evidence.objects.get(kind="learning.passed")
    assert evidence.facts == {"lesson": "visiting", "post": "grid_member"} and evidence.subject == passing.id
    line = Line.objects.get(room="training")
    assert (line.object, line.clause, line.actor) == (passing.id, "13-23", stage.cast["liming"].id)
    assert "全对" in client.post(VISITING, right_answers("visiting")).content.decode()
    assert Passing.objects.count() == Line.objects.filter(room="training").count() == 1


def test_a_wrong_answer_is_told_with_its_reason_stays_chosen_and_is_kept_nowhere(stage: Stage):
    client, answers = stage.client("liming"), {**right_answers("visiting"), "q1": "2"}
    page = client.post(VISITING, answers).content.decode()
    question = pack().lessons["visiting"].questions[0]
    assert question.why.zh in page and "不对" in page and 'value="2" checked' in page
    assert not Passing.objects.exists() and not Line.objects.filter(room="training").exists()


@pytest.mark.parametrize("typed", ["9", "0", "-1", "x" * 5000, "１", ""])
def test_what_is_no_answer_is_none(stage: Stage, typed: str):
    page = stage.client("liming").post(VISITING, {"q1": typed, "q99": "1", "__proto__": "1"})
    assert page.status_code == 200 and not Passing.objects.exists()


def test_a_person_sees_what_they_passed_and_others_see_nothing_of_it(stage: Stage):
    stage.client("liming").post(VISITING, right_answers("visiting"))
    assert "学会</span>" in stage.client("liming").get("/phone/learn/").content.decode()
    others = stage.client("zhangzhiqiang").get("/phone/learn/").content.decode()
    assert "学会</span>" not in others


def test_a_stranger_learns_too_and_nothing_is_kept(stage: Stage):
    client = Client()
    assert "油锅着火和煤气漏了" in client.get("/learn/").content.decode()
    assert "上门走访" not in client.get("/learn/").content.decode()
    page = client.post("/learn/cooking/", right_answers("cooking")).content.decode()
    assert "全对" in page and "已记作" not in page
    assert not Passing.objects.exists()
    assert client.get("/learn/no_such_lesson/").status_code == 404


def test_the_list_asks_the_database_for_little(stage: Stage):
    client = stage.client("liming")
    client.get("/phone/learn/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/phone/learn/")
    assert len(asked) <= 3


@pytest.mark.parametrize("name", ["yanbian-2023", "jiye-2025"])
def test_every_lesson_has_its_picture(name: str):
    for lesson in load(name).lessons.values():
        assert finders.find(f"lessons/{lesson.picture}.svg"), lesson.id


@pytest.mark.parametrize("width, tongue", [(320, "ko")])
def test_lessons_on_the_phone_are_open_to_all_and_whole(stage, live_server, screen: Screen, width, tongue):
    page = enter(screen, live_server, stage, "liming", width=width, tongue=tongue)
    for path in ("/phone/learn/", VISITING, "/learn/", "/learn/escape/"):
        page.goto(path)
        assert (path, faults_of(page)) == (path, [])
        assert (path, spilt(page)) == (path, [])
    page.goto(VISITING)
    for number, one in enumerate(pack().lessons["visiting"].questions, start=1):
        page.locator(f"input[name=q{number}]").nth(one.right - 1).check()
    page.locator("form#questions button").click()
    page.locator("[role=status].note.green").wait_for()
    assert faults_of(page) == []
    page.goto("/phone/learn/")
    assert page.locator(".lessons .chip.green").count() == 1
