"""Lists of devices, of addresses nobody knows, of signals; always within a sight. And signals by position."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q
from msgspec.json import decode

from shouwang.domains.areas.pieces import Piece, seen

from .events import CAMERA
from .models import Device, Gateway, Link, Order, Signal
from .scopes import Sight

KINDS = ("smoke_alarm", "gas_alarm", "sprinkler", "electrical_monitor", "transmitter", CAMERA)
ROW = (
    "id", "county", "region", "kind", "way", "address", "operator", "place", "site", "installed_on", "installer",
    "tested_on", "ends_on", "state", "entered_at",
)  # fmt: skip
HEARD = ("heard_at", "beat", "battery")
SILENT = "heard_at IS NOT NULL AND beat IS NOT NULL AND heard_at + make_interval(secs => 3 * beat) < %s"

LAST = """
SELECT named, coalesce((SELECT s.position FROM devices_signal s WHERE s.county = named
                        ORDER BY s.position DESC LIMIT 1), -1)
FROM unnest(%s::text[]) AS named
"""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a keyset-paged list; `after` is the key of its last row, None on the last page."""

    rows: list[dict[str, Any]]
    after: tuple[datetime, UUID] | None


def newest(
    pieces: Sequence[Piece],
    *,
    where: Mapping[str, str],
    silent_at: datetime | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> Page:
    """Devices in use, newest first, with when each was last heard, in one statement; or only the silent ones."""
    if not pieces:
        return Page(rows=[], after=None)
    wanted = Piece("state = 'in_use'", ())
    for name in ("kind", "site"):
        if where.get(name):
            wanted &= Piece(f"{name} = %s", (where[name],))
    if silent_at is not None:
        wanted &= Piece(
            "EXISTS (SELECT 1 FROM devices_link l WHERE l.county = devices_device.county "
            f"AND l.device = devices_device.id AND {SILENT})",
            (silent_at,),
        )
    if after is not None:
        wanted &= Piece("(entered_at, id) < (%s, %s)", after)
    parts = [piece & wanted for piece in pieces]
    order = f"ORDER BY entered_at DESC, id DESC LIMIT {limit + 1:d}"
    walk = f"(SELECT {', '.join(ROW)} FROM devices_device WHERE {{}} {order})"
    union = " UNION ".join(walk.format(part.sql) for part in parts)
    sql = (
        f"SELECT d.*, {', '.join(f'h.{name}' for name in HEARD)} FROM (SELECT * FROM ({union}) AS u {order}) AS d "
        "LEFT JOIN LATERAL (SELECT * FROM devices_link l WHERE l.county = d.county AND l.device = d.id "
        "ORDER BY heard_at DESC LIMIT 1) AS h ON true ORDER BY d.entered_at DESC, d.id DESC"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for part in parts for value in part.values])
        rows = [dict(zip((*ROW, *HEARD), row, strict=True)) for row in cursor.fetchall()]
    return _page(rows, limit, "entered_at")


def unknown(counties: Sequence[str], *, after: tuple[datetime, UUID] | None = None, limit: int = 50) -> Page:
    """Addresses that speak and that no device has, the last heard first."""
    rows = Link.objects.filter(county__in=counties, device=None)
    if after is not None:
        rows = rows.extra(where=["(heard_at, id) < (%s, %s)"], params=list(after))
    found = rows.order_by("-heard_at", "-id").values(
        "id", "county", "way", "address", "peer", "first_at", "heard_at", "beat"
    )
    return _page(list(found[: limit + 1]), limit, "heard_at")


def _page(rows: list[dict[str, Any]], limit: int, moment: str) -> Page:
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows=rows[:limit], after=(last[moment], last["id"]) if last else None)


def one(sight: Sight, device_id: UUID) -> Device | None:
    """A device in sight, else None: what may not be seen does not exist."""
    return Device.objects.filter(Q(id=device_id), seen(sight.pieces())).first()


def hanging_in(county: str, homes: Collection[UUID]) -> list[Device]:
    """Devices in use in some homes, the newest first."""
    rows = Device.objects.filter(county=county, household__in=homes, state="in_use")
    return list(rows.order_by("-entered_at", "-id"))


class Hung(NamedTuple):
    """A device in use that was tried out and rang: of which kind, in which home or at which place."""

    kind: str
    household: UUID | None
    region: str
    place: str


def hung_in(counties: Collection[str]) -> list[Hung]:
    rows = Device.objects.filter(county__in=sorted(counties), state="in_use", tested_on__isnull=False).order_by("id")
    return [Hung(*row) for row in rows.values_list("kind", "household", "region", "place")]


def heard_of(county: str, devices: Collection[UUID]) -> Mapping[UUID | None, Link]:
    """{device: when it was last heard}, in one statement."""
    rows = Link.objects.filter(county=county, device__in=devices).order_by("heard_at") if devices else ()
    return {link.device: link for link in rows}


def link_of(device: Device) -> Link | None:
    return Link.objects.filter(county=device.county, device=device.id).order_by("-heard_at").first()


def said_by(county: str, source: str, *, limit: int = 50) -> list[Signal]:
    """The newest signals of an address."""
    return list(Signal.objects.filter(county=county, source=source).order_by("-position")[:limit])


