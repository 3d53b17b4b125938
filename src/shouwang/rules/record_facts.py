"""What a filled-in record says to others (台账要素): its day and name, its facts as evidence, its searched fields."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from shouwang.kernel.decision import Reason
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty
from shouwang.policy.record_shapes import Field, RecordType
from shouwang.policy.vocabulary import Scalar
from shouwang.rules.field_reading import Value
from shouwang.rules.filling import PERIOD
from shouwang.rules.seen import fits

Given = Mapping[str, Value]
NUMBERS = ("integer", "number", "yuan")


class Searched(NamedTuple):
    """One value of a searched field (检索值): a text, a number or a day."""

    field: str
    text: str | None = None
    number: Decimal | None = None
    day: date | None = None


def day_of(one: RecordType, values: Given) -> date:
    return date.fromisoformat(str(values[one.occurs]))


def name_of(one: RecordType, values: Given) -> str:
    """What names the record in lists; a code where a choice names it."""
    return str(values.get(one.named_by, ""))


def facts_of(one: RecordType, values: Given, period: str) -> dict[str, Value]:
    """The facts duties judge by, and the period where the type has one."""
    facts = {name: value for name, value in values.items() if name in one.facts()}
    return facts | {PERIOD: period} if one.every and period else facts


def searched_of(one: RecordType, values: Given, version: int) -> Iterator[Searched]:
    for name, told in one.fields_of(version).items():
        if told.searched and name in values:
            yield from searched_as(name, told, values[name])


def searched_as(name: str, told: Field, value: Value | Reason) -> tuple[Searched, ...]:
    """The rows of one searched field; several for several choices, none for what could not be read."""
    if isinstance(value, Reason):
        return ()
    if told.type in NUMBERS:
        return (Searched(name, number=Decimal(str(value))),)
    if told.type == "date":
        return (Searched(name, day=date.fromisoformat(str(value))),)
    codes = value if isinstance(value, list) else [_word(value)]
    return tuple(Searched(name, text=code) for code in codes)


def _word(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def duties_met_by(pack: Pack, one: RecordType, facts: Mapping[str, Value]) -> list[Duty]:
    """The duties that look for a record like this: of the type, and with the facts they ask for."""
    return [
        duty
        for duty in pack.duties.values()
        if duty.evidence.kind == one.evidence and fits(duty.evidence.where, facts)
    ]


def duties_served(pack: Pack, one: RecordType) -> list[Duty]:
    """The duties that records of this type can meet."""
    return [duty for duty in pack.duties.values() if duty.evidence.kind == one.evidence]
