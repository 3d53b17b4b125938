"""办理: what is done to a case on the phone is done once, with a network or without; so is a lesson learnt."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shouwang.domains.hazards.models import Case, Muster, Transition
from shouwang.domains.ledger.models import Key
from shouwang.domains.training.models import Passing
from tests.faces.phone_story import Phone
from tests.faces.stage import AFTER, Stage
from tests.faces.test_lessons import right_answers
from tests.faces.test_phone_offline import kept_for_later, phone, strip  # noqa: F401 - a fixture

JSON = {"Accept": "application/json"}
QUIZ = "/phone/learn/quiz/visiting/"


def after() -> SimpleUploadedFile:
    return SimpleUploadedFile("after.jpg", AFTER.data, "image/jpeg")


def steps(stage: Stage, word: str, act: str) -> int:
    return Transition.objects.filter(case=stage.cases[word], act=act).count()


def test_handed_in_twice_it_is_done_once_and_the_second_hears_the_same(stage: Stage):
    client, address = stage.client("cuizhe"), f"/phone/case/{stage.cases['soon']}/acts/submit/"
    told = [client.post(address, {"key": "k", "version": "1", "after": after()}, headers=JSON) for _ in range(2)]
    assert [one.status_code for one in told] == [201, 201] and told[0].json() == told[1].json()
    assert told[0].json()["next"].endswith("?done=submit") and steps(stage, "soon", "submit") == 1
    assert client.post(address, {"key": "k", "version": "1", "after": after()}).status_code == 303


def test_the_same_key_for_something_else_stands_against_it_and_a_refused_act_leaves_the_key_free(stage: Stage):
    client, address = stage.client("cuizhe"), f"/phone/case/{stage.cases['soon']}/acts/submit/"
    refused = client.post(address, {"key": "k", "version": "1"}, headers=JSON)
    assert refused.status_code == 422 and "缺少整改后的照片" in refused.json()["faults"][""]
    assert not Key.objects.filter(key="k").exists()
    assert client.post(address, {"key": "k", "version": "1", "after": after()}, headers=JSON).status_code == 201
    other = client.post(address, {"key": "k", "version": "2", "note": "另一件", "after": after()}, headers=JSON)
    assert other.status_code == 409 and other.json()["faults"][""]


def test_an_act_on_a_case_that_moved_on_stands_against_it(stage: Stage):
    client, case = stage.client("cuizhe"), f"/phone/case/{stage.cases['soon']}/"
    assert client.post(f"{case}acts/start/", {"key": "a", "version": "1"}).status_code == 303
    late = client.post(f"{case}acts/submit/", {"key": "b", "version": "1", "after": after()}, headers=JSON)
    assert late.status_code == 409 and "别人已先办理" in late.json()["faults"][""]


def test_departments_are_called_once_and_come_once(stage: Stage):
    client, case = stage.client("liming"), stage.cases["soon"]
    call = {"key": "w", "version": "1", "departments": ["urban_management"], "note": "占道，叫不动"}
    for _twice in range(2):
        assert client.post(f"/phone/case/{case}/acts/whistle/", call, headers=JSON).status_code == 201
    muster = Muster.objects.get()
    come = {"key": "t", "version": muster.version}
    for _twice in range(2):
        assert client.post(f"/phone/case/{case}/musters/{muster.id}/arrive/", come, headers=JSON).status_code == 201
    assert steps(stage, "soon", "whistle") == 1


def test_nobody_acts_under_a_key_on_what_they_do_not_see(stage: Stage):
    address = f"/phone/case/{stage.cases['soon']}/acts/start/"
    assert stage.client("sunyulan").post(address, {"key": "k", "version": "1"}).status_code == 404
    assert not Key.objects.filter(key="k").exists()


def test_a_lesson_answered_wrongly_without_a_network_comes_back_with_its_reasons(stage: Stage):
    client = stage.client("liming")
    wrong = client.post(QUIZ, {"key": "k", **right_answers("visiting"), "q1": "2", "q2": ""}, headers=JSON)
    assert wrong.status_code == 422 and set(wrong.json()["faults"]) == {"q1", "q2"}
    for _twice in range(2):
        assert client.post(QUIZ, {"key": "k", **right_answers("visiting")}, headers=JSON).status_code == 201
    assert Passing.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_fixed_in_a_cellar_and_learnt_on_the_way_it_arrives_once(phone, stage: Stage):  # noqa: F811
    held: Phone = phone("cuizhe")
    case, page = f"/phone/case/{stage.cases['soon']}/", held.page
    for path in (case, QUIZ):
        kept_for_later(held.open(path).page, path)
    page.context.set_offline(True)
    held.open(case).photograph("整改后照片", AFTER.data)
    page.locator("#after img").wait_for()
    held.tap("回传整改结果")
    page.locator("main .kept:visible", has_text="存在手机里").wait_for()
    page.reload()
    page.locator("main .kept:visible").wait_for()  # nobody is asked to do it again
    assert page.get_by_text("回传整改结果").locator("visible=true").count() == 0

    held.open(QUIZ)
    for name, answer in right_answers("visiting").items():
        page.locator(f"input[name={name}][value='{answer}']").check()
    page.locator("form#questions button").click()
    page.locator("main .kept:visible").wait_for()
    strip(held, "已存 2 条")
    page.context.set_offline(False)
    strip(held, "已全部上传")
    assert Case.objects.get(id=stage.cases["soon"]).state == "submitted" and steps(stage, "soon", "submit") == 1
    assert Passing.objects.get().person == stage.cast["cuizhe"].id
