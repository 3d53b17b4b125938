"""Steps of the ladder (督促): what is owed and not done, what was taken for it, and one more step as one act."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from shouwang.domains.ledger.acts import Kept, keep_all
from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import county_of

from .acting import About, By, notice
from .events import OF_RUNG
from .models import Notice, Step

# Standings whose deadline is near or past, with the steps taken for that deadline; the last rung ends the matter.
OWED = """
SELECT s.id, s.region, s.duty, s.clause, s.subject, s.period, s.verdict, s.due_at,
  ARRAY(SELECT t.rung FROM duties_step t WHERE t.county = s.county AND t.duty = s.duty
    AND t.subject = s.subject AND t.due_on = (s.due_at AT TIME ZONE %s)::date)
FROM duties_standing s
JOIN unnest(%s::text[], %s::text[]) AS ladder(duty, top) ON ladder.duty = s.duty
WHERE s.county = %s AND s.verdict = %s AND s.due_at < %s AND (s.due_at, s.id) > (%s, %s)
  AND NOT EXISTS (SELECT 1 FROM duties_step t WHERE t.county = s.county AND t.duty = s.duty
    AND t.subject = s.subject AND t.due_on = (s.due_at AT TIME ZONE %s)::date AND t.rung = ladder.top)
ORDER BY s.due_at, s.id LIMIT %s
"""
# Steps whose duty is still not done: they stay on the list of those who must act on them.
STANDING = """
SELECT t.id, t.rung, t.at, t.due_on, s.id, s.region, s.duty, s.clause, s.period, s.subject
FROM duties_step t JOIN duties_standing s ON s.county = t.county AND s.duty = t.duty AND s.subject = t.subject
WHERE t.county = ANY(%s) AND t.rung = ANY(%s) AND t.duty = ANY(%s) AND s.verdict = 'overdue'
  AND t.due_on = (s.due_at AT TIME ZONE %s)::date AND (t.at, t.id) < (%s, %s) AND left(t.region, %s) = ANY(%s)
ORDER BY t.at DESC, t.id DESC LIMIT %s
"""


PRESSED = """
SELECT t.rung, count(DISTINCT t.subject)
FROM duties_step t JOIN duties_standing s ON s.county = t.county AND s.duty = t.duty AND s.subject = t.subject
WHERE t.county = ANY(%s) AND t.duty = ANY(%s) AND t.rung <> 'remind' AND s.verdict = 'overdue'
  AND t.due_on = (s.due_at AT TIME ZONE %s)::date
GROUP BY t.rung
"""


LEADING = """
SELECT DISTINCT s.duty, s.region, s.subject
FROM duties_step t JOIN duties_standing s ON s.county = t.county AND s.duty = t.duty AND s.subject = t.subject
WHERE t.county = %s AND t.rung <> 'remind' AND s.verdict = 'overdue' AND s.period <> ''
  AND t.due_on = (s.due_at AT TIME ZONE %s)::date
"""


class Owed(NamedTuple):
    """Something not done: the standing, and the rungs taken for its deadline. Its `id` tells since when it is known."""

    id: UUID
    region: str
    duty: str
    clause: str
    subject: UUID
    period: str
    verdict: str
    due_at: datetime
    taken: list[str]


class Raised(NamedTuple):
    """A step that still asks something of somebody."""

    id: UUID
    rung: str
    at: datetime
    due_on: date
    standing: UUID
    region: str
    duty: str
    clause: str
    period: str
    subject: UUID


def owed(
    county: str,
    verdict: str,
    *,
    ladders: dict[str, str],
    until: datetime,
    after: tuple[datetime, UUID],
    zone: str,
    limit: int,
) -> list[Owed]:
    """Standings of duties with a ladder ({duty: its last rung}) due before `until`, oldest deadline first."""
    names, tops = list(ladders), list(ladders.values())
    with connection.cursor() as cursor:
        cursor.execute(OWED, [zone, names, tops, county, verdict, until, *after, zone, limit])
        return [Owed(*row) for row in cursor.fetchall()]


def leading(county: str, *, zone: str) -> dict[tuple[str, str], UUID]:
    """{(duty, body): the period that is being followed up}: one at a time speaks for all that are overdue."""
    with connection.cursor() as cursor:
        cursor.execute(LEADING, [county, zone])
        return {(duty, region): subject for duty, region, subject in cursor.fetchall()}


class Taking(NamedTuple):
    """One step about to be taken, and who must know of it."""

    owed: Owed
    rung: str
    due_on: date
    recipients: Collection[UUID]
    also: tuple[Notice, ...] = ()


def take_all(takings: Sequence[Taking], *, by: By) -> int:
    """Each step is one act: a line, its evidence, a notice for everybody who must know; all of them or none.

    Raises IntegrityError for a step that was taken before.
    """
    keep_all([_taken(one, by) for one in takings])
    return len(takings)


def _taken(one: Taking, by: By) -> Kept:
    owed = one.owed
    step = Step(
        id=mint(by.at),
        county=county_of(owed.region),
        region=owed.region,
        salt=salt(),
        duty=owed.duty,
        period=owed.period,
        subject=owed.subject,
        rung=one.rung,
        due_on=one.due_on,
        at=by.at,
    )
    about = About(region=owed.region, duty=owed.duty, period=owed.period, subject=owed.subject)
    facts = {"duty": owed.duty, **({"period": owed.period} if owed.period else {})}
    said = evidence(
        OF_RUNG[one.rung], subject=owed.subject, region=owed.region, room="duties", at=by.at, facts=facts
    )
    told = [
        notice(one.rung, event=step.id, recipient=who, about=about, at=by.at)
        for who in sorted(one.recipients)
    ]
    act = by.act(one.rung, region=owed.region, clause=owed.clause)
    return Kept(act=act, subject=step, enclosed=(said,), also=(*told, *one.also))


def raised(
    areas: Sequence[str],
    counties: Sequence[str],
    rungs: Sequence[str],
    duties: Sequence[str],
    *,
    zone: str,
    before: tuple[datetime, UUID],
    limit: int = 50,
) -> list[Raised]:
    """Steps within areas of one length whose duty is still overdue, the newest first."""
    if not areas or not duties:
        return []
    values = [list(counties), list(rungs), list(duties), zone, *before, len(areas[0]), list(areas), limit]
    with connection.cursor() as cursor:
        cursor.execute(STANDING, values)
        return [Raised(*row) for row in cursor.fetchall()]


def pressed_now(counties: Sequence[str], duties: Collection[str], *, zone: str) -> dict[str, int]:
    """{rung: how many cases still overdue it was taken for} of some duties that cases open."""
    with connection.cursor() as cursor:
        cursor.execute(PRESSED, [list(counties), list(duties), zone])
        return dict(cursor.fetchall())


def steps_about(county: str, duties: Collection[str], subject: UUID) -> list[Step]:
    """Every step taken about a case, by whichever of some duties, oldest first."""
    return list(
        Step.objects.filter(county=county, duty__in=duties, subject=subject).order_by("at", "id")
    )


def steps_of(county: str, *, duty: str, subject: UUID) -> list[Step]:
    """Every step ever taken about one standing, oldest first."""
    return list(Step.objects.filter(county=county, duty=duty, subject=subject).order_by("at", "id"))
