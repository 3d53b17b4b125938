"""Duties are judged from evidence as it is sealed, and again when their day has come."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from shouwang.domains.duties.queries import falling_due
from shouwang.domains.duties.services import Verdict, record_verdicts
from shouwang.domains.ledger.alone import Task, alone
from shouwang.domains.ledger.models import Evidence
from shouwang.domains.ledger.queries import advance, evidence_about, evidence_after
from shouwang.kernel.workdays import shipped
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty, Event
from shouwang.rules.bearers import bearer_of
from shouwang.rules.duties import Asked, Judged, evaluate
from shouwang.rules.seen import Body, Owed, Seen, fits

from .sight import pack as current_pack

READER = "duties"


def judge_duties(county: str, *, now: datetime) -> int:
    """Judge what new evidence or the passing of a deadline touches; how much there was to look at.

    One transaction, one process at a time: a crash judges again, two workers never count twice.
    """
    with transaction.atomic():
        if not alone(Task.JUDGE, county):
            return 0
        fresh, position = evidence_after(county, READER)
        subjects = {row.subject for row in fresh} | set(falling_due(county, now=now))
        changed = _judge(county, sorted(subjects), now=now) if subjects else 0
        if position is not None:
            advance(county, READER, position, now=now)
    return changed + len(fresh)


def _judge(county: str, subjects: Sequence[UUID], *, now: datetime) -> int:
    pack = current_pack()
    histories: dict[UUID, list[Evidence]] = {}
    for row in evidence_about(county, subjects):
        histories.setdefault(row.subject, []).append(row)
    verdicts = [v for rows in histories.values() for v in _verdicts(pack, rows, now=now)]
    return record_verdicts(verdicts, now=now)


def _verdicts(pack: Pack, rows: Sequence[Evidence], *, now: datetime) -> Iterable[Verdict]:
    for duty in pack.duties.values():
        opened = next((row for row in rows if _opens(duty, row)), None)
        if opened is not None:
            yield _verdict(pack, duty, opened, rows, now=now)


def _opens(duty: Duty, row: Evidence) -> bool:
    """Whether the event is of the duty's kind and has the facts it asks for, e.g. the grade."""
    return (
        isinstance(duty.trigger, Event)
        and row.kind == duty.trigger.on
        and fits(duty.trigger.where, row.facts)
    )


def _verdict(pack: Pack, duty: Duty, opened: Evidence, rows: Sequence[Evidence], *, now: datetime) -> Verdict:
    region = bearer_of(duty.bearer.level, opened.region)
    owed = Owed(Body(region, duty.bearer.level), opening=_seen(opened))
    found = evaluate(Asked(pack, shipped(), duty, owed, now), [_seen(row) for row in rows])
    return Verdict(
        duty=duty.id,
        clause=duty.row,
        region=region,
        subject=opened.subject,
        verdict=found.verdict,
        due_at=found.due_at,
        period=_counted_on(found, opened).astimezone(pack.zone).strftime("%Y-%m"),
        met_by=found.met_by,
        reasons=[{"code": r.code, "params": dict(r.params)} for r in found.reasons],
    )


def _counted_on(found: Judged, opened: Evidence) -> datetime:
    """Met in time counts when it was met; what is late stays in the month it was due, for good."""
    if found.verdict == "met" and found.met_at is not None:
        return found.met_at
    return found.due_at or opened.occurred_at


def _seen(row: Evidence) -> Seen:
    due_at = row.facts.get("due_at")
    return Seen(
        kind=row.kind,
        subject=str(row.subject),
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        due_at=datetime.fromisoformat(due_at) if due_at else None,
        region=row.region,
        facts=row.facts,
        line=row.line,
    )
