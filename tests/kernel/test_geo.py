"""Places survive every datum, and distances are those of the ground."""

from math import isclose, pi
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shouwang.kernel.geo import (
    EARTH_RADIUS_M,
    Datum,
    Point,
    bd09_to_gcj02,
    convert,
    datum_named,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    haversine_m,
    wgs84_to_gcj02,
)

TIANANMEN = Point(116.404, 39.915)
YANJI = Point(129.50241, 42.88825)
HUNCHUN = Point(130.36, 42.86)
in_china = st.builds(Point, st.floats(72.0041, 137.8346), st.floats(0.8294, 55.827))
anywhere = st.builds(Point, st.floats(-180, 180), st.floats(-90, 90))
datums = st.sampled_from(Datum)


def close(a: Point, b: Point, within: float) -> bool:
    return abs(a.lon - b.lon) < within and abs(a.lat - b.lat) < within


def test_a_known_place_on_each_map() -> None:
    assert close(wgs84_to_gcj02(TIANANMEN), Point(116.41024449916938, 39.91640428150164), 1e-9)
    assert close(gcj02_to_bd09(TIANANMEN), Point(116.41036949371029, 39.92133699351022), 1e-9)
    assert close(bd09_to_gcj02(TIANANMEN), Point(116.39762729119315, 39.90865673957631), 1e-6)


@given(in_china, datums, datums)
def test_there_and_back_is_the_same_place(point: Point, source: Datum, target: Datum) -> None:
    here = convert(point, source=Datum.WGS84, target=source)
    there = convert(here, source=source, target=target)
    assert close(convert(there, source=target, target=source), here, 1e-9)


def test_a_hundred_thousand_places_come_back_within_half_a_metre() -> None:
    """From the ground to the national map, on to Baidu's and back over both."""
    dice, near = Random(6), 0.5 / 111_320  # a degree is no more than so many metres
    for _ in range(100_000):
        point = Point(dice.uniform(73.5, 135.1), dice.uniform(3.9, 53.6))
        gcj02 = wgs84_to_gcj02(point)
        again = bd09_to_gcj02(gcj02_to_bd09(gcj02))
        back = gcj02_to_wgs84(again)
        assert abs(again.lon - gcj02.lon) + abs(again.lat - gcj02.lat) < near
        assert abs(back.lon - point.lon) + abs(back.lat - point.lat) < near


@pytest.mark.parametrize(
    ("word", "datum"),
    [
        ("WGS-84", Datum.WGS84), ("wgs84", Datum.WGS84), ("CGCS2000", Datum.WGS84), ("天地图", Datum.WGS84),
        ("GCJ-02", Datum.GCJ02), ("gcj02", Datum.GCJ02), ("高德", Datum.GCJ02), ("腾讯", Datum.GCJ02),
        ("BD-09", Datum.BD09), ("bd09ll", Datum.BD09), ("百度", Datum.BD09), ("北京54", None), ("", None),
    ],
)  # fmt: skip
def test_a_datum_goes_by_the_names_people_use(word: str, datum: Datum | None) -> None:
    assert datum_named(word) is datum


@given(in_china)
def test_the_detour_over_gcj02_is_the_way(point: Point) -> None:
    straight = convert(point, source=Datum.WGS84, target=Datum.BD09)
    assert straight == gcj02_to_bd09(wgs84_to_gcj02(point))
    assert close(gcj02_to_wgs84(bd09_to_gcj02(straight)), point, 1e-9)


@given(in_china)
def test_the_shift_is_some_hundred_metres_never_none(point: Point) -> None:
    assert 10 < haversine_m(point, wgs84_to_gcj02(point)) < 1500


@given(anywhere)
def test_abroad_nothing_is_shifted(point: Point) -> None:
    if not (72 < point.lon < 138 and 0.8 < point.lat < 56):
        assert wgs84_to_gcj02(point) == point
    if not (71.9 < point.lon < 138 and 0.7 < point.lat < 56):
        assert gcj02_to_wgs84(point) == point


def test_just_over_the_edge_nothing_is_shifted() -> None:
    outside = Point(71.95, 40.0)
    assert gcj02_to_wgs84(outside) == wgs84_to_gcj02(outside) == outside


@given(anywhere)
@example(Point(102.116, 57.687))
def test_the_other_end_of_the_earth_is_half_its_girth_away(point: Point) -> None:
    opposite = Point(point.lon + 180, -point.lat)
    assert isclose(haversine_m(point, opposite), pi * EARTH_RADIUS_M, rel_tol=1e-7)


@given(anywhere, anywhere)
def test_distance_is_a_distance(a: Point, b: Point) -> None:
    there = haversine_m(a, b)
    assert isclose(there, haversine_m(b, a), abs_tol=1e-3)
    assert 0 <= there <= pi * EARTH_RADIUS_M + 1
    assert haversine_m(a, a) == 0


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        (Point(129, 42), Point(129, 43), 111_195),
        (Point(0, 0), Point(180, 0), 20_015_115),
        (YANJI, HUNCHUN, 69_900),
    ],
)
def test_known_distances(a: Point, b: Point, metres: float) -> None:
    assert isclose(haversine_m(a, b), metres, rel_tol=0.002)
