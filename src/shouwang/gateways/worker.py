"""The worker process: rounds of background work until it is asked to stop; killed, it loses nothing."""

import logging
import signal
import time
from types import FrameType

from django.db import OperationalError, connection
from django.utils import timezone

from shouwang.flows.keep_house import round_of_work

PAUSE, LONGEST = 0.2, 1.0
log = logging.getLogger(__name__)


class Worker:
    """Works in rounds; a stop is heard between two of them."""

    def __init__(self) -> None:
        self.stopping = False

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.ask_to_stop)
        pause = PAUSE
        while not self.stopping:
            pause = PAUSE if self._round() else min(pause * 1.5, LONGEST)
            time.sleep(pause)

    def _round(self) -> int:
        try:
            return round_of_work(now=timezone.now())
        except OperationalError:
            # The database went away; every round starts from what is committed, so the next one goes on.
            log.exception("The database did not answer; trying again.")
            connection.close()
            time.sleep(1)
            return 0
