"""The operating manual: one page for each kind of work, in the office, on the phone, for anybody, and on paper."""

import io

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from shouwang.flows.sight import pack
from shouwang.policy.manual_pages import pages_of
from tests.browser import Screen
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter

REPORT = "/manuals/report_hazard/"


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    document.close()
    return "\n".join(pages)


def test_a_grid_member_finds_the_pages_of_a_grid_first(stage: Stage):
    page = stage.client("liming").get("/phone/learn/").content.decode()
    mine, _, others = page.partition("其他工作")
    assert "发现隐患怎么报" in mine and "敲门行动" in mine and "季度消防联席会议怎么开" not in mine
    assert "季度消防联席会议怎么开" in others


def test_every_duty_is_reached_from_the_list(stage: Stage):
    client = stage.client("cuizhe")
    told = client.get("/office/manuals/").content.decode()
    for name, duties in pages_of(pack()).items():
        assert f'href="{name}/"' in told
        if duties:
            page = client.get(f"/office/manuals/{name}/").content.decode()
            assert all(pack().duties[duty].label.zh in page for duty in duties), name


def test_a_page_says_who_when_what_proves_it_and_where_its_numbers_come_from(stage: Stage):
    page = stage.client("cuizhe").get("/office/manuals/report_hazard/").content.decode()
    for words in (
        "让能解决的人尽快知道", "打开手机“报隐患”", "后24小时内", "先提醒，再督办", "复核人没有到场",
        "不打卡", "/clauses/07-15/", "本系统建议值（不是方案规定）", pack().version,
    ):  # fmt: skip
        assert words in page, words


def test_anybody_may_read_the_manual_and_learn_whether_a_print_is_still_right(db):
    page = Client().get(REPORT)
    digest = page.context["manual"].digest
    assert page.status_code == 200 and digest in page.content.decode()
    assert "您手上的这页是最新的" in Client().get(f"{REPORT}?print={digest}").content.decode()
    assert "您手上的这页已经过时" in Client().get(f"{REPORT}?print=0123456789").content.decode()
    assert Client().get("/manuals/no_such_page/").status_code == 404
    assert Client().get("/manuals/no_such_page.pdf").status_code == 404


@pytest.mark.parametrize(
    "lang, words", [("zh", "发现隐患怎么报"), ("ko", "우환을 발견하면"), ("en", "Reporting a hazard")]
)
def test_the_pdf_says_what_the_page_says_in_every_language(db, lang, words):
    answer = Client().get(f"/manuals/report_hazard.pdf?lang={lang}")
    assert answer.headers["Content-Type"] == "application/pdf"
    told = text_of(answer.content)
    assert words in told and pack().version in told and "07-15" in told


def test_both_languages_stand_in_one_file_chinese_first(db):
    told = text_of(Client().get("/manuals/report_hazard.pdf?lang=zh-ko").content)
    assert 0 <= told.index("发现隐患怎么报") < told.index("우환을 발견하면")


def test_the_booklet_holds_every_page(stage: Stage):
    told = text_of(stage.client("cuizhe").get("/office/manuals/all.pdf").content).replace("\r\n", "")
    missing = [one.label.zh for one in pack().manuals.values() if one.label.zh not in told]
    assert missing == []
    assert Client().get("/office/manuals/all.pdf").status_code == 302


def test_the_manual_asks_the_database_for_the_reader_and_local_values_only(stage: Stage):
    client = stage.client("cuizhe")
    for path in ("/office/manuals/", "/office/manuals/report_hazard/", "/office/manuals/templates/"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= 2, path


@pytest.mark.parametrize("width, tongue", [(1440, "zh-hans"), (320, "ko")])
def test_every_manual_page_is_open_to_all_and_whole(stage, live_server, screen: Screen, width, tongue):
    office = enter(screen, live_server, stage, "cuizhe", width=width, tongue=tongue)
    phone = enter(screen, live_server, stage, "liming", width=width, tongue=tongue)
    paths = [
        (office, f"/office/manuals/{tail}")
        for tail in ("", "report_hazard/", "monthly_analysis/", "templates/")
    ]
    paths += [
        (phone, "/phone/learn/"),
        (phone, "/phone/learn/report_hazard/"),
        (phone, REPORT),
        (phone, "/manuals/"),
    ]
    for page, path in paths:
        page.goto(path)
        page.evaluate("() => document.querySelectorAll('main details').forEach(fold => { fold.open = true })")
        assert (path, faults_of(page)) == (path, [])
        assert (path, spilt(page)) == (path, [])


def test_the_library_lists_every_form_with_its_version_and_hands_out_templates(stage: Stage):
    client = stage.client("cuizhe")
    page = client.get("/office/manuals/templates/").content.decode()
    assert all(one.label.zh in page for one in pack().records.values())
    address = "/office/manuals/templates/responsibility-letter.zh-ko.docx"
    assert address in page
    made = Document(io.BytesIO(b"".join(client.get(address).streaming_content)))
    assert any("{{ upper }}" in one.text for one in made.paragraphs)
    for name in ("..%2F..%2Fpack.yaml", "no-such-letter"):
        assert client.get(f"/office/manuals/templates/{name}.docx").status_code == 404
