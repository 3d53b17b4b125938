"""Records in the office: what a form asks comes from the declaration, and nothing typed or brought is lost."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.records.models import Record, Unmasking
from shouwang.flows.check_rows import Row
from shouwang.flows.enter_many import enter_many
from shouwang.flows.enter_record import enter_record
from tests.cast import COMMUNITY, COUNTY, NEXT_STREET, OUTSIDER, STREET
from tests.faces.records_stage import day, raised, rented
from tests.flows.records_story import OWNER, OWNERS, minutes, pack_with

pytestmark = pytest.mark.django_db
NEW = "/office/records/meeting/new/"
HIDDEN = re.compile(r'<input type="hidden" name="([\w.]+)" value="([^"]*)"')


@pytest.fixture
def stage(cast, settings, tmp_path):
    settings.HOME = tmp_path
    settings.PACK = pack_with(tmp_path, OWNERS)
    return raised(cast)


def page(answer):
    return answer.content.decode()


def hidden(answer):
    return dict(HIDDEN.findall(page(answer)))


def scan(name="纪要.pdf", data=b""):
    return SimpleUploadedFile(name, data or minutes())


def typed(stage, **more):
    given = {
        "v.held_on": day(stage.now, 1), "v.kind": "analysis", "v.topic": "两节安保", "v.present": "11",
        "v.on_forces": "yes", **more,
    }  # fmt: skip
    return {name: value for name, value in given.items() if value is not None}


def test_the_form_asks_what_the_declaration_says_and_keeps_the_record(stage):
    client = stage.client("cuizhe")
    form = client.get(NEW)
    for words in (
        "开会日期",
        "会议类别",
        "火灾风险研判专题会",
        "到会人数",
        "1–2000",
        "会议纪要(扫描件)",
        "敦化市 渤海街道",
    ):
        assert words in page(form)
    sent = client.post(NEW, {**hidden(form), **typed(stage), "papers.minutes": scan()})
    record = Record.objects.get(name="两节安保")
    assert sent.headers["Location"] == f"/office/records/{record.id}/?done=enter"
    assert record.values["present"] == 11 and record.values["on_forces"] is True
    told = page(client.get(sent.headers["Location"]))
    assert "✓ 已记录：登记" in told and "两节安保" in told and "消防工作站工作人员 崔哲" in told


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(stage):
    client = stage.client("cuizhe")
    form = client.get(NEW)
    wrong = typed(stage, **{"v.present": "5000", "v.conclusions": "一、先查老旧小区", "v.topic": ""})
    again = client.post(NEW, {**hidden(form), **wrong, "papers.minutes": scan()})
    assert again.status_code == 422
    told = page(again)
    assert "“到会人数”要在1到2000之间" in told and "请填写“议题”" in told and "有2处要改" in told
    assert 'value="5000"' in told and "一、先查老旧小区" in told and "纪要.pdf" in told
    kept = hidden(again)
    assert kept["key"] == hidden(form)["key"]
    right = client.post(NEW, {**kept, **typed(stage)})
    assert right.status_code == 302
    assert [file.purpose for file in attachments_of(COUNTY, Record.objects.get(name="两节安保").id)] == [
        "minutes"
    ]


def test_a_missing_paper_and_a_false_one_are_told(stage):
    client = stage.client("cuizhe", "ko")
    form = client.get(NEW)
    assert "“회의기요(스캔본)”을(를) 첨부하십시오" in page(client.post(NEW, {**hidden(form), **typed(stage)}))
    false = scan("x.pdf", b"MZ\x90\x00 not a paper")
    told = page(client.post(NEW, {**hidden(form), **typed(stage), "papers.minutes": false}))
    assert "Word(.docx), Excel(.xlsx)" in told
    assert not Record.objects.filter(name="两节安保").exists()


def package(**parts):
    """A Word package with these parts beside those every one has."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    made = BytesIO()
    with ZipFile(made, "w") as zipped:
        for name, text in {"[Content_Types].xml": types, "word/document.xml": "<w/>", **parts}.items():
            zipped.writestr(name, text)
    return made.getvalue()


