"""Many records of one type at once (批量登记): the good rows are kept, each bad one comes back with every fault.

One ledger line for each county that rows come in for. The same rows sent again act once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import IntegrityError, transaction

from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.ledger.minting import mint
from shouwang.domains.people.actor import Actor
from shouwang.domains.records.making import Said, new_record
from shouwang.domains.records.models import Record
from shouwang.domains.records.services import keep_many
from shouwang.kernel.codes import county_of
from shouwang.kernel.digest import seal
from shouwang.rules.filling import Form, form_of
from shouwang.rules.record_acts import lacking_papers

from .check_rows import Checked, Faults, Row, Sorted, check_rows
from .enter_record import by_of
from .record_words import type_of
from .refusal import Moved
from .sight import pack_for


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of the rows, by their place in the table: kept, in already, or faulty; and the ledger lines.

    `replayed` tells that this import came in before; then nothing was kept.
    """

    kept: Mapping[int, UUID] = field(default_factory=dict)
    known: Mapping[int, UUID] = field(default_factory=dict)
    faults: Mapping[int, Faults] = field(default_factory=dict)
    lines: Sequence[UUID] = ()
    replayed: bool = False


def enter_many(
    actor: Actor, type_id: str, rows: Sequence[Row], *, key: str, way: str = "excel", now: datetime
) -> Outcome:
    """Enter the rows that can be. `key` names the import. Raises NotSeen, KeyReused, Moved."""
    pack = pack_for(actor.county, now=now)
    form = form_of(pack, type_of(pack, type_id))
    return keep_rows(actor, form, check_rows(actor, form, rows, now=now), key=key, way=way, now=now)


def keep_rows(
    actor: Actor, form: Form, found: Sorted, *, key: str, way: str = "excel", now: datetime
) -> Outcome:
    """Keep the good ones of checked rows, county by county. Raises KeyReused, Moved."""
    kept: dict[int, UUID] = {}
    lines: list[UUID] = []
    replayed = False
    for county, batch in _by_county(found.good):
        records = {number: _record(actor, form, row, way=way, now=now) for number, row in batch.items()}
        line = _kept(actor, form, records, key=key, print_=_fingerprint(form, batch), county=county, now=now)
        replayed = replayed or line is None
        if line is not None:
            lines.append(line)
            kept |= {number: record.id for number, record in records.items()}
    return Outcome(kept=kept, known=found.known, faults=found.faults, lines=lines, replayed=replayed)


def _by_county(good: Mapping[int, Checked]) -> Iterator[tuple[str, dict[int, Checked]]]:
    def county(number: int) -> str:
        return county_of(good[number].region)

    for name, numbers in groupby(sorted(good, key=county), county):
        yield name, {number: good[number] for number in numbers}


def _record(actor: Actor, form: Form, row: Checked, *, way: str, now: datetime) -> Record:
    said = Said(one=form.one, form=form.version, values=row.filled.values, period=row.filled.period)
    by = by_of(actor, form.one, row.region, pack=form.pack, now=now)
    # A table brings no papers: a record that needs one proves nothing until it is there.
    lacking = bool(lacking_papers(form.one, ()))
    return new_record(said, region=row.region, by=by, way=way, external_id=row.external_id, lacking=lacking)


def _kept(
    actor: Actor,
    form: Form,
    records: Mapping[int, Record],
    *,
    key: str,
    print_: bytes,
    county: str,
    now: datetime,
) -> UUID | None:
    """The line of the batch; None when this import came in before."""
    many, import_id = list(records.values()), mint(now)
    by = by_of(actor, form.one, many[0].region, pack=form.pack, now=now)
    row = key_row(key, region=county, actor=actor.id, fingerprint=print_, object_id=import_id, at=now)
    try:
        with transaction.atomic():
            return keep_many(many, form.one, by, region=county, object_id=import_id, also=[row])
    except IntegrityError:
        if done_before(key, county=county, actor=actor.id, fingerprint=print_) is None:
            raise Moved(key) from None
        return None


def _fingerprint(form: Form, batch: Mapping[int, Checked]) -> bytes:
    return seal(b"request", [form.one.id, [row.external_id for row in batch.values()]])
