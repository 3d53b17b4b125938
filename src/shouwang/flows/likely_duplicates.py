"""Is it one that is known (疑似重复)? Asked by kind, time and place before a report is sent; shown by code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shouwang.domains.hazards.likeness import Candidate, recent_of_kind
from shouwang.domains.ledger.idempotency import used_before
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of, covers, is_region
from shouwang.kernel.geo import Point
from shouwang.policy import Pack
from shouwang.rules.likeness import Place, alike

from .sight import areas_for, pack_of

METRES, DAYS, FEW = "duplicate.metres.count", "duplicate.days", 3


@dataclass(frozen=True, kw_only=True)
class Likely:
    """A case that may be the same, with no more of it than the person may know: no place where they have no sight."""

    code: str
    kind: str
    state: str
    region: str
    reported_at: datetime
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody is about to report; under a `key` that was sent already it is their own report they would find."""

    region: str
    kind: str
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    key: str = ""


def likely_duplicates(actor: Actor | None, seen: Seen, *, now: datetime) -> list[Likely]:
    """Open cases that are probably the same, the likeliest first; one statement, nothing is kept."""
    if not is_region(seen.region):
        return []
    pack = pack_of(county_of(seen.region), now=now)
    days, metres = _number(pack, DAYS, now), _number(pack, METRES, now)
    if days is None or seen.kind not in pack.kinds:
        return []
    here = Place(seen.place, _point(seen.lon, seen.lat))
    rows = recent_of_kind(seen.region, seen.kind, since=now - timedelta(days=days), here=here.point, metres=metres)
    found = sorted(_ranked(rows, here, metres), key=lambda pair: (pair[0], pair[1].code))
    areas = areas_for(actor, "hazards.see") if actor else ()
    if found and seen.key and used_before(seen.key, county=county_of(seen.region)):
        return []
    return [_told(one, areas) for _, one in found[:FEW]]


def _ranked(rows: list[Candidate], here: Place, metres: int | None) -> Iterator[tuple[float, Candidate]]:
    for one in rows:
        how = alike(here, Place(one.place, _point(one.lon, one.lat)), metres=metres)
        if how is not None:
            yield how, one


def _told(one: Candidate, areas: tuple[str, ...]) -> Likely:
    sees = any(covers(area, one.region) for area in areas)
    return Likely(
        code=one.code, kind=one.kind, state=one.state, region=one.region if sees else one.region[:9],
        reported_at=one.reported_at, place=one.place if sees else "",
    )  # fmt: skip


def _number(pack: Pack, name: str, now: datetime) -> int | None:
    value = pack.value(name, on=now.astimezone(pack.zone).date())
    return int(str(value.value)) if value.is_set else None


def _point(lon: float | None, lat: float | None) -> Point | None:
    return None if lon is None or lat is None else Point(lon, lat)