@pytest.mark.parametrize(
    ("parts", "taken"),
    [({}, True), ({"word/vbaProject.bin": "x"}, False), ({"word/embeddings/oleObject1.bin": "x"}, False),
     ({"word/_rels/settings.xml.rels": '<Relationship TargetMode="External"/>'}, False)],
)  # fmt: skip
def test_a_word_paper_is_taken_and_one_that_can_run_is_not(stage, parts, taken):
    client = stage.client("cuizhe")
    paper = scan("纪要.docx", package(**parts))
    sent = client.post(NEW, {**hidden(client.get(NEW)), **typed(stage), "papers.minutes": paper})
    assert (sent.status_code == 302) is taken
    if taken:
        record = Record.objects.get(name="两节安保")
        (file,) = attachments_of(COUNTY, record.id)
        answer = client.get(f"/files/{record.id}/{file.id}/")
        assert answer.headers["Content-Disposition"].startswith("attachment") and answer.status_code == 200


def test_who_may_not_enter_is_told_why(stage):
    refused = stage.client("liming").get(NEW)
    assert refused.status_code == 403
    assert "“会议记录”不由您的岗位登记" in page(refused) and "方案二.8" in page(refused)
    client = stage.client("cuizhe")
    forged = client.post(
        NEW, {**hidden(client.get(NEW)), **typed(stage), "region": NEXT_STREET, "papers.minutes": scan()}
    )
    assert forged.status_code == 403
    assert "该单位不在您的辖区" in page(forged)


def test_amending_fills_in_what_stands_and_shows_afterwards_what_changed(stage):
    client, address = stage.client("cuizhe"), f"/office/records/{stage.cases['meeting']}/"
    form = client.get(f"{address}amend/")
    assert 'value="冬季火灾风险研判"' in page(form) and "已有1个文件" in page(form)
    more = typed(
        stage, **{"v.topic": "冬季火灾风险研判和部署", "v.held_on": day(stage.now, 3), "v.present": "14"}
    )
    sent = client.post(f"{address}amend/", {**hidden(form), **more, "v.on_culture": "no", "v.measures": "3"})
    assert sent.headers["Location"] == f"{address}?done=amend"
    told = page(client.get(address))
    assert "<del>冬季火灾风险研判</del>" in told and "<ins>冬季火灾风险研判和部署</ins>" in told
    stale = client.post(f"{address}amend/", {**hidden(form), **more})
    assert stale.status_code == 422 and "别人先改了这条记录" in page(stale)


def test_another_person_confirms_and_the_author_cannot(stage):
    address = f"/office/records/{stage.cases['waiver']}/"
    author, office = stage.client("zhangzhiqiang"), stage.client("hanxue")
    assert "acts/confirm/" not in page(author.get(address)) and "acts/confirm/" in page(office.get(address))
    refused = author.post(f"{address}acts/confirm/", {"version": "1"})
    assert refused.status_code == 409 and "登记和核实不能是同一人" in page(refused)
    done = office.post(f"{address}acts/confirm/", {"version": "1"})
    assert done.status_code == 302
    told = page(author.get(address))
    assert "已核实" in told and "县(市)消防救援委员会办公室 韩雪" in told


def test_a_reason_is_needed_to_send_back_and_is_kept_when_refused(stage):
    address, office = f"/office/records/{stage.cases['waiver']}/", stage.client("hanxue")
    told = page(office.post(f"{address}acts/return/", {"version": "1", "note": " "}))
    assert "请写明理由" in told
    office.post(f"{address}acts/return/", {"version": "1", "note": "缺盖章"})
    assert "缺盖章" in page(stage.client("zhangzhiqiang").get(address))
    assert office.post(f"{address}acts/burn/", {"version": "2"}).status_code == 404


def test_the_overview_says_what_waits_and_counts_this_year(stage):
    told = page(stage.client("hanxue").get("/office/records/"))
    assert "等您核实" in told and "风险研判和预警" in told and "登记：联席会议记录" in told
    chief = page(stage.client("zhangzhiqiang").get("/office/records/"))
    assert "被退回，请修改后重新送核实" in chief
    year = timezone.localtime(stage.now).year
    n = Record.objects.filter(type="meeting", occurred_on__year=year).count()
    assert re.search(rf"会议记录</a><span class=\"w\">今年{n}条", chief)
    mine = page(stage.client("liming").get("/office/records/?mine=1"))
    assert "联席会议" not in mine


