"""Offices do what the plan asks (日常工作): meetings, training, visits and rules become records; some are missed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from shouwang.domains.areas.queries import kinds_of
from shouwang.domains.people.actor import Actor
from shouwang.flows.enter_record import Entry, enter_record
from shouwang.flows.record_papers import Paper
from shouwang.flows.settle_record import settle_record
from shouwang.kernel.codes import level_of
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Calendar, Duty, Event
from shouwang.policy.record_shapes import RECORD, RecordType
from shouwang.rules.needs import fact_kinds
from shouwang.rules.periods import periods

from .handwriting import Hand, can_be_simulated, known_facts, scan, written
from .places import COUNTIES, PREFECTURE, villages_of
from .settling import Town

DONE, CONFIRMED, SETTLING_IN = 0.78, 0.9, 25
CONFIRMED_AFTER = timedelta(minutes=20)


@dataclass(kw_only=True)
class Sheet:
    """One record to be entered: of which body, on which day, for which duties; none of them tells facts only."""

    one: RecordType
    region: str
    day: date
    duties: list[Duty] = field(default_factory=list)


@dataclass(kw_only=True)
class Paperwork:
    """The records of the simulated days, each entered by somebody whose post allows it and confirmed by another."""

    pack: Pack
    town: Town
    dice: Random
    sheets: dict[date, list[Sheet]] = field(default_factory=dict)
    kept: int = 0

    def plan(self, first: date, last: date) -> None:
        """Decide once who will do what on which day; what nobody is chosen for stays undone."""
        for region in self._bodies():
            for sheet in [*self._told(region, first), *self._done(region, first, last)]:
                self.sheets.setdefault(sheet.day, []).append(sheet)

    def keep(self, day: date, at: datetime, until: datetime) -> None:
        for number, sheet in enumerate(self.sheets.pop(day, [])):
            moment = at + timedelta(seconds=30 * number)
            if moment + CONFIRMED_AFTER < until:
                self._enter(sheet, moment)

    def _bodies(self) -> list[str]:
        """One township of each county keeps its records here, and a village of it; the other has not begun."""
        towns = [county.townships[0] for county in COUNTIES]
        villages = [villages_of(self.pack.name, town)[0] for town in towns]
        return [PREFECTURE, *(county.code for county in COUNTIES), *towns, *villages]

    def _told(self, region: str, first: date) -> Iterator[Sheet]:
        """What is to be known of a body, before anything is asked of it."""
        level = level_of(region)
        kinds = {kind for duty in self.pack.duties.values() for kind in fact_kinds(self.pack, duty)}
        for kind in sorted(kinds):
            one = self.pack.records[kind.removeprefix(RECORD)]
            if level in one.levels and can_be_simulated(one):
                yield Sheet(one=one, region=region, day=first + timedelta(days=self.dice.randrange(5)))

    def _done(self, region: str, first: date, last: date) -> list[Sheet]:
        """One sheet proves all the duties whose choices it can tell at once: nothing is typed twice."""
        level, kind = level_of(region), kinds_of({region}).get(region, "")
        sheets: dict[tuple[str, str, str], Sheet] = {}
        for duty in self.pack.duties.values():
            one = self.pack.records.get(duty.evidence.kind.removeprefix(RECORD))
            fits = duty.bearer.level == level and (not duty.bearer.kinds or kind in duty.bearer.kinds)
            if one is None or not fits or level not in one.levels or not can_be_simulated(one):
                continue
            choices = {n: w for n, w in duty.evidence.where.items() if one.fields[n].type in ("choice", "choices")}
            for name, day in self._days(duty, first, last):
                key = one.id, name, repr(sorted(choices.items()))
                if key not in sheets and self.dice.random() < DONE:
                    sheets[key] = Sheet(one=one, region=region, day=day)
                if key in sheets:
                    sheets[key].duties.append(duty)
        return list(sheets.values())

    def _days(self, duty: Duty, first: date, last: date) -> Iterator[tuple[str, date]]:
        """A day in each period that lies in the simulated time; soon after the start for all that is owed always."""
        if isinstance(duty.trigger, Event) and duty.evidence.reach != "own":
            return
        if not isinstance(duty.trigger, Calendar):
            yield "", first + timedelta(days=self.dice.randrange(5, SETTLING_IN))
            return
        for period in periods(self.pack, duty.trigger, first=first, last=last):
            start, end = max(period.start, first), min(period.end, last)
            yield period.name, start + timedelta(days=self.dice.randint(0, (end - start).days))

    def _enter(self, sheet: Sheet, at: datetime) -> None:
        who = self._somebody(sheet.one.enters, sheet.region)
        if who is None:
            return
        entry = Entry(
            key=f"sim-{self.dice.getrandbits(64):016x}",
            type=sheet.one.id,
            region=sheet.region,
            values=self._values(sheet),
            papers=tuple(
                Paper(name=name, data=scan(self.dice)) for name, told in sheet.one.papers.items() if told.required
            ),
        )
        made = enter_record(who, entry, now=at)
        self.kept += 1
        other = self._somebody(sheet.one.verifies, sheet.region, but=who)
        if other is not None and self.dice.random() < CONFIRMED:
            settle_record(other, made.id, "confirm", now=at + CONFIRMED_AFTER)

    def _values(self, sheet: Sheet) -> dict[str, object]:
        hand = Hand(self.pack, sheet.day, sheet.region, self.dice)
        return written(hand, sheet.one, sheet.duties) if sheet.duties else known_facts(hand, sheet.one)

    def _somebody(self, kinds: tuple[str, ...], region: str, but: Actor | None = None) -> Actor | None:
        """Who holds such a post for the body: its own people first, then those above it."""
        above = [region, *(region[:length] for length in (12, 9, 6) if length < len(region))]
        for area in above:
            for kind in kinds:
                for actor in self.town.of(kind, area):
                    if but is None or actor.id != but.id:
                        return actor
        return None
