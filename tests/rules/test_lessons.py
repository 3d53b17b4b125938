"""Lessons: what the season asks for stands first, and a pass means every question."""

from datetime import date

import pytest

from shouwang.policy import load
from shouwang.rules.lessons import in_season, marked, offered, passed

PACK = load("yanbian-2023")
NEW_YEAR, HARVEST = date(2026, 2, 17), date(2026, 10, 10)


@pytest.mark.parametrize("kinds", [(), ("grid_member",), ("unit_manager",)])
def test_in_its_season_a_lesson_stands_first(kinds):
    found = offered(PACK, kinds, on=NEW_YEAR)
    assert {one.id for one, now in found if now} == {"festival", "heating"} and found[0][1] and found[1][1]
    assert offered(PACK, kinds, on=HARVEST)[0][0].id == "field_fires"


def test_what_a_post_needs_comes_before_what_everybody_may_read():
    order = [one.id for one, now in offered(PACK, ("unit_manager",), on=date(2026, 7, 1)) if not now]
    assert order[0] == "first_minute" and "visiting" not in order and "escape" in order


def test_a_season_over_new_year_lasts_into_the_next():
    heating = PACK.lessons["heating"]
    assert in_season(PACK, heating, on=date(2026, 1, 10)) == in_season(PACK, heating, on=date(2025, 12, 10))


@pytest.mark.parametrize("lesson", PACK.lessons.values(), ids=lambda one: one.id)
def test_only_all_right_answers_pass(lesson):
    right = {number: one.right for number, one in enumerate(lesson.questions, start=1)}
    assert passed(marked(lesson, right))
    for number in right:
        other = right[number] % len(lesson.questions[number - 1].answers) + 1
        assert not passed(marked(lesson, {**right, number: other}))
        assert not passed(marked(lesson, {key: value for key, value in right.items() if key != number}))
