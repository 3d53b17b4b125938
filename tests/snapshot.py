"""What many tests begin with is built once and put back from memory: the cast, a street with a week of hazards.

A snapshot holds the rows of every table that a builder filled. It is put back only where the tables stand as they stood
when the builder began, and not longer than a few minutes: the clock of a story is the clock of the world.
"""

from collections.abc import Callable, Hashable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

LASTS = timedelta(minutes=4)
TABLES = """SELECT c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attgenerated = '' WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    AND NOT c.relispartition AND c.relname NOT LIKE 'django\\_%' AND c.relname NOT LIKE 'auth\\_%'
    GROUP BY c.relname ORDER BY c.relname"""


@dataclass(frozen=True)
class Snapshot:
    """What a builder gave, when, on which tables, and the rows that stood there afterwards."""

    gave: Any
    made_at: datetime
    before: frozenset[str]
    rows: dict[str, bytes]

    def fits(self) -> bool:
        now = timezone.now()
        young = timedelta(0) <= now - self.made_at < LASTS
        return young and timezone.localdate(now) == timezone.localdate(self.made_at) and filled() == self.before


kept: dict[Hashable, Snapshot] = {}


def once(key: Hashable, build: Callable[[], Any]) -> Any:
    """What `build` gives, and the rows it wrote: built, or put back as they were."""
    whole = (key, settings.PACK, str(settings.HOME), connection.settings_dict["NAME"])
    found = kept.get(whole)
    if found is not None and found.fits():
        _put_back(found.rows)
        return deepcopy(found.gave)
    before, rows = filled(), _rows()
    made_at = timezone.now()
    gave = build()
    changed = {table: data for table, data in _rows().items() if data != rows[table]}
    # Each story gets its own: one that adds a case to its stage adds it to nobody else's.
    kept[whole] = Snapshot(gave=deepcopy(gave), made_at=made_at, before=before, rows=changed)
    return gave


def filled() -> frozenset[str]:
    """The tables in which anything stands."""
    each = (f"CASE WHEN EXISTS (SELECT 1 FROM {table}) THEN '{table}' END" for table in _tables())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT array_remove(ARRAY[{', '.join(each)}], NULL)")
        return frozenset(cursor.fetchone()[0])


def _tables() -> dict[str, str]:
    return _tables_of(connection.settings_dict["NAME"])


@cache
def _tables_of(_database: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return dict(cursor.fetchall())


def _rows() -> dict[str, bytes]:
    found = {}
    with connection.cursor() as cursor:
        for table, columns in _tables().items():
            with cursor.copy(f"COPY (SELECT {columns} FROM {table}) TO STDOUT (FORMAT binary)") as copy:
                found[table] = b"".join(bytes(part) for part in copy)
    return found


def _put_back(rows: dict[str, bytes]) -> None:
    columns = _tables()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in rows:
            cursor.execute(f"DELETE FROM {table}")
        for table, data in rows.items():
            with cursor.copy(f"COPY {table} ({columns[table]}) FROM STDIN (FORMAT binary)") as copy:
                copy.write(data)
