"""吹哨 in the office and on the phone: forms, lists, the table of how departments answered; who sees none of it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.hazards.models import Case
from shouwang.flows.whistle import Whistle, whistle
from tests.cast import COUNTY, NEXT_STREET, STREET
from tests.faces.stage import AFTER, HOUR, Stage, reported
from tests.faces.whistle_stage import NEED, called, with_whistles

LISTS = ("/office/whistles/", "/office/whistles/called/?view=all", "/office/whistles.xlsx")


@pytest.fixture
def whistled(stage: Stage) -> Stage:
    return with_whistles(stage)


def page_of(stage, login, address, language="zh-hans"):
    answer = stage.client(login, language).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def case_page(stage, login, word, face="office/hazards"):
    return page_of(stage, login, f"/{face}/{stage.cases[word]}/")


def turn(stage, login, word, department, act, *, face="office/hazards", **sent):
    muster = called(stage, word)[department]
    address = f"/{face}/{muster.case_id}/musters/{muster.id}/{act}/"
    return stage.client(login).post(address, {"version": muster.version, **sent})


def test_the_grid_whistles_from_the_phone_with_the_tables_reasons_before_it(stage: Stage):
    address = f"/phone/case/{stage.cases['soon']}/"
    page = page_of(stage, "liming", address)
    assert "占用消防车通道，城市管理部门可以清理" in page and 'value="urban_management"' in page
    sent = {"departments": ["urban_management", "police"], "note": NEED}
    done = stage.client("liming").post(f"{address}acts/whistle/", sent)
    assert done.status_code == 303
    page = page_of(stage, "liming", done.headers["Location"])
    assert "已记录：吹哨叫部门" in page and "应到场" in page
    assert "该部门在系统里还没有人" in page  # nobody of urban management has an account yet


def test_a_whistle_without_a_word_is_refused_and_what_was_ticked_stays(stage: Stage):
    for face in ("office/hazards", "phone/case"):
        address = f"/{face}/{stage.cases['soon']}/acts/whistle/"
        answer = stage.client("liming").post(address, {"departments": "police", "note": " "})
        page = answer.content.decode()
        assert answer.status_code == 409 and "请用一句话写明" in page
        assert 'value="police" checked' in page
        nobody = stage.client("liming").post(address, {"note": "快来"})
        assert nobody.status_code == 422 and "请选择需要到场的部门" in nobody.content.decode()
        assert ">快来</textarea>" in nobody.content.decode()


def test_a_department_sees_its_call_tells_its_result_and_cannot_confirm_it_itself(whistled: Stage):
    page = case_page(whistled, "mengchao", "soon")
    assert "告知已出发" in page and "退单" in page and "确认到场" not in page
    assert turn(whistled, "mengchao", "soon", "urban_management", "arrive").status_code == 409
    assert turn(whistled, "liming", "soon", "urban_management", "arrive", face="phone/case").status_code == 303
    photo = SimpleUploadedFile("after.jpg", AFTER.data, content_type="image/jpeg")
    told = turn(whistled, "mengchao", "soon", "urban_management", "tell", note="已划线拖车", after=photo)
    assert told.status_code == 302
    assert "已划线拖车" in case_page(whistled, "liming", "soon")
    assert [f.purpose for f in attachments_of(COUNTY, whistled.cases["soon"])].count("after") == 1


def test_a_refused_turn_says_why_beside_the_call_and_keeps_what_was_typed(whistled: Stage):
    answer = turn(whistled, "mengchao", "soon", "urban_management", "bounce", note="不归我们")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "请从清单中选一个理由" in page and ">不归我们</textarea>" in page
    stale = turn(whistled, "mengchao", "soon", "urban_management", "set_out", version="9")
    assert stale.status_code == 409 and "别人已先办理" in stale.content.decode()


def test_the_office_rules_and_calls_another_in_its_place(whistled: Stage):
    listed = page_of(whistled, "hanxue", "/office/whistles/called/?view=ruling")
    assert "白山小区3号楼" in listed and "待裁定" in listed
    done = turn(whistled, "hanxue", "late", "power", "uphold", note="确非供电设施", instead="property_management")
    assert done.status_code == 302
    page = case_page(whistled, "hanxue", "late")
    assert "委员会办公室裁定" in page and "确非供电设施" in page and "物业管理" in page
    assert called(whistled, "late")["property_management"].state == "called"


def test_each_finds_what_waits_for_them(whistled: Stage):
    assert "新安路北口" in page_of(whistled, "mengchao", "/office/whistles/called/")
    assert "吹哨待办" in page_of(whistled, "mengchao", "/office/")
    site = page_of(whistled, "piaoyingshun", "/office/whistles/called/?view=site")
    assert "福寿养老院二层" in site and "已退单" in site
    assert "本部门被吹哨 1 件" in page_of(whistled, "mengchao", "/office/tasks/notices/")


def test_the_table_counts_and_each_number_opens_to_its_cases(whistled: Stage):
    page = page_of(whistled, "hanxue", f"/office/whistles/?area={COUNTY}")
    assert "不排名" in page and "公安(派出所)" in page
    rows = table_of(whistled, "hanxue")
    assert rows["公安(派出所)"] == (1, 1, 1, "", "", 0, 0, 1, 1)
    assert rows["供电企业"] == (1, 1, 0, "", "", 1, 0, 0, 0)
    assert rows["城市管理执法"][:3] == (2, 1, 0)
    behind = page_of(whistled, "hanxue", "/office/whistles/called/?view=all&department=urban_management&what=bounced")
    assert "福寿养老院二层" in behind and "新安路北口" not in behind
    nothing = page_of(whistled, "hanxue", "/office/whistles/?since=2020-01-01&until=2020-12-31")
    assert "这里没有吹哨" in nothing


def test_with_enough_whistles_shares_and_the_median_are_shown(whistled: Stage, monkeypatch):
    from shouwang.faces.office import whistles

    monkeypatch.setattr(whistles, "least_of", lambda *_: 1)
    row = table_of(whistled, "hanxue")["公安(派出所)"]
    assert row[3:5] == (1, 2)


def table_of(stage, login):
    answer = stage.client(login).get(f"/office/whistles.xlsx?area={COUNTY}")
    assert answer.status_code == 200
    head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert head[0] == "部门"
    return {row[0]: tuple(int(cell) if isinstance(cell, float) else cell for cell in row[1:]) for row in rows}


@pytest.mark.parametrize("login", ["liuyang", "sunyulan", "jiangtao", "wupeng"])
def test_nobody_else_sees_calls_counts_or_takes_them_away(whistled: Stage, login: str):
    """An outsider, the grid next door, another department, a unit's manager."""
    client = whistled.client(login)
    for address in (*LISTS, f"/office/whistles/?area={STREET}", "/office/whistles/called/?view=department"):
        answer = client.get(address)
        assert answer.status_code in (200, 403, 404), address
        for word in (NEED, "白山小区", "供电企业", "城市管理执法"):
            assert word not in answer.content.decode("utf-8", "replace"), (address, word)
    for word in ("late", "overdue", "soon"):
        for department, muster in called(whistled, word).items():
            for act in ("arrive", "bounce", "uphold", "sign"):
                before = muster.version
                for face in ("office/hazards", "phone/case"):
                    address = f"/{face}/{muster.case_id}/musters/{muster.id}/{act}/"
                    assert client.post(address, {"note": "x", "reason": "no_power"}).status_code == 404
                assert called(whistled, word)[department].version == before


