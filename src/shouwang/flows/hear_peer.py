"""A platform of another level tells of an alarm (接收外来报警): kept once, answered with a receipt, an alarm here.

Rings come in as signals like those of any wire. What its people found is shown with the alarm; a fire they confirmed is
proposed here at once. What comes round, our own alarm or one that another platform rang, is known by its origin and
raises nothing.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from shouwang.domains.alarms.models import Alarm
from shouwang.domains.alarms.pulses import in_county, moved
from shouwang.domains.alarms.queries import alarm_from, first_rang_here, proposal_of
from shouwang.domains.alarms.services import propose
from shouwang.domains.areas.queries import counties, place
from shouwang.domains.devices.signal_text import Received
from shouwang.domains.ledger.acts import By
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.write import Stale
from shouwang.domains.peers.events import linked
from shouwang.domains.peers.exchanging import receive
from shouwang.domains.peers.keys import secret_of
from shouwang.domains.peers.models import Exchange, Peer
from shouwang.domains.peers.queries import in_use, known_events, rang_by
from shouwang.domains.peers.scopes import KEEP
from shouwang.domains.peers.services import link_peer
from shouwang.kernel.codes import Level, county_of, covered, covers, level_of, parent_of
from shouwang.kernel.peer_words import CLEARED, HELLO, RING, NotSound, Word

from .alarm_sight import house
from .follow_signals import follow
from .receive_signals import keep_signals, wake_followers
from .sight import pack_of

WAY, ELSEWHERE, REAL = "peer", "elsewhere", "real"
# What a word is to us: of an alarm that this peer rang; of our own; of one that another peer rang before.
KEPT, OWN, OTHER = "kept", "own", "other"
SORTS = {"fire": "fire", "gas": "gas", "call": "manual_alarm", "manual": "manual_alarm"}


class NotYet(Exception):
    """It is kept, and its alarm does not stand here yet: they are to tell it once more."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """`result`: kept, known (it came before, or through another platform), own (it first rang here)."""

    id: UUID
    result: str


def peer_at(peer_id: UUID) -> tuple[Peer, str] | None:
    """(a peer in use, the key it signs with)."""
    found = next((one for one in in_use(counties()) if one.id == peer_id), None)
    return (found, secret_of(found)) if found else None


def hear(peer: Peer, word: Word, *, now: datetime) -> Receipt:
    """When it returns, the word is on disk and told. Raises NotSound for what this peer may not say, NotYet."""
    known = known_events(peer, "in", [word.event]).get(word.event)
    if known is not None and (known.act, known.origin) != (word.act, word.origin):
        raise NotSound("event")
    whose, area = _whose(peer, word)
    row, fresh = (known, False) if known is not None else _kept(peer, word, whose=whose, area=area, now=now)
    link(peer, now=now)
    # Also of a word that came before: we may have fallen between keeping it and passing it on.
    if row.state == KEPT and word.act in (RING, CLEARED):
        wake_followers([county_of(_region(peer, area))])
    elif row.state != OWN and (word.act == REAL or (fresh and row.state == KEPT and word.act != HELLO)):
        _pass_on(word, county_of(_region(peer, area)), fresh=fresh, now=now)
    return Receipt(id=row.id, result=row.state if fresh and row.state != OTHER else "known")


def _whose(peer: Peer, word: Word) -> tuple[str, str]:
    """(what a word is to us, the area where its alarm rang). Raises NotSound: a peer speaks of the areas agreed, and of
    alarms that it rang."""
    if word.act == HELLO:
        return KEPT, ""
    if not peer.takes or not _agreed(peer, word.area):
        raise NotSound("area")
    rang = rang_by(counties(), word.origin)
    own_ring = next((one for one in rang if one.peer == peer.id), None)
    if own_ring is None and word.act != RING:
        raise NotSound("origin")
    area = str(own_ring.told.get("area", "")) if own_ring else word.area
    if first_rang_here(counties(), word.origin):
        return OWN, area
    if not rang or rang[0].peer == peer.id:
        return KEPT, area
    # Of those that rang it each may confirm the fire: who came first here is chance.
    if word.act == REAL and not _agreed(peer, str(rang[0].told.get("area", ""))):
        raise NotSound("area")
    return OTHER, area


def _agreed(peer: Peer, area: str) -> bool:
    return not area or covered(tuple(peer.takes), area)


def _kept(peer: Peer, word: Word, *, whose: str, area: str, now: datetime) -> tuple[Exchange, bool]:
    """(its row, whether it is new)."""
    region = _region(peer, area)
    if whose == KEPT and word.act in (RING, CLEARED):
        keep_signals(county_of(region), [_signal(peer, word, region, now)], way=WAY, at=now)
    row = Exchange(
        id=mint(now), county=peer.county, region=peer.region, peer=peer.id, direction="in", event=word.event,
        act=word.act, origin=word.origin, told=word.plain(), happened_at=word.at, at=now, state=whose, done_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            receive(row)
    except IntegrityError:
        return known_events(peer, "in", [word.event])[word.event], False
    return row, True


def link(peer: Peer, *, now: datetime) -> None:
    """The first exchange shows that the two are linked; of one township's platform that is its proof (12-05)."""
    if peer.linked_at is not None:
        return
    pack = pack_of(peer.county, now=now)
    counted, townships = pack.wiring.records.platform, [one for one in peer.takes if level_of(one) == Level.TOWNSHIP]
    by = By(actor=None, post="", at=now, pack=pack.version, clause=pack.actions[KEEP])
    proof = None
    if counted and len(townships) == 1 and county_of(townships[0]) == peer.county:
        proof = linked(peer, region=townships[0], at=now, zone=pack.zone, counted=counted)
    try:
        link_peer(peer, by, at=now, proof=proof)
    except Stale:
        # Another process saw it first.
        peer.refresh_from_db()