def said_after(county: str, position: int, *, limit: int = 500) -> list[Signal]:
    """Signals of a county beyond a position, in their order: how a reader follows them and misses none."""
    return list(Signal.objects.filter(county=county, position__gt=position).order_by("position")[:limit])


def last_position(county: str) -> int:
    """The position of the newest signal; -1 where there is none."""
    last = (
        Signal.objects.filter(county=county).order_by("-position").values_list("position", flat=True).first()
    )
    return -1 if last is None else last


def asked_of(device: Device, *, limit: int = 20) -> list[tuple[Order, list[Signal]]]:
    """What a device was asked, newest first, each with what became of it."""
    orders = list(Order.objects.filter(county=device.county, device=device.id).order_by("-at")[:limit])
    answers: dict[UUID | None, list[Signal]] = {}
    named = [order.id for order in orders]
    for signal in Signal.objects.filter(county=device.county, answers__in=named).order_by("position"):
        answers.setdefault(signal.answers, []).append(signal)
    return [(order, answers.get(order.id, [])) for order in orders]


def in_use_at(county: str, way: str, addresses: Collection[str]) -> set[str]:
    """Those of some addresses that have a device already."""
    rows = Device.objects.filter(county=county, way=way, address__in=addresses, state="in_use")
    return set(rows.values_list("address", flat=True))


def gateways(counties: Sequence[str]) -> list[Gateway]:
    return list(Gateway.objects.filter(county__in=counties).order_by("name"))


def sorts_after(county: str, position: int, *, limit: int) -> list[tuple[int, str, str]]:
    """(position, region, sort) of signals of a county beyond a position, in their order."""
    rows = Signal.objects.filter(county=county, position__gt=position).order_by("position")
    return list(rows.values_list("position", "region", "sort")[:limit])


class Heard(NamedTuple):
    """As much of a signal as a follower needs; built as a row of the model it costs twice as much."""

    position: int
    region: str
    way: str
    source: str
    device: UUID | None
    sort: str
    facts: dict[str, Any]
    received_at: datetime


FACTS = Heard._fields.index("facts")
# Each address is looked for in the order of the index of its own signals: without statistics, as in the first minute of
# a storm, the database would walk through the signals of all others.
OF_SOURCE = "s.county = %s AND s.source >= w.source AND s.source <= w.source"
OF_SOURCES = f"""
SELECT said.* FROM unnest(%s::text[], %s::bigint[], %s::bigint[]) AS w(source, after, until), LATERAL (
  SELECT {", ".join("s.facts::text" if name == "facts" else f"s.{name}" for name in Heard._fields)}
  FROM devices_signal s WHERE {OF_SOURCE} AND s.position > w.after AND s.position <= w.until
  ORDER BY s.source, s.position LIMIT %s) AS said
ORDER BY said.position LIMIT %s
"""
LAST_SAYING = f"""
SELECT w.source, said.position FROM unnest(%s::text[]) AS w(source), LATERAL (
  SELECT s.position FROM devices_signal s
  WHERE {OF_SOURCE} AND s.position > %s AND s.position <= %s AND s.sort = ANY(%s)
  ORDER BY s.source DESC, s.position DESC LIMIT 1) AS said
"""


def heard_after(county: str, position: int, *, limit: int) -> list[Heard]:
    """Signals of a county beyond a position, in their order."""
    rows = Signal.objects.filter(county=county, position__gt=position).order_by("position")
    return [Heard(*row) for row in rows.values_list(*Heard._fields)[:limit]]


def heard_of_sources(county: str, spans: Mapping[str, tuple[int, int]], *, limit: int) -> list[Heard]:
    """The first signals of some addresses of a county, each in its own stretch of positions, in their order."""
    after, until = [span[0] for span in spans.values()], [span[1] for span in spans.values()]
    with connection.cursor() as cursor:
        cursor.execute(OF_SOURCES, [list(spans), after, until, county, limit, limit])
        return [Heard(*row)._replace(facts=decode(row[FACTS])) for row in cursor.fetchall()]


def sources_saying(
    county: str, sorts: Collection[str], *, after: int, until: int, limit: int
) -> list[tuple[int, str]]:
    """(position, address) of the first signals of some sorts in a stretch of positions, in their order."""
    rows = Signal.objects.filter(county=county, position__gt=after, position__lte=until, sort__in=sorts)
    return list(rows.order_by("position").values_list("position", "source")[:limit])


def last_saying(
    county: str, sources: Collection[str], sorts: Collection[str], *, after: int, until: int
) -> dict[str, int]:
    """{address: where it last said one of some sorts} in a stretch of positions, for those that did."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_SAYING, [list(sources), county, after, until, list(sorts)])
        return dict(cursor.fetchall())


def last_positions(counties: Collection[str]) -> dict[str, int]:
    """{county: the position of its newest signal}, in one statement; -1 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, [list(counties)])
        return dict(cursor.fetchall())


def devices_of(county: str, addresses: Collection[str]) -> list[Device]:
    """The devices in use at some addresses of a county, whichever way they speak."""
    return list(Device.objects.filter(county=county, address__in=addresses, state="in_use"))
