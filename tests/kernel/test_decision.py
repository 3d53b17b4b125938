"""A decision carries its why, and cannot be mistaken for a yes."""

from dataclasses import FrozenInstanceError

import pytest

from shouwang.kernel.decision import Decision, Reason


def test_a_refusal_is_never_taken_for_a_yes() -> None:
    refusal = Decision(False, (Reason("same_person", {"act": "pass"}),), ("07-31",))
    assert refusal.verdict is False
    with pytest.raises(TypeError, match="verdict"):
        bool(refusal)


def test_equal_decisions_are_equal_and_can_be_kept_in_sets() -> None:
    one = Decision("general", (Reason("fits", {"row": 3}),), ("02-06",))
    same = Decision("general", (Reason("fits", {"row": 3}),), ("02-06",))
    other = Decision("general", (Reason("fits", {"row": 4}),), ("02-06",))
    assert {one, same, other} == {one, other}
    assert one != other


def test_a_decision_stands() -> None:
    with pytest.raises(FrozenInstanceError):
        Decision("minor").verdict = "major"  # type: ignore[misc]
