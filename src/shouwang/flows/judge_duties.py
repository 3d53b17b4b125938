"""Duties are judged from evidence as it is sealed, when their moment has come, and when a day begins a period."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zlib import crc32

from django.db import transaction

from shouwang.domains.areas.queries import bodies_between
from shouwang.domains.duties.queries import Again, due_again
from shouwang.domains.duties.services import settle
from shouwang.domains.ledger.alone import Task, alone
from shouwang.domains.ledger.queries import advance, reached
from shouwang.domains.ledger.reading import about, tail
from shouwang.domains.sites.events import CLOSED
from shouwang.policy import Pack
from shouwang.rules.needs import Needs, needs
from shouwang.rules.seen import Seen, is_change
from shouwang.rules.world import Item

from .judge_bodies import Bodies, drop_others, judge_items
from .judge_cases import judge_cases, judge_every_case
from .redate_duties import tell_moved, watch
from .sight import pack_of
from .working_days import calendar_sign

# What a county's judging remembers: evidence read, day and pack judged by, first day owed, and the whole it knew.
READER, DAY, FIRST, WORLD = "duties", "duties.day", "duties.first", "duties.world"
LINES, MOMENTS = 20_000, 5_000
PACK_BITS = 32


class Round(NamedTuple):
    """What one judging of a county goes by; `judged` is the day it was judged last."""

    county: str
    pack: Pack
    needs: Needs
    now: datetime
    first: date
    today: date
    judged: date | None
    calendar: int
    is_new: bool

    @property
    def mark(self) -> int:
        return self.today.toordinal() << PACK_BITS | crc32(
            f"{self.pack.version}{self.calendar or ''}".encode()
        )


def judge_duties(county: str, *, now: datetime) -> int:
    """Judge what new evidence, a new day or a new pack touches; how much there was to look at.

    One transaction, one process at a time: a crash judges again, two workers never count twice.
    """
    with transaction.atomic():
        if not alone(Task.JUDGE, county):
            return 0
        this = _round(county, now)
        fresh, marks = tail(county, READER, now=now, limit=LINES)
        again = due_again(county, now=now, limit=MOMENTS)
        if this.is_new and (world := _world(this)) != reached(county, WORLD):
            changed = _judge_anew(this)
            advance(county, WORLD, world, now=now)
        else:
            changed = _judge(this, fresh, again)
        settle(county, [one.id for one in again], now=now)
        for reader, position in marks.items():
            advance(county, reader, position, now=now)
        if this.is_new:
            advance(county, DAY, this.mark, now=now)
    return changed + len(fresh) + len(again)


def _judge_anew(this: Round) -> int:
    """Judge everything; where the calendar is another one, say which deadlines it moved."""
    seen = watch(this.county, this.pack)
    changed = judge_whole(this)
    return changed + (tell_moved(seen, now=this.now) if seen is not None else 0)


def judge_whole(this: Round) -> int:
    """Judge everything owed since the first day; what stands already stays as it is. How many verdicts changed."""
    at = Bodies(this.county, this.needs, this.pack, this.now, this.first)
    items = at.everything((this.first, this.today))
    changed = judge_items(at, items, only_theirs=False) + drop_others(at, items)
    return changed + judge_every_case(this.county, this.needs, this.pack, now=this.now)


def owed_since(county: str, day: date, *, now: datetime) -> None:
    """From which day on bodies answer for what they owed; an earlier one brings the time before back (补录)."""
    with transaction.atomic():
        advance(county, FIRST, day.toordinal(), now=now)
        advance(county, DAY, 0, now=now)


def judge_anew_soon(county: str, *, now: datetime) -> None:
    """Bodies changed: the next round judges everything, whatever the day."""
    advance(county, DAY, 0, now=now)


def _round(county: str, now: datetime) -> Round:
    pack = pack_of(county, now=now)
    today = now.astimezone(pack.zone).date()
    first, mark = reached(county, FIRST), reached(county, DAY)
    if first is None:
        # Who begins in the middle of a month owes that month, and nothing from before.
        first = max(pack.since, today.replace(day=1)).toordinal()
        advance(county, FIRST, first, now=now)
    # What is owed always is owed from that day, too: nobody can have entered anything before.
    pack = replace(pack, since=max(pack.since, date.fromordinal(first)))
    judged = date.fromordinal(mark >> PACK_BITS) if mark else None
    this = Round(
        county, pack, needs(pack), now, date.fromordinal(first), today, judged, calendar_sign(county), False
    )
    return this._replace(is_new=mark != this.mark)


def _judge(this: Round, fresh: Sequence[Seen], again: Sequence[Again]) -> int:
    """What the evidence and the moments touch, and what began since the day judged last."""
    of_cases = {duty.id for duty in this.needs.cases}
    subjects = {str(one.subject) for one in again if one.duty in of_cases}
    changed = judge_cases(this.county, this.needs, this.pack, fresh=fresh, again=subjects, now=this.now)
    closed = [one for one in fresh if one.kind == CLOSED]
    if not (this.is_new or closed) and len(subjects) == len(again) and not _touches_bodies(this.needs, fresh):
        return changed
    at = Bodies(this.county, this.needs, this.pack, this.now, this.first)
    items = at.touched([*fresh, *_changed(this, fresh)], again, (this.first, this.today))
    if this.is_new and this.judged is not None:
        items += at.begun((this.judged + timedelta(days=1), this.today))
        # Who comes onto a register leaves no evidence of it: what it asks for is looked at every day.
        items += at.reaching((this.today, this.today))
    return changed + judge_items(at, items + _freed(this, at, closed))


def _freed(this: Round, at: Bodies, closed: Sequence[Seen]) -> list[Item]:
    """What reached entries of a register that were closed, perhaps long ago: they owe nothing since that day."""
    ends = [(one.region, max(one.occurred_at.astimezone(this.pack.zone).date(), this.first)) for one in closed]
    if not ends:
        return []
    return [
        item
        for item in at.reaching((min(day for _region, day in ends), this.today))
        if any(
            region.startswith(item.body.region) and (item.period is None or item.period.end >= day)
            for region, day in ends
        )
    ]


def _changed(this: Round, fresh: Sequence[Seen]) -> list[Seen]:
    """What stood before it was amended or taken back: the periods it counted for are judged again too."""
    subjects = {one.subject for one in fresh if is_change(one)}
    return about(this.county, sorted(subjects))


def _touches_bodies(wanted: Needs, fresh: Sequence[Seen]) -> bool:
    return any(one.kind in wanted.proving or one.kind in wanted.telling for one in fresh)


def _world(this: Round) -> int:
    """A sign of what everything is judged by: pack, values, bodies, calendar; under another one all is judged anew."""
    told = this.pack.version, this.first, bodies_between(this.county, this.first, this.today)
    return crc32(repr((*told, this.calendar) if this.calendar else told).encode())
