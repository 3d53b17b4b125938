"""The steps that made the tables (迁移): which were taken, and the same ones taken on an empty database."""

from collections.abc import Iterable

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from psycopg import Connection, Cursor

from .refusing import Refused
from .tables import STEPS

Step = tuple[str, str]


def taken(connection: "Connection[tuple[object, ...]]") -> list[Step]:
    """Steps a database has behind it. Raises Refused when it has none."""
    known = Cursor(connection).execute("SELECT to_regclass(%s) IS NOT NULL", [STEPS]).fetchone()
    if not (known and known[0]):
        raise Refused("the database has no tables yet; run `shouwang migrate`")
    found = Cursor(connection).execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    return [(app, name) for app, name in found]


def build(alias: str, steps: Iterable[Step]) -> None:
    """Make the tables as they were: no step more, none less. Raises Refused for steps of another version."""
    executor, wanted = MigrationExecutor(connections[alias]), {(app, name) for app, name in steps}
    if unknown := sorted(wanted - executor.loader.graph.nodes.keys()):
        named = ", ".join(f"{app}.{name}" for app, name in unknown)
        raise Refused(f"the backup is of a newer version: this one does not know {named}")
    executor.migrate(_ends(executor, wanted))
    made = set(executor.recorder.applied_migrations())
    if made != wanted:
        named = ", ".join(f"{app}.{name}" for app, name in sorted(made ^ wanted))
        raise Refused(f"the tables of the backup cannot be made by this version: {named}")


def _ends(executor: MigrationExecutor, wanted: set[Step]) -> list[Step]:
    """Of each room the steps that no other wanted step builds on."""
    nodes = executor.loader.graph.node_map
    return [step for step in sorted(wanted) if not _followed(nodes[step].children, step[0], wanted)]


def _followed(children: Iterable[Step], room: str, wanted: set[Step]) -> bool:
    return any(tuple(child) in wanted and child[0] == room for child in children)
