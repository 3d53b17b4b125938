"""Telling others (提醒跟进): once signals are on disk and acknowledged, whoever follows them is woken; never before."""

import asyncio
from concurrent.futures import Executor
from dataclasses import dataclass, field

from django.db import DatabaseError, InterfaceError, connection

from shouwang.flows.receive_signals import wake_followers

# Batches within this many seconds wake once.
GATHERING = 0.02


@dataclass
class Bell:
    """Telling inside the transaction would make the commits of all counties queue behind one lock."""

    hands: Executor
    waiting: set[str] = field(default_factory=set)
    task: "asyncio.Task[None] | None" = None

    def ring(self, county: str) -> None:
        self.waiting.add(county)
        if self.task is None:
            self.task = asyncio.get_running_loop().create_task(self._tell())

    async def _tell(self) -> None:
        try:
            while self.waiting:
                await asyncio.sleep(GATHERING)
                wanted, self.waiting = sorted(self.waiting), set()
                await asyncio.get_running_loop().run_in_executor(self.hands, _wake, wanted)
        finally:
            self.task = None


def _wake(counties: list[str]) -> None:
    try:
        wake_followers(counties)
    except (DatabaseError, InterfaceError):
        # Followers also look by themselves.
        connection.close()
