"""A process that works in rounds (轮次): a stop is heard between two of them, and killed it loses nothing."""

import logging
import signal
import time
from collections.abc import Callable
from types import FrameType

from django.db import DatabaseError, InterfaceError, connection

LEAST, AFTER_A_FAILURE = 0.05, 1.0
log = logging.getLogger(__name__)


class Rounds:
    """Calls `act`, which says how much it did; with nothing to do it pauses longer, up to `longest` seconds."""

    def __init__(self, act: Callable[[], int], *, pause: float, longest: float) -> None:
        self.act, self.pause, self.longest = act, pause, longest
        self.stopping = False

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.ask_to_stop)
        pause = self.pause
        while not self.stopping:
            pause = self.pause if self.round() else min(max(pause, LEAST) * 1.5, self.longest)
            time.sleep(pause)

    def round(self) -> int:
        try:
            return self.act()
        except (DatabaseError, InterfaceError):
            # Every round starts from what is committed, so the next one goes on.
            log.exception("The database did not answer; trying again.")
            connection.close()
            time.sleep(AFTER_A_FAILURE)
            return 0
