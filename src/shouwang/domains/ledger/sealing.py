"""The one sealer: gives committed lines of a county dense positions and their place in the Merkle log.

Sequence numbers commit out of order, so a position is given only after commit, by one process per county.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from shouwang.kernel.merkle import TILE, root_of

from .alone import Task, alone
from .digests import leaf_of
from .minting import mint
from .models import Line, Tile

PLACE = """
UPDATE ledger_line AS l SET position = given.position, leaf = given.leaf
FROM unnest(%s::uuid[], %s::bigint[], %s::bytea[]) AS given(id, position, leaf)
WHERE l.county = %s AND l.id = given.id
"""


def seal_county(county: str, *, now: datetime, limit: int = 2000) -> int:
    """Seal up to `limit` committed lines of `county`; 0 when another sealer holds it or none waits."""
    with transaction.atomic():
        if not alone(Task.SEAL, county):
            return 0
        waiting = list(Line.objects.filter(county=county, position=None).order_by("id")[:limit])
        if not waiting:
            return 0
        start = sealed_size(county)
        _place(county, waiting, start)
        _tile(county, level=1, before=start, after=start + len(waiting), now=now)
        return len(waiting)


def waiting_counties() -> list[str]:
    return list(Line.objects.filter(position=None).values_list("county", flat=True).distinct())


def sealed_size(county: str) -> int:
    """How many lines of `county` are sealed: positions are dense from 0."""
    last = Line.objects.filter(county=county).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _place(county: str, lines: Sequence[Line], start: int) -> None:
    for offset, line in enumerate(lines):
        line.position = start + offset
        line.leaf = leaf_of(line)
    with connection.cursor() as cursor:
        cursor.execute(
            PLACE, [[x.id for x in lines], [x.position for x in lines], [x.leaf for x in lines], county]
        )


def _tile(county: str, *, level: int, before: int, after: int, now: datetime) -> None:
    """Add the tiles that became full; `before` and `after` count hashes of the level below."""
    full = range(before // TILE, after // TILE)
    if not full:
        return
    tiles = [
        Tile(
            id=mint(now),
            county=county,
            region=county,
            level=level,
            number=number,
            hash=root_of(tile(county, level - 1, number), settings.DIGEST),
        )
        for number in full
    ]
    Tile.objects.bulk_create(tiles)
    _tile(county, level=level + 1, before=before // TILE, after=after // TILE, now=now)


def tile(county: str, level: int, number: int) -> list[bytes]:
    """Up to 256 hashes of full subtrees of 256**level leaves: the leaves themselves at level 0."""
    low, high = number * TILE, (number + 1) * TILE
    if level == 0:
        lines = Line.objects.filter(county=county, position__gte=low, position__lt=high)
        return [bytes(leaf) for leaf in lines.order_by("position").values_list("leaf", flat=True)]
    tiles = Tile.objects.filter(county=county, level=level, number__gte=low, number__lt=high)
    return [bytes(h) for h in tiles.order_by("number").values_list("hash", flat=True)]
