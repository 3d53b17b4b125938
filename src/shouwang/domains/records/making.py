"""Rows of a record (台账行): the record itself from what was filled in, its searched values, and its counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.models import Delta
from shouwang.domains.ledger.totals import delta
from shouwang.kernel.codes import county_of
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.record_facts import day_of, name_of, searched_of

from .models import Record, Searched
from .personal import sealed

Counted = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class By:
    """Who acts on a record, in which post, when, under which pack, and what they said to it."""

    actor: UUID | None
    post: str
    at: datetime
    pack: str
    department: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a record says: values as the rules read them, in a version of the type, for a period."""

    one: RecordType
    form: int
    values: Mapping[str, Any]
    period: str = ""


def new_record(
    said: Said, *, region: str, by: By, way: str, external_id: str = "", lacking: bool = False
) -> Record:
    record = Record(
        id=mint(by.at),
        county=county_of(region),
        region=region,
        salt=salt(),
        type=said.one.id,
        form=said.form,
        state="entered",
        lacking=lacking,
        department=by.department,
        entered_by=by.actor,
        entered_at=by.at,
        external_id=external_id,
        way=way,
    )
    say(record, said, by=by)
    return record


def say(record: Record, said: Said, *, by: By) -> None:
    """Let the record say something, or something else."""
    record.values = sealed(said.one, record.id, said.values)
    record.occurred_on = day_of(said.one, said.values)
    record.name = name_of(said.one, said.values)
    record.period = said.period
    record.said_by, record.said_at = by.actor, by.at


def searched_rows(record: Record, one: RecordType, *, at: datetime) -> list[Searched]:
    return [
        Searched(
            id=mint(at),
            county=record.county,
            region=record.region,
            record_id=record.id,
            type=record.type,
            field=found.field,
            text=found.text,
            number=found.number,
            day=found.day,
        )
        for found in searched_of(one, record.values, record.form)
    ]


def measure(type_id: str) -> str:
    """The total that counts the records of a type, month by month of the day they happened."""
    return f"records.{type_id}"


def counted(record: Record) -> Counted:
    return record.region, measure(record.type), f"{record.occurred_on:%Y-%m}"


def deltas(changes: Iterable[tuple[Counted, int]], *, at: datetime) -> list[Delta]:
    """The changes of the counts, added up: a bulk act moves each count once."""
    summed: Counter[Counted] = Counter()
    for where, amount in changes:
        summed[where] += amount
    return [
        delta(region, name, amount, at=at, period=month)
        for (region, name, month), amount in summed.items()
        if amount
    ]
