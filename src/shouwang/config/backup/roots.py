"""Roots of the ledger, read from any database: equal before and after, or nothing is believed."""

from psycopg import Connection, Cursor

from shouwang.kernel.digest import Algorithm
from shouwang.kernel.merkle import Frontier

LINES = "SELECT county, leaf FROM ledger_line WHERE position IS NOT NULL ORDER BY county, position"


def roots(connection: "Connection[tuple[object, ...]]", *, digest: Algorithm) -> dict[str, str]:
    """'size root' of each county over its sealed lines."""
    if not _has_a_ledger(connection):
        return {}
    trees: dict[str, Frontier] = {}
    with connection.cursor(name="roots") as lines:
        lines.itersize = 10_000
        for county, leaf in lines.execute(LINES):
            if county not in trees:
                trees[county] = Frontier(algorithm=digest)
            trees[county].append(bytes(leaf))
    return {county: f"{tree.size} {tree.root().hex()}" for county, tree in trees.items()}


def _has_a_ledger(connection: "Connection[tuple[object, ...]]") -> bool:
    found = Cursor(connection).execute("SELECT to_regclass('ledger_line') IS NOT NULL").fetchone()
    return bool(found and found[0])
