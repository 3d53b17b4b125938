"""Alarms of the simulated days (报警): rung by devices, called back, found to be nothing; and the last hours."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from shouwang.domains.alarms.queries import newest
from shouwang.domains.areas.pieces import within
from shouwang.domains.people.actor import Actor
from shouwang.flows.acknowledge_alarm import acknowledge_alarm
from shouwang.flows.advance_alarm import Go, advance_alarm
from shouwang.flows.keep_watch import take_over
from shouwang.flows.take_call import Told, take_a_call
from shouwang.flows.work_phone import set_own_phone
from shouwang.policy import Pack

from .detectors import (
    FAULT,
    FIRE,
    GAS,
    NO_BATTERY,
    NO_LINE,
    NO_MAINS,
    NORMAL,
    SMOKE,
    Detectors,
    component,
    transmitter,
)
from .neighbours import Neighbours
from .places import COUNTIES, PREFECTURE, County, grids_of, is_street, villages_of
from .settling import Town

SHARE, LAST_HOURS = 0.05, timedelta(hours=8)
FOUND = (
    ("cooking", "灶上炖菜，开窗后停了"), ("heating", "烧炕倒烟，已叫人通烟道"), ("steam", "洗澡水汽，没事"),
    ("smoking", "家里上香，已提醒"),
)  # fmt: skip
LEFT = ("夜里无警情，一台设备没电待换", "两起误报已核实，无遗留", "停电片区等供电所回话", "")
ROOMS = ("厨房", "西屋", "东屋", "外屋地")
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
# Where the whole of a night is shown, where the mains fail, where somebody telephones, where a device is worn out.
SHOWN, DARK, TELEPHONED, WORN = "222405", "222401", "222403", "222404"
SHIFTS = (time(8), time(17, 30))


@dataclass(kw_only=True)
class Ringing:
    """Its dice are its own: the rest of the simulated life is the same with and without it."""

    pack: Pack
    town: Town
    dice: Random
    detectors: Detectors = field(init=False)
    neighbours: Neighbours = field(init=False)
    rang: int = 0

    def settle(self, at: datetime) -> None:
        self.detectors = Detectors(town=self.town, dice=self.dice, pack=self.pack.name)
        self.detectors.hang(at)
        for who in (*self._stations(), *map(self._of_grid, self.detectors.homes)):
            # No such numbers are given to anybody.
            set_own_phone(who, f"1000433{self.dice.randint(0, 9999):04}", now=at)
        self.neighbours = Neighbours(pack=self.pack, town=self.town, dice=self.dice)
        self.neighbours.settle(at)

    def night(self, day: date, until: datetime) -> None:
        """Here and there a detector rings at no fire."""
        for county in COUNTIES:
            if self.dice.random() < SHARE:
                at = datetime.combine(day, time(self.dice.randrange(1, 22), self.dice.randrange(60)), self.pack.zone)
                grid = self._grid(self.dice.choice(county.townships))
                if at < until - LAST_HOURS:
                    self._nothing(county.code, self.dice.choice(self.detectors.homes[grid]), grid, at)

    def end(self, until: datetime) -> None:
        """The last hours, as the desks stand when somebody comes to look."""
        self._shifts(until)
        self.neighbours.of_late(until)
        for county in COUNTIES:
            grid = self._grid(county.townships[1])
            self._nothing(county.code, self.detectors.homes[grid][0], grid, until - 6 * HOUR)
            if county.code == WORN:
                self._worn_out(county, until)
            self._tried_out(county, until - 3 * HOUR)
            if county.code == DARK:
                self._power_cut(county, until - 25 * MINUTE)
                self._nobody_answers(county, until - 15 * MINUTE)
            if county.code == TELEPHONED:
                self._somebody_telephones(county, until - 2 * HOUR)
            if county.code == SHOWN:
                self._trouble(county, until - 40 * MINUTE)
                self._fire(county, until - 22 * MINUTE)
                self._rings_now(county, until)
        self.detectors.beat(until)

    def _ring(self, county: str, address: str, at: datetime, *, sort: int = SMOKE, number: int = 1) -> UUID:
        where = self.dice.choice(ROOMS)
        self.detectors.say(county, [(address, component(FIRE, sort=sort, number=number, where=where, at=at))], at=at)
        self.rang += 1
        return self._latest(county)

    def _quiet(self, county: str, address: str, at: datetime, *, sort: int = SMOKE) -> None:
        self.detectors.say(county, [(address, component(NORMAL, sort=sort, at=at))], at=at)

    def _latest(self, county: str) -> UUID:
        found: UUID = newest(within([county]), limit=1).rows[0]["id"]
        return found

    def _nothing(self, county: str, address: str, grid: str, at: datetime) -> None:
        """The desk calls back, or the grid member looks: no fire."""
        alarm, (reason, note) = self._ring(county, address, at), self.dice.choice(FOUND)
        station, there = self._station(grid[:9]), self._of_grid(grid)
        self._go(station, alarm, "verify", at + 14 * SECOND)
        if self.dice.random() < 0.5:
            self._go(station, alarm, "dismiss", at + 70 * SECOND, reason=reason, note=note)
        else:
            self._go(there, alarm, "set_out", at + 30 * SECOND)
            self._go(there, alarm, "see_nothing", at + 85 * SECOND, reason=reason, note=note)
        self._quiet(county, address, at + 4 * MINUTE)

    def _tried_out(self, county: County, at: datetime) -> None:
        township = county.townships[0]
        address = self.detectors.places[township][0]
        alarm = self._ring(county.code, address, at)
        self._go(self._station(township), alarm, "test_only", at + 40 * SECOND, note="维保单位例行测试")
        self._quiet(county.code, address, at + 2 * MINUTE)

    def _worn_out(self, county: County, until: datetime) -> None:
        """Three times at nothing within a month: the device itself becomes a hazard to be repaired."""
        grid = self._grid(county.townships[0])
        address, station = self.detectors.homes[grid][0], self._station(grid[:9])
        for hours in (5, 4.2, 3.5):
            at = until - hours * HOUR
            alarm = self._ring(county.code, address, at)
            self._go(station, alarm, "dismiss", at + 60 * SECOND, reason="worn", note="查看过，没有烟，又是这一台")
            self._quiet(county.code, address, at + 3 * MINUTE)

    def _power_cut(self, county: County, at: datetime) -> None:
        """A village without mains: many devices say so within a minute, and on the desk it is one line."""
        street = next(one for one in county.townships if is_street(one))
        grids = [grid for village in villages_of(self.pack.name, street) for grid in grids_of(village)]
        for number, address in enumerate([one for grid in grids for one in self.detectors.homes[grid]]):
            moment = at + number * SECOND
            self.detectors.say(county.code, [(address, transmitter(NO_MAINS, at=moment))], at=moment)

    def _nobody_answers(self, county: County, at: datetime) -> None:
        grid = self._grid(county.townships[1])
        alarm, station = self._ring(county.code, self.detectors.homes[grid][1], at), self._station(grid[:9])
        self._go(station, alarm, "verify", at + 12 * SECOND)
        self._go(station, alarm, "no_answer", at + 75 * SECOND)
        self._go(self._of_grid(grid), alarm, "set_out", at + 2 * MINUTE)
        acknowledge_alarm(self.town.of("county_office", county.code)[0], alarm, now=at + 3 * MINUTE)

    def _somebody_telephones(self, county: County, at: datetime) -> None:
        grid = self._grid(county.townships[0])
        station = self._station(grid[:9])
        told = Told(key=f"sim-call-{county.code}", region=grid, place="村东头柴草垛", words="路过的人说柴草垛冒烟")
        alarm = take_a_call(station, told, now=at).id
        self._go(self._of_grid(grid), alarm, "see_fire", at + 4 * MINUTE, note="柴草垛着了，没有人")
        self._go(station, alarm, "finish", at + 50 * MINUTE, note="119到场扑灭，无人受伤，余火看守到天亮")

    def _trouble(self, county: County, at: datetime) -> None:
        """One detector is out of order; the accumulator of one device is empty, the line of another broken."""
        first, second = self.detectors.homes[self._grid(county.townships[0])]
        told = (
            (first, component(FAULT, number=2, where=self.dice.choice(ROOMS), at=at)),
            (second, transmitter(NO_BATTERY, at=at)),
            (self.detectors.places[county.townships[1]][0], transmitter(NO_LINE, at=at)),
        )
        for number, said in enumerate(told):
            self.detectors.say(county.code, [said], at=at + number * MINUTE)

    def _fire(self, county: County, at: datetime) -> None:
        """The helper sees it burn; the crew is on its way, the neighbours come, the county knows."""
        grid = self._grid(county.townships[0])
        alarm = self._ring(county.code, self.detectors.homes[grid][0], at)
        station, there = self._station(grid[:9]), self._of_grid(grid)
        head = self.town.of("station_head", grid[:9])[0]
        self._go(station, alarm, "verify", at + 11 * SECOND)
        self._go(there, alarm, "set_out", at + 35 * SECOND)
        self._go(there, alarm, "see_fire", at + 3 * MINUTE, note="外屋地着了，老人已背出来")
        self._go(head, alarm, "set_out", at + 4 * MINUTE)
        acknowledge_alarm(self.town.of("county_office", county.code)[0], alarm, now=at + 5 * MINUTE)
        self.neighbours.called(there, grid, place="3号院门口", words="带铁锹水桶，先救人", at=at + 5 * MINUTE)

    def _rings_now(self, county: County, until: datetime) -> None:
        """One that somebody telephones about, one that nobody has begun with."""
        first = self._grid(county.townships[1])
        second = grids_of(villages_of(self.pack.name, county.townships[0])[1])[1]
        verified = self._ring(county.code, self.detectors.homes[first][1], until - 45 * SECOND, sort=GAS)
        self._go(self._station(first[:9]), verified, "verify", until - 30 * SECOND)
        self._ring(county.code, self.detectors.homes[second][0], until - 10 * SECOND)

    def _shifts(self, until: datetime) -> None:
        """Two by two they hand over the desks of township, county and prefecture, morning and evening."""
        today = until.astimezone(self.pack.zone).date()
        days = (today - timedelta(days=1), today)
        moments = [datetime.combine(day, hour, self.pack.zone) for day in days for hour in SHIFTS]
        for number, at in enumerate(one for one in moments if one < until - LAST_HOURS / 8):
            for pair, desk in self._desks():
                take_over(pair[number % 2], desk, note=self.dice.choice(LEFT) if number else "", now=at)

    def _desks(self) -> list[tuple[tuple[Actor, Actor], str]]:
        kinds = {"prefecture": ("prefecture_office", "prefecture_fire"), "county": ("county_office", "county_fire"),
                 "township": ("station_staff", "station_head")}  # fmt: skip
        desks = [("prefecture", PREFECTURE), *(("county", one.code) for one in COUNTIES)]
        desks += [("township", one) for county in COUNTIES for one in county.townships]
        return [((self.town.of(kinds[level][0], desk)[0], self.town.of(kinds[level][1], desk)[0]), desk)
                for level, desk in desks]  # fmt: skip

    def _go(self, who: Actor, alarm: UUID, act: str, at: datetime, *, reason: str = "", note: str = "") -> None:
        advance_alarm(who, alarm, Go(act=act, reason=reason, note=note), now=at)

    def _grid(self, township: str) -> str:
        return grids_of(villages_of(self.pack.name, township)[0])[0]

    def _stations(self) -> list[Actor]:
        """Who is rung up at a township's station."""
        towns = [township for county in COUNTIES for township in county.townships]
        return [one for town in towns for kind in ("station_staff", "station_head") for one in self.town.of(kind, town)]

    def _station(self, township: str) -> Actor:
        return self.town.of("station_staff", township)[0]

    def _of_grid(self, grid: str) -> Actor:
        return self.town.of("grid_member", grid)[0]
