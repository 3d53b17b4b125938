"""The cast stands: everybody in the post told, and the last of them without any."""

from shouwang.kernel.codes import covers
from shouwang.policy import load
from tests.cast import CAST, COMMUNITY, GRID, NEXT_COMMUNITY, OUTSIDER, PREFECTURE


def test_every_post_of_the_plan_is_played():
    assert {member.kind for member in CAST if member.kind} == set(load("yanbian-2023").posts)


def test_everybody_is_entered_with_the_post_told(cast):
    assert [post.kind for post in cast["liming"].posts] == ["grid_member"]
    assert cast["jinhao"].posts[0].territory[1:] == (NEXT_COMMUNITY, "222403002003")


def test_the_outsider_holds_no_post(cast):
    assert cast[OUTSIDER.login].posts == ()


def test_the_grid_lies_where_the_community_does():
    assert covers(COMMUNITY, GRID) and not covers(NEXT_COMMUNITY, GRID) and covers(PREFECTURE, GRID)
