"""Which homes are due, which visits contradict each other, and in which order one walks least."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.geo import Point
from shouwang.policy import load
from shouwang.rules.routes import length, walked
from shouwang.rules.visiting import Told, contradicts, unsettled, visit_due

PACK, TODAY = load("yanbian-2023"), date(2026, 11, 26)
NOON = datetime(2026, 11, 26, 4, tzinfo=UTC)


def due(groups, ago):
    last = None if ago is None else TODAY - timedelta(days=ago)
    return visit_due(PACK, groups, last, on=TODAY)


def test_never_visited_comes_before_late_and_late_before_soon_and_each_says_why():
    never, late, soon, fresh = due(["frail"], None), due(["frail"], 120), due(["frail"], 80), due(["frail"], 10)
    assert never.verdict > late.verdict > soon.verdict and fresh.verdict is None
    assert [one.reasons[0].code for one in (never, late, soon)] == ["never_visited", "visit_late", "visit_soon"]
    assert late.reasons[0].params == {"days": 30, "months": 3} and late.clauses == ("07-25",)


def test_graver_risk_presses_more_and_no_risk_never():
    assert due(["left_behind_child"], 120).verdict > due(["relocation"], 120).verdict
    assert due([], 900).verdict is None and due(["no_such_group"], None).verdict is None


def test_two_who_look_within_a_day_cannot_both_be_right_about_a_detector():
    there, gone = {"detector": "ok", "stove": "ok"}, {"detector": "bad", "stove": "bad"}
    assert contradicts(["detector"], (NOON, there), (NOON + timedelta(hours=23), gone)) == ("detector",)
    assert contradicts(["detector"], (NOON, there), (NOON + timedelta(hours=25), gone)) == ()
    assert contradicts(["detector"], (NOON, there), (NOON, {"detector": "na"})) == ()


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=25))
def test_every_stop_is_walked_once(places):
    stops = [(number, Point(128 + x / 1e4, 43 + y / 1e4)) for number, (x, y) in enumerate(places)]
    assert sorted(walked(stops)) == list(range(len(stops)))


def test_the_way_is_hardly_longer_than_the_shortest():
    for seed in range(12):
        dice = Random(seed)
        points = [Point(128 + dice.random() / 100, 43 + dice.random() / 100) for _ in range(7)]
        ours = length([points[0], *walked(list(zip(points[1:], points[1:], strict=True)), points[0])])
        best = min(length([points[0], *way]) for way in permutations(points[1:]))
        assert best - 1 <= ours <= 1.25 * best


def told(hours, answer, known=None):
    seen = NOON + timedelta(hours=hours)
    return Told(seen=seen, known=seen if known is None else NOON + timedelta(hours=known), answers={"detector": answer})


def test_who_looks_again_knowing_of_both_settles_it_whatever_they_find():
    against = [told(0, "ok", known=5), told(1, "bad", known=6)]
    assert unsettled(["detector"], against) == ("detector",)
    for answer in ("ok", "bad"):
        assert unsettled(["detector"], [*against, told(7, answer)]) == ()


def test_who_looked_again_without_knowing_settles_nothing_and_what_was_not_seen_says_nothing():
    against = [told(0, "ok", known=5), told(1, "bad", known=6)]
    assert unsettled(["detector"], [*against, told(4, "ok", known=8)]) == ("detector",)
    assert unsettled(["detector"], [*against, told(7, "na")]) == ("detector",)
    assert unsettled(["detector"], [told(0, "ok"), told(1, "ok")]) == ()


def test_after_it_was_settled_two_may_differ_anew():
    settled = [told(0, "ok", known=5), told(1, "bad", known=6), told(7, "bad")]
    assert unsettled(["detector"], [*settled, told(8, "ok", known=9)]) == ("detector",)
