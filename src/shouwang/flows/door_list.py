"""敲门名单: homes of a grid nobody came to since the period began, in walking order; who lives there stands nowhere.

Each visit takes its home off the list; when the round is done, the record of it is made from the visits themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import name_of
from shouwang.domains.households.models import Home
from shouwang.domains.households.queries import in_sight
from shouwang.domains.ledger.idempotency import KeyReused, key_row, used_before
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.models import Key
from shouwang.domains.patrols.queries import last_visits, taught_since
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import Level, is_region, level_of
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Calendar
from shouwang.rules.periods import period_of
from shouwang.rules.routes import walked

from .enter_record import Entry, enter_record
from .households_sight import home_sight
from .refusal import NotSeen, Unfit
from .sight import pack_for
from .todays_route import point_of

HOMES = 1000


class Again(Exception):
    """The round is on record for this day already, and counts once a day."""


@dataclass(frozen=True, kw_only=True)
class Door:
    """A home to knock at, and when somebody was there last."""

    home: Home
    last: date | None


@dataclass(frozen=True, kw_only=True)
class DoorList:
    """The doors of a grid: those still to knock at, how many there are, at how many somebody explained."""

    doors: Sequence[Door]
    homes: int
    reached: int
    since: date
    records: bool


def door_list(actor: Actor, region: str, *, now: datetime) -> DoorList:
    """Raises NotSeen."""
    if not is_region(region) or level_of(region) not in (Level.GRID, Level.VILLAGE):
        raise NotSeen(region)
    pack, sight = pack_for(region, now=now), home_sight(actor)
    here = in_sight(sight).filter(county=region[:6], region__startswith=region)
    homes = list(here[:HOMES])
    ids, since = [home.id for home in homes], since_of(pack, now=now)
    start = datetime.combine(since, time(), pack.zone)
    last = last_visits([region[:6]], ids)
    waiting = [home for home in homes if (at := last.get(home.id)) is None or at < start]
    placed = [(home, point) for home in waiting if (point := point_of(home))]
    ordered = [*walked(placed), *(home for home in waiting if point_of(home) is None)]
    doors = [Door(home=home, last=at.astimezone(pack.zone).date() if (at := last.get(home.id)) else None)
             for home in ordered]  # fmt: skip
    return DoorList(
        doors=doors, homes=here.count(), reached=len(taught_since(region[:6], ids, start)), since=since,
        records=bool(pack.wiring.records.door_knock),
    )  # fmt: skip


def since_of(pack: Pack, *, now: datetime) -> date:
    """Where the period of knocking at doors began; the year, where the pack asks for none."""
    today, kind = now.astimezone(pack.zone).date(), f"record.{pack.wiring.records.door_knock}"
    for duty in pack.duties.values():
        if duty.evidence.kind == kind and isinstance(duty.trigger, Calendar):
            period = period_of(pack, duty.trigger, today)
            if period is not None:
                return period.start
    return today.replace(month=1, day=1)


def keep_door_round(actor: Actor, region: str, key: str, *, now: datetime) -> UUID:
    """The record of a round, with the numbers the visits give; one a day.

    Raises NotSeen, Unfit, Refused, Again, KeyReused.
    """
    found, pack = door_list(actor, region, now=now), pack_for(region, now=now)
    if not (found.records and found.homes):
        raise NotSeen(region)
    if not found.reached:
        raise Unfit({"": _("Nobody was explained anything yet: a round begins with a visit.")})
    day = now.astimezone(pack.zone).date()
    counted = _key_of_day(region, day, now=now)
    values = {
        "done_on": day.isoformat(), "building": name_of(region), "by": "grid",
        "homes": str(found.homes), "reached": str(found.reached),
    }  # fmt: skip
    entry = Entry(key=key, type=pack.wiring.records.door_knock, region=region, values=values)
    try:
        with transaction.atomic():
            if not used_before(key, county=counted.county):
                counted.save(force_insert=True)
            return enter_record(actor, entry, now=now).id
    except (IntegrityError, KeyReused):
        # Sent twice, with one more visit in between: the numbers changed, the round is the same.
        if not used_before(counted.key, county=counted.county):
            raise
        raise Again from None


def _key_of_day(region: str, day: date, *, now: datetime) -> Key:
    """Stands for the one round of a day that counts; nobody can take it first."""
    key = salted_hmac("once a day.door round", f"{region} {day}", algorithm="sha256").hexdigest()
    return key_row(key, region=region, actor=None, fingerprint=b"", object_id=mint(now), at=now)
