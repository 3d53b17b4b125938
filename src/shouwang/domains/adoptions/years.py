"""Years whose notice of days off was entered: keeping one, and what stands over an office."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from shouwang.domains.ledger.acts import Act, keep
from shouwang.domains.ledger.events import evidence
from shouwang.kernel.workdays import Year

from .events import YEAR_NOTICE
from .models import YearNotice
from .services import By

# Notices are only added, so these two tell whether anything changed.
MARK = "SELECT count(*), coalesce(max(id::text), '') FROM adoptions_yearnotice WHERE county = %s"
Mark = tuple[int, str]
NONE: Mark = (0, "")


class Told(NamedTuple):
    """One notice as it was entered."""

    id: UUID
    year: int
    version: int
    number: str
    days: Year
    at: datetime


def mark(office: str) -> Mark:
    """What changes whenever an office enters a notice; one small statement."""
    with connection.cursor() as cursor:
        cursor.execute(MARK, [office])
        count, newest = cursor.fetchone()
        return count, newest


def notices(office: str) -> list[Told]:
    """Every notice an office entered, in the order in which they were entered."""
    rows = YearNotice.objects.filter(county=office, region=office).order_by("at", "id")
    return [_told(row) for row in rows]


def enter_notice(notice: YearNotice, *, by: By) -> None:
    """Keep the notice of a year. Raises IntegrityError when somebody entered that version first."""
    told = evidence(
        YEAR_NOTICE,
        subject=notice.id,
        region=notice.region,
        room="adoptions",
        at=notice.at,
        facts={"year": notice.year, "version": notice.version},
    )
    act = Act(
        room="adoptions", name="enter_notice", region=notice.region, at=notice.at,
        pack=by.pack, actor=by.actor, post=by.post, clause=by.clause,
    )  # fmt: skip
    keep(act, subject=notice, enclosed=[told])


def _told(row: YearNotice) -> Told:
    rest, work = (frozenset(map(date.fromisoformat, days)) for days in (row.rest, row.work))
    return Told(row.id, row.year, row.version, row.number, Year(rest=rest, work=work), row.at)
