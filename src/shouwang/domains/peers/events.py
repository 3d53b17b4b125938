"""What the peers room announces as evidence: that the platform of a township is linked, by the first exchange."""

from datetime import datetime
from zoneinfo import ZoneInfo

from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.models import Evidence

from .models import Peer

ROOM = "peers"


def linked(peer: Peer, *, region: str, at: datetime, zone: ZoneInfo, counted: str) -> Evidence:
    """County and prefecture sit at the desks of one installation: what reaches it has reached both."""
    day = at.astimezone(zone).date().isoformat()
    facts = {"running": True, "linked_county": True, "linked_prefecture": True, "linked_on": day}
    return evidence(f"record.{counted}", subject=peer.id, region=region, room=ROOM, at=at, occurred_at=at, facts=facts)
