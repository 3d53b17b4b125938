"""Writers (落盘进程): processes that write, so that reading from the wires never waits for what writing takes.

One that dies, or answers what nobody can read, is started again, and what it had in hand is tried once more: it is kept
once all the same.
"""

import asyncio
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from shouwang.domains.devices.signal_text import Received

from .writing import LENGTH, Done, Given, message

# How many; seconds until one that does not end is ended, until one that does not start is started again.
WRITERS, LEAVING, AGAIN = 2, 5.0, 1.0
BEGIN = "import django; django.setup(); from shouwang.gateways.gb26875.writing import work; work()"
# A file in the folder where the gateway was started is none of its modules.
COMMAND = (sys.executable, "-P", "-c", BEGIN)

log = logging.getLogger(__name__)


class Away(Exception):
    """The database, or who writes to it, is away: try again."""


class Wrong(Exception):
    """These signals cannot be kept."""


@dataclass(eq=False)
class Writer:
    """One process."""

    process: asyncio.subprocess.Process | None = None

    async def begin(self) -> None:
        pipe = asyncio.subprocess.PIPE
        self.process = await asyncio.create_subprocess_exec(*COMMAND, stdin=pipe, stdout=pipe)
        await self._hear(self.process)

    async def ask(self, data: bytes) -> Done:
        """What became of what a message gives. After whatever it raises nothing is known of the process."""
        process = self.process
        if process is None or process.stdin is None:
            raise EOFError
        process.stdin.write(data)
        await process.stdin.drain()
        return await self._hear(process)

    async def end(self) -> None:
        process, self.process = self.process, None
        if process is None or process.stdin is None:
            return
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), LEAVING)
        except TimeoutError:
            process.kill()
            await process.wait()

    async def _hear(self, process: asyncio.subprocess.Process) -> Done:
        assert process.stdout is not None
        length = int.from_bytes(await process.stdout.readexactly(LENGTH), "little")
        return msgspec.msgpack.decode(await process.stdout.readexactly(length), type=Done)


@dataclass
class Writers:
    """Whoever is free takes what comes next; of one county one at a time, which the keeper sees to."""

    all: Sequence[Writer] = field(default_factory=lambda: [Writer() for _ in range(WRITERS)])
    free: "asyncio.LifoQueue[Writer]" = field(default_factory=asyncio.LifoQueue)
    tasks: "set[asyncio.Task[None]]" = field(default_factory=set)
    leaving: bool = False

    async def begin(self) -> None:
        await asyncio.gather(*(one.begin() for one in self.all))
        for one in self.all:
            self.free.put_nowait(one)

    async def keep(self, county: str, items: list[Received]) -> int:
        """How many were new. Raises Away, Wrong."""
        data = message(Given(county, items))
        writer = await self.free.get()
        try:
            done = await writer.ask(data)
        except Exception as error:
            self._renew(writer)
            raise Away(f"a writer is started again: {error!r}") from error
        except BaseException:
            # The answer that nobody waited for would be taken for that to the next question.
            self._renew(writer)
            raise
        self.free.put_nowait(writer)
        if done.away:
            raise Away(done.away)
        if done.wrong:
            raise Wrong(done.wrong)
        return done.new

    def _renew(self, writer: Writer) -> None:
        if self.leaving:
            return
        task = asyncio.get_running_loop().create_task(self._again(writer))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _again(self, writer: Writer) -> None:
        while True:
            try:
                await writer.end()
                await writer.begin()
                break
            except Exception:  # noqa: BLE001 - with none left that writes, no alarm would be kept any more
                log.exception("a writer cannot be started; trying again")
                await asyncio.sleep(AGAIN)
        self.free.put_nowait(writer)

    async def end(self) -> None:
        self.leaving = True
        tasks = list(self.tasks)
        for task in tasks:
            task.cancel()
        # One that was just being started is known only now.
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(one.end() for one in self.all))
