"""Filling in a record (填写): what was typed becomes values, or every fault at once, each beside its field."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date

from shouwang.kernel.decision import Reason
from shouwang.policy import Pack
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.field_reading import Asked, Value, ask, is_blank, read
from shouwang.rules.record_periods import read_period

PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Filled:
    """Values of the fields that were given, the period the record is for, and the faults by field."""

    values: Mapping[str, Value]
    period: str
    faults: Mapping[str, Reason]


@dataclass(frozen=True, slots=True)
class Form:
    """What a record of some version is asked; made once for all rows of a table."""

    pack: Pack
    one: RecordType
    version: int
    asked: Mapping[str, Asked]


def form_of(pack: Pack, one: RecordType, version: int | None = None) -> Form:
    chosen = version or one.version
    fields = one.fields_of(chosen)
    return Form(
        pack, one, chosen, {name: ask(pack, told, f"{one.id}.{name}") for name, told in fields.items()}
    )


def fill(form: Form, raw: Mapping[str, object], *, today: date, standing: Container[str] = ()) -> Filled:
    """Read `raw`; a `standing` field left blank keeps the value it has."""
    values: dict[str, Value] = {}
    faults: dict[str, Reason] = {}
    for name, asked in form.asked.items():
        found = _read(asked, raw.get(name), standing=name in standing)
        if isinstance(found, Reason):
            faults[name] = found
        elif found is not None:
            values[name] = found
    happened = _happened(form, values)
    if happened and happened > today:
        faults[form.one.occurs] = form.asked[form.one.occurs].fault("day_to_come")
    period = _period(form, raw.get(PERIOD), day=happened, today=today)
    if isinstance(period, Reason):
        faults[PERIOD] = period
    strange = (name for name in raw if name not in form.asked and name != PERIOD)
    faults |= {name: Reason("no_such_field", {"typed": name[:40]}) for name in strange}
    return Filled(values, period if isinstance(period, str) else "", faults)


def _read(asked: Asked, raw: object, *, standing: bool) -> Value | Reason | None:
    if not is_blank(raw):
        return read(asked, raw)
    return asked.fault("missing") if asked.told.required and not standing else None


def _happened(form: Form, values: Mapping[str, Value]) -> date | None:
    said = values.get(form.one.occurs)
    return date.fromisoformat(str(said)) if said else None


def _period(form: Form, raw: object, *, day: date | None, today: date) -> str | Reason:
    if form.one.every is None:
        return "" if is_blank(raw) else Reason("no_such_field", {"typed": PERIOD})
    return read_period(form.pack, form.one.every, raw, day=day, today=today, early=form.one.early)
