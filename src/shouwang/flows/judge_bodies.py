"""What bodies owe by the calendar, always, once or from a number on, judged by their sealed records."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import TypeAlias
from uuid import UUID, uuid5

from shouwang.domains.areas.queries import bodies_between
from shouwang.domains.duties.queries import Again, standing_keys
from shouwang.domains.duties.services import Verdict, drop_standings, record_verdicts
from shouwang.domains.households.queries import at_risk
from shouwang.domains.ledger.reading import Place, of_kinds, of_places
from shouwang.domains.sites.queries import listed
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty
from shouwang.rules.duties import Judged
from shouwang.rules.needs import Needs, kinds_of, reads_ever
from shouwang.rules.periods import named
from shouwang.rules.proofs import proved_by_own
from shouwang.rules.seen import Seen
from shouwang.rules.touching import Span, all_items, begun_items, touched_items
from shouwang.rules.world import Entry, Item, World, bodies, told

from .working_days import workdays_of

# Subjects of duties without a case are made of duty, body and period, the same at every judging.
SUBJECTS = UUID("6d1e1d3c-54a8-5b7e-9d0a-53686f757761")

# Registers that rooms keep, by name: county -> entries. A duty about any other cannot be judged, and says so.
Register: TypeAlias = Callable[[str], Sequence[Entry]]
REGISTERS: dict[str, Register] = {}


def _homes(county: str) -> Sequence[Entry]:
    """Homes by their kinds of risk, for duties that reach them one by one."""
    return [Entry(str(id_), region, {"group": tuple(groups)}) for id_, region, groups in at_risk(county)]


def _sites(county: str) -> Sequence[Entry]:
    """Places by their kind, those too that are closed by now."""
    return [Entry(str(id_), region, {"kind": kind}, closed) for id_, region, kind, closed in listed(county)]


REGISTERS["households"], REGISTERS["sites"] = _homes, _sites


class Bodies:
    """The bodies of a county with their facts: all that stood since the first day owed, merged ones too."""

    def __init__(self, county: str, needs: Needs, pack: Pack, now: datetime, first: date) -> None:
        self.county, self.needs, self.pack, self.now = county, needs, pack, now
        self.today = now.astimezone(pack.zone).date()
        self.places = bodies_between(county, first, self.today)
        self.known = bodies(self.places, told(of_kinds(county, needs.telling.keys(), since=None), now))

    def areas(self) -> dict[str, Sequence[Entry]]:
        """The register every county keeps: its own areas, each known by its region."""
        entries = [
            Entry(region, region, {"level": level, "kind": kind})
            for region, level, kind, _since, until in self.places
            if until is None or until > self.today
        ]
        return {"areas": entries}

    def everything(self, span: Span) -> list[Item]:
        return list(all_items(self.pack, self.needs, self.known, span))

    def begun(self, span: Span) -> list[Item]:
        return list(begun_items(self.pack, self.needs, self.known, span))

    def reaching(self, span: Span) -> list[Item]:
        """What reaches the entries of a register that a room keeps, one by one."""
        asked = [duty for duty in self.needs.bodies if duty.objects and duty.objects.register in REGISTERS]
        return list(all_items(self.pack, replace(self.needs, bodies=tuple(asked)), self.known, span))

    def touched(self, fresh: Sequence[Seen], again: Iterable[Again], span: Span) -> list[Item]:
        by_region = {body.region: body for body in self.known}
        items = {_key(item): item for item in touched_items(self.pack, self.needs, by_region, fresh, span)}
        for one in again:
            duty, body = self.pack.duties.get(one.duty), by_region.get(one.region)
            if duty is not None and body is not None and duty in self.needs.bodies:
                item = Item(duty, body, named(self.pack, one.period) if one.period else None)
                items.setdefault(_key(item), item)
        return list(items.values())


def judge_items(at: Bodies, told: Iterable[Item], *, only_theirs: bool = True) -> int:
    """Load what the items need, judge each once, write what changed. `only_theirs`: they are few among all."""
    items = list({_key(item): item for item in told}.values())
    if not items:
        return 0
    evidence = _theirs(at, items) if only_theirs else _evidence(at, items)
    asked = {item.duty.objects.register for item in items if item.duty.objects is not None}
    kept = {name: REGISTERS[name](at.county) for name in asked if name in REGISTERS}
    # A register without a single entry is one that nobody keeps yet.
    registers = {name: entries for name, entries in kept.items() if entries} | at.areas()
    world = World(at.pack, workdays_of(at.county), evidence, registers, at.now)
    verdicts = [_verdict(at.pack, item, found) for item, found in world.judge(items)]
    return record_verdicts(verdicts, now=at.now)


def drop_others(at: Bodies, items: Iterable[Item]) -> int:
    """A standing that nothing owes any more, such as a season without days that has got them, goes."""
    owed = {(item.duty.id, subject_of(*_key(item))) for item in items}
    regions = {body.region for body in at.known}
    gone = [
        one
        for one in standing_keys(at.county, duties=[duty.id for duty in at.needs.bodies])
        if one.region in regions and (one.duty, one.subject) not in owed
    ]
    return drop_standings(at.county, gone, now=at.now)


def _evidence(at: Bodies, items: Sequence[Item]) -> list[Seen]:
    """Of any day for what is owed always and for papers that set aside, of their own time for periods."""
    duties = {item.duty.id: item.duty for item in items}
    ever = _kinds(duty for duty in duties.values() if reads_ever(duty))
    ever |= {kind for duty in duties.values() for kind in duty.waived_by}
    timed = _kinds(duty for duty in duties.values() if not reads_ever(duty)) - ever
    starts = [item.period.start for item in items if item.period is not None]
    found = of_kinds(at.county, ever, since=None)
    return found + (of_kinds(at.county, timed, since=_morning(at, min(starts))) if starts else [])


def _theirs(at: Bodies, items: Sequence[Item]) -> list[Seen]:
    """The same for few items among all: only what lies where their proofs can lie, and in their time."""
    since: dict[tuple[int, str, str], date] = {}
    for duty, body, period in items:
        length = 0 if proved_by_own(duty) else len(body.region)
        start = period.start if period is not None and not reads_ever(duty) else date.min
        for key, day in ((length, duty.evidence.kind), start), *(((0, kind), date.min) for kind in duty.waived_by):
            where = (*key, body.region)
            since[where] = min(since.get(where, day), day)
    places: dict[Place, list[tuple[str, str]]] = {}
    for (length, kind, region), day in since.items():
        place = Place(length, None if day == date.min else _morning(at, day))
        places.setdefault(place, []).append((kind, region))
    return of_places(at.county, places)


def _morning(at: Bodies, day: date) -> datetime:
    return datetime.combine(day, time(), at.pack.zone)


def _kinds(duties: Iterable[Duty]) -> set[str]:
    return {kind for duty in duties for kind in kinds_of(duty)}


def _key(item: Item) -> tuple[str, str, str]:
    return item.duty.id, item.body.region, item.period.name if item.period else ""


def subject_of(duty: str, region: str, period: str) -> UUID:
    return uuid5(SUBJECTS, f"{duty}|{region}|{period}")


def _verdict(pack: Pack, item: Item, found: Judged) -> Verdict:
    duty, body, period = item
    name = period.name if period else ""
    return Verdict(
        duty=duty.id,
        clause=duty.row,
        region=body.region,
        subject=subject_of(duty.id, body.region, name),
        verdict=found.verdict,
        due_at=found.due_at,
        again_at=found.again_at,
        period=name,
        month=period.end.strftime("%Y-%m") if period else "",
        met_by=found.met_by,
        reasons=[reason.plain for reason in found.reasons],
    )
