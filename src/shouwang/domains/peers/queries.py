"""Peers in use, what waits for them, what was exchanged; lists within a sight."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery

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


def figures(sight: Sight) -> dict[UUID, tuple[int, datetime | None]]:
    """{peer in use: (how much waits for it, when the last exchange succeeded)}, however much was exchanged."""
    of_it = Exchange.objects.filter(county=OuterRef("county"), peer=OuterRef("id"))
    waits = of_it.filter(state="waiting").order_by().values("peer").annotate(n=Count("id")).values("n")
    done = of_it.filter(done_at__isnull=False).order_by("-done_at").values("done_at")[:1]
    rows = Peer.objects.filter(sight.reach(), ended_at=None).annotate(waits=Subquery(waits), last=Subquery(done))
    return {peer: (waiting or 0, last) for peer, waiting, last in rows.values_list("id", "waits", "last")}


def exchanged(sight: Sight, *, after: UUID | None = None, limit: int = 50) -> Page:
    """The newest first."""
    rows = Exchange.objects.filter(sight.reach())
    if after is not None:
        rows = rows.filter(id__lt=after)
    found = list(rows.order_by("-id")[: limit + 1])
    return Page(rows=found[:limit], after=found[limit - 1].id if len(found) > limit else None)


def due_for(peer: Peer, *, now: datetime, limit: int) -> list[Exchange]:
    """What a peer may be told now, the oldest first; words of an alarm wait for the one before them."""
    waiting = Exchange.objects.filter(county=peer.county, peer=peer.id, state="waiting")
    before = waiting.filter(origin=OuterRef("origin"), id__lt=OuterRef("id"), next_at__gt=now)
    return list(waiting.exclude(next_at__gt=now).exclude(Exists(before)).order_by("id")[:limit])


def waiting_for(peers: Collection[Peer]) -> int:
    """How many words wait for receipts of some peers."""
    named = {"county__in": {one.county for one in peers}, "peer__in": [one.id for one in peers]}
    return Exchange.objects.filter(state="waiting", **named).count()


def known_events(peer: Peer, direction: str, events: Sequence[str]) -> dict[str, Exchange]:
    rows = Exchange.objects.filter(county=peer.county, peer=peer.id, direction=direction, event__in=events)
    return {row.event: row for row in rows}


def came_from(peer: Peer, origins: Collection[UUID]) -> set[UUID]:
    """Those of some alarms that this peer itself told us of: they never travel back. Our own that came round through it
    go on being told."""
    rows = Exchange.objects.filter(county=peer.county, peer=peer.id, direction="in", origin__in=origins)
    return set(rows.exclude(state="own").values_list("origin", flat=True))


def rang_by(counties: Collection[str], origin: UUID) -> list[Exchange]:
    """By whom an alarm was rung here, whoever did so first before the others."""
    rows = Exchange.objects.filter(county__in=counties, origin=origin, direction="in", act="ring")
    return list(rows.order_by("id")[:50])


def about(counties: Collection[str], origin: UUID) -> list[Exchange]:
    """What was exchanged about an alarm lately, in its order; not what only came round and changed nothing."""
    came_round = Q(state="own") | (Q(state="other") & ~Q(act="real"))
    rows = Exchange.objects.filter(county__in=counties, origin=origin).exclude(came_round)
    return list(reversed(rows.order_by("-id")[:50]))


def names_of(counties: Collection[str], peers: Collection[UUID]) -> dict[UUID, str]:
    return dict(Peer.objects.filter(county__in=counties, id__in=peers).values_list("id", "name"))
