"""How many homes and places have a device (安装率): one that has three has one; out of those the row is about."""

from collections.abc import Iterable
from typing import NamedTuple

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy.indicator_shapes import Fitted, Indicator


class Thing(NamedTuple):
    """A home or a place: of which kind on its register, and the kinds of device there that were tried out and rang.

    `number` says how many of them are alike.
    """

    kind: str
    is_home: bool
    devices: frozenset[str]
    number: int = 1


class Share(NamedTuple):
    """How many have one, out of how many; `whole` is None where the row is about nobody in particular."""

    part: int
    whole: int | None


def share_fitted(one: Indicator, things: Iterable[Thing]) -> Decision[Share]:
    assert one.fitted is not None
    told, meant = one.fitted, [thing for thing in things if is_about(one.fitted, thing)]
    part = sum(thing.number for thing in meant if told.device in thing.devices)
    whole = sum(thing.number for thing in meant) if told.homes or told.places else None
    code = "fitted_of" if whole else "fitted" if whole is None else "nobody_listed"
    return Decision(Share(part, whole), (Reason(code, {"part": part, "whole": whole or 0}),), one.rows_served)


def is_about(told: Fitted, thing: Thing) -> bool:
    if not (told.homes or told.places):
        return True
    return thing.kind in (told.homes if thing.is_home else told.places)
