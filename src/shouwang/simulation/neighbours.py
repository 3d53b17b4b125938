"""Neighbours and places of the simulated days (邻里联防、场所): groups, their calls, what owners do on their pages."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from shouwang.domains.people.actor import Actor
from shouwang.domains.volunteers.events import DEFENCE, VOLUNTEERS
from shouwang.flows.call_neighbours import answer_call, call_group
from shouwang.flows.owner_page import Lesson, go_round, open_site, teach
from shouwang.flows.register_site import NewSite, register_site, sheet_of_site_codes
from shouwang.flows.volunteer_groups import NewGroup, NewMember, add_member, found_group
from shouwang.policy import Pack
from shouwang.rules.visiting import BAD, OK

from .names import person_name
from .places import COUNTIES, grids_of, is_street, villages_of
from .settling import Town

SITES = (
    ("shop", "便民超市"), ("farm_stay", "江畔农家乐"), ("elderly_home", "夕阳红养老院"), ("homestay", "海兰江民宿"),
    ("small_enterprise", "金达莱食品厂"), ("shop", "五金日杂店"),
)  # fmt: skip
SITES_EACH, ON_THEIR_PAGE, DAYS = 2, 0.7, 6


@dataclass(kw_only=True)
class Neighbours:
    """A group in the first grid of each township, and two places with an owner's code."""

    pack: Pack
    town: Town
    dice: Random
    groups: dict[str, UUID] = field(default_factory=dict)
    number: int = 0

    def settle(self, at: datetime) -> None:
        for county in COUNTIES:
            for township in county.townships:
                village = villages_of(self.pack.name, township)[0]
                grid = grids_of(village)[0]
                keeper = self.town.of("grid_member", grid)[0]
                self.groups[grid] = self._group(keeper, grid, street=is_street(township), at=at)
                for kind, name in self.dice.sample(SITES, SITES_EACH):
                    self._site(keeper, grid, kind, name, at)

    def of_late(self, until: datetime) -> None:
        """In the last days owners went round and taught their staff, on their own pages."""
        for grid in self.groups:
            keeper = self.town.of("grid_member", grid)[0]
            for _site, code in sheet_of_site_codes(keeper, after=None, now=until - timedelta(days=DAYS)):
                if self.dice.random() < ON_THEIR_PAGE:
                    self._as_owner(code, until - timedelta(days=self.dice.randint(1, DAYS)))

    def called(self, caller: Actor, grid: str, *, place: str, words: str, at: datetime) -> None:
        """The group of a grid is called, and one of them comes."""
        call = call_group(caller, self.groups[grid], place=place, words=words, key=self._key("call"), now=at)
        comes = self.town.of("village_head", grid[:12])[0]
        answer_call(comes, call, None, comes=True, now=at + timedelta(minutes=1))

    def _group(self, keeper: Actor, grid: str, *, street: bool, at: datetime) -> UUID:
        kind, name = (VOLUNTEERS, "楼院消防志愿小组") if street else (DEFENCE, "十户联防一组")
        told = NewGroup(key=self._key("group"), region=grid, kind=kind, name=name, buildings="3" if street else "")
        group = found_group(keeper, told, now=at)
        head = self.town.of("village_head", grid[:12])[0]
        people = [("leader", {"person": str(keeper.id)}), ("member", {"person": str(head.id)}),
                  ("of_building" if street else "member", self._neighbour()), ("member", self._neighbour()),
                  ("member", {"mark": f"{int(grid[-3:])}-3"})]  # fmt: skip
        for role, who in people:
            add_member(keeper, group, NewMember(key=self._key("member"), role=role, **who), now=at)
        return group

    def _site(self, keeper: Actor, grid: str, kind: str, name: str, at: datetime) -> None:
        self.number += 1
        who = self._neighbour()
        told = NewSite(
            key=self._key("site"), region=grid, mark=f"场-{self.number}", name=name, kind=kind, person=who["name"],
            phone=who["phone"],
        )  # fmt: skip
        register_site(keeper, told, now=at)

    def _as_owner(self, code: str, at: datetime) -> None:
        owned = open_site(code, now=at)
        answers = {point.id: BAD if self.dice.random() < 0.08 else OK for point in owned.list.points}
        go_round(owned, answers, key=self._key("round"), version=owned.list.version, now=at)
        people = [person_name(self.dice, korean=self.dice.random() < 0.5) for _ in range(self.dice.randint(2, 5))]
        lesson = Lesson(key=self._key("taught"), kind="regular", on=at.date(), people=people, topic="灭火器和疏散")
        teach(owned, lesson, now=at + timedelta(minutes=20))

    def _neighbour(self) -> dict[str, str]:
        """No such numbers are given to anybody."""
        name = person_name(self.dice, korean=self.dice.random() < 0.5)
        return {"name": name, "phone": f"1000433{self.dice.randint(0, 9999):04}"}

    def _key(self, what: str) -> str:
        self.number += 1
        return f"sim-{what}-{self.number}"
