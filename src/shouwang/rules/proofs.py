"""Which pieces of evidence count for what a body owes, and whether they are enough (佐证)."""

from collections.abc import Sequence
from datetime import datetime

from shouwang.policy.duty_shapes import Calendar, Duty, Event
from shouwang.rules.frames import Frame
from shouwang.rules.seen import Owed, Seen, fits, standing


def order(one: Seen) -> tuple[datetime, datetime, str]:
    return one.occurred_at, one.recorded_at, one.subject


def proofs(duty: Duty, owed: Owed, evidence: Sequence[Seen], now: datetime) -> list[Seen]:
    """Known at `now`, of the duty's kind, with its facts, left where it must be; oldest first."""
    kind, where = duty.evidence.kind, duty.evidence.where
    of_kind = [one for one in evidence if one.kind == kind and one.recorded_at <= now]
    found = [one for one in standing(of_kind) if fits(where, one.facts)] if where else list(standing(of_kind))
    if duty.objects is not None:
        objects = owed.objects or frozenset()
        found = [one for one in found if one.subject in objects]
    else:
        found = [one for one in found if _is_reached(duty, owed, one)]
    return sorted(found, key=order)


def in_frame(frame: Frame, owed: Owed, known: Sequence[Seen]) -> list[Seen]:
    """Those of the frame's time; what names the period it is for counts for that one, whenever it was done."""
    name = owed.period.name if owed.period else None
    return [
        one for one in known if _says(one, name) or (_says(one, None) and _is_inside(frame, one.occurred_at))
    ]


def _says(one: Seen, period: str | None) -> bool:
    return one.facts.get("period") == period


def _is_inside(frame: Frame, at: datetime) -> bool:
    return (frame.opens is None or at >= frame.opens) and (frame.closes is None or at < frame.closes)


def enough(duty: Duty, known: Sequence[Seen], least: int) -> list[Seen] | None:
    """The first `least` of them, a subject counted once; None when there are fewer."""
    first: dict[str, Seen] = {}
    for one in known:
        first.setdefault(one.subject, one)
    taken = list(known[:least]) if reach_of(duty) == "subject" else list(first.values())[:least]
    return taken if len(taken) >= least > 0 else None


def newest(known: Sequence[Seen], least: int) -> Seen | None:
    """The oldest of the newest proofs of `least` subjects; None when there are fewer."""
    last = {one.subject: one for one in known}
    ranked = sorted(last.values(), key=order, reverse=True)
    return ranked[least - 1] if 0 < least <= len(ranked) else None


def waiver(duty: Duty, owed: Owed, evidence: Sequence[Seen], now: datetime) -> Seen | None:
    """Evidence of the paper that sets the duty aside; outside the loop of a case it must name the duty."""
    papers = [one for one in evidence if one.kind in duty.waived_by and one.recorded_at <= now]
    found = [one for one in standing(papers) if _waives(duty, owed, one)] if papers else papers
    return min(found, key=order, default=None)


def reach_of(duty: Duty) -> str:
    return duty.evidence.reach or ("subject" if isinstance(duty.trigger, Event) else "own")


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
