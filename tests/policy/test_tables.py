"""Decision tables: hit policies, missing facts, dates, and checks that miss nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.policy import UnfitFact, load
from shouwang.policy.cells import parse
from shouwang.policy.findings import Findings
from shouwang.policy.partitions import cases, classes, count
from shouwang.policy.table_checks import check_table
from shouwang.policy.tables import Edition, Input, Line, Output, Table
from shouwang.policy.text import Text

WORD = Text(zh="字", ko="글", en="word")
DAY = date(2026, 11, 24)
PLACES = ("home", "school", "shop")


def built(hit, *rows):
    """A table over place and people: rows as (id, place, people)."""
    inputs = (
        Input("place", "enum", WORD, PLACES),
        Input("people", "int", WORD, minimum=0, maximum=1000),
    )
    lines = tuple(
        Line(
            id=name,
            cells={"place": parse(place, "enum"), "people": parse(people, "int")},
            then={"answer": name},
            clause="02-06",
            provenance="default",
            source="ours",
            mark="",
            note=WORD,
        )
        for name, place, people in rows
    )
    edition = Edition(date(2023, 2, 24), None, inputs, (Output("answer", WORD, ()),), lines)
    return Table("test", hit, WORD, "02-06", "county_fire", (edition,))


def wrong(table):
    findings = Findings()
    check_table(table, findings)
    return [one.text for one in findings.kept]


def test_first_fit_takes_the_upper_row():
    table = built("F", ("few", "-", "< 50"), ("any", "-", "-"))
    assert table.decide({"place": "home", "people": 49}, DAY).row == "few"
    assert table.decide({"place": "home", "people": 50}, DAY).row == "any"


def test_first_fit_does_not_jump_over_a_row_that_might_fit():
    match = built("F", ("few", "-", "< 50"), ("any", "-", "-")).decide({"place": "home"}, DAY)
    assert match.row is None
    assert [(r.code, r.params["fact"]) for r in match.reasons] == [("fact_missing", "people")]


def test_a_sure_row_of_a_unique_table_needs_no_other_fact():
    table = built(
        "U", ("crowd", "home | shop", ">= 50"), ("few", "home | shop", "< 50"), ("school", "school", "-")
    )
    assert table.decide({"place": "school"}, DAY).row == "school"
    assert table.decide({"place": "shop"}, DAY).row is None


def test_collecting_keeps_what_is_sure_and_names_what_is_missing():
    table = built("C", ("school", "school", "-"), ("crowd", "-", ">= 50"))
    match = table.decide({"place": "school"}, DAY)
    assert match.rows == ("school",)
    assert [reason.code for reason in match.reasons] == ["test:school", "fact_missing"]
    assert table.decide({"place": "school", "people": 60}, DAY).rows == ("school", "crowd")


def test_a_fact_outside_its_column_is_refused_by_name():
    table = built("F", ("any", "-", "-"))
    for field, value in (("place", "moon"), ("people", -1), ("people", True), ("people", "many")):
        with pytest.raises(UnfitFact) as refused:
            table.decide({field: value}, DAY)
        assert refused.value.field == field


def test_before_its_first_day_a_table_is_silent():
    match = built("F", ("any", "-", "-")).decide({}, date(2023, 2, 23))
    assert match.row is None
    assert match.reasons[0].code == "table_not_in_force"


def test_an_overlap_is_shown_by_an_example():
    found = wrong(built("U", ("low", "-", "<= 50"), ("high", "-", ">= 50")))
    assert found == ["rows low and high overlap, for example when place is home, people is 50"]


def test_a_gap_of_a_single_number_is_found():
    found = wrong(built("U", ("low", "-", "< 50"), ("high", "-", "> 50")))
    assert found == ["has no row when place is home, people is 50"]


def test_a_row_hidden_by_earlier_rows_is_found():
    found = wrong(built("F", ("few", "-", "< 50"), ("rest", "-", "-"), ("lost", "school", "-")))
    assert found == ["row lost is never reached; earlier rows take all its cases"]


def test_collecting_tables_may_have_gaps_but_no_dead_rows():
    assert wrong(built("C", ("school", "school", "-"))) == []
    assert wrong(built("C", ("dead", "-", "> 1000"))) == [
        "row dead is never reached; its cells exclude each other"
    ]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["-", "home", "home | school", "not(shop)"]),
        st.sampled_from(["-", "< 10", ">= 10", "[5..20]", "(5..20)", "7", "not(7)"]),
    ),
    min_size=1,
    max_size=4,
)


@given(ROWS, st.sampled_from(PLACES), st.integers(0, 1000))
def test_the_classes_stand_for_every_case(rows, place, people):
    """Whatever the facts, one of the enumerated cases is hit by exactly the same rows."""
    edition = built("C", *((f"r{n}", *row) for n, row in enumerate(rows))).editions[0]
    hit = [line.fits({"place": place, "people": people}) for line in edition.lines]
    assert any([line.fits(case) for line in edition.lines] == hit for case in cases(edition))


@pytest.mark.parametrize("name", sorted(load().tables))
def test_shipped_tables_stay_small_enough_to_check_whole(name):
    for edition in load().tables[name].editions:
        assert count(edition) == len(list(cases(edition))) or not classes(edition)
