"""The process that sends (外发进程): looks twice a second; killed at any moment, no notice is lost."""

import logging
import signal
import time
from datetime import UTC, datetime
from types import FrameType

from django.db import DatabaseError, InterfaceError, connection

from shouwang.flows.send_notices import plan_deliveries, send_due

from .channels import send

PAUSE, AFTER_A_FAILURE = 0.5, 1.0
log = logging.getLogger(__name__)


def now() -> datetime:
    return datetime.now(UTC)


class Notifier:
    """Works in rounds; a stop is heard between two of them."""

    def __init__(self) -> None:
        self.stopping = False

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.ask_to_stop)
        while not self.stopping:
            if not self.round():
                time.sleep(PAUSE)

    def round(self) -> int:
        try:
            plan_deliveries(now=now())
            return send_due(send, clock=now)
        except (DatabaseError, InterfaceError):
            log.exception("the database did not answer; trying again")
            connection.close()
            time.sleep(AFTER_A_FAILURE)
            return 0
