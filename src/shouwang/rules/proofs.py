"""Which pieces of evidence count for what a body owes, and whether they are enough (佐证)."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from shouwang.policy.duty_shapes import Calendar, Duty, Event
from shouwang.rules.frames import Frame
from shouwang.rules.periods import alike
from shouwang.rules.seen import CHANGING, Owed, Seen, fits, standing

AREAS, REGION = "areas", "region"


def order(one: Seen) -> tuple[datetime, datetime, str]:
    return one.occurred_at, one.recorded_at, one.subject


def proofs(
    duty: Duty, owed: Owed, evidence: Sequence[Seen], now: datetime, *, is_sifted: bool = False
) -> list[Seen]:
    """Known at `now`, of the duty's kind, with its facts, left where it must be; oldest first."""
    kind = duty.evidence.kind
    found: Sequence[Seen] = [one for one in evidence if one.kind == kind]
    if not is_sifted:
        found = _sifted(duty, found, now)
    if duty.objects is not None:
        objects = owed.objects or frozenset()
        found = [one for one in found if thing_of(duty, one) in objects]
    else:
        found = [one for one in found if _is_reached(duty, owed, one)]
    if (each := duty.evidence.each) not in (None, REGION):
        found = [one for one in found if one.facts.get(each) is not None]
    return sorted(found, key=order)


def _sifted(duty: Duty, of_kind: Sequence[Seen], now: datetime) -> Sequence[Seen]:
    known = [one for one in of_kind if one.recorded_at <= now]
    held = standing(known) if duty.evidence.kind.startswith(CHANGING) else known
    return [one for one in held if fits(duty.evidence.where, one.facts)]


def thing_of(duty: Duty, one: Seen) -> str:
    """What a proof counts for: where it was left, the value of a fact, the area it is about, else its subject."""
    each = duty.evidence.each
    if each is not None:
        return one.region if each == REGION else str(one.facts.get(each, ""))
    if duty.objects is not None and duty.objects.register == AREAS:
        return str(one.facts.get("area") or one.region)
    return one.subject


def in_frame(frame: Frame, owed: Owed, known: Sequence[Seen]) -> list[Seen]:
    """Those of the frame's time; what names a period like this one counts for that one, whenever it was done."""
    name = owed.period.name if owed.period else None
    return [one for one in known if _is_of(one, name) or (_is_free(one, name) and _is_inside(frame, one.occurred_at))]


def _is_of(one: Seen, period: str | None) -> bool:
    return period is not None and one.facts.get("period") == period


def _is_free(one: Seen, period: str | None) -> bool:
    """It names no period, or one of another length: a month's meeting lies in its quarter by its day."""
    said = one.facts.get("period")
    return said is None or period is None or not alike(str(said), period)


def _is_inside(frame: Frame, at: datetime) -> bool:
    return (frame.opens is None or at >= frame.opens) and (frame.closes is None or at < frame.closes)


def enough(duty: Duty, known: Sequence[Seen], least: int, times: int = 1) -> list[Seen] | None:
    """The first `least` of them, a thing counted once, when it has it `times`; None when there are fewer."""
    if reach_of(duty) == "subject" and duty.evidence.each is None:
        taken = list(known[:least])
    else:
        seen = Counter[str]()
        taken = [one for one in known if _counts_now(seen, thing_of(duty, one), times)][:least]
    return taken if len(taken) >= least > 0 else None


def _counts_now(seen: Counter[str], thing: str, times: int) -> bool:
    seen[thing] += 1
    return seen[thing] == times


def newest(duty: Duty, known: Sequence[Seen], least: int) -> Seen | None:
    """The oldest of the newest proofs of `least` things; None when there are fewer."""
    last = {thing_of(duty, one): one for one in known}
    ranked = sorted(last.values(), key=order, reverse=True)
    return ranked[least - 1] if 0 < least <= len(ranked) else None


def waiver(duty: Duty, owed: Owed, evidence: Sequence[Seen], now: datetime) -> Seen | None:
    """Evidence of the paper that sets the duty aside; outside the loop of a case it must name the duty."""
    papers = [one for one in evidence if one.kind in duty.waived_by and one.recorded_at <= now]
    found = [one for one in standing(papers) if _waives(duty, owed, one)] if papers else papers
    return min(found, key=order, default=None)


def reach_of(duty: Duty) -> str:
    return duty.evidence.reach or ("subject" if isinstance(duty.trigger, Event) else "own")


def proved_by_own(duty: Duty) -> bool:
    """Whether only what was left at the bearer itself counts, not what lies within its area."""
    return duty.objects is None and reach_of(duty) == "own"


def _is_reached(duty: Duty, owed: Owed, one: Seen) -> bool:
    match reach_of(duty):
        case "subject":
            return owed.opening is not None and one.subject == owed.opening.subject
        case "within":
            return one.region.startswith(owed.body.region)
        case _:
            return one.region == owed.body.region


def _waives(duty: Duty, owed: Owed, one: Seen) -> bool:
    if isinstance(duty.trigger, Event) and owed.opening is not None and one.subject == owed.opening.subject:
        return one.occurred_at >= owed.opening.occurred_at
    if one.facts.get("duty") != duty.id or one.region != owed.body.region:
        return False
    said = one.facts.get("period")
    return (
        said is None
        or not isinstance(duty.trigger, Calendar)
        or owed.period is None
        or said == owed.period.name
    )
