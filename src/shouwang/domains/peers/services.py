"""Acts on peers: one transaction and one ledger line each."""

from datetime import datetime

from shouwang.domains.ledger.acts import By, before, keep
from shouwang.domains.ledger.models import Evidence

from .events import ROOM
from .keys import sealed
from .models import Peer


def add_peer(peer: Peer, secret: str, by: By) -> None:
    """Raises IntegrityError for a name that is taken."""
    peer.secret = sealed(peer.id, secret)
    keep(by.act(ROOM, "add_peer", region=peer.region), subject=peer)


def end_peer(peer: Peer, by: By) -> None:
    """Nothing more goes there, and nothing more is taken from it. Raises Stale."""
    stood = before(peer, "version")
    peer.ended_at, peer.version = by.at, peer.version + 1
    keep(by.act(ROOM, "end_peer", region=peer.region), subject=peer, changed=(stood, ("ended_at", "version")))


def link_peer(peer: Peer, by: By, *, at: datetime, proof: Evidence | None) -> None:
    """The first exchange succeeded. Raises Stale."""
    stood = before(peer, "version")
    peer.linked_at, peer.version = at, peer.version + 1
    enclosed = [proof] if proof else []
    act = by.act(ROOM, "link_peer", region=peer.region)
    keep(act, subject=peer, changed=(stood, ("linked_at", "version")), enclosed=enclosed)
