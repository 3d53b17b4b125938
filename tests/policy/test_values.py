"""Dated values: an old case is judged with the value of its own day; what nobody gave is unset."""

from datetime import date

import pytest

from shouwang.policy import Value, load

PACK = load()
NAME = "hazard.general.workdays"
ADOPTED = Value(
    provenance="local",
    value=3,
    source="延州消委办〔2026〕9号",
    since=date(2026, 10, 1),
    signer="金哲洙",
    signed_on=date(2026, 9, 20),
)


def test_an_adopted_value_holds_from_its_day_and_not_before():
    pack = PACK.with_values({NAME: (ADOPTED,)})
    assert pack.value(NAME, on=date(2026, 9, 30)).provenance == "default"
    assert pack.value(NAME, on=date(2026, 10, 1)) == ADOPTED
    assert PACK.value(NAME, on=date(2026, 10, 1)).provenance == "default"


def test_before_its_first_day_a_value_is_unset():
    assert not PACK.value(NAME, on=date(2023, 2, 23)).is_set


def test_an_unset_value_names_who_must_enter_it():
    value = PACK.value("reward.report.yuan", on=date(2026, 11, 24))
    assert not value.is_set
    assert PACK.keeper_of("reward.report.yuan").label.zh == "县(市)消防救援委员会办公室"


def test_an_unknown_name_is_an_error_and_not_unset():
    with pytest.raises(KeyError):
        PACK.value("hazard.minor.minutes", on=date(2026, 11, 24))


def test_the_hard_numbers_of_the_plan_are_ten_and_every_one_is_a_parameter():
    planned = {p.row for p in PACK.parameters.values() if any(v.provenance == "plan" for v in p.values)}
    assert planned == set(PACK.numbers)
    assert len(planned) == 10
