"""Names and lists of areas, for people who may see some of them."""

from collections import Counter

import pytest
from django.utils import translation

from shouwang.domains.areas import queries
from shouwang.domains.areas.nearness import nearest
from shouwang.domains.areas.scopes import common_root
from shouwang.kernel.geo import Point
from shouwang.policy.areas import table
from tests.domains.areas_story import SMALL, TODAY, YANBIAN, area, bring, bring_pack

pytestmark = pytest.mark.django_db


def codes(found):
    return [unit.code for unit in found]


def test_names_of_a_whole_list_take_one_statement(django_assert_num_queries):
    bring(*SMALL)
    with django_assert_num_queries(1):
        found = queries.names(["222401", "222405104", "222401", "222499"])
    assert found == {"222401": "延吉市", "222405104": "东盛涌镇", "222499": "222499"}


def test_a_grid_without_a_name_goes_by_its_number():
    assert queries.name_of("222401001001003") == "第 3 网格"
    with translation.override("ko"):
        assert queries.name_of("222401001001003") == "제3격자"


def test_a_korean_reader_sees_korean_where_it_is_published_and_chinese_elsewhere():
    bring(*SMALL)
    with translation.override("ko"):
        assert queries.name_of("222405") == "룡정시"
        assert queries.path_of("222401001001") == "연길시 진학가두 向阳社区"


def test_paths_of_a_whole_list_take_one_statement_and_begin_at_the_county(django_assert_num_queries):
    bring(*SMALL)
    with django_assert_num_queries(1):
        found = queries.paths(["222401001001", "222405104", "222400"])
    assert found == {
        "222401001001": "延吉市 进学街道 向阳社区",
        "222405104": "龙井市 东盛涌镇",
        "222400": "延边朝鲜族自治州",
    }


def test_no_names_take_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.names([]) == {} and queries.paths([]) == {}


def test_the_prefecture_opens_into_counties_and_a_township_into_villages():
    bring_pack()
    counties = queries.children("222400", areas=YANBIAN, on=TODAY)
    assert [unit.name for unit in counties.places][:3] == ["延吉市", "图们市", "敦化市"]
    assert len(counties.places) == 8 and counties.after == ""
    villages = queries.children("222401001", areas=YANBIAN, on=TODAY)
    assert codes(villages.places)[0] == "222401001001" and len(villages.places) == 14


def test_a_long_list_is_read_page_by_page_without_loss_or_repeat():
    bring_pack()
    seen, after = [], ""
    while True:
        page = queries.children("222403", areas=YANBIAN, on=TODAY, after=after, limit=7)
        seen += codes(page.places)
        if not (after := page.after):
            break
    expected = [f.code for f in table().facts if len(f.code) == 9 and f.code.startswith("222403")]
    assert seen == sorted(expected)


def test_someone_of_one_village_is_led_down_to_it_and_sees_no_neighbour():
    bring_pack()
    own = ("222401001001",)
    assert codes(queries.children("222400", areas=own, on=TODAY).places) == ["222401"]
    assert codes(queries.children("222401001", areas=own, on=TODAY).places) == ["222401001001"]
    assert queries.children("222405", areas=own, on=TODAY).places == ()
    assert codes(queries.search("社区", areas=own, on=TODAY)) == ["222401001001"]
    assert queries.count_by("level", areas=own, on=TODAY) == {"village": 1}


def test_the_outsider_sees_nothing():
    bring_pack()
    assert queries.children("222400", areas=(), on=TODAY).places == ()
    assert queries.search("延吉", areas=(), on=TODAY) == []
    assert queries.count_by("kind", areas=(), on=TODAY) == {}
    assert nearest(Point(129.5, 42.9), areas=(), on=TODAY) == []


def test_search_finds_by_either_name_and_by_code_and_puts_higher_units_first():
    bring_pack()
    assert codes(queries.search("敦化", areas=YANBIAN, on=TODAY))[0] == "222403"
    assert codes(queries.search("로투구", areas=YANBIAN, on=TODAY)) == ["222405102"]
    assert codes(queries.search("2224260", areas=YANBIAN, on=TODAY, limit=2)) == ["222426001", "222426002"]
    assert queries.search("  ", areas=YANBIAN, on=TODAY) == []
    assert queries.search("%", areas=YANBIAN, on=TODAY) == []


def test_counts_by_level_and_kind_agree_with_the_table():
    bring_pack()
    facts = table().facts
    assert queries.count_by("level", areas=YANBIAN, on=TODAY) == Counter(f.level.value for f in facts)
    assert queries.count_by("kind", areas=["222403"], on=TODAY) == Counter(
        f.kind.value for f in facts if f.code.startswith("222403")
    )


def test_an_area_that_was_dissolved_is_listed_no_more_but_keeps_its_name():
    bring(*SMALL, area("222405101", "朝阳川镇", until="2009-01-04", merged_into="222405104"))
    assert codes(queries.children("222405", areas=YANBIAN, on=TODAY).places) == ["222405104"]
    assert queries.name_of("222405101") == "朝阳川镇"


def test_one_area_shows_the_line_it_stands_in():
    bring(*SMALL)
    assert codes(queries.line_of("222401001001")) == ["222400", "222401", "222401001", "222401001001"]
    assert queries.place("222401").zh == "延吉市"
    assert queries.place("222499") is None


def test_a_page_begins_where_all_areas_of_a_person_meet():
    assert common_root(["222401001001", "222401001003"]) == "222401001"
    assert common_root(["222401001", "222405"]) == "222400"
    assert common_root(["222401", "220100"]) == "220000"
    assert common_root(["222401", "110101"]) is None
    assert common_root(["222401100"]) == "222401100"
    assert common_root([]) is None


def test_the_nearest_county_seat_is_found_by_metres_and_not_by_degrees():
    # 0.20° east is 16.3 km at this latitude, 0.16° north is 17.8 km.
    east, north = area("222405", "东县", lon=129.70, lat=42.90), area("222401", "北县", lon=129.50, lat=43.06)
    bring(SMALL[0], east, north)
    found = nearest(Point(129.50, 42.90), areas=YANBIAN, on=TODAY, level="county")
    assert [near.place.code for near in found] == ["222405"]
    assert 16_000 < found[0].metres < 16_500


def test_nearest_gives_fewer_when_there_are_fewer():
    bring(*SMALL)
    here = Point(129.5, 42.8)
    assert [n.place.code for n in nearest(here, areas=YANBIAN, on=TODAY, limit=9)] == [
        "222405104",
        "222405",
        "222401",
    ]
