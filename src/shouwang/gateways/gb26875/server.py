"""The gateway process: listens, keeps its rounds, and when asked to stop acknowledges what it took before it goes."""

import asyncio
import logging
import signal
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from time import monotonic

from django.db import DatabaseError, InterfaceError, connection

from shouwang.flows.receive_signals import centre, tell_state, warm
from shouwang.gateways.collecting import ALARMS, collect_seldom

from .keeping import Keeper
from .lines import Datagrams, Lines, TcpLine
from .options import Options
from .orders import Orders
from .sources import Sources
from .station import Station

BACKLOG = 1024
NOTING, ASKING, SWEEPING, TELLING, LEAVING = 2.0, 0.5, 2.0, 5.0, 10.0
log = logging.getLogger(__name__)


class Gateway:
    """One process; several share a port only behind a balancer, and share the work per county through the database."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.keeper = Keeper()
        self.sources = Sources(centre(options.centre), self.keeper.hands)
        self.station = Station(options, self.keeper, self.sources, Orders(self.sources, self.keeper))
        self.lines = Lines(self.station)
        self.keeper.emptied = self.sources.emptied = self.station.release

    async def run(self, ready: Callable[[], None] = lambda: None) -> None:
        # The first alarm must not wait for what every alarm needs.
        await asyncio.get_running_loop().run_in_executor(self.keeper.hands, warm)
        await self.keeper.writers.begin()
        collect_seldom(ALARMS)
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        servers, datagrams = await self._listen(loop)
        rounds = [
            loop.create_task(self._every(NOTING, self.sources.note)),
            loop.create_task(self._every(ASKING, self.station.orders.round)),
            loop.create_task(self._every(SWEEPING, self._sweep)),
            loop.create_task(self._every(TELLING, self._tell)),
        ]
        ready()
        await stop.wait()
        for server in servers:
            server.close()
        for task in rounds:
            task.cancel()
        await self._leave()
        if datagrams is not None:
            datagrams.close()

    async def _listen(
        self, loop: asyncio.AbstractEventLoop
    ) -> tuple[list[asyncio.Server], asyncio.BaseTransport | None]:
        options, servers = self.options, []
        datagrams = None
        if options.tls_port and options.tls_cert:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(options.tls_cert, options.tls_key)
            servers.append(
                await loop.create_server(
                    lambda: TcpLine(self.lines), options.host, options.tls_port, ssl=context, backlog=BACKLOG
                )
            )
        if options.port and options.udp:
            datagrams, _ = await loop.create_datagram_endpoint(
                lambda: Datagrams(self.station), local_addr=(options.host, options.port)
            )
        # Last: whoever finds this one open finds the others open too.
        if options.port:
            servers.append(
                await loop.create_server(
                    lambda: TcpLine(self.lines), options.host, options.port, backlog=BACKLOG
                )
            )
        return servers, datagrams

    async def _every(self, seconds: float, act: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await act()
            except Exception:  # noqa: BLE001 - a round that fails must not end the receiving of alarms
                log.exception("a round of the gateway failed")

    async def _sweep(self) -> None:
        self.lines.sweep(monotonic())

    async def _leave(self) -> None:
        """Read no more; what was taken is kept and acknowledged first."""
        self.station.leaving = True
        for line in list(self.lines.open):
            line.hold()
        try:
            async with asyncio.timeout(LEAVING):
                await self.keeper.drain()
                await self.sources.note()
        except TimeoutError:
            log.warning("what was taken could not all be kept in time")
        if left := await self.keeper.give_up():
            log.warning("%s signals were not kept; their senders will send them again", left)
        # A moment for the acknowledgements on their way.
        await asyncio.sleep(0.05)
        for line in list(self.lines.open):
            if line.transport is not None:
                line.transport.close()
        await self.keeper.writers.end()

    async def _tell(self) -> None:
        figures = self.figures()
        await asyncio.get_running_loop().run_in_executor(self.keeper.hands, self._write, figures)

    def _write(self, figures: dict[str, float]) -> None:
        try:
            tell_state(self.options.name, figures, centre=self.sources.centre, now=datetime.now(UTC))
        except (DatabaseError, InterfaceError):
            connection.close()
            raise

    def figures(self) -> dict[str, float]:
        """What the metrics page draws; the slowest batch is that since the last time."""
        counts, kept = self.station.counts, self.keeper.counts
        slowest, kept.slowest = kept.slowest, 0.0
        names = "frames", "beats", "denied", "rubbish", "turned_away", "slowed"
        return {name: counts[name] for name in names} | {
            "connections": len(self.lines.open),
            "sources": len(self.sources.known),
            "unknown_sources": sum(1 for one in self.sources.known.values() if one.sender.device is None),
            "waiting": self.keeper.waiting,
            "kept": kept.kept,
            "repeated": kept.repeated,
            "batches": kept.batches,
            "failures": kept.failures,
            "slowest_batch_seconds": round(slowest, 4),
        }
