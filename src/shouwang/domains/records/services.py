"""Acts on records: each is one transaction and one ledger line, with its step, evidence, files and counts."""

from collections.abc import Sequence
from uuid import UUID

from django.db import models, transaction

from shouwang.domains.ledger import acts
from shouwang.domains.ledger.acts import Act, before, keep
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.models import Evidence
from shouwang.domains.ledger.rows import Enclosed
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.record_facts import facts_of

from .events import announced, stands_as_evidence, taken_back
from .making import By, Said, counted, deltas, say, searched_rows
from .models import Record, Searched, Step, Unmasking

ROOM = "records"
SAID = ("values", "occurred_on", "period", "name", "said_by", "said_at")
# `values` too: what was read before they were sealed anew must not be written back.
STOOD = ("version", "values")
CHANGED = (*SAID, "state", "lacking", "confirmed_by", "confirmed_at", "version")


def keep_record(
    record: Record,
    one: RecordType,
    by: By,
    *,
    files: Sequence[Enclosed] = (),
    also: Sequence[models.Model] = (),
) -> None:
    """Keep a new record. `also` are rows beside it, such as the idempotency key. Raises IntegrityError."""
    beside = [*searched_rows(record, one, at=by.at), *deltas([(counted(record), 1)], at=by.at), *also]
    keep(
        _act("enter", one, by, region=record.region),
        subject=record,
        enclosed=[*_proof(record, one), *files],
        also=beside,
    )


def keep_many(
    records: Sequence[Record],
    one: RecordType,
    by: By,
    *,
    region: str,
    object_id: UUID,
    also: Sequence[models.Model] = (),
) -> UUID:
    """Keep many new records of one county under one line, each provable by itself. Returns the line.

    `region` is whose act it is, `object_id` what came in. Raises IntegrityError, and then nothing was written.
    """
    enclosed = [proof for record in records for proof in _proof(record, one)]
    beside: list[models.Model] = [row for record in records for row in searched_rows(record, one, at=by.at)]
    beside += deltas(((counted(record), 1) for record in records), at=by.at)
    line = acts.keep_many(
        _act("enter_many", one, by, region=region),
        object_id=object_id,
        subjects=records,
        enclosed=enclosed,
        also=[*beside, *also],
    )
    return line.id


def amend_record(
    record: Record, one: RecordType, said: Said, by: By, *, lacking: bool, files: Sequence[Enclosed] = ()
) -> None:
    """Let a record say something else, or add its papers; what it said stays readable. Raises Stale."""
    stood, source, was = before(record, *STOOD), record.state, counted(record)
    proved, lacked = _proves(record, one), record.lacking
    earlier = {
        name: _plain(getattr(record, name)) for name in ("values", "occurred_on", "period", "name", "form")
    }
    if dict(said.values) != record.values or said.period != record.period:
        say(record, said, by=by)
    else:
        earlier = {}
    record.state, record.lacking, record.version = "entered", lacking, record.version + 1
    record.confirmed_by = record.confirmed_at = None
    step = _step(record, "amend" if earlier else "attach", by, source=source, earlier=earlier or None)
    says_more = proved != _proves(record, one) or lacked != lacking
    proof = _proof(record, one, recorded=by) if says_more else []
    with transaction.atomic():
        if earlier:
            Searched.objects.filter(county=record.county, record=record).delete()
        keep(
            _act(step.act, one, by, region=record.region),
            subject=record,
            changed=(stood, CHANGED),
            enclosed=[step, *proof, *files],
            also=[
                *(searched_rows(record, one, at=by.at) if earlier else ()),
                *deltas([(was, -1), (counted(record), 1)], at=by.at),
            ],
        )


def settle_record(record: Record, one: RecordType, act: str, by: By) -> None:
    """Confirm, send back or withdraw. Raises Stale."""
    stood, source = before(record, *STOOD), record.state
    record.state, record.version = (
        {"confirm": "confirmed", "return": "returned"}.get(act, "withdrawn"),
        record.version + 1,
    )
    if act == "confirm":
        record.confirmed_by, record.confirmed_at = by.actor, by.at
    else:
        record.confirmed_by = record.confirmed_at = None
    gone = act == "withdraw"
    keep(
        _act(act, one, by, region=record.region),
        subject=record,
        changed=(stood, CHANGED),
        enclosed=[_step(record, act, by, source=source), *_settled(record, one, act, by)],
        also=deltas([(counted(record), -1)], at=by.at) if gone else (),
    )


def unmask_record(record: Record, one: RecordType, fields: Sequence[str], by: By) -> None:
    """Keep that somebody looked at personal values in clear, and why."""
    looked = Unmasking(
        id=mint(by.at),
        county=record.county,
        region=record.region,
        salt=salt(),
        record=record,
        fields=list(fields),
        reason=by.note,
        actor=by.actor,
        post=by.post,
        at=by.at,
    )
    keep(_act("unmask", one, by, region=record.region), subject=looked)


def _act(name: str, one: RecordType, by: By, *, region: str) -> Act:
    return Act(
        room=ROOM,
        name=name,
        region=region,
        at=by.at,
        pack=by.pack,
        actor=by.actor,
        post=by.post,
        clause=one.row,
    )


def _step(record: Record, act: str, by: By, *, source: str, earlier: dict[str, object] | None = None) -> Step:
    return Step(
        id=mint(by.at),
        county=record.county,
        region=record.region,
        salt=salt(),
        record=record,
        act=act,
        source=source,
        target=record.state,
        actor=by.actor,
        post=by.post,
        at=by.at,
        note=by.note,
        earlier=earlier,
    )


def _proof(record: Record, one: RecordType, *, recorded: By | None = None) -> list[Evidence]:
    """The evidence an entry is at once: where nobody must confirm it and no paper is lacking."""
    if one.verifies or record.lacking:
        return []
    at = recorded.at if recorded else record.said_at
    return [announced(record, one, at=at, recorded_at=at)]


def _settled(record: Record, one: RecordType, act: str, by: By) -> list[Evidence]:
    if act == "confirm":
        return [announced(record, one, at=by.at, recorded_at=record.said_at)]
    stands = stands_as_evidence(record.county, record.id)
    return [taken_back(record, one, at=by.at)] if stands else []


def _proves(record: Record, one: RecordType) -> tuple[object, ...]:
    return record.occurred_on, facts_of(one, record.values, record.period)


def _plain(value: object) -> object:
    return value if isinstance(value, dict | int | str) else str(value)
