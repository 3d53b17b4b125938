"""Whom to telephone about an alarm, and what a crew must know (核实电话): shown on purpose, each look on record.

Only while the alarm is open, only to whoever handles it or goes there, and never a name of who lives there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shouwang.domains.alarms.models import OPEN, Alarm
from shouwang.domains.alarms.queries import watch_at
from shouwang.domains.households.queries import home_of
from shouwang.domains.ledger.acts import By
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.contacts import address_of, keep_look, looks_about, phones_of
from shouwang.domains.people.crypto import Unreadable
from shouwang.domains.people.holders import holders
from shouwang.domains.people.models import Contact, Look
from shouwang.kernel.codes import Level, covers, level_of, township_of
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.rules.alarm_calls import NUMBERS, Call, in_order, missing, numbers_told

from .alarm_sight import AS, ATTENDING, alarm_in_sight, by_post, sides_of
from .refusal import Refused
from .sight import pack_of
from .unmask_person import ALARM, what_saves_a_life

RANKS = {Level.GRID: "grid", Level.VILLAGE: "village", Level.TOWNSHIP: "township"}
LOOKS = 20


@dataclass(frozen=True, kw_only=True)
class Calls:
    """Numbers in the order to call them, whom of the home nobody can reach, and what each person there needs."""

    numbers: Sequence[Call]
    missing: Sequence[str]
    people: Sequence[Mapping[str, str]]
    mark: str


def may_call(actor: Actor, alarm: Alarm, *, pack: Pack) -> bool:
    return alarm.state in OPEN and bool(sides_of(actor, alarm.region, pack=pack))


def who_looked(actor: Actor, alarm: Alarm, *, pack: Pack) -> tuple[Sequence[Look], int]:
    """The newest looks at telephones because of an alarm, and how many there are besides; for its desk alone."""
    if "desk" not in sides_of(actor, alarm.region, pack=pack):
        return (), 0
    return looks_about(alarm.county, alarm.id, limit=LOOKS)


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
        numbers=in_order([*numbers, *_neighbours(alarm, by, pack, now)]),
        missing=missing(numbers) if home else (),
        people=[{name: value for name, value in one.items() if name not in NUMBERS} for one in told],
        mark=home.mark if home else "",
    )


def _neighbours(alarm: Alarm, by: By, pack: Pack, now: datetime) -> list[Call]:
    """Those whose post is to look after the place, by name and number; of the township, who is on duty first."""
    kinds = [key for key, one in pack.posts.items() if ATTENDING in one.actions]
    found = [
        one
        for one in holders([alarm.county], kinds=kinds, on=now.astimezone(pack.zone).date())
        if level_of(one.region) in RANKS and any(covers(area, alarm.region) for area in one.territory)
    ]
    phones = phones_of(alarm.county, {one.person for one in found})
    if phones:
        keep_look(phones.values(), purpose=ALARM, about=alarm.id, region=alarm.region, by=by)
    numbers, watch = {who: _number(one) for who, one in phones.items()}, watch_at(township_of(alarm.region))
    calls = {
        one.person: Call(
            who="on_duty" if watch and watch.person == one.person else RANKS[level_of(one.region)],
            name=one.name, number=numbers.get(one.person, ""),
        )
        for one in found
    }  # fmt: skip
    return list(calls.values())


def _number(phone: Contact) -> str:
    """Empty where no key opens it any more: a fire does not wait for that."""
    try:
        return address_of(phone).get("to", "")
    except Unreadable:
        return ""
