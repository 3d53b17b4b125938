"""邻里小组 on the phone: a group is founded, called, drilled; a building chief answers with one tap."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.domains.records.models import Record
from shouwang.domains.volunteers.models import Answer, Attendance, Call, Group, Member
from tests.browser import Screen
from tests.cast import GRID
from tests.faces.looking import faults_of, spilt
from tests.faces.phone_story import SMALL
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter

TOLD = {"key": "g1", "region": GRID, "kind": "volunteers", "name": "白山小区志愿小组", "buildings": "3"}
KIM = {"key": "m1", "role": "member", "name": "金哲浩", "phone": "13904331234"}


def settled(stage: Stage) -> Group:
    client = stage.client("liming")
    assert client.post("/phone/groups/new/", TOLD).status_code == 303
    group = Group.objects.get()
    for told in (KIM, {"key": "m2", "role": "of_building", "person": str(stage.cast["songshan"].id)}):
        assert client.post(f"/phone/groups/{group.id}/members/", told).status_code == 303
    return group


def called(stage: Stage, group: Group) -> Call:
    told = {"key": "c1", "place": "3号楼二单元", "words": "冒烟"}
    assert stage.client("liming").post(f"/phone/groups/{group.id}/call/", told).status_code == 303
    return Call.objects.get()


def test_a_chief_finds_the_call_and_says_i_come(stage: Stage):
    group = settled(stage)
    call, chief = called(stage, group), stage.client("songshan")
    assert "1条邻里求援" in chief.get("/phone/tasks/").content.decode()
    assert "3号楼二单元" in chief.get("/phone/groups/").content.decode()
    page = chief.get(f"/phone/calls/{call.id}/").content.decode()
    assert "13904331234" not in page and "金哲浩" in page
    assert chief.post(f"/phone/calls/{call.id}/answer/", {"answer": "come"}).status_code == 303
    assert Answer.objects.get().comes
    seen = stage.client("liming").get(f"/phone/calls/{call.id}/").content.decode()
    assert "1人来" in seen and "13904331234" in seen
    kim = Member.objects.get(person=None)
    rung = {"answer": "cannot", "member": str(kim.id)}
    assert stage.client("liming").post(f"/phone/calls/{call.id}/answer/", rung).status_code == 303
    assert Answer.objects.get(member=kim).comes is False
    stage.client("liming").post(f"/phone/calls/{call.id}/over/")
    assert "3号楼二单元" not in chief.get("/phone/groups/").content.decode()


def test_a_drill_and_what_is_wrong_with_one(stage: Stage):
    group, chief = settled(stage), stage.client("piaoyingshun")
    kim = Member.objects.get(person=None)
    told = {"key": "t1", "kind": "first_fire", "on": "2026-01-06", "topic": "灭火器", "present": str(kim.id)}
    back = chief.post(f"/phone/groups/{group.id}/drill/", {**told, "present": "", "topic": "水带"})
    words = back.content.decode()
    assert back.status_code == 422 and 'value="水带"' in words and "勾选谁参加" in words and not Record.objects.exists()
    for _twice in range(2):
        assert chief.post(f"/phone/groups/{group.id}/drill/", told).status_code == 303
    assert Record.objects.get().type == "drill" and Attendance.objects.get().member_id == kim.id


@pytest.mark.parametrize("login", ["sunyulan", "liuyang", "zhoumin"])
def test_others_find_no_such_group_and_no_call(stage: Stage, login: str):
    group = settled(stage)
    call, client = called(stage, group), stage.client(login)
    assert TOLD["name"] not in client.get("/phone/groups/").content.decode()
    assert client.get(f"/phone/groups/{group.id}/").status_code == 404
    assert client.get(f"/phone/calls/{call.id}/").status_code == 404
    for path, told in ((f"calls/{call.id}/answer/", {"answer": "come"}), (f"groups/{group.id}/members/", KIM)):
        assert client.post(f"/phone/{path}", told).status_code == 404


def test_the_list_of_groups_turns_its_pages_with_few_questions(stage: Stage):
    client = stage.client("liming")
    for number in range(32):
        client.post("/phone/groups/new/", {**TOLD, "key": f"g{number}", "name": f"第{number:02}组"})
    client.get("/phone/groups/")
    with CaptureQueriesContext(connection) as asked:
        first = client.get("/phone/groups/").content.decode()
    assert len(asked) <= 7, [one["sql"][:120] for one in asked]
    more = re.search(r"groups/\?after=([^\"]+)\"", first)[1]
    second = client.get(f"/phone/groups/?after={more}").content.decode()
    seen = re.findall(r"第(\d\d)组", first) + re.findall(r"第(\d\d)组", second)
    assert len(seen) == len(set(seen)) == 32


def test_neighbours_are_open_to_all_and_whole(stage, live_server, screen: Screen):
    group = settled(stage)
    call = called(stage, group)
    page = enter(screen, live_server, stage, "piaoyingshun", width=320, tongue="ko")
    for path in ("groups/", f"groups/{group.id}/", "groups/new/", f"calls/{call.id}/"):
        page.goto(f"/phone/{path}")
        for one in page.locator("details").all():
            one.evaluate("one => one.open = true")
        assert (path, faults_of(page)) == (path, [])
        assert (path, spilt(page)) == (path, [])
        assert (path, page.evaluate(SMALL)) == (path, [])
