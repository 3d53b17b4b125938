"""Records come in from a table (台账导入): looked through first, then the good rows are kept and the others returned.

A row that says what a record already says is left alone, so that the same table sent twice does no harm. A row whose
number in the other system is known and that says something else amends that record; what it said stays readable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.domains.records.making import Said
from shouwang.domains.records.models import Record
from shouwang.domains.records.personal import says_the_same
from shouwang.domains.records.queries import records_of
from shouwang.domains.records.services import amend_record
from shouwang.kernel.codes import county_of
from shouwang.kernel.decision import Decision, Reason
from shouwang.rules.filling import PERIOD as FOR
from shouwang.rules.filling import Form, form_of
from shouwang.rules.record_acts import IN_FORCE, enters_somewhere

from .check_rows import Checked, Faults, Row, Sorted, check_rows
from .enter_many import keep_rows
from .enter_record import by_of
from .import_matching import areas_meant, bodies_of, body_meant, known_bodies, with_codes
from .record_words import type_of
from .refusal import Refused
from .sight import pack_for

BODY, PERIOD, EXTERNAL = "@body", "@period", "@external"
COLUMNS = {"region": BODY, FOR: PERIOD, "external_id": EXTERNAL}


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """A row as it was sent: cells by field, whatever was typed into them; `number` as on the screen."""

    number: int
    body: str
    external: str
    raw: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an import does with the rows, by number; the refused ones with their faults by column."""

    new: Sequence[int] = ()
    changed: Sequence[int] = ()
    same: Sequence[int] = ()
    refused: Mapping[int, Faults] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        return len(self.new) + len(self.changed)


@dataclass(frozen=True, kw_only=True)
class _Read:
    """A table as it was read: places in it, and the records that some of its rows speak of."""

    form: Form
    numbers: Sequence[int]
    found: Sorted
    changed: Mapping[int, Record]
    refused: Mapping[int, Faults]


def plan_import(
    actor: Actor, type_id: str, rows: Sequence[TableRow], *, version: int | None = None, now: datetime
) -> Plan:
    """Look through a table without keeping anything. Raises NotSeen, Refused."""
    return _plan(_read(actor, type_id, rows, version=version, now=now))


def import_records(
    actor: Actor,
    type_id: str,
    rows: Sequence[TableRow],
    *,
    key: str,
    version: int | None = None,
    now: datetime,
) -> Plan:
    """Keep the good rows: one line for the new ones of a county, one for each record changed.

    `key` names the import. Raises NotSeen, Refused, KeyReused, Moved.
    """
    read = _read(actor, type_id, rows, version=version, now=now)
    plan = _plan(read)
    kept = keep_rows(actor, read.form, read.found, key=key, now=now)
    if kept.replayed:
        return replace(plan, new=(), same=sorted((*plan.same, *plan.new)))
    moved = {
        read.numbers[place]: {EXTERNAL: Reason("external_moved")}
        for place, record in read.changed.items()
        if not _amended(actor, read.form, read.found.again[place], record=record, now=now)
    }
    changed = [number for number in plan.changed if number not in moved]
    return replace(plan, changed=changed, refused=_in_order({**plan.refused, **moved}))


def _plan(read: _Read) -> Plan:
    def named(places: Mapping[int, object]) -> list[int]:
        return [read.numbers[place] for place in places]

    again = {place for place in read.found.known if place not in read.refused}
    same = [read.numbers[place] for place in sorted(again - set(read.changed))]
    refused = {read.numbers[place]: faults for place, faults in read.refused.items()}
    return Plan(
        new=named(read.found.good), changed=named(read.changed), same=same, refused=_in_order(refused)
    )


def _in_order(refused: Mapping[int, Faults]) -> dict[int, Faults]:
    return dict(sorted(refused.items()))


def _read(
    actor: Actor, type_id: str, rows: Sequence[TableRow], *, version: int | None, now: datetime
) -> _Read:
    pack = pack_for(actor.county, now=now)
    form = form_of(pack, type_of(pack, type_id), version)
    kind = form.one
    if not enters_somewhere(pack, kind, actor.posts):
        raise Refused(Decision(False, (Reason("not_entered_by_you", {"record": kind.id}),), (kind.row,)))
    own = known_bodies(bodies_of(pack, kind, actor, on=now.astimezone(pack.zone).date()))
    areas = areas_meant(kind, [row.raw for row in rows], own=own)
    meant = [body_meant(row.body, own, kind=kind) for row in rows]
    plain = [
        Row(
            region=body if isinstance(body, str) else "",
            values=with_codes(kind, row.raw, areas),
            external_id=row.external,
        )
        for row, body in zip(rows, meant, strict=True)
    ]
    found = check_rows(actor, form, plain, now=now)
    refused: dict[int, Faults] = {}
    for place, faults in found.faults.items():
        body = meant[place]
        own_faults = {"region": body} if isinstance(body, Reason) else {}
        refused[place] = _by_column({**faults, **own_faults})
    changed, strange = _changed(form, rows, found)
    return _Read(
        form=form,
        numbers=[row.number for row in rows],
        found=found,
        changed=changed,
        refused={**refused, **strange},
    )


def _changed(
    form: Form, rows: Sequence[TableRow], found: Sorted
) -> tuple[dict[int, Record], dict[int, Faults]]:
    """Records that a row with their number says something else of, and those it may not change."""
    numbered = {place: record_id for place, record_id in found.known.items() if rows[place].external}
    counties = {county_of(found.again[place].region) for place in numbered}
    records = records_of(counties, list(numbered.values()))
    changed: dict[int, Record] = {}
    refused: dict[int, Faults] = {}
    for place, record_id in numbered.items():
        record, row = records[record_id], found.again[place]
        if record.region != row.region:
            refused[place] = {EXTERNAL: Reason("external_elsewhere", {"typed": row.external_id})}
        elif says_the_same(record, row.filled.values, row.filled.period, region=row.region):
            continue
        elif record.state not in IN_FORCE:
            refused[place] = {EXTERNAL: Reason("external_withdrawn", {"typed": row.external_id})}
        else:
            changed[place] = record
    return changed, refused


def _by_column(faults: Faults) -> dict[str, Reason]:
    named = {name.removeprefix("values."): reason for name, reason in faults.items()}
    return {COLUMNS.get(name, name): reason for name, reason in named.items()}


def _amended(actor: Actor, form: Form, row: Checked, *, record: Record, now: datetime) -> bool:
    """Whether the record now says what the row says; not if somebody else was faster."""
    by = by_of(actor, form.one, row.region, pack=form.pack, now=now)
    said = Said(one=form.one, form=record.form, values=row.filled.values, period=row.filled.period)
    try:
        amend_record(record, form.one, said, by, lacking=record.lacking)
    except Stale:
        return False
    return True
