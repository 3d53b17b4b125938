"""What an office may give a parameter: read as people write it, refused in their own language with the reason."""

from datetime import date

import pytest
from hypothesis import given, strategies
from msgspec import structs

from shouwang.policy import load
from shouwang.policy.document_numbers import read_number
from shouwang.policy.giving import BOUNDS, NotGiven, kept_value, may_give, read_day, read_value
from tests.policy.packs import spoilt

PACK = load()
MINOR = PACK.parameters["hazard.minor.hours"]
TODAY = date(2026, 11, 25)


def of(unit):
    return structs.replace(MINOR, unit=unit)


def refused(unit, text, language="zh"):
    with pytest.raises(NotGiven) as told:
        read_value(of(unit), text)
    return PACK.explain(told.value.reason, language)


@pytest.mark.parametrize(
    "unit, text, value",
    [
        ("hours", "24", 24),
        ("days", "0", 0),
        ("hours", " ２４ 小时", 24),
        ("hours", "48시간", 48),
        ("workdays", "5个工作日", 5),
        ("workdays", "5 사업일", 5),
        ("percent", "80％", 80),
        ("yuan", "2,000元", 2000),
        ("km2", "2 平方公里", 2),
        ("persons", "20000人", 20000),
        ("time", "17：30", "17:30"),
        ("time", "9时5分", "09:05"),
        ("day", "2026年6月1日", "2026-06-01"),
        ("day", "2026.6.1", "2026-06-01"),
        ("day_of_year", "9月15日", "09-15"),
        ("day_of_year", "09-15", "09-15"),
    ],
)
def test_values_are_read_as_officials_write_them(unit, text, value):
    assert read_value(of(unit), text) == value


@pytest.mark.parametrize(
    "unit, text, said",
    [
        ("hours", "二十四", "不是整数"),
        ("hours", "", "不是整数"),
        ("hours", "1.5", "的单位不对，本项单位是小时"),
        ("hours", "24天", "的单位不对，本项单位是小时"),
        ("workdays", "5天", "本项单位是个工作日"),
        ("percent", "180", "应在 1 到 100 之间"),
        ("count", "0", "应在 1 到"),
        ("time", "24:00", "请写成 17:30"),
        ("day", "2026-02-30", "请写成 2026-06-01"),
        ("day", "1926-06-01", "请写成 2026-06-01"),
        ("day_of_year", "02-29", "不是每年都有"),
        ("day_of_year", "13-01", "请写成 09-15"),
    ],
)
def test_what_cannot_be_a_value_is_refused_with_the_reason(unit, text, said):
    assert said in refused(unit, text)


def test_the_reason_is_told_in_the_readers_language():
    assert refused("hours", "24天", "ko") == "“24天”의 단위가 맞지 않음, 이 항목의 단위는 시간"
    assert refused("percent", "180", "en") == "180 is out of bounds; it must be between 1 and 100"


@given(strategies.sampled_from(sorted(BOUNDS)), strategies.integers(-5, 200_000_000))
def test_a_number_is_taken_exactly_within_the_bounds_of_its_unit(unit, number):
    least, most = BOUNDS[unit]
    if least <= number <= most:
        value = read_value(of(unit), str(number))
        assert kept_value(of(unit), str(value)) == value == number
    else:
        assert refused(unit, str(number))


@given(strategies.text(max_size=12))
def test_nothing_that_is_typed_breaks_the_reading(text):
    for unit in ("hours", "time", "day", "day_of_year", "yuan"):
        try:
            value = read_value(of(unit), text)
        except NotGiven as told:
            assert PACK.explain(told.reason, "ko") != told.reason.code
        else:
            assert read_value(of(unit), str(value)) == value


@pytest.mark.parametrize(
    "name, said",
    [
        ("meeting.joint.per_quarter", "方案已有规定（实施方案二(二)4），不能用采纳单改动"),
        ("hazard.recheck.workdays", "标准或上位文件已有规定（公安部令第120号《消防监督检查规定》）"),
        ("no.such", "没有“no.such”这个参数"),
    ],
)
def test_what_the_plan_or_a_standard_decides_is_no_offices_to_change(name, said):
    assert said in PACK.explain(may_give(PACK, name, on=TODAY), "zh")


def test_what_a_standard_no_longer_says_may_be_given():
    name = "hazard.major.comprehensive.count"
    assert may_give(PACK, name, on=date(2025, 10, 31)) is not None
    assert may_give(PACK, name, on=TODAY) is None
    assert may_give(PACK, "hazard.minor.hours", on=TODAY) is None


@pytest.mark.parametrize(
    "typed, number",
    [
        ("延市消委办〔2026〕5号", "延市消委办〔2026〕5号"),
        ("延市消委办[2026] 5 号", "延市消委办〔2026〕5号"),
        ("敦消委办（2026）12号", "敦消委办〔2026〕12号"),
        ("延州政办发【2026】9号", "延州政办发〔2026〕9号"),
        ("第五号文", None),
        ("", None),
    ],
)
def test_a_document_number_is_written_as_the_standard_has_it(typed, number):
    assert read_number(typed) == number


def test_a_day_is_read_as_it_stands_on_paper():
    assert read_day("2026年11月5日") == read_day("2026-11-05") == date(2026, 11, 5)
    assert read_day("11月5日") is None


@pytest.mark.parametrize(
    "old, new",
    [
        ("value: 24,", "value: -24,"),
        ("value: 24,", 'value: "24",'),
        ('value: "17:30"', 'value: "25:30"'),
        ('value: "17:30"', "value: 1730"),
    ],
)
def test_a_pack_ships_no_value_that_no_office_could_adopt(tmp_path, old, new):
    found = spoilt(tmp_path, file="parameters/clocks.yaml", old=old, new=new)
    assert any("is no value in" in one for one in found)
