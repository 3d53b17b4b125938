"""Units that merged or were split (撤并沿革): old rows keep their region and are read through dated aliases."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from shouwang.kernel.lineage import NONE, Lineage

# For a statement that wants both in one: an array of [old, new, whether it is a part], NULL while nothing changed.
LINEAGE = """
SELECT json_agg(json_build_array(old, new, part)) FROM (
  SELECT region AS old, target AS new, FALSE AS part FROM areas_alias WHERE since <= %s
  UNION ALL SELECT origin, region, TRUE FROM areas_part WHERE since <= %s) AS changes
"""


def lineage(on: date) -> Lineage:
    """What became of which unit as of a day, in one small statement."""
    with connection.cursor() as cursor:
        cursor.execute(LINEAGE, [on, on])
        row = cursor.fetchone()
    return read(row[0])


def read(rows: Iterable[Any] | None) -> Lineage:
    """From the rows of `LINEAGE`."""
    known = list(rows or ())
    if not known:
        return NONE
    parts: dict[str, list[str]] = {}
    for old, new, is_part in known:
        if is_part:
            parts.setdefault(old, []).append(new)
    return Lineage({old: new for old, new, is_part in known if not is_part}, parts)


def current(codes: Iterable[str], *, on: date) -> dict[str, str]:
    """What each code goes on as on a day; what lay inside a merged unit and has no heir joins the unit's."""
    known = lineage(on)
    return {code: known.current(code) for code in codes}


def with_former(areas: Iterable[str], *, on: date) -> tuple[str, ...]:
    """`areas` and every unit that merged into one of them or into a part of them, however long ago."""
    return lineage(on).with_former(areas)
