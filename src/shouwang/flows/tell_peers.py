"""Alarms and their course go to platforms of other levels (报警外送): in order, once, until each gives its receipt.

Killed at any moment, planning begins again from what stands and sending from what has no receipt; the same word bears
the same name, so that the other side keeps it once. What a platform told us never goes back to it.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shouwang.domains.alarms import queries as alarms
from shouwang.domains.alarms.models import Alarm
from shouwang.domains.areas.pieces import within
from shouwang.domains.areas.queries import counties
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.queries import advance, reached
from shouwang.domains.peers.exchanging import plan, put_off, receipted
from shouwang.domains.peers.keys import secret_of
from shouwang.domains.peers.models import Exchange, Peer
from shouwang.domains.peers.queries import came_from, due_for, in_use, waiting_for
from shouwang.domains.people.crypto import Unreadable
from shouwang.kernel.codes import county_of, covered
from shouwang.kernel.peer_words import CLEARED, COURSE, RING, Word
from shouwang.rules.alarms import URGENT
from shouwang.rules.telling import LONGEST, try_again

from .hear_peer import WAY, link
from .peer_turns import TURN, WORDS, Rests, each_peer
from .sight import spelt_out

AT_ONCE = 200
log = logging.getLogger(__name__)


class NotTaken(Exception):
    """The other side gave no receipt; the message is the reason, and never holds a secret."""


class TurnedDown(NotTaken):
    """It is there and will not have this word; others it may."""


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One word on its way."""

    url: str
    secret: str
    event: str
    told: dict[str, object]


Sender = Callable[[Parcel], str]


def plan_words(*, now: datetime) -> int:
    """What alarms have to be told anew; how much that was."""
    return each_peer((peer for peer in in_use(counties()) if peer.url and peer.gives), lambda peer: _plan(peer, now))


def send_words(
    send: Sender, *, clock: Callable[[], datetime], rests: Rests | None = None, counts: Counter[str] | None = None
) -> int:
    """A turn for each peer that something waits for, those who answered last time before the others; how much was
    told."""
    turn = _Turn(send=send, clock=clock, rests=rests or Rests(), counts=Counter() if counts is None else counts)
    asked = sorted(in_use(counties()), key=lambda peer: turn.rests.failed[peer.id])
    return each_peer((peer for peer in asked if peer.url), turn.take)


def words_waiting() -> int:
    """How many have no receipt yet, at whatever peer."""
    return waiting_for(in_use(counties()))


def _plan(peer: Peer, now: datetime) -> int:
    areas, reader, planned = spelt_out(peer.gives), f"peer.{peer.id.hex}", 0
    for county in sorted({county_of(area) for area in areas}):
        pieces = within([area for area in areas if county_of(area) == county])
        at = reached(county, reader)
        news = alarms.news_after(pieces, {county: -1 if at is None else at}, limit=AT_ONCE)
        if not news:
            continue
        rows = list(_rows(peer, alarms.alarms_of(county, list({row["id"] for row in news})), now))
        plan(rows)
        advance(county, reader, news[-1]["position"], now=now)
        planned += len(rows)
    return planned


def _rows(peer: Peer, found: Sequence[Alarm], now: datetime) -> Iterator[Exchange]:
    origins = {one.id: origin_of(one) for one in found}
    back = came_from(peer, origins.values())
    for alarm in found:
        told = alarm.kind in URGENT and alarm.raised_at >= peer.made_at and origins[alarm.id] not in back
        if told and covered(tuple(peer.gives), alarm.region):
            words = words_of(alarm, origins[alarm.id])
            # Ids of one moment come in no order of their own; what waits goes out by them.
            for id_, word in zip(sorted(mint(now) for _ in words), words, strict=True):
                yield Exchange(
                    id=id_, county=peer.county, region=peer.region, peer=peer.id, direction="out",
                    event=word.event, act=word.act, origin=word.origin, told=word.plain(), happened_at=word.at,
                    at=now, state="waiting", next_at=now,
                )  # fmt: skip


def origin_of(alarm: Alarm) -> UUID:
    """Where it first rang: here, or on the platform that told us."""
    return UUID(alarm.source) if alarm.way == WAY else alarm.id


def words_of(alarm: Alarm, origin: UUID) -> list[Word]:
    """The course of an alarm so far; what a person wrote, and who they are, stays here."""
    whole = {"origin": origin, "area": alarm.region, "kind": alarm.kind, "place": alarm.place[:160]}
    found = [Word(event=f"ring:{origin}", act=RING, at=alarm.raised_at, **whole)]
    found += [
        Word(event=f"step:{one.id}", act=one.target, at=one.at, **whole)
        for one in alarms.steps_of(alarm)
        if one.target in COURSE and one.target != one.source
    ]
    found += [
        Word(event=f"known:{one.id}", act="acknowledged", at=one.at, level=one.level, **whole)
        for one in alarms.known_to(alarm)
    ]
    pulse = alarms.pulse_of(alarm)
    if pulse.cleared_at is not None:
        stopped = f"cleared:{alarm.id}:{pulse.cleared_at:%Y%m%d%H%M%S}"
        found.append(Word(event=stopped, act=CLEARED, at=pulse.cleared_at, **whole))
    return sorted(found, key=lambda one: (one.act != RING, one.at))


@dataclass(frozen=True, kw_only=True)
class _Turn:
    """One walk over the peers."""

    send: Sender
    clock: Callable[[], datetime]
    rests: Rests
    counts: Counter[str]

    def take(self, peer: Peer) -> int:
        begun, told, held = self.clock(), 0, set[UUID]()
        if self.rests.resting(peer.id, begun):
            return 0
        for row in due_for(peer, now=begun, limit=WORDS):
            if self.clock() - begun >= TURN:
                break
            # What came later of the same alarm waits for what was turned down.
            if row.origin in held:
                continue
            try:
                receipted(row, self._told(peer, row), at=self.clock())
            except TurnedDown as no:
                held.add(row.origin)
                self._put_off(row, no, until=_again(row.tries + 1, self.clock()))
            except NotTaken as no:
                self._put_off(row, no, until=self.rests.away(peer.id, self.clock()))
                return told
            else:
                self.rests.there(peer.id)
                link(peer, now=self.clock())
                self.counts["told"] += 1
                told += 1
        return told

    def _told(self, peer: Peer, row: Exchange) -> str:
        """Its receipt. Raises NotTaken."""
        try:
            return self.send(Parcel(url=peer.url, secret=secret_of(peer), event=row.event, told=row.told))
        except NotTaken:
            raise
        except Unreadable:
            raise NotTaken("no key opens the secret") from None
        except Exception as error:  # noqa: BLE001 - a peer, however odd, must not keep alarms from all others
            # Only where, not what: the words of an error may hold what is secret.
            log.error("platform %s could not be told: %s", peer.id, type(error).__name__)  # noqa: TRY400
            raise NotTaken(type(error).__name__) from None

    def _put_off(self, row: Exchange, no: NotTaken, *, until: datetime) -> None:
        self.counts["put_off"] += 1
        put_off(row, str(no), until=until)


def _again(tries: int, now: datetime) -> datetime:
    """Never given up: what was turned down by mistake is taken when they have mended it."""
    return try_again(tries, now) or now + max(LONGEST, timedelta(minutes=1))
