"""Signals become alarms (信号转报警): read in order, raised, counted or cleared, and how far it came kept with them.

What was raised and the position are one transaction: killed at any moment, nothing is raised twice and nothing missed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shouwang.domains.alarms.models import Alarm, Pulse
from shouwang.domains.alarms.pulses import in_county, standing
from shouwang.domains.alarms.queries import alarms_of, ringing_at
from shouwang.domains.alarms.services import go_on, propose, raise_alarms
from shouwang.domains.areas.queries import counties
from shouwang.domains.devices.models import Device
from shouwang.domains.devices.queries import Heard, devices_of
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.queries import advance
from shouwang.kernel.codes import county_of
from shouwang.policy import Pack
from shouwang.rules.alarm_clocks import Clocks, clocks_of
from shouwang.rules.alarm_proposals import telling, why_fire
from shouwang.rules.alarms import FAULT, SUPERVISORY, URGENT, Clears, Hearing, Raises, Standing, hear, told

from .alarm_sight import house
from .alarm_told import Watchers
from .each_county import each_county
from .local_values import pack_of
from .sign_of import sign_of
from .signal_lanes import Lane, fires_first, in_order, waiting

AT_ONCE = 1000
TROUBLE = (FAULT, SUPERVISORY)
Key = tuple[str, str, str]


def follow(*, county: str | None = None, limit: int = AT_ONCE, now: datetime) -> int:
    """Follow up to `limit` signals of each county, or of one, in their order; how many those were.

    Where more wait, what may be a fire is heard first, in all of them.
    """
    waits = waiting([county] if county else counties())
    crowded = [one for one, count in waits.items() if count > limit]
    each_county(crowded, lambda one: _hear(one, fires_first, limit=limit, now=now))
    return each_county(waits, lambda one: _hear(one, in_order, limit=limit, now=now))


def _hear(county: str, lane: Callable[..., Lane], *, limit: int, now: datetime) -> int:
    with in_county(county):
        found = lane(county, limit=limit)
        if found.signals:
            _Round(county, pack_of(county, now=now), now).hear(found.signals)
        for reader, position in found.reached.items():
            advance(county, reader, position, now=now)
    return found.passed


@dataclass
class _Round:
    """Some signals of one county, heard in their order before anything is written."""

    county: str
    pack: Pack
    now: datetime
    pulses: dict[Key, Pulse] = field(default_factory=dict)
    keys: dict[str, dict[Key, None]] = field(default_factory=dict)
    states: dict[UUID, str] = field(default_factory=dict)
    causes: dict[UUID, str] = field(default_factory=dict)
    raised: dict[UUID, Alarm] = field(default_factory=dict)
    ended: dict[UUID, Pulse] = field(default_factory=dict)
    changed: dict[UUID, Pulse] = field(default_factory=dict)

    def hear(self, signals: Sequence[Heard]) -> None:
        clocks = clocks_of(self.pack, self.now.astimezone(self.pack.zone).date())
        heard = [(signal, said) for signal in signals if (said := told(signal.sort, signal.facts))]
        known = self._stands({signal.source for signal, _said in heard})
        for signal, said in heard:
            for one in said:
                if isinstance(one, Raises):
                    self._ring(signal, one, known.get(signal.device), clocks)
                else:
                    self._clear(signal, one)
        self._write()

    def _stands(self, sources: set[str]) -> Mapping[UUID | None, Device]:
        """What rings already at these sources, and the devices there."""
        if not sources:
            return {}
        found = standing(self.county, sources)
        for one in found:
            self._stand((one.source, one.part, one.kind), one)
        alarms = alarms_of(self.county, [pulse.id for pulse in found])
        self.states, self.causes = {one.id: one.state for one in alarms}, {one.id: one.cause for one in alarms}
        return {one.id: one for one in devices_of(self.county, sources)}

    def _stand(self, key: Key, pulse: Pulse) -> None:
        self.pulses[key] = pulse
        self.keys.setdefault(key[0], {})[key] = None

    def _ring(self, signal: Heard, said: Raises, device: Device | None, clocks: Clocks) -> None:
        key, at = (signal.source, said.part, said.kind), signal.received_at
        pulse = self.pulses.get(key)
        stands = Standing(
            state=self.states[pulse.id], heard_at=pulse.heard_at, cleared_at=pulse.cleared_at
        ) if pulse else None  # fmt: skip
        # Whoever goes to a device whose line broke must not read that its mains are gone.
        another = pulse is not None and self.causes[pulse.id] != said.cause
        hearing = Hearing.RAISE if another else hear(stands, at, clocks.again)
        if pulse is not None and hearing != Hearing.RAISE:
            pulse.rings, pulse.heard_at, pulse.cleared_at = pulse.rings + 1, at, None
            pulse.news += hearing == Hearing.NEWS
            self._changed(pulse)
            return
        if pulse is not None:
            pulse.active = False
            self._end(pulse)
        alarm = _alarm(signal, said, device, clocks)
        self.raised[alarm.id], self.states[alarm.id], self.causes[alarm.id] = alarm, alarm.state, alarm.cause
        self._stand(key, _pulse(alarm, said_test="test" in (signal.facts.get("flags") or ())))

    def _clear(self, signal: Heard, said: Clears) -> None:
        for key in list(self.keys.get(signal.source, ())):
            (_source, part, kind), pulse = key, self.pulses.get(key)
            if pulse is None or kind not in said.kinds or said.part not in (None, part):
                continue
            if pulse.cleared_at is None:
                pulse.cleared_at = signal.received_at
                pulse.active = kind not in TROUBLE
                self._changed(pulse) if pulse.active else self._end(pulse)
            if not pulse.active:
                del self.pulses[key]

    def _changed(self, pulse: Pulse) -> None:
        if pulse.id not in self.raised:
            self.changed[pulse.id] = pulse

    def _end(self, pulse: Pulse) -> None:
        """What was raised and ended among the same signals stays as a row of what was."""
        self.changed.pop(pulse.id, None)
        self.ended[pulse.id] = pulse

    def _write(self) -> None:
        alarms = list(self.raised.values())
        stand = {pulse.id: pulse for pulse in self.pulses.values()} | self.ended
        fresh = [stand[alarm.id] for alarm in alarms]
        before = [pulse for pulse in self.ended.values() if pulse.id not in self.raised]
        named = list(self._proposed(alarms))
        touched = [pulse for pulse in self._of(named) if pulse.id not in self.raised]
        changed = {pulse.id: pulse for pulse in [*self.changed.values(), *touched]}
        go_on(self.county, ended=before, changed=list(changed.values()), fresh=fresh)
        by = house(self.pack, now=self.now)
        if alarms:
            urgent = [one for one in alarms if one.kind in URGENT]
            told = list(Watchers(self.pack, self.county, self.now).notices(urgent)) if urgent else []
            raise_alarms(alarms, fresh, by, region=self.county, also=told)
        propose(named, by)

    def _proposed(self, alarms: Sequence[Alarm]) -> Iterator[tuple[Alarm, str]]:
        """A second sign makes an incident of both; one that is proposed already stays so."""
        urgent = [one for one in alarms if one.kind in URGENT]
        beside = ringing_at(self.county, {one.site for one in urgent}) if urgent else []
        signs = {one.id: sign_of(one) for one in [*urgent, *(one for one, _proposed in beside)]}
        waiting = {one.id: one for one in [*urgent, *(one for one, proposed in beside if not proposed)]}
        by_site = telling(signs.values())
        for one in waiting.values():
            if cause := why_fire(signs[one.id], by_site.get(one.site, ()), due_at=one.due_at, now=self.now):
                yield one, cause

    def _of(self, named: Sequence[tuple[Alarm, str]]) -> list[Pulse]:
        missing = [one for one, _cause in named if one.id not in self.raised]
        known = {pulse.id: pulse for pulse in self.pulses.values()}
        asked = standing(self.county, {one.source for one in missing if one.id not in known}) if missing else []
        known |= {pulse.id: pulse for pulse in asked if pulse.id not in known}
        return [known[one.id] for one in missing if one.id in known]


def _alarm(signal: Heard, said: Raises, device: Device | None, clocks: Clocks) -> Alarm:
    """Clocks run from the first signal, as we received it."""
    region = device.region if device else signal.region
    urgent, at = said.kind in URGENT, signal.received_at
    note = str(signal.facts.get("note") or "").strip()
    return Alarm(
        id=mint(at), county=county_of(region), region=region, salt=salt(), device=device.id if device else None,
        way=signal.way, source=signal.source, part=said.part, kind=said.kind, cause=said.cause,
        site=_site(signal, device), household=device.household if device else None,
        place=" · ".join(part for part in (_place(signal, device), note) if part)[:200],
        signal=signal.position, state="ringing" if urgent else "trouble", raised_at=at,
        call_by=at + clocks.call_back if urgent else None, due_at=at + clocks.verify if urgent else None,
        told_level="township" if urgent else "",
    )  # fmt: skip


def _place(signal: Heard, device: Device | None) -> str:
    """Where it hangs; what another platform says of the place; at the least, what speaks."""
    return device.place if device else str(signal.facts.get("place") or "").strip() or signal.source


def _site(signal: Heard, device: Device | None) -> str:
    """What rings together: the detectors of a home, or those behind one transmission device."""
    return f"home:{device.household}" if device and device.household else f"{signal.way}:{signal.source}"


def _pulse(alarm: Alarm, *, said_test: bool) -> Pulse:
    return Pulse(
        id=alarm.id, county=alarm.county, region=alarm.region, source=alarm.source, part=alarm.part, kind=alarm.kind,
        heard_at=alarm.raised_at, said_test=said_test, position=0,
    )  # fmt: skip
