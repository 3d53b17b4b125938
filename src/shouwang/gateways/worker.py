"""The worker process: rounds of background work until it is asked to stop; killed, it loses nothing.

Several may run, best one on each core: what is done county by county is done by whoever comes first.
"""

import gc
import logging
import signal
import time
from types import FrameType

from django.db import OperationalError, connection
from django.utils import timezone

from shouwang.flows.keep_house import round_of_work

PAUSE, LONGEST = 0.2, 1.0
# Objects made before the collector looks: what a judging holds lives until its end, so looking often finds nothing.
SELDOM = 200_000, 50, 100
log = logging.getLogger(__name__)


def collect_seldom() -> None:
    """Spare judging a quarter of its time (script/bench duties)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


class Worker:
    """Works in rounds; a stop is heard between two of them."""

    def __init__(self) -> None:
        self.stopping = False

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.ask_to_stop)
        collect_seldom()
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
