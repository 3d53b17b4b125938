"""Judges a duty by the evidence about one subject: met, late, due, overdue, waived, undetermined (履职)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy.duty_shapes import Duty, Event


@dataclass(frozen=True, slots=True)
class Seen:
    """One piece of evidence: when it happened, and when it was entered."""

    kind: str
    subject: str
    occurred_at: datetime
    recorded_at: datetime
    due_at: datetime | None = None


def judge(duty: Duty, evidence: Sequence[Seen], now: datetime) -> Decision[str]:
    """All evidence is about one subject; the deadline is the one its opening carries.

    What is entered after ``now`` is not known yet. A missing fact is never a pass or a fail.
    """
    if not isinstance(duty.trigger, Event):
        raise TypeError(f"{duty.id} is not opened by an event")
    started = duty.trigger.on
    known = sorted((one for one in evidence if one.recorded_at <= now), key=lambda one: one.occurred_at)
    opening = next((one for one in known if one.kind == started), None)
    if opening is None:
        return _answer(duty, "undetermined", "not_opened")
    later = [one for one in known if one.occurred_at >= opening.occurred_at]
    done = next((one for one in later if one.kind == duty.evidence.kind), None)
    if done is None and any(one.kind in duty.waived_by for one in later):
        return _answer(duty, "waived", "set_aside")
    if opening.due_at is None:
        return _answer(duty, "undetermined", "deadline_missing")
    return _by_clock(duty, done, opening.due_at, now)


def _by_clock(duty: Duty, done: Seen | None, due_at: datetime, now: datetime) -> Decision[str]:
    if done is None:
        return _answer(duty, "overdue", "past_due") if now > due_at else _answer(duty, "due", "not_yet")
    if done.occurred_at > due_at:
        return _answer(duty, "met_late", "done_late")
    if done.recorded_at <= due_at:
        return _answer(duty, "met", "done_in_time")
    if duty.late_entry:
        return _answer(duty, "met", "late_entry")
    return _answer(duty, "met_late", "late_entry_refused")


def _answer(duty: Duty, verdict: str, code: str) -> Decision[str]:
    return Decision(verdict, (Reason(code, {"duty": duty.id}),), (duty.row,))
