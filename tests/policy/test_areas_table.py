"""The pack's table of areas, against the list it was taken from."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.codes import Level
from shouwang.policy.area_kinds import KINDS_AT, AreaKind, kind_of, spoken
from shouwang.policy.areas import COLUMNS, read, table

LIST = Path(__file__).resolve().parents[3] / "shared" / "data" / "yanbian" / "divisions.csv"
HEADING = "code,kind,zh,ko,lon,lat,datum,year,since,until,merged_into\n"


def by_code():
    return {fact.code: fact for fact in table().facts}


def reasons(text):
    return [(r.line, r.field, r.reason) for r in read(text).refusals]


def test_the_table_is_read_without_a_refusal():
    assert table().refusals == ()


def test_one_prefecture_eight_counties_118_townships_1525_villages():
    assert Counter(fact.level for fact in table().facts) == {
        Level.PREFECTURE: 1, Level.COUNTY: 8, Level.TOWNSHIP: 118, Level.VILLAGE: 1525,
    }  # fmt: skip


@pytest.mark.skipif(not LIST.exists(), reason="the list of divisions does not lie beside the repository")
def test_codes_names_and_parents_are_those_of_the_list():
    with LIST.open(encoding="utf-8") as lines:
        listed = {row["code"]: (row["name"], row["level"]) for row in csv.DictReader(lines)}
    assert {fact.code: (fact.zh, fact.level.value) for fact in table().facts} == listed


def test_184_settlements_belong_to_forestry_bureaus_and_farms_that_only_rank_as_townships():
    facts = by_code()
    apart = {AreaKind.FOREST_BUREAU, AreaKind.FARM}
    below = [f for f in facts.values() if f.level is Level.VILLAGE and facts[f.parent].kind in apart]
    assert len(below) == 184
    assert {f.kind for f in below} == {AreaKind.FOREST_SECTION, AreaKind.FARM_SECTION}


def test_kind_is_a_fact_of_the_area_and_not_of_its_code():
    facts = by_code()
    assert facts["222426120"].kind is AreaKind.DEVELOPMENT_ZONE  # 池北区, among the codes of towns
    assert facts["222403400"].kind is AreaKind.FOREST_BUREAU  # a company today, a bureau in rank
    assert facts["222404201"].kind is AreaKind.ETHNIC_TOWNSHIP
    assert facts["222401100501"].kind is AreaKind.FARM
    assert facts["222424"].kind is AreaKind.COUNTY and facts["222401"].kind is AreaKind.CITY


def test_the_kinds_follow_from_names_and_codes_alone():
    bare = "code,zh,year\n" + "".join(f"{f.code},{f.zh},2023\n" for f in table().facts)
    assert {f.code: f.kind for f in read(bare).facts} == {f.code: f.kind for f in table().facts}


def test_counties_are_written_as_in_yanbian():
    names = [fact.ko for fact in table().facts if fact.level is Level.COUNTY]
    assert names == ["연길시", "도문시", "돈화시", "훈춘시", "룡정시", "화룡시", "왕청현", "안도현"]


def test_whatever_is_not_from_the_list_names_its_source():
    for fact in table().facts:
        assert fact.source == "stats-2023"
        assert bool(fact.ko) == bool(fact.ko_source)
        assert (fact.lon is None) == (not fact.point_source)
        assert bool(fact.civil_code) == bool(fact.civil_year)


def test_coordinates_lie_in_yanbian():
    placed = [fact for fact in table().facts if fact.lon is not None]
    assert len(placed) > 50
    assert all(127.4 < f.lon < 131.4 and 41.9 < f.lat < 44.6 for f in placed)


@pytest.mark.parametrize(
    ("zh", "name"),
    [
        ("明东村委会", "明东村"),
        ("明东村村民委员会", "明东村"),
        ("红石鹿场社区居民委员会", "红石鹿场社区"),
        ("二道村（滨河）", "二道村"),
        ("长白山保护开发区池北区特殊乡镇", "长白山保护开发区池北区"),
        ("东山农场虚拟生活区", "东山农场生活区"),
        ("延吉市", "延吉市"),
    ],
)
def test_names_are_shown_as_people_say_them(zh, name):
    assert spoken(zh) == name


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("22240,,延吉市,,,,,2023,,,", "code", "not_a_code"),
        ("220000,,吉林省,,,,,2023,,,", "code", "not_a_code"),
        (",,延吉市,,,,,2023,,,", "code", "missing"),
        ("222401,,,,,,,2023,,,", "zh", "missing"),
        ("222401,城,延吉市,,,,,2023,,,", "kind", "kind_unknown"),
        ("222401,镇,延吉市,,,,,2023,,,", "kind", "kind_not_here"),
        ("222401001900,,某某,,,,,2023,,,", "kind", "kind_unclear"),
        ("222401,,延吉市,,42.9,129.5,,2023,,,", "lon", "out_of_range"),
        ("222401,,延吉市,,东经,42.9,,2023,,,", "lon", "not_a_number"),
        ("222401,,延吉市,,129.5,,,2023,,,", "lat", "half_a_point"),
        ("222401,,延吉市,,129.5,42.9,北京54,2023,,,", "datum", "datum_unknown"),
        ("222401,,延吉市,,,,,23,,,", "year", "not_a_year"),
        ("222401,,延吉市,,,,,,,,", "year", "missing"),
        ("222401,,延吉市,,,,,2023,1985年,,", "since", "not_a_day"),
        ("222401,,延吉市,,,,,2023,2009-01-04,2009-01-04,", "until", "ends_before_start"),
        ("222401,,延吉市,,,,,2023,,2009-01-04,222401", "merged_into", "into_itself"),
        ("222401,,延吉市,,,,,2023,,,222405", "until", "merge_needs_day"),
        ("222401," + "," * 11, "", "too_many_cells"),
        ("222401,," + "延" * 61 + ",,,,,2023,,,", "zh", "too_long"),
    ],
)
def test_a_bad_row_names_field_and_reason_and_the_good_row_goes_on(row, field, reason):
    reading = read(HEADING + row + "\n222402,,图们市,,,,,2023,,,\n")
    assert (2, field, reason) in [(r.line, r.field, r.reason) for r in reading.refusals]
    assert [fact.code for fact in reading.facts] == ["222402"]


def test_every_bad_cell_of_a_row_is_named_at_once():
    assert reasons(HEADING + "222401,城,,,129,,,23,,,") == [
        (2, "zh", "missing"), (2, "lat", "half_a_point"), (2, "year", "not_a_year"),
    ]  # fmt: skip


def test_the_second_of_two_rows_with_one_code_is_refused():
    assert reasons("code,zh,year\n222401,延吉市,2023\n222401,延吉,2023\n")[-1] == (3, "code", "repeated")


def test_a_table_without_its_columns_is_refused_as_a_whole():
    assert reasons("名称\n延吉市\n") == [(1, "code", "no_column"), (1, "year", "no_column")]
    assert reasons("code,code,zh,year\n") == [(1, "code", "column_twice")]
    assert reasons("code,zh,year\n222401," + "延" * 200_000) == [(2, "", "not_a_table")]
    assert reasons(b"PK\x03\x04\x00\xff") == [(0, "", "not_a_table")]


def test_an_office_may_write_chinese_headings_in_its_own_encoding():
    text = "代码,名称,类型,年份,经度,纬度,坐标系\n222401001001001,一网格,网格,2026,129.5,42.9,GCJ-02\n"
    (fact,) = read(text.encode("gb18030")).facts
    assert fact.kind is AreaKind.GRID
    assert (fact.lon, fact.lat) != (129.5, 42.9)
    assert abs(fact.lon - 129.5) < 0.01 and abs(fact.lat - 42.9) < 0.01


def test_every_level_below_the_province_has_kinds_and_every_kind_a_level():
    assert {kind for kinds in KINDS_AT.values() for kind in kinds} == set(AreaKind)
    assert [level for level, kinds in KINDS_AT.items() if not kinds] == [Level.PROVINCE]


CELLS = st.text(alphabet='0123456789.,-\r\n"延吉市镇村abc\0\ufeff ', max_size=30)


@given(st.lists(CELLS, max_size=12), st.permutations(COLUMNS))
def test_whatever_a_file_holds_every_row_is_either_in_or_refused(cells, columns):
    text = ",".join(columns) + "\n" + "\n".join(cells)
    reading = read(text)
    kept, refused = {f.line for f in reading.facts}, {r.line for r in reading.refusals}
    assert kept.isdisjoint(refused)
    assert set(reading.given) <= kept | refused


@given(
    st.from_regex("22240[1-6][0-9]{3}", fullmatch=True).filter(lambda c: c[6:] != "000"), st.text(max_size=8)
)
def test_a_kind_told_from_a_name_is_always_one_its_level_can_have(code, zh):
    assert kind_of(code, zh, None) in {*KINDS_AT[Level.TOWNSHIP], None}
