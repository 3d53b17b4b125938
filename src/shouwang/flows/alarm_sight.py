"""Which alarms a person sees, and as what they may act on one (报警可见范围): at a desk, or on the spot."""

from datetime import datetime
from uuid import UUID

from shouwang.domains.alarms.models import Alarm
from shouwang.domains.alarms.queries import one
from shouwang.domains.alarms.scopes import ATTEND, HANDLE, SEE, Sight
from shouwang.domains.ledger.acts import By
from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.kernel.codes import covered, covers
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.vocabulary import Side

from .refusal import NotSeen, Refused
from .sight import areas_for, post_with, spelt_out

WATCHING, HANDLING, ATTENDING = SEE, HANDLE, ATTEND
AS: dict[Side, str] = {"desk": HANDLE, "witness": ATTEND}


def alarm_sight(actor: Actor, action: str = SEE, *, area: str = "") -> Sight:
    """Alarms in sight, or those of one area among them; an area out of reach holds none."""
    areas = tuple(spelt_out(areas_for(actor, action)))
    if not area:
        return Sight(areas)
    inside = spelt_out([area]) if covered(areas, area) else [one for one in areas if covers(area, one)]
    return Sight(tuple(inside))


def alarm_in_sight(actor: Actor, alarm_id: UUID) -> Alarm:
    """Raises NotSeen."""
    found = one(alarm_sight(actor), alarm_id)
    if found is None:
        raise NotSeen(str(alarm_id))
    return found


def sides_of(actor: Actor, region: str, *, pack: Pack) -> frozenset[Side]:
    """As what a person may act on an alarm in a place."""
    return frozenset(side for side, action in AS.items() if post_with(actor, action, region, pack=pack))


def post_for(actor: Actor, action: str, region: str, *, pack: Pack) -> HeldPost:
    """The post by which a person acts. Raises Refused."""
    found = post_with(actor, action, region, pack=pack)
    if found is None:
        raise Refused(Decision(False, (Reason("not_held", {"action": action}),), (pack.actions[action],)))
    return found


def by_post(actor: Actor, action: str, region: str, *, pack: Pack, now: datetime) -> By:
    """Raises Refused."""
    post = post_for(actor, action, region, pack=pack)
    return By(actor=actor.id, post=post.kind, at=now, pack=pack.version, clause=pack.actions[action])


def house(pack: Pack, *, now: datetime) -> By:
    """What the house does by itself."""
    return By(actor=None, post="", at=now, pack=pack.version, clause=pack.loops["alarm"].row)
