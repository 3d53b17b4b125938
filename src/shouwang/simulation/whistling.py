"""Grids whistle in the simulated days (网格吹哨): departments come, late or not, or send it back."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from shouwang.domains.hazards.muster_queries import musters_of
from shouwang.domains.people.actor import Actor
from shouwang.flows.advance_muster import Go, advance_muster
from shouwang.flows.refusal import NotSeen, Refused
from shouwang.flows.whistle import Whistle, whistle

from .settling import Town

SHARE, BOUNCED = 0.05, 0.12
NEEDS = ("请到场认定由谁清理", "现场需要你们一起办", "产权不清，请派人来看")
NOT_OURS = "产权属供销社，不归我们管"
RESULTS = ("已责令当事人三日内清理", "已约谈物业，当场清走", "已与村里商定，由物业负责")


@dataclass(kw_only=True)
class Call:
    """A department on its way through one case: what comes next, and when."""

    case: UUID
    muster: UUID
    whistler: Actor
    officer: Actor
    next: str
    ready: datetime


@dataclass(kw_only=True)
class Whistles:
    """Its dice are its own: the rest of the simulated life is the same with and without it."""

    town: Town
    dice: Random
    calls: list[Call] = field(default_factory=list)

    def perhaps(self, case: Any, whistler: Actor, *, now: datetime) -> None:
        """Some hazards need more than one office at once."""
        officers = [a for a in self.town.of("dept_officer", case.county) if a.posts[0].department != case.department]
        if self.dice.random() >= SHARE or not officers:
            return
        called = self.dice.sample(officers, k=self.dice.randint(1, len(officers)))
        departments = [one.posts[0].department for one in called]
        whistle(whistler, case.id, Whistle(departments=departments, need=self.dice.choice(NEEDS)), now=now)
        by_department = {one.posts[0].department: one for one in called}
        for muster in musters_of(case):
            self.calls.append(
                Call(
                    case=case.id,
                    muster=muster.id,
                    whistler=whistler,
                    officer=by_department[muster.department],
                    next="bounce" if self.dice.random() < BOUNCED else "set_out",
                    ready=now + timedelta(hours=self.dice.choice((2, 4, 20, 60))),
                )
            )

    def go_on(self, *, until: datetime) -> None:
        """Everything whose moment has come."""
        for call in sorted(self.calls, key=lambda one: one.ready):
            while call.next and call.ready < until:
                self._turn(call)
        self.calls = [call for call in self.calls if call.next]

    def _turn(self, call: Call) -> None:
        who, go, following = {
            "set_out": (call.officer, Go(act="set_out"), "arrive"),
            "bounce": (call.officer, Go(act="bounce", reason="not_our_trade", note=NOT_OURS), "let_go"),
            "let_go": (call.whistler, Go(act="let_go"), ""),
            "arrive": (call.whistler, Go(act="arrive"), "tell"),
            "tell": (call.officer, Go(act="tell", note=self.dice.choice(RESULTS)), "sign"),
            "sign": (call.whistler, Go(act="sign"), ""),
        }[call.next]
        try:
            advance_muster(who, call.case, call.muster, go, now=call.ready)
        except (NotSeen, Refused):
            # The case ended meanwhile: nobody is awaited any more.
            following = ""
        call.next, call.ready = following, call.ready + timedelta(hours=self.dice.choice((1, 3, 18)))