def test_lists_are_filtered_by_what_the_declaration_searches(stage):
    enter_record(stage.cast["liuguozhu"], rented(stage.now), now=stage.now)
    enter_record(
        stage.cast["liuguozhu"],
        rented(stage.now, key="r2", address="胜利路7号", rooms="9", alarmed="否"),
        now=stage.now,
    )
    client = stage.client("zhangzhiqiang")

    def found(query):
        told = page(client.get(f"/office/records/rented_home/?{query}"))
        return [name for name in ("红旗街5号", "胜利路7号") if name in told]

    both = ["红旗街5号", "胜利路7号"]
    assert found("") == both and found(f"area={COMMUNITY}") == both
    assert found("q=胜利") == both[1:] and found("v.alarmed=true") == both[:1]
    assert found("v.rooms.from=5") == both[1:] and found("v.rooms.to=5&v.rent.from=700") == both[:1]
    assert found("since=2020-01-01&until=2020-12-31") == [] and found("state=withdrawn") == []
    assert found("v.rooms.from=多&state=x&since=昨天") == both
    assert found("q=%25") == [] and found("q=_") == []


def test_personal_details_show_only_for_a_reason_and_on_that_page(stage):
    done = enter_record(stage.cast["liuguozhu"], rented(stage.now), now=stage.now)
    client, address = stage.client("zhangzhiqiang"), f"/office/records/{done.id}/"
    assert "金＊＊" in page(client.get(address)) and "金英顺" not in page(client.get(address))
    assert "金英顺" not in page(client.post(f"{address}acts/unmask/", {"note": ""}))
    shown = client.post(f"{address}acts/unmask/", {"note": "核实房主身份"})
    assert "金英顺" in page(shown) and "no-store" in shown.headers["Cache-Control"]
    after = page(client.get(address))
    assert "金英顺" not in after and "核实房主身份" in after
    assert Unmasking.objects.count() == 1
    for path in ("/office/records/rented_home/", f"{address}amend/"):
        assert "金英顺" not in page(stage.client("liuguozhu").get(path))


@pytest.mark.parametrize("who", [OUTSIDER.login, "sunyulan", "luoping"])
def test_nobody_outside_sees_it_by_any_address(stage, who):
    done = enter_record(stage.cast["liuguozhu"], rented(stage.now), now=stage.now)
    client = stage.client(who)
    for record_id in (done.id, stage.cases["meeting"]):
        record = Record.objects.get(id=record_id)
        address = f"/office/records/{record_id}/"
        assert client.get(address).status_code == 404 and client.get(f"{address}amend/").status_code == 404
        for act in ("confirm", "return", "withdraw", "unmask"):
            assert client.post(f"{address}acts/{act}/", {"note": "理由", "version": "1"}).status_code == 404
        for file in attachments_of(COUNTY, record_id):
            assert client.get(f"/files/{record_id}/{file.id}/").status_code == 404
        assert record.name not in page(client.get(f"/office/records/{record.type}/"))
    if who != "sunyulan":
        assert "还没有登记" in page(client.get("/office/records/meeting/"))
    if who == OUTSIDER.login:
        assert client.get(f"/office/records/meeting/?area={STREET}").status_code == 404


@pytest.mark.parametrize(("who", "most"), [("cuizhe", 9), ("hanxue", 9), ("quanzhenhu", 13)])
def test_a_list_takes_few_statements_however_long(stage, who, most):
    rows = [Row(region=COMMUNITY, values=OWNER | {"address": f"{n}号"}) for n in range(60)]
    enter_many(stage.cast["liuguozhu"], "rented_home", rows, key="t", now=stage.now)
    client = stage.client(who)
    with CaptureQueriesContext(connection) as seen:
        first = page(client.get("/office/records/rented_home/"))
    assert first.count("<tr>") == 51
    assert len(seen) <= most
    follow = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = page(client.get(follow))
    assert second.count("<tr>") == 11 and "pager" in second
    with CaptureQueriesContext(connection) as seen:
        client.get("/office/records/")
    assert len(seen) <= most + 3


def test_an_unknown_type_is_not_there(stage):
    client = stage.client("cuizhe")
    assert client.get("/office/records/golden_calf/").status_code == 404
    assert client.get("/office/records/golden_calf/new/").status_code == 404
