"""What holds for any areas, posts and places, and not for the ones we thought of."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.domains.areas import queries
from shouwang.domains.areas.models import Area
from shouwang.domains.areas.nearness import nearest
from shouwang.domains.areas.scopes import ancestors, common_root, under
from shouwang.kernel.codes import covered, covers
from shouwang.kernel.geo import Point, haversine_m
from shouwang.policy.areas import table
from tests.domains.areas_story import TODAY, YANBIAN, bring_pack

CODES = sorted(fact.code for fact in table().facts)
TERRITORIES = st.lists(st.sampled_from(CODES), max_size=4)
PLACES = st.builds(Point, st.floats(127.0, 132.0), st.floats(41.5, 45.0))
ON_THE_TREE = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def tree(db):
    bring_pack()


@ON_THE_TREE
@given(areas=TERRITORIES)
def test_the_database_reaches_exactly_what_the_codes_cover(tree, areas):
    reached = set(Area.objects.filter(under(areas)).values_list("region", flat=True))
    assert reached == {code for code in CODES if covered(areas, code)}


@ON_THE_TREE
@given(areas=TERRITORIES, text=st.sampled_from(["社区", "村", "2224", "林场", "연"]))
def test_nothing_found_lies_outside_the_territory(tree, areas, text):
    found = queries.search(text, areas=areas, on=TODAY, limit=2000)
    assert all(covered(areas, unit.code) for unit in found)
    assert sum(queries.count_by("kind", areas=areas, on=TODAY).values()) == sum(
        covered(areas, c) for c in CODES
    )


@ON_THE_TREE
@given(areas=TERRITORIES, code=st.sampled_from([c for c in CODES if len(c) < 12]))
def test_walking_down_shows_only_ones_own_and_the_way_to_it(tree, areas, code):
    for unit in queries.children(code, areas=areas, on=TODAY, limit=1000).places:
        assert covered(areas, unit.code) or any(covers(unit.code, area) for area in areas)
        assert ancestors(unit.code)[0] == code


@ON_THE_TREE
@given(here=PLACES, limit=st.integers(1, 6), level=st.sampled_from(["", "county", "township"]))
def test_nearest_agrees_with_measuring_every_place(tree, here, limit, level):
    placed = [f for f in table().facts if f.lon is not None and level in ("", f.level.value)]
    every = sorted((haversine_m(here, Point(f.lon, f.lat)), f.code) for f in placed)
    found = nearest(here, areas=YANBIAN, on=TODAY, level=level, limit=limit)
    assert [(near.metres, near.place.code) for near in found] == every[:limit]


@given(st.lists(st.sampled_from(CODES), min_size=1, max_size=5))
def test_the_common_root_covers_all_and_no_part_of_it_does(areas):
    root = common_root(areas)
    assert root is not None and all(covers(root, area) for area in areas)
    assert not any(all(covers(c, a) for a in areas) for c in CODES if covers(root, c) and c != root)
