"""参数采纳单 on the screen: what is offered, checked, kept, shown; who may decide and who may only read."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from shouwang.domains.adoptions.models import Adoption
from shouwang.domains.people.actor import Actor
from shouwang.flows.adopt_values import adopt_values
from shouwang.flows.adoption_sheet import Sheet
from shouwang.flows.keep_house import catch_up
from shouwang.policy import load
from shouwang.rules.leaning import leaning
from tests.cast import COUNTY, OUTSIDER, PREFECTURE
from tests.faces.adoption_stage import small
from tests.faces.stage import Stage

WHISTLE, GENERAL, MINOR = "whistle.arrival.hours", "hazard.general.workdays", "hazard.minor.hours"
FORM, CHECK, ADOPT = "/office/adoption/", "/office/adoption/check/", "/office/adoption/adopt/"


@pytest.fixture
def stage(cast: dict[str, Actor]) -> Stage:
    return small(cast)


def today() -> str:
    return timezone.localdate().isoformat()


def filled(**values: str) -> dict[str, object]:
    """The form as 韩雪 fills it in; values by parameter, ticked when they come with a √."""
    typed = {f"value:{name}": text.rstrip("√") for name, text in values.items()}
    take = [name for name, text in values.items() if text.endswith("√")]
    document = {
        "number": "敦消委办[2026]5号",
        "signed_on": today(),
        "signer": "郭强",
        "effective_from": today(),
    }
    return {**document, **typed, "take": take}


def adopted(stage: Stage, number: int = 5, login: str = "hanxue", **values: str) -> str:
    area = PREFECTURE if login == "quanzhenhu" else COUNTY
    sheet = Sheet(
        region=area, number=f"敦消委办〔2026〕{number}号", signed_on=today(), signer="郭强", effective_from=today(),
        values=values or {GENERAL: "3"},
    )  # fmt: skip
    return str(adopt_values(stage.cast[login], sheet, now=timezone.now()).id)


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def hidden(page: str) -> dict[str, list[str]]:
    """What the check page hands on to the act."""
    form = page.partition(f'action="{ADOPT}')[2].partition("</form>")[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    return found


def line(page: str, name: str) -> str:
    """The line of a parameter, as HTML."""
    found = next(one for one in page.split('<li class="offer') if f'"value:{name}"' in one)
    return found.partition("</section>")[0]


def test_what_is_open_stands_by_clause_with_its_source_and_who_gives_it(stage: Stage):
    page = stage.client("hanxue").get(FORM).content.decode()
    pack = load("yanbian-2023")
    open_ = [
        p for p in pack.parameters.values() if p.on(timezone.localdate()).provenance in ("default", "unset")
    ]
    assert page.count('class="give"') == len(open_)
    assert 'value="24"' in line(page, MINOR) and "建议值" in text(line(page, MINOR))
    whistle = text(line(page, WHISTLE))
    assert "未填写" in whistle and "由县(市)消防救援委员会办公室填写" in whistle
    leaning_on = leaning(pack)[MINOR]
    assert f"{len(leaning_on)} 项职责用到它" in text(line(page, MINOR)) and "隐患闭环管理" in line(
        page, MINOR
    )
    assert '"value:hazard.recheck.workdays"' not in page  # a standard decides it
    order = [
        list(pack.rows).index(row) for row in re.findall(r'class="offer.*?/clauses/([^/]+)/', page, re.DOTALL)
    ]
    assert order == sorted(order)


def test_what_is_undetermined_for_want_of_a_value_is_counted_beside_it(stage: Stage):
    catch_up(now=timezone.now())
    page = stage.client("hanxue").get(FORM).content.decode()
    assert re.search(r"\d+ 项无法判定", text(line(page, "facilities.build.months")))
    assert "无法判定" not in text(line(page, WHISTLE))


def test_check_then_adopt_then_the_sheet_with_its_proof(stage: Stage):
    client = stage.client("hanxue")
    form = filled(**{MINOR: "24√", GENERAL: "3", WHISTLE: "2小时", "reward.report.yuan": ""})
    page = client.post(CHECK, form).content.decode()
    checked, confirmed = text(page), hidden(page)
    assert "2 项建议值将成为本地决定。" in checked and "1 项未填写的参数将有取值。" in checked
    assert "敦消委办〔2026〕5号" in checked and Adoption.objects.count() == 0
    answer = client.post(ADOPT, confirmed, follow=True)
    sheet = Adoption.objects.get()
    assert answer.redirect_chain[-1][0] == f"/office/adoption/sheets/{sheet.id}/?done=adopt"
    shown = text(answer.content.decode())
    assert (
        "已采纳" in shown and "一般隐患整改时限 条款 方案二.2 3 个工作日" in shown and "采纳的存证" in shown
    )
    again = client.get(FORM).content.decode()
    assert "本地决定" in text(line(again, GENERAL)) and f"/sheets/{sheet.id}/" in line(again, GENERAL)
    twice = client.post(ADOPT, confirmed, follow=True).content.decode()
    assert "这份采纳单以前已经采纳" in twice and Adoption.objects.count() == 1


def test_taking_all_suggestions_takes_no_value_nobody_gave(stage: Stage):
    client = stage.client("hanxue")
    page = client.get(FORM).content.decode()
    values = dict(re.findall(r'name="value:([^"]+)" value="([^"]*)"', page))
    client.post(ADOPT, {**filled(**values), "every": "on"})
    given = {row.parameter for row in Adoption.objects.get().adopted_set.all()}
    assert given == {name for name, value in values.items() if value}
    assert text(client.get(FORM).content.decode()).count("建议值 ") == 1  # the heading of the count alone


def test_faults_stand_at_their_field_and_nothing_typed_is_lost(stage: Stage):
    form = {**filled(**{WHISTLE: "很快", GENERAL: "3", MINOR: "24√"}), "number": "五号文", "signer": ""}
    answer = stage.client("hanxue").post(CHECK, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "部门报到时限：“很快”不是整数（单位：小时）" in line(page, WHISTLE) and 'value="很快"' in line(
        page, WHISTLE
    )
    assert 'value="3"' in line(page, GENERAL) and "checked" in line(page, MINOR)
    assert 'value="五号文"' in page and "请按文件写发文字号" in page and "请写签发人" in page
    korean = stage.client("hanxue", "ko").post(CHECK, form).content.decode()
    assert "부문 도착보고 기한: “很快”은(는) 옹근수가 아님(단위: 시간)" in korean
    decided = stage.client("hanxue").post(CHECK, filled(**{"hazard.recheck.workdays": "9"}))
    assert "标准或上位文件已有规定" in decided.content.decode()


def test_back_from_the_check_page_the_form_is_as_it_was(stage: Stage):
    page = stage.client("hanxue").post(FORM, filled(**{MINOR: "24√", WHISTLE: "2小时"})).content.decode()
    assert "checked" in line(page, MINOR) and 'value="2小时"' in line(page, WHISTLE)
    assert 'value="敦消委办[2026]5号"' in page and Adoption.objects.count() == 0


@pytest.mark.parametrize("login", ["gaofeng", "zhangzhiqiang", "zhoumin", "zhaoguodong"])
def test_others_read_and_decide_nothing(stage: Stage, login: str):
    client = stage.client(login)
    page = client.get(FORM).content.decode()
    assert "轻微隐患整改时限" in page and 'name="take"' not in page and "核对：" not in page
    for address in (CHECK, ADOPT):
        answer = client.post(address, filled(**{WHISTLE: "2"}))
        assert answer.status_code == 403 and "您的岗位或辖区不能办理此事" in answer.content.decode()
        assert "/clauses/S1-03/" in answer.content.decode()
    sheet = adopted(stage)
    shown = client.get(f"/office/adoption/sheets/{sheet}/").content.decode()
    assert "敦消委办〔2026〕5号" in shown and "撤回这份采纳单" not in shown
    assert (
        client.post(f"/office/adoption/sheets/{sheet}/withdraw/", {"number": "敦〔2026〕6号"}).status_code
        == 403
    )
    assert Adoption.objects.get().withdrawn_on is None


def test_the_outsider_finds_nothing_at_any_address(stage: Stage):
    sheet = adopted(stage)
    client = stage.client(OUTSIDER.login)
    for area in ("", f"?area={COUNTY}", f"?area={PREFECTURE}", "?area=222401", "?area=x"):
        for path in ("", "values/", "sheets/"):
            assert client.get(f"{FORM}{path}{area}").status_code == 404
        for path in ("check/", "adopt/", "word/", "upload/"):
            assert client.post(f"{FORM}{path}{area}", filled(**{WHISTLE: "2"})).status_code == 404
    assert client.get(f"/office/adoption/sheets/{sheet}/").status_code == 404
    assert (
        client.post(f"/office/adoption/sheets/{sheet}/withdraw/", {"number": "敦〔2026〕6号"}).status_code
        == 404
    )
    assert "参数取值" not in client.get("/office/").content.decode()
    assert Client().get(FORM).status_code == 302


def test_the_next_county_sees_the_prefectures_sheet_and_not_this_countys(stage: Stage):
    of_county, of_prefecture = adopted(stage), adopted(stage, 9, "quanzhenhu")
    client = stage.client("quanzhenhu")
    assert client.get("/office/adoption/sheets/?area=222401").content.decode().count("/sheets/0") == 1
    listed = stage.client("hanxue").get("/office/adoption/sheets/").content.decode()
    assert of_county in listed and of_prefecture in listed
    assert stage.client("hanxue").get("/office/adoption/sheets/?area=222401").status_code == 404


def test_the_prefecture_reads_a_county_and_decides_only_for_itself(stage: Stage):
    client = stage.client("quanzhenhu")
    assert 'name="take"' in client.get(FORM).content.decode()
    assert 'name="take"' not in client.get(f"{FORM}?area={COUNTY}").content.decode()
    answer = client.post(f"{ADOPT}?area={COUNTY}", filled(**{WHISTLE: "2"}))
    assert answer.status_code == 403 and "该地点不在您的辖区" in answer.content.decode()


def test_a_sheet_is_taken_back_under_a_document(stage: Stage):
    sheet, client = adopted(stage), stage.client("hanxue")
    address = f"/office/adoption/sheets/{sheet}/"
    wrong = client.post(f"{address}withdraw/", {"number": "口头"})
    assert wrong.status_code == 422 and 'value="口头"' in wrong.content.decode()
    done = client.post(f"{address}withdraw/", {"number": "敦消委办〔2026〕6号"}, follow=True).content.decode()
    assert f"已由 敦消委办〔2026〕6号 撤回，自 {today()} 起不再适用。" in done and "撤回的存证" in done
    assert client.post(f"{address}withdraw/", {"number": "敦消委办〔2026〕6号"}).status_code == 409
    assert "已撤回" in client.get("/office/adoption/sheets/").content.decode()


def test_values_of_a_past_day_are_those_of_that_day(stage: Stage):
    adopted(stage)
    client = stage.client("zhangzhiqiang")
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    now, before = (
        text(client.get(f"/office/adoption/values/?on={day}").content.decode())
        for day in (today(), yesterday)
    )
    assert "一般隐患整改时限 本地决定 敦消委办〔2026〕5号" in now and "一般隐患整改时限 建议值" in before
    assert "复查时限 标准规定 公安部令第120号《消防监督检查规定》" in before
    assert client.get("/office/adoption/values/?on=soon").status_code == 200


def test_sheets_are_paged_by_their_key_and_pages_take_few_statements(stage: Stage):
    client = stage.client("hanxue")
    adopted(stage, 1)
    taken = {}
    for path in ("", "values/", "sheets/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{FORM}{path}")
        taken[path] = len(asked)
    for number in range(2, 54):
        adopted(stage, number)
    for path, before in taken.items():
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"{FORM}{path}").content.decode()
        assert len(asked) <= before <= 9
    assert page.count('class="t"') == 50
    following = client.get(
        re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    ).content.decode()
    assert following.count('class="t"') == 3 and "〔2026〕1号" in following
    found = set(re.findall(r"/sheets/([0-9a-f-]{36})/", page + following))
    assert len(found) == 53


def test_a_report_still_takes_few_statements(stage: Stage):
    from tests.faces.api_client import calling

    adopted(stage)
    liming = calling(stage.cast["liming"])
    for _ in range(2):
        assert liming.report().status_code == 201
    # Who asks, which values and which calendar hold, the act; a test's own SAVEPOINT and RELEASE.
    assert liming.statements <= 6


def handed_in(stage: Stage, *changes: tuple[int, int, str], login: str = "hanxue") -> str:
    """The page after the Word file of the form came back with cells written over."""
    client = stage.client(login)
    out = client.post("/office/adoption/word/", {**filled(**{MINOR: "24√"}), "number": ""})
    assert "attachment" in out["Content-Disposition"] and ".docx" in out["Content-Disposition"]
    document = Document(BytesIO(out.content))
    for row, column, words in changes:
        document.tables[1].cell(row, column).text = words
    document.tables[0].cell(0, 1).text = "敦消委办〔2026〕7号"
    written = BytesIO()
    document.save(written)
    file = SimpleUploadedFile("单.docx", written.getvalue())
    return client.post("/office/adoption/upload/", {"file": file}).content.decode()


def test_rows_of_the_word_file_that_cannot_be_read_are_named_and_the_rest_stands_in_the_form(stage: Stage):
    page = handed_in(stage, (1, 0, "看情况"))
    assert re.search("第 1 行（.+）：“采纳”栏的“看情况”看不懂", page)
    assert 'value="敦消委办〔2026〕7号"' in page and "checked" in line(page, MINOR)
    page = handed_in(stage, (1, 0, "√"), (1, 3, "许多"))
    assert "“许多”不是整数" in page and 'value="许多"' in page
    assert Adoption.objects.count() == 0


def test_a_file_that_is_no_sheet_says_so(stage: Stage):
    client = stage.client("hanxue")
    for data, said in (
        (b"", "请选择签发后的 Word 文件"),
        (b"%PDF-1.7", "这里只收不带宏、不加密的 Word 文档"),
    ):
        files = {"file": SimpleUploadedFile("x.docx", data)} if data else {}
        answer = client.post("/office/adoption/upload/", files)
        assert answer.status_code == 422 and said in answer.content.decode()


def test_a_day_of_the_document_before_today_is_kept_beside_the_day_it_stands_from(stage: Stage):
    early = replace_day(filled(**{GENERAL: "3"}))
    page = text(stage.client("hanxue").post(CHECK, early).content.decode())
    assert f"取值自 {today()} 起适用" in page and f"文件自 {early['effective_from']} 起施行" in page


def replace_day(form: dict[str, object]) -> dict[str, object]:
    return {**form, "effective_from": (timezone.localdate() - timedelta(days=9)).isoformat()}
