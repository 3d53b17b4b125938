"""Homes, people at risk and walks of the simulated days (走访): every grid keeps a few homes, most are visited."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from shouwang.domains.people.actor import Actor
from shouwang.flows.record_visit import Walked, list_for, record_visit
from shouwang.flows.register_home import NewHome, register_home
from shouwang.flows.register_person import Told, register_person
from shouwang.policy import Pack
from shouwang.rules.visiting import BAD, OK

from .names import person_name
from .places import COUNTIES, grids_of, is_street, villages_of
from .settling import Town

HOMES, WALKS, SHARE_BAD, SHARE_TAUGHT = 4, 0.02, 0.1, 0.7
BORN = {"left_behind_child": (2015, 2019), "alone": (1938, 1950), "frail": (1940, 1958)}
MOVES, ROOMS = ("walks", "aided", "carried"), ("东屋", "西屋", "南卧室")
# A grid is some three hundred metres across.
SPREAD = 0.003


@dataclass(kw_only=True)
class Rounds:
    """Its dice are its own: the rest of the simulated life is the same with and without it."""

    pack: Pack
    town: Town
    dice: Random
    homes: list[tuple[Actor, UUID]] = field(default_factory=list)
    number: int = 0

    def settle(self, at: datetime) -> None:
        """Each grid member enters the homes of the grid, and who in them cannot run."""
        for county in COUNTIES:
            for township in county.townships:
                for village in villages_of(self.pack.name, township):
                    for grid in grids_of(village):
                        self._grid(grid, street=is_street(township), at=at)

    def walk(self, at: datetime) -> int:
        """Some homes are visited today; how many."""
        chosen = [pair for pair in self.homes if self.dice.random() < WALKS]
        for number, (member, home) in enumerate(chosen):
            self._visit(member, home, at + timedelta(minutes=number % 50))
        return len(chosen)

    def _grid(self, grid: str, *, street: bool, at: datetime) -> None:
        member = self.town.of("grid_member", grid)[0]
        lon, lat = 128 + int(grid[-6:-3]) / 100, 43 + int(grid[-9:-6]) / 1000
        for door in range(1, HOMES + 1):
            self.number += 1
            group = self.dice.choice((*BORN, ""))
            told = NewHome(
                key=f"sim-home-{self.number}", region=grid, mark=f"{int(grid[-3:])}-{door}",
                kind="old_compound" if street else "rural_home", number=f"{self.dice.randint(1, 90)}号",
                building=f"{self.dice.randint(1, 9)}号楼" if street else "",
                groups=() if group else ("relocation",),
                lon=lon + self.dice.random() * SPREAD, lat=lat + self.dice.random() * SPREAD,
            )  # fmt: skip
            home = register_home(member, told, now=at)
            self.homes.append((member, home))
            if group:
                self._person(member, home, group, at)

    def _person(self, member: Actor, home: UUID, group: str, at: datetime) -> None:
        child = group == "left_behind_child"
        korean = self.dice.random() < 0.5
        year = self.dice.randint(*BORN[group])
        values = {
            "name": person_name(self.dice, korean=korean), "born": f"{year}-{self.dice.randint(1, 12):02}-15",
            "moves": "walks" if child else self.dice.choice(MOVES), "room": self.dice.choice(ROOMS),
            "helper": person_name(self.dice, korean=korean), "helper_phone": self._telephone(),
        }  # fmt: skip
        if child:
            values |= {"guardian": person_name(self.dice, korean=korean), "guardian_phone": self._telephone()}
        consent = "guardian" if child else "separate"
        told = Told(key=f"sim-person-{self.number}", group=group, consent=consent, values=values)
        register_person(member, home, told, now=at)

    def _telephone(self) -> str:
        """No such numbers are given to anybody."""
        return f"1000433{self.dice.randint(0, 9999):04}"

    def _visit(self, member: Actor, home: UUID, at: datetime) -> None:
        told = list_for(self.pack, home=True, region=member.county, now=at)
        answers = {point.id: BAD if self.dice.random() < SHARE_BAD else OK for point in told.points}
        self.number += 1
        walked = Walked(
            key=f"sim-visit-{self.number}", region="", checklist=told.id, version=told.version, answers=answers,
            found_at=at, home=home, taught=self.dice.random() < SHARE_TAUGHT,
        )  # fmt: skip
        record_visit(member, walked, now=at)
