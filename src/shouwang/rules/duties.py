"""Where a body stands with a duty, by evidence only: nothing else can meet one, and nothing missing fails it (履职)."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

from shouwang.kernel.decision import Reason
from shouwang.kernel.workdays import Calendar as Workdays
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Calendar, Duty, Event, Once, State, Threshold
from shouwang.rules.counting import done, fallen_short, floors_of, opened, reaching
from shouwang.rules.eligibility import owes
from shouwang.rules.frames import (
    Frame,
    clock,
    frame_of_case,
    frame_of_day,
    frame_of_period,
    frame_since,
    least_of,
)
from shouwang.rules.proofs import enough, in_frame, newest, proofs, thing_of, waiver
from shouwang.rules.seen import Owed, Seen

VERDICTS = (
    "met", "due", "overdue", "met_late", "waived", "superseded", "not_owed", "not_counted", "undetermined",
)  # fmt: skip
NEVER_DONE = ("due", "overdue", "undetermined")


class Judged(NamedTuple):
    """The verdict and why; what met it; and when time alone may change it (`again_at`)."""

    verdict: str
    reasons: tuple[Reason, ...]
    clauses: tuple[str, ...]
    due_at: datetime | None = None
    again_at: datetime | None = None
    met_by: UUID | None = None
    met_at: datetime | None = None


class Asked(NamedTuple):
    """What is judged, with which pack and days, at which moment."""

    pack: Pack
    workdays: Workdays
    duty: Duty
    owed: Owed
    now: datetime


def evaluate(
    asked: Asked, evidence: Sequence[Seen], frame: Frame | None = None, *, is_sifted: bool = False
) -> Judged:
    """What is entered after `now` is not known yet. `frame` spares working it out for every body again.

    `is_sifted`: the evidence is known at `now`, stands, and that of the duty's kind has the facts it asks for.
    """
    pack, _, duty, owed, now = asked
    owing = owes(pack, duty, owed.body, now)
    if owing.verdict is False:
        return Judged("not_owed", owing.reasons, (*duty.rows_served, *owing.clauses))
    if owing.verdict is None:
        found = _said(asked, "undetermined", *owing.reasons)
    elif duty.objects is not None and not owed.objects:
        found = _without_objects(asked)
    else:
        found = _proved(asked, proofs(duty, owed, evidence, now, is_sifted=is_sifted), frame)
        if found.verdict in NEVER_DONE and (paper := waiver(duty, owed, evidence, now)) is not None:
            found = Judged(
                "waived", (_reason(duty, _paper(paper)),), duty.rows_served, found.due_at, None, paper.line
            )
        found = found._replace(reasons=found.reasons + owing.reasons)
    return _counted(duty, _ended(asked, _superseded(asked, _heard(asked, found))))


def _heard(asked: Asked, found: Judged) -> Judged:
    """What no room of this house records yet is no sign that it was not done."""
    kind = asked.pack.evidence.get(asked.duty.evidence.kind)
    if kind is None or kind.kept or found.verdict not in ("due", "overdue"):
        return found
    return _said(asked, "undetermined", Reason("evidence_unkept", {"evidence": kind.id}))


def _proved(asked: Asked, known: Sequence[Seen], frame: Frame | None) -> Judged:
    """The proofs that come up to what is asked, and the clock, each on the day its own date says."""
    pack, duty, owed = asked.pack, asked.duty, asked.owed
    if owed.opening is not None:
        owed = owed._replace(opening=opened(duty, owed.opening, pack.zone))
        if (small := _too_small(asked._replace(owed=owed))) is not None:
            return small
    known = done(duty, known, owed.opening, pack.zone)
    floors, unset = floors_of(pack, duty.evidence.reaching, _day_of(asked))
    if unset:
        return _said(asked, "undetermined", *unset)
    return _by_trigger(asked._replace(owed=owed), reaching(known, floors), frame)


def _too_small(asked: Asked) -> Judged | None:
    """An event that does not come up to the number from which the duty is owed."""
    pack, duty, opening = asked.pack, asked.duty, asked.owed.opening
    if opening is None or not isinstance(duty.trigger, Event) or not duty.trigger.reaching:
        return None
    floors, unset = floors_of(pack, duty.trigger.reaching, _day_of(asked))
    if unset:
        return _said(asked, "undetermined", *unset)
    why = fallen_short(duty, opening, floors)
    if why is None:
        return None
    missing = any(one.code == "fact_missing" for one in why)
    if missing:
        return _said(asked, "undetermined", *why)
    return _said(asked, "not_owed", _reason(duty, "below_threshold"), *why)


def _day_of(asked: Asked) -> date:
    """The day whose values count: the end of the period, that of the event, else today."""
    if asked.owed.period is not None:
        return asked.owed.period.end
    opening = asked.owed.opening
    return (opening.occurred_at if opening else asked.now).astimezone(asked.pack.zone).date()


def _by_trigger(asked: Asked, known: Sequence[Seen], frame: Frame | None) -> Judged:
    pack, workdays, duty, owed, now = asked
    on = now.astimezone(pack.zone).date()
    match duty.trigger:
        case Calendar():
            if owed.period is None:
                return _said(asked, "undetermined", _reason(duty, "season_unset"))
            return _by_clock(asked, known, frame or frame_of_period(pack, workdays, duty, owed.period))
        case Once():
            return _by_clock(asked, known, frame or frame_of_day(pack, workdays, duty, on))
        case Event():
            if owed.opening is None:
                return _said(asked, "undetermined", _reason(duty, "not_opened"))
            return _by_clock(asked, known, frame or frame_of_case(pack, workdays, duty, owed.opening))
        case Threshold():
            return _by_threshold(asked, known)
        case State():
            return _by_state(asked, known)


def _by_clock(asked: Asked, known: Sequence[Seen], frame: Frame) -> Judged:
    duty, owed, now = asked.duty, asked.owed, asked.now
    if frame.unset or frame.due_at is None or frame.until is None:
        return _said(asked, "undetermined", *frame.unset)
    least, known = _needed(owed, frame.least), in_frame(frame, owed, known)
    in_time = [one for one in known if one.occurred_at <= frame.until and _entered(duty, one, frame.until)]
    met = enough(duty, in_time, least, frame.times)
    if met is not None:
        late_entry = any(one.recorded_at > frame.until for one in met)
        code = "late_entry" if late_entry else "done_in_time"
        return _done(asked, "met", (_reason(duty, code), *frame.notes), met[-1], frame.due_at)
    met = enough(duty, known, least, frame.times)
    if met is not None:
        refused = all(one.occurred_at <= frame.until for one in met)
        code = "late_entry_refused" if refused else "done_late"
        return _done(asked, "met_late", (_reason(duty, code), *frame.notes), met[-1], frame.due_at)
    over = now > frame.until
    reasons = (_reason(duty, "past_due" if over else "not_yet"), *_short(duty, known, least), *frame.notes)
    return Judged(
        "overdue" if over else "due", reasons, duty.rows_served, frame.due_at, None if over else frame.until
    )


def _by_threshold(asked: Asked, known: Sequence[Seen]) -> Judged:
    """Owed from the start of the newest unbroken run of values that reach the number."""
    pack, workdays, duty, owed, now = asked
    assert isinstance(duty.trigger, Threshold)
    on = now.astimezone(pack.zone).date()
    value = pack.value(duty.trigger.least, on=on)
    if not value.is_set:
        parameter = pack.parameters[duty.trigger.least]
        reason = Reason("value_unset", {"parameter": parameter.id, "keeper": parameter.keeper})
        return _said(asked, "undetermined", reason)
    limit, fact, since = int(value.value or 0), duty.trigger.fact, None
    history = owed.body.history(fact, now)
    if not history:
        return _said(asked, "undetermined", Reason("fact_missing", {"fact": fact}))
    for one in reversed(history):
        number = int(one.value)
        if number < limit or (duty.trigger.above and number == limit):
            break
        since = one.since
    told = Reason("fact_is", {"fact": fact, "value": int(history[-1].value), "least": limit})
    if since is None:
        return Judged("not_owed", (_reason(duty, "below_threshold"), told), duty.rows_served)
    found = _by_clock(asked, known, frame_since(pack, workdays, duty, since, on=on))
    return found._replace(reasons=(*found.reasons, told))


def _by_state(asked: Asked, known: Sequence[Seen]) -> Judged:
    """The proof that would be missed first decides how long the state holds."""
    pack, workdays, duty, owed, now = asked
    assert isinstance(duty.trigger, State)
    on = now.astimezone(pack.zone).date()
    number, unset = least_of(pack, duty, on)
    valid = duty.trigger.valid
    if unset:
        return _said(asked, "undetermined", *unset)
    proof = newest(duty, known, _needed(owed, number))
    if proof is None:
        start = datetime.combine(pack.since, time(), pack.zone)
        frame = frame_since(pack, workdays, duty, start, on=on)
        limit = clock(pack, workdays, valid, now, on=on) if valid else None
        missing = frame.unset + (limit.unset if limit else ())
        if missing:
            return _said(asked, "undetermined", *missing)
        found = _by_clock(asked, (), frame._replace(least=1))
        return found._replace(reasons=(*found.reasons, *_short(duty, known, _needed(owed, number))))
    if valid is None:
        return _done(asked, "met", (_reason(duty, "stands"),), proof, None)
    ends = clock(pack, workdays, valid, proof.occurred_at, on=on)
    if ends.at is None:
        return _said(asked, "undetermined", *ends.unset)
    if now > ends.at:
        return Judged("overdue", (_reason(duty, "proof_expired"), *ends.notes), duty.rows_served, ends.at)
    return _done(asked, "met", (_reason(duty, "stands"), *ends.notes), proof, ends.at)._replace(
        again_at=ends.at
    )


def _without_objects(asked: Asked) -> Judged:
    """Nobody keeps the register: cannot be told. Nothing of the kind in the area: nothing owed."""
    duty = asked.duty
    assert duty.objects is not None
    if asked.owed.objects is None:
        return _said(asked, "undetermined", Reason("register_missing", {"register": duty.objects.register}))
    return Judged("not_owed", (_reason(duty, "no_objects"),), duty.rows_served)


def _needed(owed: Owed, least: int) -> int:
    """Of objects, a percentage of them, rounded up."""
    return least if owed.objects is None else -(-len(owed.objects) * least // 100)


def _paper(paper: Seen) -> str:
    """A case is set aside by its own loop; any other duty by a document that names it."""
    return "waived_by_paper" if paper.facts.get("duty") else "set_aside"


def _entered(duty: Duty, one: Seen, until: datetime) -> bool:
    return duty.late_entry or one.recorded_at <= until


def _short(duty: Duty, known: Sequence[Seen], least: int) -> tuple[Reason, ...]:
    if least <= 1:
        return ()
    return (Reason("reached", {"n": len({thing_of(duty, one) for one in known}), "of": least}),)


def _superseded(asked: Asked, found: Judged) -> Judged:
    duty, pack = asked.duty, asked.pack
    if duty.superseded_on is None or found.verdict not in NEVER_DONE:
        return found
    ended = datetime.combine(duty.superseded_on, time(), pack.zone)
    if found.due_at is not None and found.due_at < ended:
        return found
    if asked.now >= ended:
        return Judged("superseded", (_reason(duty, "no_longer"),), duty.rows_served, found.due_at)
    return found._replace(again_at=min(ended, found.again_at or ended))


def _ended(asked: Asked, found: Judged) -> Judged:
    """A body that is no more owes what was due in its days; its heir owes the rest, and its cases go on as they are."""
    body, period, opening = asked.owed.body, asked.owed.period, asked.owed.opening
    if body.until is None or opening is not None or (period is not None and found.verdict not in NEVER_DONE):
        return found
    ended = datetime.combine(body.until, time(), asked.pack.zone)
    if period is not None and found.due_at is not None and found.due_at < ended:
        return found
    if asked.now >= ended:
        return Judged("superseded", (_reason(asked.duty, "unit_ended"),), asked.duty.rows_served, found.due_at)
    return found._replace(again_at=min(ended, found.again_at or ended))


def _counted(duty: Duty, found: Judged) -> Judged:
    """What is only encouraged is counted when it is done, and never failed."""
    if duty.can_fail:
        return found
    if found.verdict == "met_late":
        return found._replace(verdict="met")
    if found.verdict in ("due", "overdue"):
        return Judged("not_counted", (_reason(duty, "only_encouraged"), *found.reasons[1:]), found.clauses)
    return found


def _done(
    asked: Asked, verdict: str, reasons: tuple[Reason, ...], proof: Seen, due_at: datetime | None
) -> Judged:
    return Judged(verdict, reasons, asked.duty.rows_served, due_at, None, proof.line, proof.occurred_at)


def _said(asked: Asked, verdict: str, *reasons: Reason) -> Judged:
    return Judged(verdict, reasons, asked.duty.rows_served)


def _reason(duty: Duty, code: str) -> Reason:
    return Reason(code, {"duty": duty.id})
