"""The key that both sides sign with (密文): sealed as it comes, sealed anew when keys rotate."""

from uuid import UUID

from shouwang.domains.people.crypto import Unreadable
from shouwang.domains.people.seals import Seals

from .models import Peer

COLUMN = "secret"
SEALS = Seals("peers")
COLUMNS = (SEALS.column(Peer, COLUMN),)


def sealed(peer: UUID, secret: str) -> bytes:
    return SEALS.seal(peer, COLUMN, secret)


def secret_of(peer: Peer) -> str:
    """Raises Unreadable."""
    found = SEALS.open(peer.id, COLUMN, peer.secret)
    if found is None:
        raise Unreadable
    return str(found)
