"""What the records room announces: evidence of kind record.<type>, about the record, left at the body that keeps it."""

from datetime import datetime, time
from uuid import UUID

from django.utils import timezone

from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.models import Evidence
from shouwang.domains.ledger.queries import evidence_about
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.record_facts import facts_of
from shouwang.rules.seen import AMENDS, WITHDRAWN

from .models import Record

NOON = time(12)


def announced(record: Record, one: RecordType, *, at: datetime, recorded_at: datetime) -> Evidence:
    """What the record proves now; it takes the place of what it proved before."""
    facts = facts_of(one, record.values, record.period)
    if record.version > 1 and evidence_about(record.county, [record.id]):
        facts[AMENDS] = True
    return _evidence(record, one, at=at, recorded_at=recorded_at, facts=facts)


def taken_back(record: Record, one: RecordType, *, at: datetime) -> Evidence:
    return _evidence(record, one, at=at, recorded_at=at, facts={WITHDRAWN: True})


def stands_as_evidence(county: str, record_id: UUID) -> bool:
    """Whether something a record proved still counts."""
    told = evidence_about(county, [record_id])
    newest = max(told, key=lambda row: str(row.id), default=None)
    return newest is not None and not newest.facts.get(WITHDRAWN)


def _evidence(
    record: Record, one: RecordType, *, at: datetime, recorded_at: datetime, facts: dict[str, object]
) -> Evidence:
    return evidence(
        one.evidence,
        subject=record.id,
        region=record.region,
        room="records",
        at=at,
        occurred_at=timezone.make_aware(datetime.combine(record.occurred_on, NOON)),
        recorded_at=recorded_at,
        facts=facts,
    )
