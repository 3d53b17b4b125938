"""All that is known of a county's bodies on a day, indexed once, so that each duty of each is judged in no time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from shouwang.kernel.workdays import Calendar as Workdays
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Calendar, Duty, Objects, Once, Proof
from shouwang.policy.vocabulary import Scalar
from shouwang.rules.bearers import LENGTHS
from shouwang.rules.duties import Asked, Judged, evaluate
from shouwang.rules.frames import Frame, frame_of_day, frame_of_period
from shouwang.rules.needs import RECORD
from shouwang.rules.proofs import proved_by_own
from shouwang.rules.seen import Body, Dated, Owed, Period, Seen, fits, standing


class Entry(NamedTuple):
    """An entry of a register (名册): a place, home or device with its facts; `ended` is the day it was closed."""

    subject: str
    region: str
    facts: Mapping[str, Scalar]
    ended: date | None = None


class Item(NamedTuple):
    """One thing to judge: a duty of a body, for a period where it has one."""

    duty: Duty
    body: Body
    period: Period | None = None


# A unit of the tree: region, level, kind, and the days from which and before which it stood.
Unit = tuple[str, str, str, date | None, date | None]
# Longer than any region: evidence of the body itself, not of those inside it.
OWN = 99
F = TypeVar("F", Seen, Entry)
T = TypeVar("T")
K = TypeVar("K")
Registers = Mapping[str, Sequence[Entry]]
Places = dict[tuple[str, str], list[Seen]]


class World:
    """Evidence by kind and place, entries by register, duty and place; built from what was loaded."""

    def __init__(
        self, pack: Pack, workdays: Workdays, evidence: Iterable[Seen], registers: Registers, now: datetime
    ) -> None:
        self.pack, self.workdays, self.now = pack, workdays, now
        self._at: Places = {}
        self._proving: dict[tuple[str, str, int], dict[str, list[Seen]]] = {}
        self._told: dict[tuple[str, str], dict[Scalar | None, list[Seen]]] = {}
        self._objects: dict[tuple[str, int], dict[str, frozenset[str]]] = {}
        self._asked: dict[str, str] = {}
        self._frames: dict[tuple[str, str], Frame] = {}
        self._registers = registers
        self._ended: dict[str, Sequence[tuple[str, date]]] = {}
        self._entries: dict[tuple[str, str], dict[Scalar | None, list[Entry]]] = {}
        self._kinds: dict[str, list[Seen]] = {}
        for one in standing([one for one in evidence if one.recorded_at <= now]):
            self._kinds.setdefault(one.kind, []).append(one)
            self._at.setdefault((one.kind, one.region), []).append(one)

    def judge(self, items: Iterable[Item]) -> Iterator[tuple[Item, Judged]]:
        for item in items:
            duty, body, period = item
            owed = Owed(body, period, None, self._owing(duty, body, period))
            asked = Asked(self.pack, self.workdays, duty, owed, self.now)
            found = self.evidence_of(duty, body)
            yield item, evaluate(asked, found, self._frame(duty, period), is_sifted=True)

    def evidence_of(self, duty: Duty, body: Body) -> Sequence[Seen]:
        """What may prove a duty of a body, or set it aside."""
        length = OWN if proved_by_own(duty) else len(body.region)
        asked = duty.evidence.kind, self._asking(duty), length
        places = self._proving.get(asked)
        if places is None:
            places = _grouped(self._fitting(duty.evidence), lambda one: one.region[:length])
            self._proving[asked] = places
        found: Sequence[Seen] = places.get(body.region, ())
        papers = [one for kind in duty.waived_by for one in self._at.get((kind, body.region), ())]
        return [*found, *papers] if papers else found

    def _asking(self, duty: Duty) -> str:
        """The facts a duty asks for: those that ask alike share what was found."""
        found = self._asked.get(duty.id)
        if found is None:
            found = self._asked[duty.id] = repr(sorted(duty.evidence.where.items()))
        return found

    def _fitting(self, proof: Proof) -> Iterable[Seen]:
        """Evidence with the facts a proof must carry, looked up by the first: one kind serves many duties."""
        known = self._kinds.get(proof.kind, ())
        if not proof.where:
            return known
        name, wanted = next(iter(proof.where.items()))
        if (told := self._told.get((proof.kind, name))) is None:
            told = self._told[proof.kind, name] = _by_fact(known, name)
        values = wanted if isinstance(wanted, tuple) else (wanted,)
        found = {id(one): one for value in values for one in told.get(value, ()) if fits(proof.where, one.facts)}
        return found.values()

    def _objects_of(self, duty: Duty, body: Body) -> frozenset[str] | None:
        if duty.objects is None or not self._tells(duty.objects):
            return None
        length = len(body.region)
        known = self._objects.get((duty.id, length))
        if known is None:
            kept = self._kept(duty.objects)
            places = _grouped(kept, lambda one: one.region[:length])
            known = {place: frozenset(one.subject for one in entries) for place, entries in places.items()}
            self._objects[duty.id, length] = known
        return known.get(body.region, frozenset())

    def _owing(self, duty: Duty, body: Body, period: Period | None) -> frozenset[str] | None:
        """From the day it was closed an entry owes nothing, not even what the period it closed in would have asked."""
        found = self._objects_of(duty, body)
        if not found or duty.objects is None:
            return found
        last = period.end if period else self.now.astimezone(self.pack.zone).date()
        gone = {name for name, ended in self._ended_in(duty.objects.register) if ended <= last}
        return found - gone if gone else found

    def _ended_in(self, register: str) -> Sequence[tuple[str, date]]:
        if register not in self._ended:
            kept = self._registers.get(register, ())
            self._ended[register] = [(one.subject, one.ended) for one in kept if one.ended is not None]
        return self._ended[register]

    def _tells(self, asked: Objects) -> bool:
        """Whether somebody keeps the register, and it says what is asked for: what it does not say is unknown."""
        entries = self._registers.get(asked.register)
        return entries is not None and (not entries or asked.where.keys() <= entries[0].facts.keys())

    def _kept(self, asked: Objects) -> Iterable[Entry]:
        """The entries that have what is asked for; looked up by the first of it, as registers are long."""
        entries = self._registers[asked.register]
        if not asked.where:
            return entries
        name, wanted = next(iter(asked.where.items()))
        if (known := self._entries.get((asked.register, name))) is None:
            known = _by_fact(entries, name)
            self._entries[asked.register, name] = known
        values = wanted if isinstance(wanted, tuple) else (wanted,)
        found = {id(one): one for value in values for one in known.get(value, ()) if fits(asked.where, one.facts)}
        return found.values()

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


def bodies(places: Iterable[Unit], facts: Mapping[str, Mapping[str, Sequence[Dated]]]) -> list[Body]:
    """Bodies from the units of a county, with what their records say of them."""
    return [
        Body(region, level, kind, facts.get(region, {}), since, until)
        for region, level, kind, since, until in places
        if level in LENGTHS or level == "prefecture"
    ]


def _by_fact(known: Iterable[F], name: str) -> dict[Scalar | None, list[F]]:
    """A fact may be several values at once; it stands under each."""
    found: dict[Scalar | None, list[F]] = {}
    for one in known:
        told = one.facts.get(name)
        for value in told if isinstance(told, list | tuple) else (told,):
            found.setdefault(value, []).append(one)
    return found


def _grouped(things: Iterable[T], place: Callable[[T], K]) -> dict[K, list[T]]:
    found: dict[K, list[T]] = {}
    for one in things:
        found.setdefault(place(one), []).append(one)
    return found
