"""A level of government says that it knows of an alarm (本级知悉): each for itself, whatever the others did."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from shouwang.domains.alarms.models import Alarm
from shouwang.domains.alarms.pulses import in_county
from shouwang.domains.alarms.services import acknowledge
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import Level, level_of
from shouwang.policy import Pack

from .alarm_sight import HANDLING, alarm_in_sight, by_post
from .sight import pack_of, posts_with

LEVELS = {Level.TOWNSHIP: "township", Level.COUNTY: "county", Level.PREFECTURE: "prefecture"}


def level_at(actor: Actor, region: str, *, pack: Pack) -> str:
    """The level whose desk the person sits at; empty for whoever sits at none."""
    found = posts_with(actor, HANDLING, region, pack=pack)
    return next((LEVELS[level] for post in found if (level := level_of(post.region)) in LEVELS), "")


def acknowledge_alarm(actor: Actor, alarm_id: UUID, *, now: datetime) -> Alarm:
    """Once for each level; said again, it stays as it was. Raises NotSeen, Refused."""
    alarm = alarm_in_sight(actor, alarm_id)
    pack = pack_of(alarm.county, now=now)
    by = by_post(actor, HANDLING, alarm.region, pack=pack, now=now)
    try:
        with in_county(alarm.county):
            acknowledge(alarm, level_at(actor, alarm.region, pack=pack), by)
    except IntegrityError:
        return alarm
    return alarm
