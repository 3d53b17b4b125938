"""Who is told of an alarm (报警告知): whoever can run there and the township's desk at once, then those above."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db import models

from shouwang.domains.alarms.models import Alarm
from shouwang.domains.alarms.scopes import ATTEND, HANDLE
from shouwang.domains.duties.acting import About, notice
from shouwang.domains.people.holders import Holder, holders
from shouwang.kernel.codes import Level, covers, level_of
from shouwang.policy import Pack

RANG, RAISED_UP, REAL = "alarm", "alarm_up", "alarm_real"
NEAR = (Level.GRID, Level.VILLAGE)
DESKS = {"township": Level.TOWNSHIP, "county": Level.COUNTY, "prefecture": Level.PREFECTURE}


class Watchers:
    """Asked once for a county, and only when something rings."""

    def __init__(self, pack: Pack, county: str, now: datetime) -> None:
        self.pack, self.county, self.now = pack, county, now
        self._known: dict[str, set[UUID]] = {}

    @cached_property
    def _all(self) -> list[Holder]:
        kinds = [key for key, one in self.pack.posts.items() if {ATTEND, HANDLE} & set(one.actions)]
        on = self.now.astimezone(self.pack.zone).date()
        return holders(sorted({self.county, f"{self.county[:4]}00"}), kinds=kinds, on=on)

    def near(self, region: str) -> set[UUID]:
        """Those of the grid and the village who can go there."""
        return {one.person for one in self._of(ATTEND, region) if level_of(one.region) in NEAR}

    def desk(self, level: str, region: str) -> set[UUID]:
        """Those who handle alarms at a level."""
        return {one.person for one in self._of(HANDLE, region) if level_of(one.region) == DESKS[level]}

    def rang(self, alarm: Alarm) -> set[UUID]:
        """A place no township has is looked after by the county, else by the prefecture."""
        region = alarm.region
        if region not in self._known:
            desks = (self.desk(level, region) for level in DESKS)
            self._known[region] = self.near(region) | next((found for found in desks if found), set())
        return self._known[region]

    def notices(self, alarms: Iterable[Alarm]) -> Iterator[models.Model]:
        """One for each alarm and person, under the alarm's own id: told again, it is the same notice."""
        for alarm in alarms:
            about = About(region=alarm.region, subject=alarm.id)
            for who in sorted(self.rang(alarm)):
                yield notice(RANG, event=alarm.id, recipient=who, about=about, at=self.now)

    def notices_up(
        self, alarm: Alarm, level: str, *, event: UUID, sort: str = RAISED_UP
    ) -> Iterator[models.Model]:
        about = About(region=alarm.region, subject=alarm.id)
        for who in sorted(self.desk(level, alarm.region)):
            yield notice(sort, event=event, recipient=who, about=about, at=self.now)

    def _of(self, action: str, region: str) -> Iterator[Holder]:
        return (
            one
            for one in self._all
            if action in self.pack.posts[one.kind].actions and any(covers(area, region) for area in one.territory)
        )
