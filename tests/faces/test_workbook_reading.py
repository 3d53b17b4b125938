"""Tables as they really come in: columns moved, headings in any language, days as text, files that are no tables."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from django.conf import settings
from django.utils import translation

from shouwang.faces.workbook.opening import WorkbookRefused, opened
from shouwang.faces.workbook.reading import read_table, rows_of
from shouwang.faces.workbook.returned import returned
from shouwang.faces.workbook.template import template
from shouwang.policy import load
from shouwang.rules.filling import fill, form_of
from tests.faces.record_books import book, filled, sheets_of

TODAY = date(2026, 11, 30)
BODIES = {"222403001": "敦化市 渤海街道", "222403002": "敦化市 胜利街道"}
GOOD = {
    "@body": "222403001 敦化市 渤海街道", "held_on": date(2026, 11, 5), "kind": "火灾风险研判专题会",
    "topic": "冬季防火", "present": 12, "on_hazards": "是",
}  # fmt: skip


@pytest.fixture
def meeting():
    return load(settings.PACK).records["meeting"]


def values(meeting, data, number=0):
    """What the rules make of a row, and what they say against it."""
    table = read_table(data, meeting)
    row = rows_of(table, meeting)[number]
    found = fill(form_of(load(settings.PACK), meeting, table.version), row.raw, today=TODAY)
    return row, found


@pytest.mark.parametrize("language", ["zh-hans", "ko", "en"])
def test_what_is_filled_into_the_template_is_read_back(meeting, language):
    with translation.override(language):
        made = filled(template(meeting, bodies=BODIES), [GOOD])
    row, found = values(meeting, made)
    assert row.body == "222403001 敦化市 渤海街道"
    assert (found.faults, found.period) == ({}, "2026-11")
    assert found.values == {
        "held_on": "2026-11-05", "kind": "analysis", "topic": "冬季防火", "present": 12, "on_hazards": True,
    }  # fmt: skip


def test_the_template_says_what_each_column_means(meeting):
    with translation.override("ko"):
        sheets = sheets_of(template(meeting, bodies=BODIES))
    data, guide, lists = sheets.values()
    assert data[0][:3] == ["@body", "@period", "held_on"]
    assert data[1][2:4] == ["회의날자 *", "회의종류 *"]
    words = "\n".join(str(cell) for line in guide for cell in line)
    assert "화재위험 연구판단 전문회의" in words and "방안" in words
    assert lists[0][:3] == ["shouwang", "meeting", 1.0]


def test_columns_may_stand_anywhere_under_headings_of_any_language(meeting):
    made = book(
        [
            ["渤海街道会议台账"],
            [],
            ["备注", "의제", "Kind of meeting", "单位（名称或区划代码）", "开会日期＊", "到会人数"],
            ["旧表", " 冬季防火 ", "LEADERSHIP MEETING", "渤海街道", "2026年11月5日", " 12 "],
            ["", None, None, "  ", "", ""],
            ["", "年末研判", "会商", "胜利街道", "2026.11.6", "１２"],
        ]
    )
    row, found = values(meeting, made)
    assert found.faults == {}
    assert found.values["kind"] == "leadership" and found.values["present"] == 12
    second, told = values(meeting, made, 1)
    assert (second.number, told.values["held_on"], told.values["present"]) == (6, "2026-11-06", 12)


def test_a_month_typed_into_a_spreadsheet_is_still_a_month(meeting):
    for cell in (date(2026, 10, 1), "2026-10", "2026年10月"):
        _, found = values(meeting, filled(template(meeting, bodies=BODIES), [{**GOOD, "@period": cell}]))
        assert (found.faults, found.period) == ({}, "2026-10")


@pytest.mark.parametrize(
    "rows, words",
    [
        ([["议题", "开会日期"], ["冬季防火", "2026-11-05"]], "会议类别"),
        ([["议题", "议题", "开会日期", "会议类别"], ["冬季防火", "", "2026-11-05", "会商"]], "议题"),
        ([["随便", "什么"], ["一", "二"]], "模板"),
        ([["议题", "开会日期", "会议类别"]], "没有"),
    ],
)
def test_a_table_that_lacks_something_says_what(meeting, rows, words):
    with pytest.raises(WorkbookRefused, match=words):
        read_table(book(rows), meeting)


def test_a_table_of_another_record_is_not_taken_for_this_one(meeting):
    other = load(settings.PACK).records["waiver"]
    with pytest.raises(WorkbookRefused, match="免除职责的文件"):
        read_table(filled(template(other, bodies=BODIES), [{"@body": "222403001"}]), meeting)


def zipped(name: str, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, b"0" * size)
    return out.getvalue()


def far_corner() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as file:
        sheet = file.add_worksheet()
        sheet.write(0, 0, "议题")
        sheet.write(19_999, 16_383, 1)
    return out.getvalue()


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "不是Excel"),
        (b"PK\x03\x04 nothing", "不是Excel"),
        (b"a,b,c\n1,2,3", "不是Excel"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "xlsx"),
        (zipped("xl/worksheets/sheet1.xml", 200 * 1024 * 1024), "160"),
        (b"PK" + b"\0" * (11 * 1024 * 1024), "10"),
        (far_corner(), "列"),
        (book([[n] for n in range(20_200)]), "20000"),
    ],
    ids=["empty", "torn", "csv", "old", "bomb", "large", "wide", "long"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data, words):
    with pytest.raises(WorkbookRefused, match=words):
        opened(data)


def test_refused_rows_come_back_as_they_were_and_can_be_mended(meeting):
    bad = {**GOOD, "held_on": "上周五", "topic": '=HYPERLINK("http://x")'}
    table = read_table(filled(template(meeting, bodies=BODIES), [GOOD, bad]), meeting)
    with translation.override("ko"):
        back = returned(table, meeting, {4: {"held_on": "날자가 틀림", "@body": "단위가 틀림"}})
    data = next(iter(sheets_of(back).values()))
    assert data[2][0] == "날자가 틀림\n단위가 틀림"
    assert data[2][data[0].index("held_on")] == "上周五"
    raw = zipfile.ZipFile(io.BytesIO(back))
    sheet = raw.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "HYPERLINK" in sheet
    assert "quotePrefix" in raw.read("xl/styles.xml").decode()
    again = read_table(back, meeting)
    assert rows_of(again, meeting)[0].raw == rows_of(table, meeting)[1].raw
