"""A decision table goes to a spreadsheet and comes back the same; a bad sheet is told what is wrong."""

import pytest

from shouwang.policy import load
from shouwang.policy.findings import Findings
from shouwang.policy.pack_reading import read
from shouwang.policy.sheet_checks import check_sheet
from shouwang.policy.spreadsheet import decoded, from_csv, to_csv
from tests.policy.packs import copied

PACK = load()
AUTHORITY = PACK.tables["hazard-authority"]
SHEET = to_csv(AUTHORITY.editions[0])
SET = [name for name, table in PACK.tables.items() if not table.editions[0].unset]


def wrong(text):
    findings = Findings()
    check_sheet(AUTHORITY, AUTHORITY.editions[0], text, findings, pack=PACK)
    return [f"{one.where}: {one.text}" for one in findings.kept]


@pytest.mark.parametrize("name", SET)
def test_there_and_back(name):
    edition, findings = PACK.tables[name].editions[0], Findings()
    assert from_csv(edition, to_csv(edition), findings) == edition.lines
    assert findings.kept == []


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("? grade", "? rank", "column '? grade' is missing"),
        ("not(new_industry)", "not(casino)", "'casino' is not one of its values"),
        ("fire_station", "fire_brigade", "answer 'fire_brigade' is not one of"),
        (",default,", ",rumour,", "provenance 'rumour' is not"),
        (",02-06,", ",,", "column 'clause' is empty"),
        ("major,major,", "major,general,", "overlap"),
        ("本系统建议值", "实施方案二(一)2", "must not be shown as the plan's"),
    ],
)
def test_what_is_wrong_with_a_sheet(old, new, said):
    assert old in SHEET
    assert any(said in one for one in wrong(SHEET.replace(old, new, 1)))


def test_an_untouched_sheet_has_nothing_wrong():
    assert wrong(SHEET) == []


def test_a_pack_may_keep_its_rows_in_a_sheet(tmp_path):
    folder = copied(tmp_path)
    path = folder / "tables" / "hazard-authority.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("      rows:")] + "      sheet: authority.csv\n", "utf-8")
    (folder / "tables" / "authority.csv").write_text(SHEET, "utf-8")
    pack, findings = read(folder)
    assert findings == ()
    assert pack.tables["hazard-authority"].editions[0].lines == AUTHORITY.editions[0].lines


def test_a_sheet_saved_by_a_chinese_excel_reads_the_same():
    plain = SHEET.removeprefix("\ufeff")
    assert decoded(plain.encode("gb18030")) == decoded(SHEET.encode("utf-8")) == plain
