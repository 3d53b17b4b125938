"""The process that listens (MQTT接收进程): kept, only then acknowledged; killed at any moment it loses nothing."""

import logging
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from types import FrameType

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from shouwang.flows.receive_mqtt import quarantine, receive_mqtt, routes
from shouwang.flows.receive_signals import centre, tell_state
from shouwang.kernel.mqtt_messages import Came

from .line import Line
from .options import OptionError, Options

NAME, AT_ONCE = "mqtt", 200
# Seconds: a look at the line, words about ourselves, the first and the longest rest before another try.
LOOK, TELLING, FIRST, LONGEST = 0.5, 5.0, 0.5, 30.0
log = logging.getLogger(__name__)


class Subscriber:
    """One process: several would share a name at the broker, which throws the older one out."""

    def __init__(self, options: Options) -> None:
        self.centre, self.routes = centre(options.centre), routes()
        if not self.routes:
            raise OptionError("no product of the pack names an MQTT topic")
        self.peer = f"{options.host}:{options.port}"
        self.line = Line(options, [one.filter for one in self.routes.values()])
        self.counts: Counter[str] = Counter()
        self.stopping, self.rest, self.told_at = False, FIRST, 0.0

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def run(self, ready: Callable[[bool], None] = lambda _again: None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.ask_to_stop)
        while not self.stopping:
            try:
                self.line.open()
                self._stay(ready)
            except OSError as error:
                log.warning("mqtt: %s cannot be reached: %s", self.peer, error)
            self.counts["lost"] += 1
            self._tell()
            self._rest()
        self.line.close()

    def _stay(self, ready: Callable[[bool], None]) -> None:
        """While the line holds; what came last is kept even where it breaks, and comes once more."""
        up = False
        while not self.stopping and self.line.listen(LOOK):
            if self.line.up and not up:
                up, self.rest = True, FIRST
                ready(self.counts["lost"] > 0)
            self._gather()
            self._keep()
            self._tell()
        self._keep()

    def _gather(self) -> None:
        """What has arrived by now goes to disk together."""
        before = -1
        while before < len(self.line.waiting) < AT_ONCE:
            before = len(self.line.waiting)
            if not self.line.listen(0):
                return

    def _keep(self) -> None:
        some = [came for came, _qos in self.line.waiting[:AT_ONCE]]
        if not some:
            return
        try:
            self._to_disk(some)
        except (OperationalError, InterfaceError):
            # Not acknowledged: it waits here, and with the broker should we fall.
            log.exception("mqtt: what came could not be kept yet")
            self.counts["failures"] += 1
            connection.close()
            time.sleep(LOOK)
            return
        self.line.acknowledge(len(some))
        self.counts["received"] += len(some)

    def _to_disk(self, some: list[Came]) -> None:
        told = [one for one in some if one.payload]
        try:
            self._receive(told)
        except (OperationalError, InterfaceError):
            raise
        except Exception:  # noqa: BLE001 - one message that breaks what reads it must not hold up the others
            log.exception("mqtt: some messages are taken one by one")
            for one in told:
                self._alone(one)

    def _alone(self, one: Came) -> None:
        try:
            self._receive([one])
        except (OperationalError, InterfaceError):
            raise
        except Exception:  # noqa: BLE001
            log.exception("mqtt: a message on %s is kept raw", one.topic)
            self.counts["unreadable"] += 1
            quarantine([one], centre=self.centre, now=datetime.now(UTC))

    def _receive(self, some: list[Came]) -> None:
        if some:
            now = datetime.now(UTC)
            kept, strange = receive_mqtt(some, self.routes, peer=self.peer, centre=self.centre, now=now)
            self.counts["kept"] += kept
            self.counts["unreadable"] += strange

    def _tell(self) -> None:
        if time.monotonic() - self.told_at < TELLING:
            return
        self.told_at = time.monotonic()
        names = ("received", "kept", "unreadable", "failures", "lost")
        figures = {name: float(self.counts[name]) for name in names}
        figures |= {"connected": float(self.line.up), "waiting": float(len(self.line.waiting))}
        figures["denied"] = float(self.line.denied)
        try:
            tell_state(NAME, figures, centre=self.centre, now=datetime.now(UTC))
        except DatabaseError:
            connection.close()

    def _rest(self) -> None:
        """Longer each time, and never at the same moment as everybody else."""
        end = time.monotonic() + self.rest * random.uniform(0.5, 1.5)  # noqa: S311
        self.rest = min(self.rest * 2, LONGEST)
        while not self.stopping and time.monotonic() < end:
            time.sleep(0.1)
