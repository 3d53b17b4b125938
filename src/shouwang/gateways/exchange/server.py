"""The process that tells other platforms (外送进程): one that is slow holds up none of our own notices."""

import time
from collections import Counter
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError, connection

from shouwang.flows.peer_turns import Rests
from shouwang.flows.receive_signals import NoCentre, centre, tell_state
from shouwang.flows.tell_peers import Sender, plan_words, send_words, words_waiting
from shouwang.gateways.rounds import Rounds

from .sender import send

# Whoever has more to hear than a turn holds is back at once; with nothing to tell, seconds of rest.
PAUSE, LONGEST = 0.0, 0.5
NAME, TELLING = "exchange", 5.0


def now() -> datetime:
    return datetime.now(UTC)


class Exchanger:
    """One process: what it counts, and who rests, is its own; all else stands on disk."""

    def __init__(self, send: Sender = send) -> None:
        self.send, self.rests = send, Rests()
        self.counts: Counter[str] = Counter()
        self.told_at = -TELLING

    def round(self) -> int:
        planned = plan_words(now=now())
        told = send_words(self.send, clock=now, rests=self.rests, counts=self.counts)
        self.counts["planned"] += planned
        self.tell()
        return planned + told

    def tell(self) -> None:
        """How it is doing, for the metrics and the health page."""
        if time.monotonic() - self.told_at < TELLING:
            return
        self.told_at, at = time.monotonic(), now()
        figures = {name: float(self.counts[name]) for name in ("planned", "told", "put_off")}
        figures |= {"waiting": float(words_waiting()), "away": float(self.rests.count(at))}
        try:
            tell_state(NAME, figures, centre=centre(settings.GATEWAY_CENTRE), now=at)
        except NoCentre:
            # Without areas on record nothing rings either.
            return
        except DatabaseError:
            connection.close()


def exchange() -> None:
    """Until it is asked to stop."""
    Rounds(Exchanger().round, pause=PAUSE, longest=LONGEST).run()
