"""Reading positions in order: the tail that duties, outbox and exchange follow."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from .minting import mint
from .models import Checkpoint, Cursor, Evidence, Item, Line


def line_of_act(county: str, object_id: UUID, *, acts: Sequence[str]) -> Line | None:
    """The newest line of one of `acts` on an object."""
    return Line.objects.filter(county=county, object=object_id, act__in=acts).order_by("-id").first()


def lines_of(county: str, object_id: UUID) -> list[Line]:
    return list(Line.objects.filter(county=county, object=object_id).order_by("id"))


def objects_of(counties: Collection[str], lines: Collection[UUID]) -> dict[UUID, UUID]:
    """What each line was about."""
    return dict(Line.objects.filter(county__in=counties, id__in=lines).values_list("id", "object"))


def first_lines(county: str, objects: Sequence[UUID]) -> dict[UUID, Line]:
    """The line under which each object was written: its own, or that of a bulk act."""
    wanted = list(objects)
    bulk = dict(Item.objects.filter(county=county, object__in=wanted).values_list("object", "line"))
    written = Q(object__in=wanted, before=None) | Q(id__in=set(bulk.values()))
    lines = {line.id: line for line in Line.objects.filter(written, county=county)}
    own = {line.object: line for line in lines.values() if line.object in wanted}
    return {one: lines[line] for one, line in bulk.items() if line in lines} | own


def evidence_about(county: str, subjects: Sequence[UUID]) -> list[Evidence]:
    return list(Evidence.objects.filter(county=county, subject__in=subjects).order_by("occurred_at", "id"))


def evidence_left(
    region: str, kind: str, *, since: datetime | None, until: datetime | None, limit: int = 10
) -> list[Evidence]:
    """Evidence of a kind that a body itself left in a stretch of time, the newest first."""
    rows = Evidence.objects.filter(township=region[:9], county=region[:6], region=region, kind=kind)
    if since is not None:
        rows = rows.filter(occurred_at__gte=since)
    if until is not None:
        rows = rows.filter(occurred_at__lt=until)
    return list(rows.order_by("-occurred_at", "-id")[:limit])


def reached(county: str, reader: str) -> int | None:
    """How far `reader` has come; None when it has not begun."""
    return Cursor.objects.filter(county=county, reader=reader).values_list("position", flat=True).first()


def reached_by(counties: Collection[str], readers: Collection[str]) -> dict[tuple[str, str], int]:
    """{(county, reader): how far it has come} of those that have begun, in one statement."""
    rows = Cursor.objects.filter(county__in=counties, reader__in=readers)
    return {(county, reader): at for county, reader, at in rows.values_list("county", "reader", "position")}


def advance(county: str, reader: str, position: int, *, now: datetime) -> None:
    """Remember how far `reader` has come."""
    moved = Cursor.objects.filter(county=county, reader=reader).update(position=position)
    if not moved:
        Cursor.objects.create(id=mint(now), county=county, region=county, reader=reader, position=position)


def newest_checkpoint(county: str) -> Checkpoint | None:
    return Checkpoint.objects.filter(county=county).order_by("-size").first()


def moved_since(county: str, acts: Collection[str], *, after: int, limit: int) -> list[tuple[int, UUID]]:
    """(position, object) of sealed lines of some acts behind a position: what a follower has not heard of yet."""
    rows = Line.objects.filter(county=county, position__gt=after, act__in=acts).order_by("position")
    return [(int(position or 0), one) for position, one in rows.values_list("position", "object")[:limit]]


def root_over(county: str, objects: Collection[UUID], act: str) -> bytes | None:
    """The first published root that covers `act` on all of some objects; None while there is none yet."""
    positions = Line.objects.filter(county=county, act=act, object__in=objects).values_list("position", flat=True)
    found = list(positions)
    if not found or None in found:
        return None
    rows = Checkpoint.objects.filter(county=county, size__gt=max(p for p in found if p is not None))
    root = rows.order_by("size").values_list("root", flat=True).first()
    return None if root is None else bytes(root)


# From one county to the next by their index: a worker asks every round, and lines are many.
COUNTIES = """
WITH RECURSIVE known AS (
  SELECT min(county) AS county FROM ledger_line
  UNION ALL
  SELECT (SELECT min(county) FROM ledger_line WHERE county > known.county) FROM known WHERE known.county IS NOT NULL
)
SELECT county FROM known WHERE county IS NOT NULL
"""


def counties_with_lines() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTIES)
        return [county for (county,) in cursor.fetchall()]


def line_by_id(line_id: UUID) -> Line | None:
    """A line of any county, for a proof asked by its id."""
    return Line.objects.filter(id=line_id).first()


def unsealed() -> int:
    return Line.objects.filter(position=None).count()


def lines_since(county: str, *, after: int, limit: int) -> list[Line]:
    """Sealed lines behind a position, in order; a follower that stops after the last of them misses none."""
    return list(Line.objects.filter(county=county, position__gt=after).order_by("position")[:limit])


def sealed_up_to(county: str) -> int:
    """The newest position of a county, -1 before its first sealing."""
    newest = Line.objects.filter(county=county, position__gte=0).order_by("-position")
    found = newest.values_list("position", flat=True).first()
    return -1 if found is None else found


def touched_since(
    county: str, room: str, *, below: Collection[str], after: int, limit: int
) -> list[tuple[int, UUID]] | None:
    """(position, object) of sealed lines of a room in some parts of a county behind a position.

    None where there is more behind it than `limit`: then nobody should follow line by line.
    """
    lying = Q(region__in=())
    for prefix in below:
        lying |= Q(region__startswith=prefix)
    behind = Line.objects.filter(county=county, position__gt=after)
    if behind.order_by("position")[limit : limit + 1].exists():
        return None
    rows = behind.filter(lying, room=room).order_by("position").values_list("position", "object")
    return [(int(position or 0), one) for position, one in rows]
