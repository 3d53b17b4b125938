"""The live process: lets people in by their session, tells them there is news, and lets them go when it ends."""

import asyncio
import logging
import signal
import socket
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TypeVar

from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from shouwang.flows.live_news import FEEDS, News, Seat, keep_session, seat_of, stayed_behind
from shouwang.flows.receive_signals import centre, tell_state

from .ears import ALARMS, SIGNALS, listen
from .follower import Follower
from .hub import MOST, Hub, asked_safely
from .options import Options
from .requests import Asked, Positions
from .viewers import Viewer

HANDS, BACKLOG, SEND_BUFFER = 4, 1024, 32 * 1024
# Seconds: how long a request may take to arrive; between signs of life, looks at sessions, words about itself.
HEAD, BEATING, LOOKING, SWEEPING, TELLING = 5.0, 15.0, 10.0, 2.0, 5.0
log = logging.getLogger(__name__)
CHANNELS = {ALARMS: "alarms", SIGNALS: "signals"}
T = TypeVar("T")


class Live:
    """One process; several share nothing but the database, each with viewers of its own."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.centre = centre(options.centre)
        self.hands = ThreadPoolExecutor(HANDS, "live")
        self.hubs = {name: Hub(feed, self.hands) for name, feed in FEEDS.items()}
        self.follower = Follower()
        self.counts: Counter[str] = Counter()
        self.all: dict[Viewer, None] = {}
        self.deaf = True
        self.tasks: set[asyncio.Task[None]] = set()

    async def run(self, ready: Callable[[], None] = lambda: None) -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        for hub in self.hubs.values():
            await hub.begin()
        rounds = [loop.create_task(listen(heard=self._heard, deaf=self._deaf))]
        for seconds, act in (
            (BEATING, self._beat), (LOOKING, self._look), (SWEEPING, self._sweep), (TELLING, self._tell),
        ):  # fmt: skip
            rounds.append(loop.create_task(self._every(seconds, act)))
        self.follower.start()
        address = self.options.host, self.options.port
        async with await loop.create_server(lambda: Viewer(self), *address, backlog=BACKLOG) as server:
            ready()
            await stop.wait()
            server.close()
            for task in (*rounds, *self.tasks):
                task.cancel()
            # Pages come back by themselves, with what they saw last. A newer Python waits here until all are gone.
            for viewer in list(self.all):
                viewer.end()
        self.follower.stop()

    def _heard(self, channel: str, payload: str) -> None:
        if channel == SIGNALS:
            self.follower.wake()
        self.hubs[CHANNELS[channel]].stir([payload])

    def _deaf(self, deaf: bool) -> None:
        """While the database is away, pages say so; afterwards they fetch what they missed."""
        if deaf != self.deaf:
            self.deaf = deaf
            for viewer in self.viewers():
                viewer.tell("blind" if deaf else "begun")
        if not deaf:
            self._stir()

    def _stir(self) -> None:
        for hub in self.hubs.values():
            hub.stir()

    def viewers(self) -> list[Viewer]:
        return [viewer for hub in self.hubs.values() for viewer in hub.viewers()]

    async def _every(self, seconds: float, act: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await act()
            except Exception:  # noqa: BLE001 - a round that fails must not end the others
                log.exception("a round of the live process failed")

    # What a viewer asks of its house.

    def came(self, viewer: Viewer) -> None:
        self.all[viewer] = None
        wire = viewer.transport.get_extra_info("socket") if viewer.transport else None
        if wire is not None:
            # What a page does not fetch must not pile up unseen in the kernel either.
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        if len(self.all) > self.options.viewers:
            viewer.refuse(503)

    def left(self, viewer: Viewer) -> None:
        self.all.pop(viewer, None)
        for hub in self.hubs.values():
            hub.remove(viewer)

    def slow(self) -> None:
        self.counts["slow"] += 1

    def asked(self, viewer: Viewer, asked: Asked) -> None:
        task = asyncio.get_running_loop().create_task(self._admit(viewer, asked))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _admit(self, viewer: Viewer, asked: Asked) -> None:
        """Where their news begin is read first, then they are added; what came in between is caught up."""
        try:
            seat = await self._ask(self._seat, asked)
            if seat is None:
                self.counts["refused"] += 1
                viewer.refuse(401)
                return
            if not seat.areas:
                viewer.refuse(403)
                return
            viewer.person, viewer.areas = seat.held.actor.id, seat.areas
            hub = self.hubs[asked.about]
            viewer.seen, missed = await self._ask(self._catch_up, hub, seat, asked.since)
            viewer.begin()
            while not hub.add(viewer):
                viewer.seen, more = await self._ask(self._catch_up, hub, seat, viewer.seen)
                missed += more
        except (DatabaseError, InterfaceError):
            viewer.refuse(503)
            return
        if viewer.transport is None:
            hub.remove(viewer)
            return
        self.counts["admitted"] += 1
        viewer.tell("blind" if self.deaf else "begun")
        hub.tell_one(viewer, missed)
        # Only now: of several that come at once each must be seen by the next.
        self._make_room(viewer)

    def _seat(self, asked: Asked) -> Seat | None:
        now = timezone.now()
        seat = seat_of(asked.token, asked.about, now=now, day=timezone.localdate(now)) if asked.token else None
        if seat is not None and asked.watching:
            keep_session(seat, now=now)
        return seat

    def _catch_up(self, hub: Hub, seat: Seat, since: Positions | None) -> tuple[Positions, list[News]]:
        """Where each county stands, and what is new since the browser was last here."""
        at, missed = hub.feed.newest(seat.counties), []
        for county in seat.counties:
            if since and county in since and since[county] < at[county]:
                missed += hub.feed.after(county, since[county], MOST)
        return at, missed

    def _make_room(self, viewer: Viewer) -> None:
        """The newest stay: who came first may be let in last, and makes way itself then."""
        mine = sorted((one for one in self.viewers() if one.person == viewer.person), key=lambda one: one.turn)
        for oldest in mine[: max(0, len(mine) - self.options.viewers_of_one)]:
            self.counts["crowded"] += 1
            oldest.make_way()

    # Rounds.

    async def _beat(self) -> None:
        if not self.deaf:
            for viewer in self.viewers():
                viewer.beat()

    async def _look(self) -> None:
        """Who signed out, was locked, or holds another post now."""
        for viewer in self.viewers():
            if viewer.request is None:
                continue
            try:
                seat = await self._ask(self._seat, viewer.request)
            except (DatabaseError, InterfaceError):
                return
            if seat is None:
                viewer.finish()
            elif seat.areas != viewer.areas:
                # What it sees has changed: it comes back and starts anew.
                viewer.end()

    async def _sweep(self) -> None:
        now = asyncio.get_running_loop().time()
        for viewer in list(self.all):
            if viewer.request is None and now - viewer.since > HEAD:
                viewer.end()
        # Who was killed between committing and telling is not waited for.
        self._stir()

    async def _tell(self) -> None:
        counts = {name: self.counts[name] for name in ("admitted", "refused", "slow", "crowded")}
        figures = counts | {
            "viewers": len(self.viewers()), "connections": len(self.all),
            "told": sum(hub.counts["told"] for hub in self.hubs.values()),
            "followed": self.follower.followed, "failures": self.follower.failures + stayed_behind(),
        }  # fmt: skip
        await self._ask(self._write, figures)

    def _write(self, figures: dict[str, float]) -> None:
        tell_state(self.options.name, figures, centre=self.centre, now=datetime.now(UTC))

    async def _ask(self, ask: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.hands, asked_safely, ask, *args)
