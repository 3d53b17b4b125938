"""Noting who was heard (在线情况), many addresses in one statement; and whose an address is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from shouwang.domains.ledger.minting import mint

from .models import Device, Gateway, Link

HEARD = """
INSERT INTO devices_link (id, county, region, way, address, device, peer, first_at, heard_at, beat, battery)
SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::uuid[], %s::text[],
  %s::timestamptz[], %s::timestamptz[], %s::float[], %s::smallint[])
ON CONFLICT (county, way, address) DO UPDATE SET device = excluded.device, region = excluded.region,
  peer = excluded.peer, heard_at = excluded.heard_at, beat = coalesce(excluded.beat, devices_link.beat),
  battery = coalesce(excluded.battery, devices_link.battery)
"""


@dataclass(frozen=True, kw_only=True)
class Known:
    """As much of a device as a gateway needs."""

    id: UUID
    county: str
    region: str
    profile: str


@dataclass(slots=True, kw_only=True)
class Heard:
    """An address that was heard; `beat` is the interval learnt since."""

    county: str
    region: str
    address: str
    device: UUID | None
    peer: str
    at: datetime
    beat: float | None
    battery: int | None = None


def known_at(way: str, addresses: Collection[str], *, counties: Sequence[str]) -> dict[str, Known]:
    """{address: device in use} among some addresses. Of two counties that claim one, the first to enter it has it."""
    rows = Device.objects.filter(
        county__in=counties, way=way, address__in=addresses, state="in_use"
    ).order_by("-entered_at")
    return {
        row.address: Known(id=row.id, county=row.county, region=row.region, profile=row.profile)
        for row in rows
    }


def beats_of(
    way: str, addresses: Collection[str], *, counties: Sequence[str]
) -> dict[str, tuple[datetime, float | None]]:
    """{address: (last heard, interval)}, so that what was learnt outlives a restart."""
    rows = Link.objects.filter(county__in=counties, way=way, address__in=addresses)
    return {row.address: (row.heard_at, row.beat) for row in rows.order_by("heard_at")}


def note_heard(way: str, heard: Sequence[Heard]) -> None:
    """Note addresses of one county, each once."""
    if not heard:
        return
    ordered = sorted(heard, key=lambda one: one.address)
    with connection.cursor() as cursor:
        cursor.execute(HEARD, [
            [mint(one.at) for one in ordered], [one.county for one in ordered], [one.region for one in ordered],
            [way] * len(ordered), [one.address for one in ordered], [one.device for one in ordered],
            [one.peer for one in ordered], [one.at for one in ordered], [one.at for one in ordered],
            [one.beat for one in ordered], [one.battery for one in ordered],
        ])  # fmt: skip


def no_longer_unknown(way: str, addresses: Collection[str], *, county: str) -> None:
    """Addresses that have a device now leave the unknown ones of the receiving centre."""
    Link.objects.filter(county=county, way=way, address__in=addresses, device=None).delete()


def note_gateway(name: str, figures: Mapping[str, float], *, region: str, at: datetime) -> None:
    """Let a gateway say how it is doing."""
    Gateway.objects.update_or_create(
        county=region[:6],
        name=name,
        defaults={"at": at, "figures": dict(figures)},
        create_defaults={"id": mint(at), "region": region, "at": at, "figures": dict(figures)},
    )
