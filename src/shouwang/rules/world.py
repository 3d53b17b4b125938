"""All that is known of a county's bodies on a day, indexed once, so that each duty of each is judged in no time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from shouwang.kernel.workdays import Calendar as Workdays
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Calendar, Duty, Once, Where
from shouwang.policy.vocabulary import Scalar
from shouwang.rules.bearers import LENGTHS
from shouwang.rules.duties import Asked, Judged, evaluate
from shouwang.rules.frames import Frame, frame_of_day, frame_of_period
from shouwang.rules.needs import RECORD
from shouwang.rules.proofs import reach_of
from shouwang.rules.seen import Body, Dated, Owed, Period, Seen, fits, standing


class Entry(NamedTuple):
    """An entry of a register (名册): a place, home or device with its facts."""

    subject: str
    region: str
    facts: Mapping[str, Scalar]


class Item(NamedTuple):
    """One thing to judge: a duty of a body, for a period where it has one."""

    duty: Duty
    body: Body
    period: Period | None = None


T = TypeVar("T")
Registers = Mapping[str, Sequence[Entry]]
Places = dict[tuple[str, str], list[Seen]]


class World:
    """Evidence by kind and place, entries by register, duty and place; built from what was loaded."""

    def __init__(
        self, pack: Pack, workdays: Workdays, evidence: Iterable[Seen], registers: Registers, now: datetime
    ) -> None:
        self.pack, self.workdays, self.now = pack, workdays, now
        self._at: Places = {}
        self._inside: dict[tuple[str, int], dict[str, list[Seen]]] = {}
        self._objects: dict[tuple[str, int], dict[str, frozenset[str]]] = {}
        self._frames: dict[tuple[str, str], Frame] = {}
        self._registers = registers
        self._kinds: dict[str, list[Seen]] = {}
        for one in evidence:
            self._kinds.setdefault(one.kind, []).append(one)
            self._at.setdefault((one.kind, one.region), []).append(one)

    def judge(self, items: Iterable[Item]) -> Iterator[tuple[Item, Judged]]:
        for item in items:
            duty, body, period = item
            owed = Owed(body, period, None, self._objects_of(duty, body))
            asked = Asked(self.pack, self.workdays, duty, owed, self.now)
            yield item, evaluate(asked, self._evidence(duty, body), self._frame(duty, period))

    def _evidence(self, duty: Duty, body: Body) -> Sequence[Seen]:
        kind = duty.evidence.kind
        if duty.objects is None and reach_of(duty) == "own":
            found: Sequence[Seen] = self._at.get((kind, body.region), ())
        else:
            found = self._within(kind, len(body.region)).get(body.region, ())
        papers = [one for kind in duty.waived_by for one in self._at.get((kind, body.region), ())]
        return [*found, *papers] if papers else found

    def _within(self, kind: str, length: int) -> dict[str, list[Seen]]:
        found = self._inside.get((kind, length))
        if found is None:
            found = _grouped(self._kinds.get(kind, ()), lambda one: one.region[:length])
            self._inside[kind, length] = found
        return found

    def _objects_of(self, duty: Duty, body: Body) -> frozenset[str] | None:
        if duty.objects is None or duty.objects.register not in self._registers:
            return None
        length = len(body.region)
        known = self._objects.get((duty.id, length))
        if known is None:
            kept = _kept(self._registers[duty.objects.register], duty.objects.where)
            places = _grouped(kept, lambda one: one.region[:length])
            known = {place: frozenset(one.subject for one in entries) for place, entries in places.items()}
            self._objects[duty.id, length] = known
        return known.get(body.region, frozenset())

    def _frame(self, duty: Duty, period: Period | None) -> Frame | None:
        """What is the same for every body is worked out once."""
        if not isinstance(duty.trigger, Calendar | Once) or (period is None and isinstance(duty.trigger, Calendar)):
            return None
        key = duty.id, period.name if period else ""
        if key not in self._frames:
            on = self.now.astimezone(self.pack.zone).date()
            self._frames[key] = (
                frame_of_period(self.pack, self.workdays, duty, period)
                if period
                else frame_of_day(self.pack, self.workdays, duty, on)
            )
        return self._frames[key]


def told(evidence: Iterable[Seen], now: datetime) -> dict[str, dict[str, list[Dated]]]:
    """What records say of the bodies that keep them: {region: {fact: its history}}."""
    found: dict[str, dict[str, list[Dated]]] = {}
    for one in standing([one for one in evidence if one.recorded_at <= now]):
        name = one.kind.removeprefix(RECORD)
        of_body = found.setdefault(one.region, {})
        for field, value in one.facts.items():
            if isinstance(value, bool | int | str):
                of_body.setdefault(f"{name}.{field}", []).append(Dated(one.occurred_at, one.recorded_at, value))
    return found


def bodies(places: Iterable[tuple[str, str, str]], facts: Mapping[str, Mapping[str, Sequence[Dated]]]) -> list[Body]:
    """Bodies from (region, level, kind) of areas, with what their records say of them."""
    return [
        Body(region, level, kind, facts.get(region, {}))
        for region, level, kind in places
        if level in LENGTHS or level == "prefecture"
    ]


def _kept(entries: Iterable[Entry], where: Where) -> Iterable[Entry]:
    return [one for one in entries if fits(where, one.facts)] if where else entries


def _grouped(things: Iterable[T], place: Callable[[T], str]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for one in things:
        found.setdefault(place(one), []).append(one)
    return found
