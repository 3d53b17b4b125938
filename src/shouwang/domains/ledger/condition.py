"""How the database and what works on it are doing (运行状况): derived from what is there, nothing is noted for it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from shouwang.kernel.ids import uuid7

# The name under which the worker's session stands in the server's list.
WORKER = "shouwang worker"
LEAST_VERSION = 15
SERVER = "SELECT current_setting('server_version'), current_setting('fsync')"
SESSION = """
SELECT extract(epoch FROM clock_timestamp() - max(state_change))::float FROM pg_stat_activity
WHERE datname = current_database() AND application_name = %s
"""
ACTS = "SELECT room, count(*) FROM ledger_line WHERE county = ANY(%s) AND id >= %s GROUP BY room"
TO_JUDGE = """
SELECT count(*) FROM (SELECT id FROM ledger_line WHERE county = %s AND position > %s ORDER BY position LIMIT %s) AS l
JOIN ledger_evidence e ON e.county = %s AND e.line = l.id
"""
NEWEST_ROOT = "SELECT max(at) FROM ledger_checkpoint WHERE county = %s"
LINES_LOOKED_AT = 50_000


def server() -> tuple[str, bool]:
    """Version of the server, and whether what it acknowledged survives a power cut."""
    version, fsync = _row(SERVER)
    return str(version), fsync == "on"


def steps_waiting() -> int:
    """Migrations of this version that the tables have not seen."""
    if not _row("SELECT to_regclass('django_migrations') IS NOT NULL")[0]:
        return len(_steps())
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return len(_steps() - set(cursor.fetchall()))


@cache
def _steps() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def seconds_since_round() -> float | None:
    """How long ago the worker last spoke to the database; None when it has no session there."""
    found = _row(SESSION, WORKER)[0]
    return None if found is None else max(0.0, found)


def database_size() -> int:
    return int(_row("SELECT pg_database_size(current_database())")[0])


def acts_since(counties: Sequence[str], moment: datetime) -> dict[str, int]:
    """Acts of each room; a room in which nothing was done has 0."""
    rooms = [app.label for app in apps.get_app_configs() if app.name.startswith("shouwang.domains.")]
    with connection.cursor() as cursor:
        cursor.execute(ACTS, [list(counties), uuid7(moment, bytes(10))])
        return dict.fromkeys(rooms, 0) | dict(cursor.fetchall())


def evidence_beyond(county: str, position: int | None) -> int:
    """Evidence of sealed lines beyond a position, among the next 50,000 lines."""
    return int(_row(TO_JUDGE, county, -1 if position is None else position, LINES_LOOKED_AT, county)[0])


def newest_root_at(county: str) -> datetime | None:
    found: datetime | None = _row(NEWEST_ROOT, county)[0]
    return found


def _row(statement: str, *values: object) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        row: tuple[Any, ...] = cursor.fetchone()
        return row
