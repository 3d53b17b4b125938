"""Regions nest by prefix; a territory covers what lies in it and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.codes import (
    Level,
    county_of,
    covered,
    covers,
    is_region,
    level_of,
    parent_of,
    prefix_of,
    township_of,
)

step = st.integers(1, 999).map("{:03}".format)
pair = st.integers(1, 99).map("{:02}".format)
province = st.integers(11, 82).map("{}0000".format)
prefecture = st.builds(lambda top, own: top[:2] + own + "00", province, pair)
county = st.builds(lambda top, own: top[:4] + own, prefecture, pair)
township = st.builds(str.__add__, county, step)
village = st.builds(str.__add__, township, step)
grid = st.builds(str.__add__, village, step)
regions = st.one_of(province, prefecture, county, township, village, grid)
ORDER = list(Level)


def ancestry(region: str) -> list[str]:
    line = [region]
    while (above := parent_of(line[-1])) is not None:
        line.append(above)
    return line


@given(grid)
def test_a_grid_has_one_line_up_to_its_province(region: str) -> None:
    assert [level_of(area) for area in ancestry(region)] == ORDER[::-1]


@given(regions)
def test_everything_above_covers_it_and_it_covers_nothing_above(region: str) -> None:
    for above in ancestry(region)[1:]:
        assert covers(above, region)
        assert not covers(region, above)
    assert covers(region, region)


@given(regions, regions)
def test_covering_is_exactly_standing_in_the_line_above(area: str, region: str) -> None:
    assert covers(area, region) is (area in ancestry(region))


@given(grid, step)
def test_a_neighbour_in_the_same_village_is_not_covered(region: str, other: str) -> None:
    neighbour = region[:-3] + other
    assert covers(region, neighbour) is (region == neighbour)


@given(st.lists(regions, max_size=5), regions)
def test_a_territory_is_a_set_of_areas(areas: list[str], region: str) -> None:
    assert covered(areas, region) is any(area in ancestry(region) for area in areas)


@given(regions)
def test_the_county_key_is_the_first_six_digits(region: str) -> None:
    assert county_of(region) == region[:6]
    assert region.startswith(township_of(region))
    if level_of(region) in (Level.TOWNSHIP, Level.VILLAGE, Level.GRID):
        assert level_of(township_of(region)) is Level.TOWNSHIP
        assert covers(county_of(region), township_of(region))


def test_yanbian() -> None:
    assert prefix_of("222400") == "2224"
    assert prefix_of("220000") == "22"
    assert prefix_of("222401") == "222401"
    assert parent_of("222401001") == "222401"
    assert parent_of("220000") is None
    assert covers("222400", "222424100201")
    assert not covers("222401", "222400")
    assert not covers("", "222401")
    assert not covered((), "222401")


@pytest.mark.parametrize(
    "text",
    ["", "22", "2224", "22240", "022401", "220001", "222401000", "222401001000", "222401001201000",
     "2224010012010011", "222401001201001001", "２２２４０１", "222401 ", "222401\n", "22240a", "-22401"],
)  # fmt: skip
def test_what_is_no_region(text: str) -> None:
    assert not is_region(text)
    with pytest.raises(ValueError, match="^region: "):
        level_of(text)
