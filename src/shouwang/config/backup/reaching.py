"""Connections of our own to a database, beside Django's pool."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections

from shouwang.config.database import connection as entry_for

from .refusing import Refused
from .tables import prepare

OURS = {"pool", "server_side_binding", "prepare_threshold", "isolation_level", "assume_role"}
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


@contextmanager
def reading(alias: str = "default") -> Iterator["psycopg.Connection[Any]"]:
    """A connection that sees one moment of the database, however long it reads."""
    with psycopg.connect(**_place(connections.settings[alias])) as connection:
        prepare(connection)
        connection.commit()
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield connection
        connection.rollback()


@contextmanager
def closed_to_others(alias: str = "default") -> Iterator["psycopg.Connection[Any]"]:
    """One moment of a database that nobody else uses, nor can write to until it is read. Raises Refused."""
    with psycopg.connect(**_place(connections.settings[alias])) as connection:
        prepare(connection)
        connection.commit()
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        if found := connection.execute("SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = "
                                       "current_schema() ORDER BY 1").fetchall():  # fmt: skip
            connection.rollback()
            # Long enough for the server's own cleaning to give way, which it does after a second.
            connection.execute("SET LOCAL lock_timeout TO '5s'")
            connection.execute("LOCK TABLE " + ", ".join(name for (name,) in found) + " IN SHARE MODE")
        others = connection.execute(OTHERS).fetchone()
        if others and others[0]:
            raise Refused(f"{others[0]} other sessions use the database; stop `serve` and `worker` first")
        yield connection
        connection.rollback()


def another(url: str, *, home: Any) -> str:
    """Make another database known to Django; its alias."""
    alias = "target"
    entry = entry_for(url, home=home, pool=0)
    filled = connections.configure_settings({"default": {**connections.settings["default"]}, alias: entry})
    connections.settings[alias] = filled[alias]
    return alias


def _place(entry: dict[str, Any]) -> dict[str, Any]:
    """What a driver needs of Django's settings of a database."""
    own = {"dbname": entry["NAME"], "user": entry["USER"], "password": entry["PASSWORD"], "host": entry["HOST"],
           "port": entry["PORT"]}  # fmt: skip
    options = {name: value for name, value in entry["OPTIONS"].items() if name not in OURS}
    return {name: value for name, value in {**own, **options}.items() if value}
