"""Caps that ran out (报警超时): without a result an alarm is proposed as an incident, and the level above is told.

Whoever runs it, and however often: what is proposed or told stays so.
"""

from datetime import datetime

from shouwang.domains.alarms.models import Alarm
from shouwang.domains.alarms.pulses import in_county, moved
from shouwang.domains.alarms.queries import beside, counties_due, due_by, levels_knowing
from shouwang.domains.alarms.services import propose, tell_level
from shouwang.domains.areas.queries import counties
from shouwang.domains.ledger.minting import mint
from shouwang.rules.alarm_clocks import Clocks, clocks_of, level_to_tell, levels_between
from shouwang.rules.alarm_proposals import why_fire

from .alarm_sight import house
from .alarm_told import Watchers
from .each_county import each_county
from .local_values import pack_of
from .sign_of import sign_of


def lapse_alarms(*, now: datetime) -> int:
    """How many alarms were proposed or told to a level above."""
    return each_county(counties_due(counties(), now), lambda county: _lapse(county, now))


def _lapse(county: str, now: datetime) -> int:
    pack = pack_of(county, now=now)
    clocks = clocks_of(pack, now.astimezone(pack.zone).date())
    with in_county(county):
        due = due_by(county, now, answer=clocks.answer)
        if not due:
            return 0
        by = house(pack, now=now)
        named = [(alarm, _cause(alarm, now)) for alarm, proposed in due if not proposed]
        propose([(alarm, cause) for alarm, cause in named if cause], by)
        watchers = Watchers(pack, county, now)
        told = [alarm for alarm, _proposed in due if _climb(alarm, clocks, watchers, now)]
        touched = {alarm.id for alarm, cause in named if cause} | {alarm.id for alarm in told}
        if touched:
            moved(county, touched)
    return len(touched)


def _cause(alarm: Alarm, now: datetime) -> str:
    return why_fire(sign_of(alarm), map(sign_of, beside(alarm)), due_at=alarm.due_at, now=now)


def _climb(alarm: Alarm, clocks: Clocks, watchers: Watchers, now: datetime) -> bool:
    """Tell the level whose turn it is, and those below it that nobody told; False where all were told before."""
    assert alarm.due_at is not None
    level = level_to_tell(alarm.due_at, now, known_to=levels_knowing(alarm), answer=clocks.answer)
    still = levels_between(alarm.told_level, level)
    for one in still:
        told = list(watchers.notices_up(alarm, one, event=mint(now)))
        tell_level(alarm, one, house(watchers.pack, now=now), also=told)
    return bool(still)

