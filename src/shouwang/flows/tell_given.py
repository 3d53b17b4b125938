"""Whoever a case is given to is told (派单通知): one notice for each act and person, never lost or doubled.

The reporter does not wait for it: the worker follows the sealed lines. The notices and how far it came are written
together, so a killed worker tells again what nobody was told, under the same event, and nothing else.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction

from shouwang.domains.duties.acting import About, notice
from shouwang.domains.hazards.models import ENDED_STATES, Case
from shouwang.domains.hazards.queries import of_ids
from shouwang.domains.ledger.alone import Task, alone
from shouwang.domains.ledger.models import Line
from shouwang.domains.ledger.queries import advance, lines_since, reached
from shouwang.domains.ledger.write import write

from .local_values import pack_of
from .people_told import People

READER, AT_ONCE = "hazards.told", 1000
# The sort of notice by what was done to the case. What was fixed on the spot is nobody's work.
SORTS = {"report": "given", "reassign": "given", "arbitrate": "given", "regrade": "regraded"}
# What is older is in the lists, and no news: an installation that begins to tell does not tell years at once.
NEWS = timedelta(days=7)


def tell_given(county: str, *, now: datetime) -> int:
    """Tell of up to AT_ONCE lines; how many were read. Two workers at once, or one after another, tell once."""
    with transaction.atomic():
        if not alone(Task.TELL, county):
            return 0
        last = reached(county, READER)
        lines = lines_since(county, after=-1 if last is None else last, limit=AT_ONCE)
        if not lines:
            return 0
        wanted = [line for line in lines if line.room == "hazards" and line.act in SORTS and line.at > now - NEWS]
        if rows := list(_notices(county, wanted, now=now)):
            write(rows)
        advance(county, READER, int(lines[-1].position or 0), now=now)
    return len(lines)


def _notices(county: str, lines: Sequence[Line], *, now: datetime) -> Iterator[models.Model]:
    if not lines:
        return
    cases = {case.id: case for case in of_ids(county, [line.object for line in lines])}
    pack = pack_of(county, now=now)
    people = People(pack, county, now.astimezone(pack.zone).date())
    for line in lines:
        case = cases.get(line.object)
        if case is None or case.state in ENDED_STATES:
            continue
        about = About(region=case.region, subject=case.id)
        for who in sorted(_given_to(people, case) - {line.actor}):
            yield notice(SORTS[line.act], event=line.id, recipient=who, about=about, at=now)


def _given_to(people: People, case: Case) -> set[UUID | None]:
    """Who sits at the body that must act; where nobody does, whoever serves it from above."""
    return {*(people.at(case.department, case.body) or people.working_on(case.department, case.body))}
