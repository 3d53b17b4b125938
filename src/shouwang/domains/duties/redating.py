"""Deadlines that move when the notice of a year comes (时限调整): what was owed before, and keeping what moved."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from shouwang.domains.ledger.acts import keep_batch
from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.rows import Enclosed
from shouwang.kernel.codes import county_of
from shouwang.kernel.digest import canonical

from .acting import By
from .events import REDATED
from .models import Notice, Redated, Standing

SORT = "redated"
OPEN = ("due", "overdue", "undetermined")


class Owed(NamedTuple):
    """A standing with its deadline."""

    region: str
    duty: str
    period: str
    subject: UUID
    due_at: datetime


class Moved(NamedTuple):
    """What was owed, and its deadline now."""

    owed: Owed
    after: datetime


def owed_from(county: str, since: datetime, duties: Collection[str]) -> dict[tuple[str, UUID], Owed]:
    """What is owed and not done, of some duties, due from a day on."""
    rows = Standing.objects.filter(county=county, duty__in=duties, due_at__gte=since, verdict__in=OPEN)
    found = [Owed(*row) for row in rows.values_list("region", "duty", "period", "subject", "due_at")]
    return {(one.duty, one.subject): one for one in found}


def keep_moved(county: str, moved: Sequence[Moved], *, notice: UUID, by: By, told: Sequence[Notice]) -> None:
    """All that moved in a county is one act: a line, each deadline before and after, a notice for each person."""
    rows = [_row(one, notice, by.at) for one in moved]
    items = [
        canonical([one.duty, str(one.subject), one.before.isoformat(), one.after.isoformat()]) for one in rows
    ]
    id_ = mint(by.at)
    said = evidence(REDATED, subject=id_, region=county, room="duties", at=by.at, facts={"count": len(rows)})
    enclosed: list[Enclosed] = [*rows, said]
    act = by.act("redate", region=county, clause="")
    keep_batch(act, object_id=id_, kind="duties.Redated", items=items, enclosed=enclosed, rows=list(told))


def moved_by(counties: Collection[str], notice: UUID, *, limit: int) -> list[Redated]:
    """What a notice moved in some counties, the nearest deadline first; whoever shows it asks a sight of each."""
    rows = Redated.objects.filter(county__in=counties, notice=notice)
    return list(rows.order_by("after", "id")[:limit])


def told_of(county: str, event: UUID) -> set[UUID]:
    """Who was told of an event already."""
    return set(Notice.objects.filter(county=county, event=event).values_list("recipient", flat=True))


def _row(one: Moved, notice: UUID, at: datetime) -> Redated:
    owed = one.owed
    return Redated(
        id=mint(at),
        county=county_of(owed.region),
        region=owed.region,
        salt=salt(),
        notice=notice,
        duty=owed.duty,
        period=owed.period,
        subject=owed.subject,
        before=owed.due_at,
        after=one.after,
    )
