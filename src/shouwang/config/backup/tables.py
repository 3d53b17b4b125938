"""Tables out of and into any PostgreSQL by COPY in text form, which every version reads."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from psycopg import Connection, Cursor, sql

# Applied steps are told in the manifest; the tables of a restore are made by the steps themselves.
STEPS = "django_migrations"
LEAST, MOST, ONE_IN = 1 << 20, 8 << 20, 256
FORM = (
    "SET client_encoding TO 'UTF8'", "SET datestyle TO 'ISO, YMD'", "SET extra_float_digits TO 1",
    "SET bytea_output TO 'hex'", "SET timezone TO 'UTC'", "SET intervalstyle TO 'iso_8601'",
    "SET statement_timeout TO 0",
)  # fmt: skip
TABLES = """
SELECT c.relname,
  ARRAY(SELECT a.attname FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY array_position(i.indkey::int2[], a.attnum), a.attnum)::text[],
  (SELECT count(*) FROM pg_index i, unnest(i.indkey::int2[]) WHERE i.indrelid = c.oid AND i.indisprimary)
FROM pg_class c
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname
"""


@dataclass(frozen=True)
class Shape:
    """A table: its stored columns, those of the key first."""

    name: str
    columns: list[str]
    keys: int


@dataclass(frozen=True)
class Block:
    """Rows of a table as COPY tells them."""

    data: bytes
    rows: int

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def prepare(connection: "Connection[tuple[object, ...]]") -> None:
    """Values are told the same way by every server."""
    for statement in FORM:
        Cursor(connection).execute(statement)


def shapes(connection: "Connection[tuple[object, ...]]") -> list[Shape]:
    """Every table of the database."""
    found = Cursor(connection).execute(TABLES).fetchall()
    return [Shape(name, columns, keys) for name, columns, keys in found]


def told(connection: "Connection[tuple[object, ...]]", shape: Shape) -> Iterator[bytes]:
    """The rows of a table in the order of its key, one by one."""
    columns = sql.SQL(",").join(map(sql.Identifier, shape.columns))
    order = sql.SQL(",").join(map(sql.Identifier, shape.columns[: shape.keys or None]))
    query = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT")
    with Cursor(connection).copy(query.format(columns, sql.Identifier(shape.name), order)) as copy:
        for row in copy:
            yield bytes(row)


def blocks(rows: Iterable[bytes]) -> Iterator[Block]:
    """Rows cut where their keys say: a changed row changes its own block, and the others stay as they were."""
    held: list[bytes] = []
    size = 0
    for row in rows:
        held.append(row)
        size += len(row)
        if size >= LEAST and (size >= MOST or zlib.crc32(row.partition(b"\t")[0]) % ONE_IN == 0):
            yield Block(b"".join(held), len(held))
            held, size = [], 0
    if held:
        yield Block(b"".join(held), len(held))


def take_in(
    connection: "Connection[tuple[object, ...]]", table: str, columns: list[str], pieces: Iterable[bytes]
) -> int:
    """Fill a table; how many rows came."""
    named = sql.SQL(",").join(map(sql.Identifier, columns))
    cursor = Cursor(connection)
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), named)) as copy:
        for piece in pieces:
            copy.write(piece)
    return cursor.rowcount


def ease(connection: "Connection[tuple[object, ...]]", names: Iterable[str]) -> None:
    """Tell the planner what came in."""
    for name in names:
        Cursor(connection).execute(sql.SQL("ANALYZE {}").format(sql.Identifier(name)))
