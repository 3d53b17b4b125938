"""What a cell of a decision table may say, and that it refuses everything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.policy.cells import BadCell, parse


@pytest.mark.parametrize("text", ["-", "", None])
def test_a_dash_takes_anything(text):
    cell = parse(text, "enum")
    assert cell.is_any
    assert cell.holds("school")


def test_a_list_of_words():
    cell = parse("school | hospital", "enum")
    assert cell.holds("hospital")
    assert not cell.holds("shop")


def test_not():
    cell = parse("not(school | hospital)", "enum")
    assert cell.holds("shop")
    assert not cell.holds("school")


@pytest.mark.parametrize(
    "text, inside, outside",
    [
        (">= 50", 50, 49),
        ("> 50", 51, 50),
        ("< 80", 79, 80),
        ("<= 80", 80, 81),
        ("[75..79]", 75, 80),
        ("(75..79)", 76, 75),
        ("7", 7, 8),
        ("not([1..5])", 6, 5),
        ("< 0 | > 10", 11, 10),
    ],
)
def test_numbers(text, inside, outside):
    cell = parse(text, "int")
    assert cell.holds(inside)
    assert not cell.holds(outside)


def test_yes_and_no_are_not_one_and_nought():
    assert parse(True, "bool").holds(True)
    assert not parse("yes", "bool").holds(1)
    assert not parse("1", "int").holds(True)


@pytest.mark.parametrize(
    "text, type_",
    [
        ("about 50", "int"),
        ("[9..1]", "int"),
        ("1.5", "int"),
        (">= x", "int"),
        ("maybe", "bool"),
        ("School!", "enum"),
        ("a |", "enum"),
        ("not(a", "enum"),
    ],
)
def test_anything_else_is_refused(text, type_):
    with pytest.raises(BadCell):
        parse(text, type_)


@given(st.integers(-99, 99), st.integers(-99, 99), st.integers(-120, 120))
def test_a_range_is_its_two_bounds(low, high, value):
    if low > high:
        return
    both = parse(f">= {low}", "int").holds(value) and parse(f"<= {high}", "int").holds(value)
    assert parse(f"[{low}..{high}]", "int").holds(value) is both
