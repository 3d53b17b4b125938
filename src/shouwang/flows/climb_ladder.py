"""What is not done is followed up (督促): each working day the house takes the steps whose day has come, once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction

from shouwang.domains.duties.acting import By
from shouwang.domains.duties.models import Notice
from shouwang.domains.duties.steps import Owed, Taking, leading, owed, take_all
from shouwang.domains.ledger.alone import Task, alone
from shouwang.domains.ledger.queries import advance, reached
from shouwang.domains.letters.queries import addressed
from shouwang.kernel.codes import county_of
from shouwang.kernel.ids import moment_of
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty, Event
from shouwang.rules.ladder import REMIND, Debt, steps_due

from .letter_told import reminded
from .local_values import pack_of
from .people_told import People
from .working_days import workdays_of

READER, SENT = "duties.ladder", "letter.sent"
PAGE = AT_ONCE = 2000
# The widest reminder a place may ask for; what is due later is not even looked at.
AHEAD = timedelta(days=45)
FIRST = datetime.min.replace(tzinfo=UTC), UUID(int=0)


def climb_ladder(county: str, *, now: datetime) -> int:
    """Take up to AT_ONCE steps; how many were taken. Taking them again, or by two workers at once, takes none."""
    pack = pack_of(county, now=now)
    today = now.astimezone(pack.zone).date()
    if reached(county, READER) == today.toordinal():
        return 0
    with transaction.atomic():
        if not alone(Task.CLIMB, county):
            return 0
        working = workdays_of(county).is_workday(today)
        steps = list(islice(_steps(pack, county, now=now, today=today), AT_ONCE)) if working else []
        if len(steps) < AT_ONCE:
            advance(county, READER, today.toordinal(), now=now)
        people = People(pack, county, today)
        takings = [
            Taking(
                one, rung, _day(pack, one.due_at), people.told(duty, one, rung), _answering(pack, duty, one, rung, now)
            )
            for one, duty, rung in steps
        ]
        return take_all(takings, by=By(at=now, pack=pack.version)) if takings else 0


def _answering(pack: Pack, duty: Duty, one: Owed, rung: str, now: datetime) -> tuple[Notice, ...]:
    """A letter that is not answered: those who have to answer it hear of the step, too."""
    if not (isinstance(duty.trigger, Event) and duty.trigger.on == SENT):
        return ()
    letter = addressed(county_of(one.region), one.subject)
    return reminded(letter, rung, pack=pack, now=now) if letter is not None else ()


def _steps(pack: Pack, county: str, *, now: datetime, today: date) -> Iterator[tuple[Owed, Duty, str]]:
    """Every step whose day has come, for what is due soon and for what is overdue."""
    with_ladder = [duty for duty in pack.duties.values() if duty.can_fail and duty.ladder]
    climbing = {duty.id: duty.ladder[-1] for duty in with_ladder if duty.ladder != (REMIND,)}
    reminded = {duty.id: REMIND for duty in with_ladder if REMIND in duty.ladder}
    workdays = workdays_of(county)
    leaders = leading(county, zone=str(pack.zone))
    for verdict, ladders, until in (("due", reminded, now + AHEAD), ("overdue", climbing, now)):
        for one in _pages(pack, county, verdict, ladders, until):
            if verdict == "overdue" and one.period and _follows(leaders, one):
                continue
            duty = pack.duties[one.duty]
            debt = Debt(_day(pack, one.due_at), _day(pack, moment_of(one.id)), one.verdict, one.taken)
            for rung in steps_due(pack, workdays, duty, debt, on=today).verdict:
                yield one, duty, rung


def _follows(leaders: dict[tuple[str, str], UUID], one: Owed) -> bool:
    """Whether an older period of the same duty of the body is being followed up: one letter says it for all."""
    return leaders.setdefault((one.duty, one.region), one.subject) != one.subject


def _pages(pack: Pack, county: str, verdict: str, ladders: dict[str, str], until: datetime) -> Iterator[Owed]:
    after = FIRST
    while rows := owed(
        county, verdict, ladders=ladders, until=until, after=after, zone=str(pack.zone), limit=PAGE
    ):
        yield from rows
        if len(rows) < PAGE:
            return
        after = rows[-1].due_at, rows[-1].id


def _day(pack: Pack, at: datetime) -> date:
    return at.astimezone(pack.zone).date()
