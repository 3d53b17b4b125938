"""Writing verdicts and the counts they move; verdicts come from rules, never from a person."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection, transaction

from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.totals import move
from shouwang.kernel.codes import county_of

from .models import Standing
from .queries import Key, measures_of

KNOWN = """
SELECT s.duty, s.subject, s.id, s.region, s.verdict, s.month, s.due_at, s.again_at, s.met_by, s.reasons::text
FROM json_to_recordset(%s::json) AS k(county text, duty text, subject uuid)
JOIN duties_standing s USING (county, duty, subject)
"""
KEEP = """
INSERT INTO duties_standing AS s
  (id, county, region, duty, clause, subject, verdict, due_at, again_at, period, month, met_by, reasons, judged_at)
SELECT id, county, region, duty, clause, subject, verdict, due_at, again_at, period, month, met_by, reasons, %s
FROM json_to_recordset(%s::json) AS v(id uuid, county text, region text, duty text, clause text, subject uuid,
  verdict text, due_at timestamptz, again_at timestamptz, period text, month text, met_by uuid, reasons jsonb)
ON CONFLICT (county, duty, subject) DO UPDATE SET
  region = EXCLUDED.region, verdict = EXCLUDED.verdict, due_at = EXCLUDED.due_at, again_at = EXCLUDED.again_at,
  period = EXCLUDED.period, month = EXCLUDED.month, met_by = EXCLUDED.met_by, reasons = EXCLUDED.reasons,
  judged_at = EXCLUDED.judged_at
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What a rule found about one duty and subject; `met_by` is the ledger line of what met it."""

    duty: str
    clause: str
    region: str
    subject: UUID
    verdict: str
    due_at: datetime | None
    again_at: datetime | None
    period: str
    month: str
    met_by: UUID | None
    reasons: list[dict[str, Any]]


class Old(NamedTuple):
    """A standing as it is on record."""

    id: UUID
    region: str
    verdict: str
    month: str
    due_at: datetime | None
    again_at: datetime | None
    met_by: UUID | None
    reasons: str


def record_verdicts(verdicts: Sequence[Verdict], *, now: datetime) -> int:
    """Write what changed, once: judging the same evidence again moves nothing. Returns how many changed."""
    if not verdicts:
        return 0
    with transaction.atomic():
        known = _known(verdicts)
        changed = [v for v in verdicts if _differs(v, known.get((v.duty, v.subject)))]
        if changed:
            _keep(changed, known, now)
            move(_moved(changed, known), at=now)
    return len(changed)


def drop_standings(county: str, gone: Sequence[Key], *, now: datetime) -> int:
    """Take back verdicts about what is owed no more, with their counts."""
    if gone:
        moved = Counter[tuple[str, str, str]]()
        for one in gone:
            moved.subtract((one.region, name, one.month) for name in measures_of(one.duty, one.verdict))
        with transaction.atomic():
            Standing.objects.filter(county=county, id__in=[one.id for one in gone]).delete()
            move(moved, at=now)
    return len(gone)


def settle(county: str, ids: Sequence[UUID], *, now: datetime) -> None:
    """What was looked at because its time had come and stays as it is need not be looked at again."""
    Standing.objects.filter(county=county, id__in=ids, again_at__lt=now).update(again_at=None)


def _known(verdicts: Sequence[Verdict]) -> dict[tuple[str, UUID], Old]:
    keys = [{"county": county_of(v.region), "duty": v.duty, "subject": v.subject} for v in verdicts]
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [_json(keys)])
        return {(duty, subject): Old(*rest) for duty, subject, *rest in cursor.fetchall()}


def _differs(new: Verdict, old: Old | None) -> bool:
    if old is None:
        return True
    same = (old.verdict, old.region, old.month, old.due_at, old.again_at, old.met_by) == (
        new.verdict, new.region, new.month, new.due_at, new.again_at, new.met_by,
    )  # fmt: skip
    return not same or json.loads(old.reasons) != new.reasons


def _keep(changed: Sequence[Verdict], known: dict[tuple[str, UUID], Old], now: datetime) -> None:
    rows = [
        {"id": old.id if (old := known.get((v.duty, v.subject))) else mint(now), "county": county_of(v.region)}
        | {name: getattr(v, name) for name in Verdict.__slots__}
        for v in changed
    ]
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [now, _json(rows)])


def _json(rows: list[dict[str, Any]]) -> str:
    """Many rows as one value: lists of arrays take the driver far longer."""
    return msgspec.json.encode(rows).decode()


def _moved(changed: Sequence[Verdict], known: dict[tuple[str, UUID], Old]) -> Counter[tuple[str, str, str]]:
    moved: Counter[tuple[str, str, str]] = Counter()
    for v in changed:
        moved.update((v.region, name, v.month) for name in measures_of(v.duty, v.verdict))
        old = known.get((v.duty, v.subject))
        if old is not None:
            moved.subtract((old.region, name, old.month) for name in measures_of(v.duty, old.verdict))
    return moved
