"""What the volunteers room announces as evidence: how many a group counts, as the pack's own type of record says it."""

from collections.abc import Sequence
from datetime import datetime

from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.models import Evidence

from .models import Group, Member

ROOM, CHIEFS = "volunteers", ("of_building", "of_unit")
VOLUNTEERS, DEFENCE = "volunteers", "defence"


def standing(group: Group, members: Sequence[Member], counted: str, *, at: datetime, amends: bool) -> list[Evidence]:
    """The group as it is now, in place of what was said of it before; numbers only. Nothing where no record counts."""
    if not counted:
        return []
    facts: dict[str, object] = {"amends": True} if amends else {}
    if group.ended_at is not None or not members:
        facts = {"withdrawn": True}
    elif group.kind == DEFENCE:
        facts |= {"kind": "households", "households": len(members), "posted": group.posted}
    else:
        chiefs = sum(one.role in CHIEFS for one in members)
        facts |= {"buildings": group.buildings, "chiefs": chiefs, "members": len(members)}
    return [evidence(f"record.{counted}", subject=group.id, region=group.region, room=ROOM, at=at, facts=facts)]
