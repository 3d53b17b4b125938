"""Whatever merges, splits and moves: it never runs in a circle, and every row is counted once, where it went."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.codes import covers, parent_of
from shouwang.kernel.lineage import NONE, Lineage

A, B, C = "222403101", "222403102", "222405104"
COUNTIES = ("222401", "222403", "222405")
TOWNS = tuple(f"{county}{n:03d}" for county in COUNTIES for n in (101, 102, 103))
VILLAGES = tuple(f"{town}{n:03d}" for town in TOWNS for n in (201, 202))


@st.composite
def histories(draw):
    """Units of one level going into each other, one after the other, each only while it still stands."""
    heirs: dict[str, str] = {}
    parts: dict[str, list[str]] = {}
    born = iter(range(301, 400))
    for _ in range(draw(st.integers(0, 8))):
        level = draw(st.sampled_from([TOWNS, VILLAGES]))
        living = [unit for unit in level if unit not in heirs]
        if len(living) < 2:
            continue
        old = draw(st.sampled_from(living))
        how = draw(st.sampled_from(["merge", "split", "above"]))
        if how == "merge":
            heirs[old] = draw(st.sampled_from([unit for unit in living if unit != old]))
        else:
            new = [f"{parent_of(old)}{next(born)}" for _ in range(2)]
            parts[old] = new
            heirs[old] = new[0] if how == "split" else (parent_of(old) or "")
    return Lineage(heirs, parts)


@given(histories(), st.sampled_from(TOWNS + VILLAGES))
def test_aliases_never_loop_and_end_at_a_unit_that_goes_on_as_itself(known, code):
    last = known.current(code)
    assert known.current(last) == last
    assert last not in known.heirs


def test_a_circle_somebody_wrote_by_hand_still_ends():
    known = Lineage({A: B, B: A})
    assert known.current(A) in (A, B)
    assert set(known.with_former([A])) == {A, B} == set(known.followed([B]))


@given(histories(), st.lists(st.sampled_from(VILLAGES + TOWNS), max_size=30), st.sampled_from([4, 6, 9, 12]))
def test_a_roll_up_equals_a_recount_of_every_row(known, rows, length):
    deep = Counter((row[: known.depth(length)], "open") for row in rows)
    recount = Counter((known.counted_in(row, length), "open") for row in rows)
    assert known.folded(deep, length) == recount
    assert sum(known.folded(deep, length).values()) == len(rows)


@given(histories(), st.sampled_from(VILLAGES + TOWNS))
def test_what_is_counted_in_a_unit_is_seen_by_whoever_holds_it(known, row):
    for length in (6, 9):
        unit = known.counted_in(row, length)
        assert known.holds(unit, row)
        assert any(row.startswith(prefix) for prefix in known.prefixes(unit))
        assert unit[:6] in known.counties_with([unit[:6]])
        assert row[:6] in known.counties_with([unit[:6]])


@given(histories(), st.lists(st.sampled_from(VILLAGES + TOWNS), max_size=4))
def test_a_territory_never_shrinks_and_grows_only_by_what_came_of_it(known, areas):
    whole = known.followed(areas)
    assert set(areas) <= set(whole)
    for one in whole:
        came = one in known.parts or known.current(one) != one
        inherits = any(one == known.heirs.get(old) or one in known.parts.get(old, ()) for old in whole)
        assert one in areas or came or inherits


@given(st.lists(st.sampled_from(VILLAGES), max_size=5), st.sampled_from([4, 6, 9, 12]))
def test_where_nothing_changed_nothing_is_done(rows, length):
    assert NONE.depth(length) == length
    assert NONE.followed(rows) == tuple(dict.fromkeys(rows)) == NONE.with_former(rows)
    assert NONE.folded({(row, "x"): 1 for row in rows}, 12) == {(row, "x"): 1 for row in rows}


def test_a_township_that_went_to_another_county_is_counted_there():
    known = Lineage({C: A})
    assert known.depth(6) == 9
    assert known.folded({(C, "n"): 3, ("222405105", "n"): 2, (A, "n"): 1}, 6) == {
        ("222403", "n"): 4,
        ("222405", "n"): 2,
    }
    assert known.counties_with(["222403"]) == ["222403", "222405"]
    assert known.heirs_of("222405") == ["222403"]


def test_a_unit_dissolved_into_the_level_above_opens_that_level_to_nobody():
    known = Lineage({A + "201": A}, {A + "201": (A + "301", A + "302")})
    assert set(known.followed([A + "201"])) == {A + "201", A + "301", A + "302"}
    assert covers(A, A + "201") and known.current(A + "201") == A
