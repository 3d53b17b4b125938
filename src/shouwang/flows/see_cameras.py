"""Cameras near what rings (报警点附近摄像头): listed with it, opened for it alone, each look on record.

The picture stays in the system that has it; here is only where the camera stands and the address that system gave it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shouwang.domains.alarms.models import OPEN, Alarm
from shouwang.domains.areas.pieces import Piece
from shouwang.domains.devices.cameras import camera, cameras_around, cameras_in, look, where_it_hangs
from shouwang.domains.devices.models import Device
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import Level, level_of
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.rules.cameras import MOST, nearest

from .alarm_sight import HANDLING, alarm_in_sight, alarm_sight, by_post, sides_of
from .refusal import NotSeen, Refused
from .sight import pack_of

METRES = "camera.metres.count"


@dataclass(frozen=True, kw_only=True)
class Near:
    """A camera and how far it stands from what rings; `metres` is None where one of the two places is not known."""

    camera: Device
    metres: int | None


def cameras_near(actor: Actor, alarm: Alarm, *, pack: Pack, now: datetime) -> Sequence[Near]:
    """Within the distance of the pack; where nobody said where the device hangs, those of the same village.

    Of what rings somewhere in a township none is near: all its cameras would be shown for one alarm.
    """
    if not may_look(actor, alarm, pack=pack):
        return ()
    pieces, here = _pieces(actor), where_it_hangs(alarm.county, alarm.device) if alarm.device else None
    if here is None:
        if level_of(alarm.region) not in (Level.VILLAGE, Level.GRID):
            return ()
        return [Near(camera=one, metres=None) for one in cameras_in(pieces, alarm.region[:12], limit=MOST)]
    metres = int(pack.value(METRES, on=now.astimezone(pack.zone).date()).value or 0)
    found = nearest(here, cameras_around(pieces, here, metres=metres), metres=metres)
    return [Near(camera=one, metres=apart) for apart, one in found]


def may_look(actor: Actor, alarm: Alarm, *, pack: Pack) -> bool:
    """Only whoever handles it at a desk, and only while it is open."""
    return alarm.state in OPEN and "desk" in sides_of(actor, alarm.region, pack=pack)


def look_through(actor: Actor, alarm_id: UUID, camera_id: UUID, *, now: datetime) -> Device:
    """The camera, once it stands in the ledger that it is shown and for which alarm. Raises NotSeen, Refused."""
    alarm = alarm_in_sight(actor, alarm_id)
    pack = pack_of(alarm.county, now=now)
    if alarm.state not in OPEN:
        raise Refused(Decision(False, (Reason("alarm_not_open"),), (pack.loops["alarm"].row,)))
    by = by_post(actor, HANDLING, alarm.region, pack=pack, now=now)
    if camera_id not in {one.camera.id for one in cameras_near(actor, alarm, pack=pack, now=now)}:
        raise NotSeen(str(camera_id))
    found = camera(_pieces(actor), camera_id)
    if found is None or not found.link:
        raise NotSeen(str(camera_id))
    look(found, by, alarm=alarm.id)
    return found


def _pieces(actor: Actor) -> list[Piece]:
    return alarm_sight(actor, HANDLING).pieces()