def test_a_called_department_counts_its_own_row_only(whistled: Stage):
    page = page_of(whistled, "mengchao", "/office/whistles/")
    assert "城市管理执法" in page and "供电企业" not in page
    assert whistled.client("mengchao").get("/office/whistles.xlsx").status_code == 403
    other = whistled.client("hanxue").get(f"/office/whistles/?area={NEXT_STREET}").content.decode()
    assert "供电企业" not in other


def test_a_call_of_one_case_is_not_moved_through_another(whistled: Stage):
    muster, other = called(whistled, "soon")["urban_management"], whistled.cases["late"]
    answer = whistled.client("liming").post(f"/office/hazards/{other}/musters/{muster.id}/arrive/")
    assert answer.status_code == 404


def test_lists_and_the_table_take_few_statements(whistled: Stage):
    for address, most in (
        ("/office/whistles/", 8), ("/office/whistles/called/?view=all", 9), ("/office/whistles/called/", 9),
    ):  # fmt: skip
        client = whistled.client("hanxue")
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        assert len(seen) <= most, (address, [one["sql"][:120] for one in seen])


def test_a_case_page_takes_as_many_statements_for_three_calls_as_for_one(whistled: Stage):
    counted = []
    for word in ("soon", "late"):
        assert Case.objects.filter(pk=whistled.cases[word]).exists()
        client = whistled.client("hanxue")
        client.get(f"/office/hazards/{whistled.cases[word]}/")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/office/hazards/{whistled.cases[word]}/")
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_an_address_that_names_the_call_leads_to_its_case(whistled: Stage):
    muster = called(whistled, "late")["housing"]
    found = whistled.client("hanxue").get(f"/office/hazards/{muster.id}/")
    assert found.status_code == 302 and str(muster.case_id) in found.headers["Location"]
    assert whistled.client("jiangtao").get(f"/office/hazards/{muster.id}/").status_code == 404


