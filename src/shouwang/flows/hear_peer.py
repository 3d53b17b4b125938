"""A platform of another level tells of an alarm (接收外来报警): kept once, answered with a receipt, an alarm here.

Rings come in as signals like those of any wire. What its people found is shown with the alarm; a fire they confirmed is
proposed here at once. Our own alarm that comes back is known by its origin and raises nothing.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

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
from shouwang.domains.peers.queries import in_use, known_events
from shouwang.domains.peers.scopes import KEEP
from shouwang.domains.peers.services import link_peer
from shouwang.kernel.codes import Level, county_of, covered, covers, is_region, level_of, parent_of
from shouwang.kernel.peer_words import CLEARED, HELLO, RING, NotSound, Word

from .alarm_sight import house
from .follow_signals import follow
from .receive_signals import keep_signals, wake_followers
from .sight import pack_of

WAY, ELSEWHERE = "peer", "elsewhere"
SORTS = {"fire": "fire", "gas": "gas", "call": "manual_alarm", "manual": "manual_alarm"}


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """`result`: kept, known (it came before), own (it first rang here)."""

    id: UUID
    result: str


def peer_at(peer_id: UUID) -> tuple[Peer, str] | None:
    """(a peer in use, the key it signs with)."""
    found = next((one for one in in_use(counties()) if one.id == peer_id), None)
    return (found, secret_of(found)) if found else None


def hear(peer: Peer, word: Word, *, now: datetime) -> Receipt:
    """When it returns, the word is on disk. Raises NotSound from a peer that may tell of nothing."""
    if word.act != HELLO and not peer.takes:
        raise NotSound("area")
    if known := known_events(peer, "in", [word.event]).get(word.event):
        return Receipt(id=known.id, result="known")
    own = first_rang_here(counties(), word.origin)
    region = _region(peer, word)
    if not own and word.act in (RING, CLEARED):
        keep_signals(county_of(region), [_signal(peer, word, region, now)], way=WAY, at=now)
    row = Exchange(
        id=mint(now), county=peer.county, region=peer.region, peer=peer.id, direction="in", event=word.event,
        act=word.act, origin=word.origin, told=word.plain(), happened_at=word.at, at=now,
        state="own" if own else "kept", done_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            receive(row)
    except IntegrityError:
        return Receipt(id=known_events(peer, "in", [word.event])[word.event].id, result="known")
    link(peer, now=now)
    if not own and word.act != HELLO:
        wake_followers([county_of(region)])
        if word.act not in (RING, CLEARED):
            _on_the_desk(word, county_of(region), now)
    return Receipt(id=row.id, result=row.state)


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


def _region(peer: Peer, word: Word) -> str:
    """The smallest area known here of those it may tell of; else it stays with the office that keeps the peer."""
    area: str | None = word.area if is_region(word.area) else None
    while area is not None and covered(tuple(peer.takes), area):
        if level_of(area) >= Level.COUNTY and county_of(area) in counties() and place(area) is not None:
            return area
        area = parent_of(area)
    return peer.region


def _signal(peer: Peer, word: Word, region: str, now: datetime) -> Received:
    print_ = hashlib.sha256(b"\0".join((WAY.encode(), peer.id.bytes, word.event.encode()))).digest()[:16]
    where = word.place if not word.area or covers(region, word.area) else f"{word.place} ({word.area})"
    return Received(
        region=region, source=word.origin.hex, device=None, serial=None, command=None, kind=None, number=0,
        sort="normal" if word.act == CLEARED else SORTS[word.kind], raw=str(word.plain()).encode(),
        facts={"platform": WAY, "peer": peer.name, "place": where, "note": peer.name, "flags": []},
        device_at=word.at, received_at=now, fingerprint=print_,
    )  # fmt: skip


def _on_the_desk(word: Word, county: str, now: datetime) -> None:
    """What people found elsewhere is news of the alarm here; a fire they confirmed is one here."""
    follow(county=county, now=now)
    with in_county(county):
        alarm = alarm_from(county, WAY, word.origin.hex)
        if alarm is None:
            return
        if word.act == "real" and alarm.settled_at is None and proposal_of(alarm) is None:
            propose([(alarm, ELSEWHERE)], house(pack_of(county, now=now), now=now))
        moved(county, [alarm.id])
