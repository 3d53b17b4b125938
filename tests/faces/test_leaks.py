"""By every address that knows a case, the next grid gets nothing: not seen, not counted, not fetched, not guessed."""

import pytest

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.hazards.models import Case
from shouwang.flows.whistle import Whistle, whistle
from tests.cast import GRID
from tests.faces.stage import Stage

OUTSIDERS = ("sunyulan", "zhoumin", "luoping", "chenchen", "liuyang")  # next grid, department, administrators, no post


def addresses(case: Case) -> list[str]:
    photo = attachments_of(case.county, case.id)[0]
    return [
        f"/office/hazards/{case.id}/",
        f"/phone/case/{case.id}/",
        f"/phone/done/{case.id}/",
        f"/files/{case.id}/{photo.id}/",
        f"/api/v1/hazards/{case.id}",
        f"/api/v1/files/{case.id}/{photo.id}",
    ]


@pytest.mark.parametrize("login", OUTSIDERS)
def test_no_address_of_a_case_opens_from_outside(stage: Stage, login: str):
    client = stage.client(login)
    for word in ("overdue", "waiting", "fixed"):
        for address in addresses(Case.objects.get(pk=stage.cases[word])):
            assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("login", OUTSIDERS)
def test_no_act_reaches_a_case_from_outside(stage: Stage, login: str):
    client, case = stage.client(login), stage.cases["waiting"]
    before = Case.objects.get(pk=case).version
    for act in ("start", "submit", "pass", "fail", "reassign", "reject", "whistle"):
        for face in ("office/hazards", "phone/case"):
            answer = client.post(f"/{face}/{case}/acts/{act}/", {"note": "x", "version": before})
            assert answer.status_code in (403, 404), (act, answer.status_code)
    assert Case.objects.get(pk=case).version == before


@pytest.mark.parametrize("login", OUTSIDERS)
def test_lists_counts_and_exports_hold_nothing_from_outside(stage: Stage, login: str):
    codes = set(Case.objects.filter(region=GRID).values_list("code", flat=True))
    client = stage.client(login)
    for address in (
        "/office/",
        "/office/hazards/",
        f"/office/hazards/?area={GRID}",
        "/office/hazards.csv",
        "/phone/mine/",
        "/board/222403/",
        "/board/222403001/duties/?duty=hazard_closed_loop",
        "/api/v1/hazards",
        f"/api/v1/hazards?area={GRID}",
        "/api/v1/hazards.csv",
        "/api/v1/counts",
    ):
        text = client.get(address, follow=True).content.decode()
        assert not [code for code in codes if code in text], address
        assert "福寿养老院" not in text, address


def test_a_summoned_department_opens_its_one_case_and_no_other(stage: Stage):
    whistle(
        stage.cast["cuizhe"], stage.cases["overdue"], Whistle(departments=["housing"], need="请到场"), now=stage.now
    )
    client = stage.client("zhoumin")
    for address in addresses(Case.objects.get(pk=stage.cases["overdue"])):
        if "/done/" not in address:
            assert client.get(address).status_code == 200, address
    for address in addresses(Case.objects.get(pk=stage.cases["waiting"])):
        assert client.get(address).status_code == 404, address
    listed = client.get("/api/v1/hazards").json()
    assert len(str(listed).split(Case.objects.get(pk=stage.cases["overdue"]).code)) == 2
    assert Case.objects.get(pk=stage.cases["waiting"]).code not in str(listed)


def test_a_stranger_is_asked_to_sign_in_and_told_nothing(stage: Stage, client):
    for address in addresses(Case.objects.get(pk=stage.cases["overdue"])):
        answer = client.get(address)
        assert answer.status_code in (302, 401), address
        assert "福寿养老院" not in answer.content.decode()


def test_a_made_up_session_opens_nothing(stage: Stage, client):
    token = begin_and_spoil(stage)
    client.cookies["session"] = token
    assert client.get("/office/").status_code == 302


def begin_and_spoil(stage: Stage) -> str:
    return stage.token("hanxue")[:-1] + "!"
