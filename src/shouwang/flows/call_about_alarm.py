"""Whom to telephone about an alarm, and what a crew must know (核实电话): shown on purpose, each look on record.

Only while the alarm is open, only to whoever handles it or goes there, and never a name of who lives there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shouwang.domains.alarms.models import OPEN, Alarm
from shouwang.domains.households.queries import home_of
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.holders import holders
from shouwang.kernel.codes import Level, covers, level_of
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.rules.alarm_calls import NUMBERS, Call, in_order, missing, numbers_told

from .alarm_sight import AS, ATTENDING, alarm_in_sight, by_post, sides_of
from .refusal import Refused
from .sight import pack_of
from .unmask_person import what_saves_a_life

RANKS = {Level.GRID: "grid", Level.VILLAGE: "village", Level.TOWNSHIP: "township"}


@dataclass(frozen=True, kw_only=True)
class Calls:
    """Numbers in the order to call them, whom of the home nobody can reach, and what each person there needs."""

    numbers: Sequence[Call]
    missing: Sequence[str]
    people: Sequence[Mapping[str, str]]
    mark: str


def may_call(actor: Actor, alarm: Alarm, *, pack: Pack) -> bool:
    return alarm.state in OPEN and bool(sides_of(actor, alarm.region, pack=pack))


def call_about_alarm(actor: Actor, alarm_id: UUID, *, now: datetime) -> Calls:
    """Raises NotSeen, Refused."""
    alarm = alarm_in_sight(actor, alarm_id)
    pack = pack_of(alarm.county, now=now)
    if alarm.state not in OPEN:
        raise Refused(Decision(False, (Reason("alarm_not_open"),), (pack.loops["alarm"].row,)))
    side = next(iter(sorted(sides_of(actor, alarm.region, pack=pack))), None)
    by = by_post(actor, AS[side] if side else ATTENDING, alarm.region, pack=pack, now=now)
    home = home_of(alarm.county, alarm.household) if alarm.household else None
    told = what_saves_a_life([home], by=by, now=now).get(home.id, ()) if home else ()
    numbers = numbers_told(told)
    return Calls(
        numbers=in_order([*numbers, *_neighbours(alarm, pack, now)]),
        missing=missing(numbers) if home else (),
        people=[{name: value for name, value in one.items() if name not in NUMBERS} for one in told],
        mark=home.mark if home else "",
    )


def _neighbours(alarm: Alarm, pack: Pack, now: datetime) -> list[Call]:
    """Those whose post is to look after the place, by name: the grid, the village, the township."""
    kinds = [key for key, one in pack.posts.items() if ATTENDING in one.actions]
    found = holders([alarm.county], kinds=kinds, on=now.astimezone(pack.zone).date())
    return [
        Call(who=rank, name=one.name)
        for one in found
        if (rank := RANKS.get(level_of(one.region))) and any(covers(area, alarm.region) for area in one.territory)
    ]
