"""Caps that ran out (报警超时): without a result an alarm is proposed as an incident, and the level above is told.

Whoever runs it, and however often: what is proposed or told stays so.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from shouwang.domains.alarms.models import Alarm
from shouwang.domains.alarms.pulses import in_county, moved
from shouwang.domains.alarms.queries import counties_due, due_by, levels_knowing, still_at
from shouwang.domains.alarms.services import propose, tell_level
from shouwang.domains.areas.queries import counties
from shouwang.domains.ledger.minting import mint
from shouwang.rules.alarm_clocks import Clocks, clocks_of, level_to_tell, levels_between
from shouwang.rules.alarm_proposals import telling, why_fire

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
        named = list(_causes(county, [alarm for alarm, proposed in due if not proposed], now))
        propose(named, by)
        watchers = Watchers(pack, county, now)
        known = levels_knowing(county, [alarm.id for alarm, _proposed in due])
        told = [
            alarm for alarm, _proposed in due if _climb(alarm, clocks, watchers, known_to=known[alarm.id], now=now)
        ]
        touched = {alarm.id for alarm, _cause in named} | {alarm.id for alarm in told}
        if touched:
            moved(county, touched)
    return len(touched)


def _causes(county: str, alarms: Sequence[Alarm], now: datetime) -> Iterator[tuple[Alarm, str]]:
    """Those that are proposed, each with what else rings beside it."""
    by_site = telling(map(sign_of, still_at(county, {one.site for one in alarms}))) if alarms else {}
    for one in alarms:
        if cause := why_fire(sign_of(one), by_site.get(one.site, ()), due_at=one.due_at, now=now):
            yield one, cause


def _climb(alarm: Alarm, clocks: Clocks, watchers: Watchers, *, known_to: Collection[str], now: datetime) -> bool:
    """Tell the level whose turn it is, and those below it that nobody told; False where all were told before."""
    assert alarm.due_at is not None
    level = level_to_tell(alarm.due_at, now, known_to=known_to, answer=clocks.answer)
    still = levels_between(alarm.told_level, level)
    for one in still:
        told = list(watchers.notices_up(alarm, one, event=mint(now)))
        tell_level(alarm, one, house(watchers.pack, now=now), also=told)
    return bool(still)

