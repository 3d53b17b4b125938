"""Which area a cell means: by code, by code and name, by name in either language; and when nobody can tell."""

import pytest

from shouwang.kernel.decision import Reason
from shouwang.rules.named_areas import area_meant, code_in, known

AREAS = known(
    [
        ("222403001", ("渤海街道", "발해가두")),
        ("222403002", ("胜利街道", "승리가두")),
        ("222401002", ("胜利街道", "")),
        ("222403001001", ("红旗社区", "붉은기사회구역")),
    ]
)


@pytest.mark.parametrize(
    "cell, code",
    [
        ("222403001", "222403001"),
        (222403001.0, "222403001"),
        ("222403001 敦化市 渤海街道", "222403001"),
        ("２２２４０３００１", "222403001"),
        ("222403001 222403 8委", "222403001"),
        (" 渤海 街道 ", "222403001"),
        ("발해가두", "222403001"),
        ("红旗社区", "222403001001"),
    ],
)
def test_an_area_is_known_by_code_or_name(cell, code):
    assert area_meant(cell, AREAS) == code


@pytest.mark.parametrize(
    "cell, why",
    [
        ("胜利街道", Reason("body_of_many", {"typed": "胜利街道"})),
        ("某某街道", Reason("body_unnamed", {"typed": "某某街道"})),
        ("222404001", Reason("body_outside")),
    ],
)
def test_a_name_of_two_or_of_none_is_not_guessed(cell, why):
    assert area_meant(cell, AREAS) == why


def test_a_long_number_holds_no_code():
    assert code_in("13812345678") == "" and code_in("2224030010") == "" and code_in("") == ""
