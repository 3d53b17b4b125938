"""Outlines as plain numbers: inside or outside, how far from the border, and drawn without a corner twice."""

from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.geo import Point, haversine_m
from shouwang.kernel.outlines import box_of, frame_of, inside, metres_off, middle, path_of

SQUARE = [[[[129.0, 43.0], [130.0, 43.0], [130.0, 44.0], [129.0, 44.0], [129.0, 43.0]]]]
HOLED = [[*SQUARE[0], [[129.4, 43.4], [129.6, 43.4], [129.6, 43.6], [129.4, 43.6], [129.4, 43.4]]]]


@given(st.floats(128.0, 131.0), st.floats(42.0, 45.0))
def test_a_place_is_inside_its_square_and_not_in_the_hole(lon, lat):
    here = Point(lon, lat)
    in_square = 129.0 < lon < 130.0 and 43.0 < lat < 44.0
    near_side = metres_off(HOLED, here) < 1
    if not near_side:
        assert inside(SQUARE, here) == in_square
        in_hole = 129.4 < lon < 129.6 and 43.4 < lat < 43.6
        assert inside(HOLED, here) == (in_square and not in_hole)


@given(st.floats(129.05, 129.95))
def test_the_way_to_the_border_is_measured_on_the_ground(lon):
    here = Point(lon, 43.02)
    assert abs(metres_off(SQUARE, here) - haversine_m(here, Point(lon, 43.0))) < 20


def test_a_drawing_is_as_wide_as_asked_and_shrinks_with_the_latitude():
    frame = frame_of([box_of(SQUARE)], 300)
    assert frame.width == 300 and 400 < frame.height < 420
    assert path_of(SQUARE, frame).startswith(f"M0 {frame.height}l300 0")
    dot = [[[[129.0, 43.0], [129.001, 43.0], [129.001, 43.001], [129.0, 43.0]]]]
    assert path_of(dot, frame) == ""


def test_a_label_stands_inside_even_a_hollow_shape():
    hook = [[[[0, 0], [4, 0], [4, 4], [0, 4], [0, 3], [3, 3], [3, 1], [0, 1], [0, 0]]]]
    assert inside(hook, middle(hook))
    assert inside(HOLED, middle(HOLED))
