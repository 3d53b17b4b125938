"""The notice of a year has come: which deadlines of duties moved by it is kept, and those who do the work are told."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from shouwang.domains.duties.acting import About, By, notice
from shouwang.domains.duties.models import Notice
from shouwang.domains.duties.redating import SORT, Moved, Owed, keep_moved, owed_from, told_of
from shouwang.domains.ledger.queries import advance, reached
from shouwang.policy import Pack
from shouwang.rules.frames import CASE
from shouwang.rules.ladder import REMIND

from .people_told import People
from .working_days import calendar_sign, known_notices

# The calendar a county was judged by last.
READER = "duties.calendar"
Before = dict[tuple[str, UUID], Owed]


class Watch(NamedTuple):
    """What was owed under the calendar before; taken and told within the transaction that judges anew."""

    county: str
    pack: Pack
    since: datetime
    before: Before


def watch(county: str, pack: Pack) -> Watch | None:
    """Look at what is owed before it is judged by another calendar; None while the calendar is the same."""
    if calendar_sign(county) == (reached(county, READER) or 0):
        return None
    since = datetime(min(one.year for one in known_notices(county)), 1, 1, tzinfo=pack.zone)
    return Watch(county, pack, since, owed_from(county, since, _counted(pack)))


def tell_moved(seen: Watch, *, now: datetime) -> int:
    """Keep what moved as one act, tell each person once; how many deadlines moved."""
    county, pack = seen.county, seen.pack
    after = owed_from(county, seen.since, _counted(pack))
    moved = [
        Moved(owed, now_owed.due_at)
        for key, owed in seen.before.items()
        if (now_owed := after.get(key)) is not None and now_owed.due_at != owed.due_at
    ]
    if moved:
        why = known_notices(county)[-1].id
        told = list(_notices(pack, county, moved, why, now))
        keep_moved(county, moved, notice=why, by=By(at=now, pack=pack.version), told=told)
    advance(county, READER, calendar_sign(county), now=now)
    return len(moved)


def _counted(pack: Pack) -> Collection[str]:
    """Duties with a clock of their own that counts working days; the clock of a case is the case's."""
    return [
        one.id
        for one in pack.duties.values()
        if any(
            name not in (None, CASE) and pack.parameters[name].unit == "workdays"
            for name in (one.deadline.parameter, one.deadline.grace)
        )
    ]


def _notices(pack: Pack, county: str, moved: Sequence[Moved], why: UUID, now: datetime) -> Iterator[Notice]:
    people = People(pack, county, now.astimezone(pack.zone).date())
    told = told_of(county, why)
    for one in moved:
        owed = one.owed
        about = About(region=owed.region, duty=owed.duty, period=owed.period, subject=owed.subject)
        wanted = people.told(pack.duties[owed.duty], owed, REMIND) - told
        told |= wanted
        for who in sorted(wanted):
            yield notice(SORT, event=why, recipient=who, about=about, at=now)
