"""Peers in use, what waits for them, what was exchanged; lists within a sight."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Q

from .models import Exchange, Peer
from .scopes import Sight


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of what was exchanged; `after` is the key of its last row, None on the last page."""

    rows: list[Exchange]
    after: UUID | None


def kept(sight: Sight) -> list[Peer]:
    """The peers in use, the oldest first."""
    return list(Peer.objects.filter(sight.reach(), ended_at=None).order_by("made_at", "id"))


def one(sight: Sight, peer_id: UUID) -> Peer | None:
    return Peer.objects.filter(sight.reach(), id=peer_id, ended_at=None).first()


def in_use(counties: Collection[str]) -> list[Peer]:
    return list(Peer.objects.filter(county__in=counties, ended_at=None).order_by("id"))


def figures(sight: Sight) -> dict[UUID, tuple[int, object]]:
    """{peer: (how much waits for it, when the last exchange succeeded)}."""
    rows = Exchange.objects.filter(sight.reach()).values("peer").annotate(
        waiting=Count("id", filter=Q(state="waiting")), last=Max("done_at")
    )  # fmt: skip
    return {row["peer"]: (row["waiting"], row["last"]) for row in rows.order_by()}


def exchanged(sight: Sight, *, after: UUID | None = None, limit: int = 50) -> Page:
    """The newest first."""
    rows = Exchange.objects.filter(sight.reach())
    if after is not None:
        rows = rows.filter(id__lt=after)
    found = list(rows.order_by("-id")[: limit + 1])
    return Page(rows=found[:limit], after=found[limit - 1].id if len(found) > limit else None)


def waiting_for(peer: Peer, *, limit: int = 500) -> list[Exchange]:
    """What it has not been told yet, the oldest first."""
    return list(Exchange.objects.filter(county=peer.county, peer=peer.id, state="waiting").order_by("id")[:limit])


def known_events(peer: Peer, direction: str, events: Sequence[str]) -> dict[str, Exchange]:
    rows = Exchange.objects.filter(county=peer.county, peer=peer.id, direction=direction, event__in=events)
    return {row.event: row for row in rows}


def came_from(peer: Peer, origins: Collection[UUID]) -> set[UUID]:
    """Those of some alarms that this peer itself told us of: they never travel back."""
    rows = Exchange.objects.filter(county=peer.county, peer=peer.id, direction="in", origin__in=origins)
    return set(rows.values_list("origin", flat=True))


def about(counties: Collection[str], origin: UUID) -> list[Exchange]:
    """What was exchanged about an alarm lately, in its order."""
    newest = Exchange.objects.filter(county__in=counties, origin=origin).order_by("-id")[:50]
    return list(reversed(newest))


def names_of(counties: Collection[str], peers: Collection[UUID]) -> dict[UUID, str]:
    return dict(Peer.objects.filter(county__in=counties, id__in=peers).values_list("id", "name"))
