"""Days go by: hazards are found, fixed, missed, sent back and closed, through the flows people use."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from shouwang.domains.people.actor import Actor
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.keep_house import catch_up
from shouwang.flows.report_hazard import Photo, Report, report_hazard
from shouwang.kernel.workdays import shipped
from shouwang.policy import Pack

from .findings import REFUSALS, Finding, finding
from .paperwork import Paperwork
from .pictures import SCENES, photo
from .places import COUNTIES, grids_of, is_street, villages_of
from .ringing import Ringing
from .rounds import Rounds
from .settling import Town
from .whistling import Whistles

# A worker that is away for some days judges the same in the end.
CAUGHT_UP = 5
SLOW = 0.08  # the share of cases a township lets lie
WHISTLED_AFTER = timedelta(minutes=10)


@dataclass(kw_only=True)
class Open:
    """A case still open, and when somebody will take its next step."""

    id: UUID
    township: str
    grade: str
    state: str
    fixer: Actor
    found: Finding
    slow: bool
    ready: datetime


@dataclass(kw_only=True)
class Life:
    """The course of the simulated days; `dice` decides everything, so the same seed lives the same life."""

    pack: Pack
    town: Town
    dice: Random
    albums: dict[tuple[str, bool], list[bytes]] = field(default_factory=dict)
    cases: list[Open] = field(default_factory=list)
    paperwork: Paperwork = field(init=False)
    whistles: Whistles = field(init=False)
    rounds: Rounds = field(init=False)
    ringing: Ringing = field(init=False)
    visits: int = 0

    def live(self, first: date, last: date, *, until: datetime, tell: Callable[[str], None]) -> int:
        """Live from `first` to `last`, nothing after `until`; how many cases were reported."""
        self.albums = {
            (kind, cleared): [photo(self.dice, cleared=cleared, kind=kind) for _ in range(4)]
            for kind in SCENES
            for cleared in (False, True)
        }
        self.paperwork = Paperwork(pack=self.pack, town=self.town, dice=self.dice)
        self.paperwork.plan(first, last)
        self.whistles = Whistles(town=self.town, dice=Random(first.toordinal()))
        self.rounds = Rounds(pack=self.pack, town=self.town, dice=Random(last.toordinal()))
        self.rounds.settle(self._dawn(first))
        self.ringing = Ringing(pack=self.pack, town=self.town, dice=Random(last.toordinal() + 1))
        self.ringing.settle(self._dawn(first) + timedelta(minutes=30))
        reported, day = 0, first
        while day <= last:
            reported += self._day(day, until)
            if (noon := self._dawn(day) + timedelta(hours=4)) + timedelta(hours=1) < until:
                self.visits += self.rounds.walk(noon)
            self.paperwork.keep(day, self._at(day, 14), until)
            self.ringing.night(day, until)
            if day == last:
                self.ringing.end(until)
            if day == last or day.day % CAUGHT_UP == 0:
                catch_up(now=min(self._at(day, 23), until))
            if day.day in (1, 11, 21):
                tell(f"{day.isoformat()}: {reported} reported, {len(self.cases)} open, {self.paperwork.kept} records")
            day += timedelta(days=1)
        return reported

    def _day(self, day: date, until: datetime) -> int:
        reported = 0
        for county in COUNTIES:
            for township in county.townships:
                for _ in range(self.dice.choice((0, 1, 1, 2))):
                    at = self._at(day, self.dice.randrange(8, 12))
                    reported += at + WHISTLED_AFTER < until and self._report(township, at)
        evening = self._at(day, 20)
        for case in sorted((c for c in self.cases if c.ready <= evening), key=lambda c: c.ready):
            if case.ready < until:
                self._work_on(case, case.ready)
        self.whistles.go_on(until=min(evening, until))
        self.cases = [c for c in self.cases if c.state not in ("closed", "rejected", "merged")]
        return reported

    def _at(self, day: date, hour: int) -> datetime:
        minute, second = self.dice.randrange(60), self.dice.randrange(60)
        return datetime.combine(day, time(hour, minute, second), self.pack.zone)

    def _dawn(self, day: date) -> datetime:
        return datetime.combine(day, time(6), self.pack.zone)

    def _picture(self, kind: str, *, cleared: bool) -> bytes:
        return self.dice.choice(self.albums[kind, cleared])

    def _report(self, township: str, at: datetime) -> int:
        village = self.dice.choice(villages_of(self.pack.name, township))
        grid = self.dice.choice(grids_of(village))
        reporter = self.town.of("grid_member", grid)[0]
        found = finding(self.dice, town=is_street(township))
        fixed = found.kind in ("combustibles", "ebike_charging", "exit_blocked") and self.dice.random() < 0.3
        photos = [Photo(data=self._picture(found.kind, cleared=False), purpose="before")]
        if fixed:
            photos.append(Photo(data=self._picture(found.kind, cleared=True), purpose="after"))
        report = Report(
            key=f"sim-{self.dice.getrandbits(64):016x}",
            region=grid,
            kind=found.kind,
            site=found.site,
            place=found.place,
            note=found.note,
            found_at=at - timedelta(minutes=2),
            fixed=fixed,
            photos=tuple(photos),
        )
        done = report_hazard(reporter, report, now=at)
        case = Open(
            id=done.id,
            township=township,
            grade="minor" if fixed or done.case is None else done.case.grade,
            state="submitted" if fixed else "assigned",
            fixer=reporter if fixed else self.town.of("station_staff", township)[0],
            found=found,
            slow=self.dice.random() < SLOW,
            ready=at,
        )
        case.ready = self._next_step(case, at)
        self.cases.append(case)
        if done.case is not None and not fixed:
            self.whistles.perhaps(done.case, reporter, now=at + WHISTLED_AFTER)
        return 1

    def _next_step(self, case: Open, at: datetime) -> datetime:
        """Minor ones go quickly; general ones a step every working day or two; a few lie until pressed."""
        day = at.astimezone(self.pack.zone).date()
        if case.slow:
            return self._at(shipped().add(day, self.dice.choice((2, 3, 5))).day, self.dice.randrange(9, 17))
        if case.grade == "minor":
            if case.state != "submitted":
                return self._at(day, self.dice.randrange(14, 18))
            return self._at(day + timedelta(days=1), 8)
        pace = self.dice.choices((1, 2), weights=(75, 25))[0]
        return self._at(shipped().add(day, pace).day, self.dice.randrange(9, 17))

    def _work_on(self, case: Open, at: datetime) -> None:
        who, move = self._next(case)
        moved = advance_hazard(who, case.id, move, now=at)
        case.state, case.ready = moved.state, self._next_step(case, at)

    def _next(self, case: Open) -> tuple[Actor, Move]:
        station = self.town.of("station_staff", case.township)[0]
        head = self.town.of("station_head", case.township)[0]
        if case.state == "assigned":
            if self.dice.random() < 0.02:
                return head, Move(act="reject", note="现场核实不属于火灾隐患")
            if case.grade != "minor":
                return station, Move(act="start")
        if case.state != "submitted":
            after = Photo(data=self._picture(case.found.kind, cleared=True), purpose="after")
            return case.fixer, Move(act="submit", note=case.found.answer, photos=(after,))
        if self.dice.random() < 0.08:
            return head, Move(act="fail", note=self.dice.choice(REFUSALS))
        return head, Move(act="pass", note="现场看过，隐患已消除")