def _region(peer: Peer, told: str) -> str:
    """The smallest area known here of those it may tell of; else it stays with the office that keeps the peer."""
    area: str | None = told or None
    while area is not None and covered(tuple(peer.takes), area):
        if county_of(area) in counties() and place(area) is not None:
            return area
        area = parent_of(area)
    return peer.region


def _signal(peer: Peer, word: Word, region: str, now: datetime) -> Received:
    print_ = hashlib.sha256(b"\0".join((WAY.encode(), peer.id.bytes, word.event.encode()))).digest()[:16]
    where = word.place if not word.area or covers(region, word.area) else f"{word.place} ({word.area})"
    return Received(
        region=region, source=word.origin.hex, device=None, serial=None, command=None, kind=None, number=0,
        sort="normal" if word.act == CLEARED else SORTS[word.kind], raw=word.raw,
        facts={"platform": WAY, "peer": peer.name, "place": where, "note": peer.name, "flags": []},
        device_at=word.at, received_at=now, fingerprint=print_,
    )  # fmt: skip


def _pass_on(word: Word, county: str, *, fresh: bool, now: datetime) -> None:
    """What they found is news of the alarm here; a fire they confirmed is one here, before they get their receipt.

    Raises NotYet."""
    follow(county=county, now=now)
    alarm = alarm_from(counties(), WAY, word.origin.hex)
    if alarm is not None:
        with in_county(alarm.county):
            _on_the_desk(alarm, word.act, fresh=fresh, now=now)
    elif word.act == REAL:
        raise NotYet


def _on_the_desk(alarm: Alarm, act: str, *, fresh: bool, now: datetime) -> None:
    """Once, however often it is told."""
    alarm.refresh_from_db()
    fire = act == REAL and alarm.settled_at is None and proposal_of(alarm) is None
    if fire:
        propose([(alarm, ELSEWHERE)], house(pack_of(alarm.county, now=now), now=now))
    if fire or fresh:
        moved(alarm.county, [alarm.id])
