"""Following signals (跟进信号): a thread with a connection of its own turns what was received into what a desk sees."""

import logging
import threading
from datetime import UTC, datetime

from django.db import DatabaseError, InterfaceError, connection

from shouwang.flows.live_news import follow

# Looked for without being told, in seconds: a gateway may have been killed before it could tell.
UNTOLD, AFTER_A_FAILURE = 0.5, 1.0
log = logging.getLogger(__name__)


class Follower:
    """Wakes when told and every half second; each round stands for itself, so that a kill loses nothing."""

    def __init__(self) -> None:
        self.woken, self.stopping = threading.Event(), False
        self.followed = self.failures = 0
        self.thread = threading.Thread(target=self._run, name="follower", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def wake(self) -> None:
        self.woken.set()

    def stop(self) -> None:
        self.stopping = True
        self.woken.set()
        self.thread.join(10)

    def _run(self) -> None:
        while not self.stopping:
            self.woken.wait(UNTOLD)
            self.woken.clear()
            while not self.stopping and self._round():
                pass
        connection.close()

    def _round(self) -> int:
        try:
            done = follow(now=datetime.now(UTC))
        except (DatabaseError, InterfaceError):
            log.exception("signals were not followed; trying again")
            self.failures += 1
            connection.close()
            self.woken.wait(AFTER_A_FAILURE)
            return 0
        except Exception:  # noqa: BLE001 - one that cannot be followed must not end the following of all others
            log.exception("signals were not followed")
            self.failures += 1
            threading.Event().wait(AFTER_A_FAILURE)
            return 0
        self.followed += done
        return done
