"""Turns of platforms (轮流外送): each is told some of what waits for it, then the next one; who is away rests.

Whatever is wrong with one, its address, its answers, its key, stays its own trouble.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import InterfaceError, OperationalError

from shouwang.domains.peers.models import Peer
from shouwang.rules.telling import try_again

log = logging.getLogger(__name__)
# A turn: so many words, or so long.
WORDS, TURN = 20, timedelta(seconds=10)
LONGEST_REST = timedelta(minutes=1)


@dataclass
class Rests:
    """Who did not answer and until when nobody asks again; kept by a process alone, for what is told stands on disk."""

    until: dict[UUID, datetime] = field(default_factory=dict)
    failed: Counter[UUID] = field(default_factory=Counter)

    def resting(self, peer: UUID, now: datetime) -> bool:
        return peer in self.until and self.until[peer] > now

    def count(self, now: datetime) -> int:
        return sum(1 for until in self.until.values() if until > now)

    def away(self, peer: UUID, now: datetime) -> datetime:
        """Until when it rests."""
        self.failed[peer] += 1
        again = try_again(self.failed[peer], now) or now + LONGEST_REST
        self.until[peer] = min(again, now + LONGEST_REST)
        return self.until[peer]

    def there(self, peer: UUID) -> None:
        self.failed.pop(peer, None)
        self.until.pop(peer, None)


def each_peer(peers: Iterable[Peer], act: Callable[[Peer], int]) -> int:
    """Do so for every peer and go on past one where it fails; how much was done. A database that is away is no peer's
    trouble: raises OperationalError, InterfaceError."""
    done = 0
    for peer in peers:
        try:
            done += act(peer)
        except (OperationalError, InterfaceError):
            raise
        except Exception:  # noqa: BLE001 - whatever it is, alarms for the others must not wait for it
            log.exception("platform %s stays behind; the others go on", peer.id)
    return done
