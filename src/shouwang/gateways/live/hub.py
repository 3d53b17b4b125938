"""Who hears what (分发): one reading of a county's news serves all pages; each hears of its own areas only."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import DatabaseError, InterfaceError, connection

from shouwang.flows.live_news import Feed, News, all_counties
from shouwang.kernel.codes import county_of, covered

from .requests import Positions
from .viewers import Viewer

# What comes in the same moment is told together; news read at a time.
GATHERING, MOST = 0.05, 2000
T = TypeVar("T")


def asked_safely(ask: Callable[..., T], *args: Any) -> T:
    """In a thread of our own: a connection that broke is not used again."""
    try:
        return ask(*args)
    except (DatabaseError, InterfaceError):
        connection.close()
        raise


@dataclass
class Hub:
    """Streams about one kind of news by county, and how far the news of each county was told."""

    feed: Feed
    hands: Executor
    told: Positions = field(default_factory=dict)
    open: dict[str, dict[Viewer, None]] = field(default_factory=lambda: defaultdict(dict))
    dirty: set[str] = field(default_factory=set)
    task: "asyncio.Task[None] | None" = None
    counts: Counter[str] = field(default_factory=Counter)

    async def begin(self) -> None:
        """From the newest on: what is older was seen, or is fetched by who comes back."""
        self.told = await self._ask(lambda: self.feed.newest(all_counties()))

    def viewers(self) -> list[Viewer]:
        return list({viewer: None for some in self.open.values() for viewer in some})

    def stir(self, counties: Iterable[str] | None = None) -> None:
        """There may be news; in all counties where none are named."""
        self.dirty.update(self.told if counties is None else counties)
        if self.dirty and self.task is None:
            self.task = asyncio.get_running_loop().create_task(self._tell_all())

    def add(self, viewer: Viewer) -> bool:
        """Let a viewer hear from now on; False while it must catch up with what others heard first."""
        if any(self.told.get(county, -1) > at for county, at in viewer.seen.items()):
            return False
        for county in viewer.seen:
            self.open[county][viewer] = None
        return True

    def remove(self, viewer: Viewer) -> None:
        for some in self.open.values():
            some.pop(viewer, None)

    async def _tell_all(self) -> None:
        try:
            while self.dirty:
                await asyncio.sleep(GATHERING)
                wanted, self.dirty = sorted(self.dirty), set()
                try:
                    heard = await self._ask(self._read, wanted)
                except (DatabaseError, InterfaceError):
                    self.dirty.update(wanted)
                    await asyncio.sleep(0.5)
                    continue
                self._tell(heard)
        finally:
            self.task = None

    def _read(self, counties: list[str]) -> list[News]:
        return [
            one for county in counties for one in self.feed.after(county, self.told.get(county, -1), MOST)
        ]

    def _tell(self, heard: list[News]) -> None:
        """Each viewer once, whatever number of things is new."""
        whom: dict[Viewer, list[News]] = defaultdict(list)
        for county, some in _by_county(heard).items():
            self.told[county] = some[-1].position
            if len(some) >= MOST:
                self.dirty.add(county)
            for viewer in list(self.open[county]):
                fresh = [one for one in some if one.position > viewer.seen[county]]
                viewer.seen[county] = max(viewer.seen[county], some[-1].position)
                whom[viewer] += fresh
        for viewer, some in whom.items():
            self.tell_one(viewer, some)

    def tell_one(self, viewer: Viewer, some: list[News]) -> None:
        mine = [one for one in some if covered(viewer.areas, one.region)]
        if mine:
            self.counts["told"] += 1
            viewer.tell("news", news=len(mine), rings=sum(one.rings for one in mine))

    async def _ask(self, ask: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.hands, asked_safely, ask, *args)


def _by_county(heard: list[News]) -> dict[str, list[News]]:
    found: dict[str, list[News]] = defaultdict(list)
    for one in heard:
        found[county_of(one.region)].append(one)
    return found
