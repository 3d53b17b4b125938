"""The standards behind the plan: in force on a day, cited by what, and what somebody has still to enter."""

from datetime import date, timedelta

import pytest

from shouwang.policy.loading import load
from shouwang.policy.standards import standards, state_of
from tests.policy.packs import spoilt

PACK = load("yanbian-2023")
TODAY = date(2026, 11, 26)
CITING = {one.basis.id: one for one in standards(PACK, on=TODAY)}


def test_every_document_stands_there_once_and_open_ones_first():
    assert CITING.keys() == PACK.bases.keys()
    open_ = [one.is_open for one in CITING.values()]
    assert open_ == sorted(open_, reverse=True) and True in open_ and False in open_


def test_the_edition_changes_on_its_day():
    old, new = PACK.bases["gb35181_2017"], PACK.bases["gb35181_2025"]
    last = date(2025, 10, 31)
    assert (state_of(old, last), state_of(new, last)) == ("in_force", "coming")
    assert (state_of(old, last + timedelta(1)), state_of(new, last + timedelta(1))) == ("replaced", "in_force")
    assert CITING["gb35181_2017"].replaced_by == new


def test_a_document_without_any_day_is_not_said_to_be_in_force():
    assert CITING["gbt34300"].state == "undated"


def test_what_cites_a_document_and_what_it_has_still_to_give():
    found = CITING["gb35181_2025"]
    assert found.unset_tables == ("major-elements-gb35181-2025",)
    assert found.unset == ("hazard.major.comprehensive.count",)
    rules = CITING["order_120"]
    assert "hazard.recheck.workdays" in rules.parameters and rules.unset == () and rules.duties


def test_no_document_says_two_things_wait_without_naming_who_enters_them():
    for one in CITING.values():
        assert not one.basis.wanting or one.basis.keeper in PACK.posts


@pytest.mark.parametrize(
    "old, new",
    [
        ("keeper: county_fire", "keeper: nobody"),
        ("replaced_by: gb35181_2025", "replaced_by: nothing"),
        ("parameters: [hazard.major.comprehensive.count]", "parameters: [hazard.nothing]"),
    ],
)
def test_a_keeper_or_successor_that_does_not_exist_is_found(tmp_path, old, new):
    found = spoilt(tmp_path, file="bases.yaml", old=old, new=new)
    assert any("does not exist in this pack" in text for text in found)
