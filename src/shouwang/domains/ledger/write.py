"""The one way rows are written: all rows of an act in one statement, derived from the models, durable or not at all.

It bypasses `save()`, so preparing values is done here. Each table's rows travel as one JSON value: bound one by
one, the hundred values of an act cost more than everything else it does (docs/adr/0008-one-statement.md).
"""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
from django.db import connection, models, transaction

from .rows import stored


class Stale(Exception):
    """Somebody else changed the row first; nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """New values of `fields` of a row that must still have `expected` values."""

    row: models.Model
    fields: tuple[str, ...]
    expected: dict[str, Any]


def write(rows: Iterable[models.Model], *, changes: Iterable[Change] = ()) -> None:
    """Insert `rows` and apply `changes`, or nothing. Raises Stale, or IntegrityError for a key seen before."""
    wanted, asked = list(rows), tuple(changes)
    # A statement is a transaction of its own: an act that changes nothing else needs no BEGIN and no COMMIT.
    with transaction.atomic() if asked or connection.in_atomic_block else nullcontext():
        for change in asked:
            _apply(change)
        if wanted:
            insert(wanted)


def _apply(change: Change) -> None:
    with connection.cursor() as cursor:
        cursor.execute(*_update(change))
        if cursor.rowcount != 1:
            raise Stale(f"{change.row._meta.label} {change.row.pk}")


def insert(rows: Iterable[models.Model]) -> None:
    """Insert rows within the caller's transaction, which fails with them: nothing of it can be kept then."""
    grouped: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        grouped.setdefault(type(row), []).append(row)
    inserted = [_as_json(model, batch) for model, batch in grouped.items()]
    with connection.cursor() as cursor:
        cursor.execute(_insert(tuple(grouped)), inserted)


@lru_cache(maxsize=512)
def _insert(tables: tuple[type[models.Model], ...]) -> str:
    """One INSERT per table under one WITH; each takes its rows as one parameter."""
    *first, last = (_insert_into(model) for model in tables)
    named = ", ".join(f"rows_{number} AS ({insert})" for number, insert in enumerate(first))
    return f"WITH {named} {last}" if first else last


def _insert_into(model: type[models.Model]) -> str:
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(map(quote, stored(model).columns))
    return f"INSERT INTO {table} ({names}) SELECT {names} FROM json_populate_recordset(NULL::{table}, %s)"


def _as_json(model: type[models.Model], batch: list[models.Model]) -> str:
    shape = stored(model)
    rows = [dict(zip(shape.columns, shape.values(row, _plain), strict=True)) for row in batch]
    return msgspec.json.encode(rows).decode()


def _plain(field: "models.Field[Any, Any]", value: Any) -> Any:
    """A value as JSON carries it: bytes as the database writes them, all else as its field reads it."""
    if isinstance(value, bytes | bytearray | memoryview):
        return f"\\x{bytes(value).hex()}"
    return field.to_python(value)


def _update(change: Change) -> tuple[str, list[Any]]:
    meta, quote = change.row._meta, connection.ops.quote_name
    sets = ", ".join(f"{quote(meta.get_field(name).column)} = %s" for name in change.fields)
    tests = "".join(
        f" AND {quote(meta.get_field(name).column)} IS NOT DISTINCT FROM %s" for name in change.expected
    )
    values = [_prepared(meta.get_field(name), getattr(change.row, name)) for name in change.fields]
    values += [_prepared(meta.pk, change.row.pk), change.row.__dict__["county"]]
    values += [_prepared(meta.get_field(name), value) for name, value in change.expected.items()]
    where = f"{quote(meta.pk.column)} = %s AND county = %s{tests}"
    return f"UPDATE {quote(meta.db_table)} SET {sets} WHERE {where}", values


def _prepared(field: "models.Field[Any, Any]", value: Any) -> Any:
    return field.get_db_prep_save(value, connection=connection)
