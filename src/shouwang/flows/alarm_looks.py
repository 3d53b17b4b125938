"""Who looked because of an alarm (查看记录): cameras shown, numbers told; it stays told once the alarm is over.

Told to whoever handles alarms there, as they are who may look.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shouwang.domains.alarms.models import Alarm
from shouwang.domains.areas.queries import counties
from shouwang.domains.devices.cameras import count_looks_for, looks_for, places_of
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.contacts import count_looks_about, looks_about
from shouwang.policy import Pack

from .alarm_sight import sides_of


@dataclass(frozen=True, kw_only=True)
class Looked:
    """Somebody looked: at a camera that stands at a place, or at the numbers."""

    at: datetime
    actor: UUID
    camera: str = ""


def looks_at(actor: Actor, alarm: Alarm, *, pack: Pack, limit: int | None) -> tuple[Sequence[Looked], int]:
    """The newest looks, the first one first, and how many were before them."""
    if "desk" not in sides_of(actor, alarm.region, pack=pack):
        return (), 0
    # A camera across the border stands in its own county.
    known = counties()
    cameras, numbers = looks_for(known, alarm.id, limit=limit), looks_about(alarm.county, alarm.id, limit=limit)
    places = places_of(known, {one.camera for one in cameras})
    found = [Looked(at=one.at, actor=one.actor, camera=places.get(one.camera, "")) for one in cameras]
    found += [Looked(at=one.at, actor=one.actor) for one in numbers]
    shown = sorted(found, key=lambda one: one.at)
    if limit is None or len(shown) < limit:
        return shown, 0
    several = count_looks_for(known, alarm.id) + count_looks_about(alarm.county, alarm.id)
    return shown[-limit:], several - limit
