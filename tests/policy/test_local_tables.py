"""A county changes a decision table, in Excel and in its own words: whose edition stands on which day, and why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.policy import load
from shouwang.policy.element_sheet import COLUMNS, empty_sheet, is_element_sheet
from shouwang.policy.explaining import explain
from shouwang.policy.findings import Findings
from shouwang.policy.local_pack import with_tables
from shouwang.policy.local_tables import LocalTable, laid_over, read_edition
from shouwang.policy.sheet_words import coded, coded_elements, element_grid, grid_of
from shouwang.policy.spreadsheet import to_csv
from shouwang.policy.table_rows import Answer, differences, with_answer
from shouwang.policy.tables import UnfitFact
from shouwang.policy.text import Text
from shouwang.rules.grading import grade
from shouwang.rules.routing import supervisor

PACK = load()
TODAY = date(2026, 11, 26)
AUTHORITY, REGULATOR = PACK.tables["hazard-authority"], PACK.tables["industry-regulator"]
STANDARD = PACK.tables["major-elements-gb35181-2025"]
ORDINARY = [name for name, table in PACK.tables.items() if (e := table.edition(TODAY)) and not e.unset]
LANGUAGES = ("zh-hans", "ko", "en")


def read(table, text, since=TODAY):
    findings = Findings()
    found = read_edition(table, text, since=since, findings=findings, pack=PACK)
    return found, [one.text for one in findings.kept]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ORDINARY)
def test_a_table_goes_out_in_words_and_comes_back_the_same(name, language):
    table, findings = PACK.tables[name], Findings()
    standing = table.edition(TODAY)
    text = coded(PACK, standing, grid_of(PACK, standing, language), source="敦政办〔2026〕3号", findings=findings)
    assert findings.kept == []
    assert read(table, text)[0].lines == standing.lines


def test_a_changed_row_rests_on_the_document_and_the_others_keep_their_source():
    grid = grid_of(PACK, AUTHORITY.editions[0], "zh-hans")
    changed = [["县(市)" if cell == "乡镇(街道)" and row[0] == "general" else cell for cell in row] for row in grid]
    findings = Findings()
    text = coded(PACK, AUTHORITY.editions[0], changed, source="敦政办〔2026〕3号", findings=findings)
    edition, faults = read(AUTHORITY, text)
    assert faults == []
    told = {line.id: (line.provenance, line.source) for line in edition.lines}
    assert told["general"] == ("local", "敦政办〔2026〕3号") and told["minor"] == ("default", "本系统建议值")
    assert [(one.before.id, one.after.then["level"]) for one in differences(AUTHORITY.editions[0], edition)] == [
        ("general", "county")
    ]


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("级别", "等级", "column 'Grade' is missing"),
        ("乡镇(街道)", "村民小组", "answer '村民小组' is not one of"),
        ("非(新兴行业(未明确主管))", "-", "overlap"),
        ("新兴行业(未明确主管)", "赌场", "column 'site': '赌场' is not a word of the list"),
    ],
)
def test_what_is_wrong_is_said_by_its_column(old, new, said):
    edition = AUTHORITY.editions[0]
    grid = [[cell.replace(old, new) for cell in row] for row in grid_of(PACK, edition, "zh-hans")]
    findings = Findings()
    text = coded(PACK, edition, grid, source="敦政办〔2026〕3号", findings=findings)
    faults = [one.text for one in findings.kept] or read(AUTHORITY, text)[1]
    assert any(said in one for one in faults), faults


def test_every_fault_of_a_sheet_has_words_in_the_three_languages():
    edition = AUTHORITY.editions[0]
    grid = [[cell.replace("乡镇(街道)", "村民小组") for cell in row] for row in grid_of(PACK, edition, "zh-hans")]
    findings = Findings()
    read_edition(
        AUTHORITY, coded(PACK, edition, grid, source="x", findings=findings), since=TODAY, findings=findings,
        pack=PACK,
    )
    assert findings.refused
    only = replace(PACK, tables={AUTHORITY.id: AUTHORITY})
    for one in findings.kept:
        words = {language: only.explain(one.reason, language) for language in LANGUAGES}
        assert len(set(words.values())) == 3
        assert "村民小组" in words["ko"]
        assert "“层级”" in words["zh-hans"] or "“承办部门”" in words["zh-hans"]


def decided(site="livestream", department="commerce"):
    """02-09: 敦化市 names a regulator for live-streaming by nearest business."""
    findings = Findings()
    note = Text(zh="直播由商务部门督导", ko="생방송은 상무부문이 감독지도함", en="Commerce supervises live-streaming")
    told = Answer("site", site, "department", department)
    text = with_answer(
        REGULATOR.editions[0], told, note=note, clause="02-09", source="敦政办〔2026〕3号", findings=findings
    )
    assert findings.kept == []
    return text


def laid(pack, table, text, *, since=TODAY, until=None, county=True):
    edition, faults = read(table, text, since)
    assert faults == []
    local = [LocalTable(edition, until)]
    return with_tables(pack, {table.id: ([], local) if county else (local, [])}, on=TODAY)


def test_the_countys_decision_becomes_a_row():
    pack = laid(PACK, REGULATOR, decided())
    asked = {"site": "livestream"}
    assert supervisor(PACK, asked, TODAY).verdict == "committee_office"
    found = supervisor(pack, asked, TODAY)
    assert (found.verdict, found.clauses) == ("commerce", ("02-09",))
    assert pack.explain(found.reasons[0], "zh-hans") == "直播由商务部门督导"
    assert supervisor(pack, {"site": "feature_town"}, TODAY).verdict == "committee_office"
    assert pack.version != PACK.version and pack.version.startswith(PACK.version + "+")


def test_an_older_case_keeps_the_table_of_its_day():
    pack = laid(PACK, REGULATOR, decided())
    assert supervisor(pack, {"site": "livestream"}, TODAY - timedelta(days=1)).verdict == "committee_office"
    assert supervisor(pack, {"site": "livestream"}, TODAY).verdict == "commerce"


def test_the_county_stands_over_its_prefecture_and_what_was_taken_back_stands_no_more():
    above, _ = read(REGULATOR, decided(department="industry"))
    own, _ = read(REGULATOR, decided(department="commerce"))
    until = TODAY + timedelta(days=10)
    both = laid_over(REGULATOR, ([LocalTable(above)], [LocalTable(own, until)]))

    def says(day):
        return both.decide({"site": "livestream"}, day).outputs["department"]

    assert says(TODAY - timedelta(days=1)) == "committee_office"
    assert says(TODAY) == says(until - timedelta(days=1)) == "commerce"
    assert says(until) == "industry"


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.none() | st.integers(1, 400), st.booleans(), st.integers(0, 2)),
        max_size=6,
    )
)
def test_on_every_day_exactly_one_edition_stands_whatever_offices_adopt(given_):
    offices = ([], [])
    editions = [read(REGULATOR, decided(department=name))[0] for name in ("commerce", "industry", "health")]
    for start, length, county, which in given_:
        since = date(2025, 1, 1) + timedelta(days=start)
        edition = read(REGULATOR, to_csv(editions[which]), since)[0]
        offices[county].append(LocalTable(edition, since + timedelta(days=length) if length else None))
    table = laid_over(REGULATOR, offices)
    for day in (date(2024, 12, 1) + timedelta(days=n) for n in range(0, 900, 7)):
        assert sum(one.holds_on(day) for one in table.editions) == 1
        standing = [[one.edition for one in office if one.stands(day)] for office in offices]
        nearest = standing[1] or standing[0] or [REGULATOR.editions[0]]
        newest = max(one.since for one in nearest)
        assert table.edition(day).lines == [one for one in nearest if one.since == newest][-1].lines


def elements(*rows):
    findings = Findings()
    text = coded_elements(PACK, [element_grid("zh-hans")[0], *rows], findings=findings)
    return text, findings


def test_whoever_holds_the_standard_enters_its_elements_and_hazards_are_judged_by_them():
    direct = ["", "直接判定要素", "5.1", "（例）甲", "", ""]
    text, findings = elements(direct, ["", "疏散类综合要素", "6.2", "（例）乙", "", ""])
    assert findings.kept == [] and is_element_sheet(text)
    pack = laid(PACK, STANDARD, text)
    facts = {"kind": "other", "site": "shop", "fixed_on_spot": False}
    assert grade(pack, {**facts, "e1": True}, TODAY).verdict == "major"
    found = grade(pack, {**facts, "e1": False, "e2": True}, TODAY)
    assert found.verdict == "general"
    before = grade(PACK, {**facts, "e1": True}, TODAY)
    assert before.verdict == "general"
    assert pack.tables[STANDARD.id].edition(TODAY).lines[0].source == "GB 35181-2025 5.1"


@pytest.mark.parametrize(
    "row, code",
    [
        (["", "致命要素", "5.1", "甲", "", ""], "sheet_value_odd"),
        (["", "直接判定要素", "5.1", "", "", ""], "sheet_cell_empty"),
        (["E 1", "直接判定要素", "5.1", "甲", "", ""], "sheet_id_odd"),
    ],
)
def test_a_bad_element_is_named(row, code):
    text, findings = elements(row)
    assert findings.kept == []
    read_edition(STANDARD, text, since=TODAY, findings=findings, pack=PACK)
    assert [one.reason.code for one in findings.kept] == [code]


def test_an_empty_list_and_one_that_is_too_long_are_refused():
    assert "has 0 elements" in read(STANDARD, empty_sheet())[1][0]
    long = ",".join(COLUMNS) + "\n" + "".join(f"e{n},direct,5.{n},甲,,\n" for n in range(201))
    assert "has 201 elements" in read(STANDARD, long)[1][0]


def test_an_explanation_names_the_row_that_answers_and_the_cell_that_keeps_another_from_it():
    facts = {"kind": "exit_locked", "site": "shop", "fixed_on_spot": False}
    told = explain(PACK.tables["hazard-grade"], facts, TODAY)
    rows = {row.line.id: row for row in told.rows}
    assert rows["way_out_crowded"].fits is False
    assert [(c.name, c.stated, c.holds) for c in rows["way_out_crowded"].cells if c.holds is False] == [
        ("site", "shop", False)
    ]
    assert rows["determined"].fits is None and told.match.row is None
    assert [reason.code for reason in told.match.reasons] == ["fact_missing"]
    with pytest.raises(UnfitFact):
        explain(PACK.tables["hazard-grade"], {"site": "casino"}, TODAY)
