"""Filling an empty database: the tables by the steps that made them, the rows by COPY, all of it or nothing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction
from psycopg import Connection

from shouwang.kernel.digest import Algorithm

from .refusing import Refused
from .roots import roots
from .schema import Step, build
from .tables import ease, prepare, shapes


@contextmanager
def filled(alias: str, steps: Iterable[Step]) -> Iterator["Connection[Any]"]:
    """An empty database with the tables of `steps`, kept only if nothing goes wrong. Raises Refused."""
    with transaction.atomic(using=alias):
        connections[alias].ensure_connection()
        raw: Connection[Any] = connections[alias].connection
        prepare(raw)
        if found := shapes(raw):
            raise Refused(f"the database is not empty: it has {len(found)} tables, {found[0].name} among them")
        build(alias, steps)
        yield raw
        ease(raw, [shape.name for shape in shapes(raw)])
    connections[alias].close()


def same_roots(raw: "Connection[Any]", wanted: dict[str, str], *, digest: Algorithm) -> None:
    """Raises Refused when the ledger that came in is not the one that was told."""
    found = roots(raw, digest=digest)
    for county in sorted(wanted.keys() | found.keys()):
        if wanted.get(county) != found.get(county):
            raise Refused(f"ledger of {county}: root {found.get(county)}, it should be {wanted.get(county)}")


def same_count(table: str, found: int, wanted: int) -> None:
    if found != wanted:
        raise Refused(f"table {table}: {found} rows came in, {wanted} should have")
