"""Who told of a hazard stands on no page and in no export for those who handle it; the office says why it must know."""

import pytest

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.reviews import Lot, Whom, ask_to_look
from shouwang.domains.hazards.telling_rows import Contribution
from shouwang.flows.report_hazard import Report, report_hazard
from shouwang.flows.tellings import Telling
from tests.cast import COUNTY, STREET
from tests.faces.api_client import calling
from tests.faces.stage import HOUR, Stage

NAME, PHONE = "吕秀英", "13812345678"


@pytest.fixture
def secret(stage: Stage) -> Case:
    told = Report(
        key="public-1", region=STREET, kind="wiring", found_at=stage.now - HOUR, place="丹江小区11号楼",
        channel="whistleblower", telling=Telling(openness="confidential", name=NAME, phone=PHONE),
    )  # fmt: skip
    return Case.objects.get(id=report_hazard(None, told, now=stage.now).id)


@pytest.mark.parametrize("login", ["cuizhe", "zhangzhiqiang", "zhaoguodong", "hanxue", "mali"])
def test_no_page_and_no_export_tells_the_name(stage: Stage, secret: Case, login: str):
    client, caller = stage.client(login), calling(stage.cast[login])
    for path in (f"/office/hazards/{secret.id}/", "/office/hazards/", f"/look/{secret.code}/", "/office/hazards.csv"):
        page = client.get(path)
        whole = b"".join(page.streaming_content) if page.streaming else page.content
        assert NAME not in whole.decode("utf-8-sig") and PHONE not in whole.decode("utf-8-sig")
    for path in (f"/hazards/{secret.id}", "/hazards"):
        assert NAME not in caller.get(path).content.decode()


@pytest.mark.parametrize("login", ["sunyulan", "liuyang", "zhoumin"])
def test_the_next_village_and_the_outsider_see_nothing(stage: Stage, secret: Case, login: str):
    assert stage.client(login).get(f"/office/hazards/{secret.id}/").status_code == 404
    told = Contribution.objects.get(case=secret)
    address = f"/office/hazards/{secret.id}/told/{told.id}/"
    assert stage.client(login).post(address, {"reason": "要核实情况"}).status_code == 404


def test_a_reason_opens_it_to_the_office_and_to_no_handler(stage: Stage, secret: Case):
    told = Contribution.objects.get(case=secret)
    address = f"/office/hazards/{secret.id}/told/{told.id}/"
    bare = stage.client("hanxue").post(address, {"reason": ""})
    assert bare.status_code == 422 and NAME not in bare.content.decode()
    clear = stage.client("hanxue").post(address, {"reason": "发放举报奖励"})
    assert NAME in clear.content.decode() and clear.headers["Cache-Control"] == "private, no-store"
    refused = stage.client("cuizhe").post(address, {"reason": "想知道"})
    assert refused.status_code == 403 and NAME not in refused.content.decode()


def test_what_the_lot_fell_on_is_listed_with_how_it_was_drawn(stage: Stage):
    case = Case.objects.get(id=stage.cases["fixed"])
    whom = Whom(department="committee_office", body=COUNTY, at=stage.now, pack="p", clause="07-31")
    ask_to_look(case, whom, lot=Lot(day=stage.now.date(), root=b"\x07" * 32, percent=5))
    page = stage.client("hanxue").get("/office/reviews/").content.decode()
    assert case.code in page and "07" * 32 in page and str(case.id) in page
    for stranger in ("liuyang", "sunyulan"):
        assert case.code not in stage.client(stranger).get("/office/reviews/").content.decode()
