"""Every arrow of the loop, and every way in which it is refused: from the pack's own table, so none is forgotten."""

import pytest

from shouwang.policy import load
from shouwang.rules.transitions import ActFacts, may

PACK = load("yanbian-2023")
WHOLE = {
    "actor": "韩雪", "submitter": "李明", "closer": "张志强", "photos": 1, "pictures": 1, "reason": "写明了",
    "holds": True, "is_assignee": True, "is_reporter": True, "elder": "fits", "under_review": True,
    "stated": True, "awaited": True, "passed": 1, "passes": 2,
}  # fmt: skip
# What is lacking when a guard refuses, and what it says; a new guard without its refusal fails here.
LACKING = {
    "assignee": ({"is_assignee": False}, "not_assignee"),
    "after_photo": ({"photos": 0}, "photo_missing"),
    "other_person": ({"submitter": "韩雪"}, "same_person"),
    "reason": ({"reason": " "}, "reason_missing"),
    "words": ({"reason": ""}, "words_missing"),
    "elder": ({"elder": ""}, "elder_missing"),
    "unmerged_once": ({"before": frozenset({"unmerge"})}, "unmerged_before"),
    "unanswered": ({"before": frozenset({"answer"})}, "answered_before"),
    "reporter": ({"is_reporter": False}, "not_reporter"),
    "photo": ({"pictures": 0}, "picture_missing"),
    "disputed_once": ({"before": frozenset({"dispute"})}, "disputed_before"),
    "under_review": ({"under_review": False}, "not_drawn"),
    "awaited": ({"awaited": False}, "nobody_waits"),
    "stated": ({"stated": False}, "facts_missing"),
    "not_closer": ({"closer": "韩雪"}, "same_closer"),
    "pass_left": ({"passed": 2}, "passes_spent"),
    "pass_spent": ({"passed": 1}, "pass_first"),
}
ARROWS = [pytest.param(arrow, id=f"{arrow.source}-{arrow.act}") for arrow in PACK.transitions]
GUARDED = [
    pytest.param(arrow, guard, id=f"{arrow.source}-{arrow.act}-{guard}")
    for arrow in PACK.transitions
    for guard in arrow.guards
]
NOT_THERE = [
    (state, act)
    for state in (None, *PACK.states)
    for act in sorted({arrow.act for arrow in PACK.transitions})
    if not any((arrow.source, arrow.act) == (state, act) for arrow in PACK.transitions)
]


def whole(arrow, **lacking):
    """Everything an arrow asks for: a ruling is for what was passed on often enough."""
    spent = {"passed": 2} if "pass_spent" in arrow.guards else {}
    return ActFacts(**{**WHOLE, **spent, **lacking})


@pytest.mark.parametrize("arrow", ARROWS)
def test_who_brings_all_that_is_asked_may(arrow):
    found = may(PACK, arrow.source, arrow.act, whole(arrow))
    assert found.verdict is True and found.clauses == (arrow.row,)


@pytest.mark.parametrize("arrow", ARROWS)
def test_nobody_may_without_a_post_that_allows_it(arrow):
    found = may(PACK, arrow.source, arrow.act, whole(arrow, holds=False))
    assert not found.verdict and [reason.code for reason in found.reasons] == ["not_held"]


@pytest.mark.parametrize("arrow, guard", GUARDED)
def test_each_guard_refuses_by_itself_and_says_why(arrow, guard):
    lacking, code = LACKING[guard]
    found = may(PACK, arrow.source, arrow.act, whole(arrow, **lacking))
    assert not found.verdict and [reason.code for reason in found.reasons] == [code]
    assert all(PACK.explain(reason, tongue) for reason in found.reasons for tongue in ("zh", "ko", "en"))


@pytest.mark.parametrize("state, act", NOT_THERE)
def test_what_the_table_does_not_lead_to_is_refused(state, act):
    found = may(PACK, state, act, ActFacts(**WHOLE))
    assert [reason.code for reason in found.reasons] == ["no_such_step"]
