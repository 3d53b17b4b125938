"""The process that tells other platforms (外送进程): one that is slow holds up none of our own notices."""

from datetime import UTC, datetime

from shouwang.flows.tell_peers import plan_words, send_words
from shouwang.gateways.rounds import Rounds

from .sender import send

PAUSE, LONGEST = 0.1, 0.5


def now() -> datetime:
    return datetime.now(UTC)


def plan_and_send() -> int:
    return plan_words(now=now()) + send_words(send, clock=now)


def exchange() -> None:
    """Until it is asked to stop."""
    Rounds(plan_and_send, pause=PAUSE, longest=LONGEST).run()