def wish(stage, login, word, act, **sent):
    return stage.client(login).post(f"/office/hazards/{stage.cases[word]}/deadline/{act}/", sent)


def test_a_deadline_is_moved_from_the_page_of_the_case(stage: Stage):
    page = case_page(stage, "cuizhe", "soon")
    assert "暂停计时" in page and "冬季不能施工" in page and "申请延期" in page
    refused = wish(stage, "cuizhe", "soon", "pause", note="等天暖")
    assert refused.status_code == 409 and "请从清单中选一个理由" in refused.content.decode()
    assert ">等天暖</textarea>" in refused.content.decode()
    assert wish(stage, "cuizhe", "soon", "pause", reason="season", note="等天暖").status_code == 302
    page = case_page(stage, "cuizhe", "soon")
    assert "暂停中" in page and "冬季不能施工" in page and "恢复计时" in page and "暂停到" in page
    assert wish(stage, "sunyulan", "soon", "resume").status_code == 404
    assert wish(stage, "hanxue", "soon", "resume").status_code == 409
    assert wish(stage, "cuizhe", "soon", "nothing").status_code == 404


def test_more_time_is_asked_granted_and_told_in_words(stage: Stage):
    assert wish(stage, "cuizhe", "soon", "ask_extension", workdays="x", note="要改线路").status_code == 409
    assert wish(stage, "cuizhe", "soon", "ask_extension", workdays="3", note="要改线路").status_code == 302
    assert "批准延期" not in case_page(stage, "zhangzhiqiang", "soon").split("<h3")[-1]
    assert "批准延期" in case_page(stage, "hanxue", "soon")
    assert wish(stage, "hanxue", "soon", "grant_extension").status_code == 302
    assert "批准延期，期限由" in case_page(stage, "cuizhe", "soon")


def test_a_recheck_has_its_own_deadline_and_late_ones_say_by_how_much(stage: Stage):
    assert "复查时限" in case_page(stage, "zhangzhiqiang", "waiting")
    late = page_of(stage, "hanxue", "/office/hazards/?late=3")
    assert "白山小区3号楼" in late and "新安路北口" not in late and "倍时限" in late


def test_a_ruling_where_no_table_names_anybody_can_become_a_row_of_it(stage: Stage):
    """02-09: 直播平台场所 has no regulator; the county names commerce, and the row waits for its document."""
    case_id = reported(stage.cast["liming"], "wiring", ago=HOUR, now=stage.now, site="livestream", place="直播基地")
    stage.cases["new"] = case_id
    whistle(stage.cast["liming"], case_id, Whistle(departments=["housing"], need=NEED), now=stage.now)
    sent = {"reason": "not_our_trade", "note": "不归住建"}
    assert turn(stage, "zhoumin", "new", "housing", "bounce", **sent).status_code == 302
    assert turn(stage, "liming", "new", "housing", "dispute", note="总得有人管").status_code == 302
    assert turn(stage, "hanxue", "new", "housing", "uphold", note="业务最近", instead="commerce").status_code == 302
    page = case_page(stage, "hanxue", "new")
    assert "写进主管部门表" in page and "写进主管部门表" not in case_page(stage, "liming", "new")
    assert "?site=livestream&amp;department=commerce" in page
    table = page_of(stage, "hanxue", "/office/tables/industry-regulator/?site=livestream&department=commerce")
    assert '<option value="livestream" selected>' in table and '<option value="commerce" selected>' in table
