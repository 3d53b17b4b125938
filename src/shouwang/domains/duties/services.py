"""Writing verdicts and the counts they move; verdicts come from rules, never from a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.models import Delta
from shouwang.domains.ledger.totals import delta
from shouwang.kernel.codes import county_of

from .models import Standing
from .queries import measure


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a rule found about one duty and subject; `met_by` is the ledger line of what met it."""

    duty: str
    clause: str
    region: str
    subject: UUID
    verdict: str
    due_at: datetime | None
    period: str
    met_by: UUID | None
    reasons: list[dict[str, Any]]


def record_verdicts(verdicts: Sequence[Verdict], *, now: datetime) -> int:
    """Write what changed, once: judging the same evidence again moves nothing. Returns how many changed."""
    with transaction.atomic():
        known = _known(verdicts)
        changed = [v for v in verdicts if _differs(v, known.get((v.duty, v.subject)))]
        rows = [_row(v, known.get((v.duty, v.subject)), now) for v in changed]
        deltas = [d for v in changed for d in _deltas(v, known.get((v.duty, v.subject)), now)]
        Standing.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["county", "duty", "subject"],
            update_fields=["verdict", "due_at", "period", "met_by", "reasons", "judged_at"],
        )
        Delta.objects.bulk_create(deltas)
    return len(changed)


def _known(verdicts: Sequence[Verdict]) -> dict[tuple[str, UUID], Standing]:
    counties = sorted({county_of(v.region) for v in verdicts})
    subjects = list({v.subject for v in verdicts})
    rows = Standing.objects.select_for_update().filter(county__in=counties, subject__in=subjects)
    return {(row.duty, row.subject): row for row in rows.order_by("id")}


def _differs(new: Verdict, old: Standing | None) -> bool:
    return old is None or (old.verdict, old.period, old.due_at, old.met_by) != (
        new.verdict,
        new.period,
        new.due_at,
        new.met_by,
    )


def _row(new: Verdict, old: Standing | None, now: datetime) -> Standing:
    return Standing(
        id=old.id if old else mint(now),
        county=county_of(new.region),
        region=new.region,
        duty=new.duty,
        clause=new.clause,
        subject=new.subject,
        verdict=new.verdict,
        due_at=new.due_at,
        period=new.period,
        met_by=new.met_by,
        reasons=new.reasons,
        judged_at=now,
    )


def _deltas(new: Verdict, old: Standing | None, now: datetime) -> list[Delta]:
    made = [delta(new.region, measure(new.duty, new.verdict), 1, at=now, period=new.period)]
    if old is not None:
        gone = delta(old.region, measure(old.duty, old.verdict), -1, at=now, period=old.period)
        made.append(gone)
    return made
