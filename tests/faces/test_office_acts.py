"""Acts from the office: done through the flows, refused with reason and clause, nothing typed is lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from shouwang.domains.hazards.queries import by_code, newest, one
from shouwang.flows.sight import sight
from tests.cast import COMMUNITY, NEXT_STREET
from tests.faces.stage import AFTER, Stage


def after_photo(data: bytes = AFTER.data) -> SimpleUploadedFile:
    return SimpleUploadedFile("after.jpg", data, content_type="image/jpeg")


def act(stage: Stage, login: str, case: str, name: str, **sent):
    return stage.client(login).post(f"/office/hazards/{stage.cases[case]}/acts/{name}/", sent)


def state(stage: Stage, case: str) -> str:
    return one(sight(stage.cast["hanxue"]), stage.cases[case]).state


def test_a_fix_with_its_photo_waits_for_somebody_else(stage: Stage):
    done = act(stage, "cuizhe", "late", "submit", after=after_photo(), note="充电线已拆除")
    assert done.status_code == 302
    assert done.headers["Location"].endswith("?done=submit")
    assert state(stage, "late") == "submitted"
    page = stage.client("cuizhe").get(done.headers["Location"]).content.decode()
    assert "已记录：回传整改结果" in page and "充电线已拆除" in page


def test_a_fix_without_photo_is_refused_with_the_clause(stage: Stage):
    answer = act(stage, "cuizhe", "late", "submit", note="已整改")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "未办成" in page and "整改后" in page and "/clauses/07-31/" in page
    assert ">已整改</textarea>" in page
    assert state(stage, "late") == "assigned"


def test_nobody_re_checks_his_own_fix(stage: Stage):
    answer = act(stage, "cuizhe", "waiting", "pass")
    assert answer.status_code == 409
    assert state(stage, "waiting") == "submitted"
    assert act(stage, "zhangzhiqiang", "waiting", "pass").status_code == 302
    assert state(stage, "waiting") == "closed"


def test_sending_back_needs_a_reason(stage: Stage):
    assert act(stage, "zhangzhiqiang", "waiting", "fail").status_code == 409
    assert act(stage, "zhangzhiqiang", "waiting", "fail", note="插座仍裸露").status_code == 302
    assert state(stage, "waiting") == "rectifying"


def test_a_file_that_is_no_photo_is_named_with_its_reason(stage: Stage):
    answer = act(stage, "cuizhe", "late", "submit", after=after_photo(b"%!PS not a photo"))
    assert answer.status_code == 422
    assert "照片" in answer.content.decode()
    assert state(stage, "late") == "assigned"


def test_an_act_on_an_older_version_is_not_done(stage: Stage):
    assert act(stage, "cuizhe", "late", "start", version="1").status_code == 302
    answer = act(stage, "zhangzhiqiang", "late", "reject", version="1", note="重复")
    assert answer.status_code == 409
    assert "别人已先办理" in answer.content.decode()


def test_a_called_department_sees_that_case_and_no_other(stage: Stage):
    housing = stage.client("zhoumin")
    address = f"/office/hazards/{stage.cases['late']}/"
    assert housing.get(address).status_code == 404
    assert act(stage, "zhangzhiqiang", "late", "whistle", departments="housing", note="请到场").status_code == 302
    assert housing.get(address).status_code == 200
    listed = housing.get("/office/hazards/").content.decode()
    assert "白山小区3号楼" in listed and "福寿养老院" not in listed
    again = act(stage, "zhangzhiqiang", "late", "whistle", departments="housing", note="请到场")
    assert again.status_code == 409


def test_the_next_community_cannot_act_at_all(stage: Stage):
    assert act(stage, "sunyulan", "late", "submit", after=after_photo()).status_code == 404
    assert act(stage, "liuyang", "waiting", "pass").status_code == 404


def test_at_most_three_acts_stand_in_the_open(stage: Stage):
    page = stage.client("zhangzhiqiang").get(f"/office/hazards/{stage.cases['late']}/").content.decode()
    open_, _, behind = page.partition('<details class="more">')
    assert len(re.findall(r'action="[^"]*/acts/', open_)) == 3
    assert len(re.findall(r'action="[^"]*/acts/', behind)) == 3


def report(stage: Stage, login: str, **sent):
    told = {
        "key": "walk-in-1", "kind": "lane_occupied", "region": COMMUNITY, "place": "红旗市场东门",
        "found_at": f"{timezone.localtime():%Y-%m-%dT%H:%M}", **sent,
    }  # fmt: skip
    return stage.client(login).post("/office/hazards/new/", told)


def test_a_walk_in_report_becomes_a_case_once(stage: Stage):
    first, second = report(stage, "cuizhe"), report(stage, "cuizhe")
    assert first.status_code == second.status_code == 201
    code = 'class="code-big">'
    assert first.content.decode().partition(code)[2][:19] == second.content.decode().partition(code)[2][:19]
    kept = newest(sight(stage.cast["cuizhe"]), where={"place": "红旗市场东门"}).rows
    assert [row["state"] for row in kept] == ["assigned"]
    assert by_code(kept[0]["code"]).channel == "walk_in"


@pytest.mark.parametrize("field, value", [("place", ""), ("kind", "ghost"), ("region", NEXT_STREET)])
def test_a_field_that_cannot_be_taken_is_named_and_the_rest_kept(stage: Stage, field: str, value: str):
    answer = report(stage, "cuizhe", note="占道停车", **{field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert "占道停车" in page


def test_who_may_not_report_gets_no_form(stage: Stage):
    assert report(stage, "luoping").status_code in (403, 404, 422)
    assert "登记隐患" not in stage.client("mali").get("/office/").content.decode()
