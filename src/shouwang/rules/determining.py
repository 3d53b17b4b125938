"""Whether a discussion determines a hazard as major or not (重大隐患集体讨论): who must have taken part (02-07)."""

from dataclasses import dataclass
from datetime import date

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack

LEAST = "hazard.major.discussion.people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion:
    """A group discussion (集体讨论): its day, how many took part, and whether they found the hazard major."""

    on: date
    people: int
    is_major: bool


def may_determine(pack: Pack, told: Discussion | None, *, needed: bool, on: date) -> Decision[bool]:
    """`needed`: the grade becomes major or ceases to be; `on`: the day by whose standard the case is judged."""
    clause = pack.wiring.clauses.major
    if told is None:
        refused = (Reason("minutes_missing"),) if needed else ()
        return Decision(not needed, refused, (clause,) if needed else ())
    discussed = Reason("discussed", {"n": told.people, "on": told.on.isoformat()})
    parameter = pack.parameters.get(LEAST)
    if parameter is None:
        return Decision(True, (discussed,), (clause,))
    least = parameter.on(on)
    if not least.is_set:
        unset = Reason("discussion_least_unset", {"keeper": parameter.keeper})
        return Decision(True, (discussed, unset), (clause,))
    if told.people < int(least.value or 0):
        small = Reason("discussion_small", {"least": int(least.value or 0), "n": told.people})
        return Decision(False, (small,), (clause,))
    return Decision(True, (discussed,), (clause,))
