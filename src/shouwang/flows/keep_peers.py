"""Platforms of other levels on the register (对接平台登记): who keeps them, what they are told, the common key."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.domains.ledger.acts import By
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.write import Stale
from shouwang.domains.peers.exchanging import give_up, plan
from shouwang.domains.peers.models import Exchange, Peer
from shouwang.domains.peers.queries import one
from shouwang.domains.peers.scopes import KEEP, Sight
from shouwang.domains.peers.services import add_peer, end_peer
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import Level, covered, is_region, level_of
from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.peer_words import HELLO, Word
from shouwang.rules.outside import on_the_outside

from .refusal import Moved, NotSeen, Refused, Unfit, too_long
from .sight import areas_for, pack_of, post_with

LEAST_KEY, MOST_AREAS = 32, 50


@dataclass(frozen=True, kw_only=True)
class Told:
    """What somebody entered; `key` left empty is made here and shown once."""

    name: str
    url: str
    gives: str
    takes: str
    key: str


def office_of(actor: Actor) -> str:
    """The county, or the prefecture's offices, for which somebody keeps peers; "" for nobody."""
    areas = [area for area in areas_for(actor, KEEP) if level_of(area) in (Level.COUNTY, Level.PREFECTURE)]
    return min(areas, default="")


def peer_sight(actor: Actor) -> Sight:
    office = office_of(actor)
    return Sight(counties=(_home(office),) if office else ())


def keep_peer(actor: Actor, told: Told, *, now: datetime) -> tuple[Peer, str]:
    """(the new peer, its key). Raises NotSeen, Unfit."""
    office = office_of(actor)
    if not office:
        raise NotSeen
    faults: dict[str, str] = {}
    gives, takes = (_areas(getattr(told, name), office, name, faults) for name in ("gives", "takes"))
    _check(told, faults)
    if not faults and not gives and not takes:
        faults["gives"] = _("Name at least one area that is told of, one way or the other.")
    if not faults and gives and not told.url:
        faults["url"] = _("Where shall it be sent? Without an address only their alarms come in.")
    if faults:
        raise Unfit(faults)
    county, key = _home(office), told.key or secrets.token_hex(LEAST_KEY)
    peer = Peer(
        id=mint(now), county=county, region=county, salt=salt(), name=told.name, url=told.url, gives=gives, takes=takes,
        made_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            add_peer(peer, key, _by(actor, county, now))
            if told.url:
                plan([_hello(peer, now)])
    except IntegrityError:
        raise Unfit({"name": _("A platform of this name is connected already.")}) from None
    return peer, key


def drop_peer(actor: Actor, peer_id: UUID, *, now: datetime) -> None:
    """Raises NotSeen, Moved."""
    peer = one(peer_sight(actor), peer_id)
    if peer is None:
        raise NotSeen(str(peer_id))
    try:
        with transaction.atomic():
            end_peer(peer, _by(actor, peer.county, now))
            give_up(peer)
    except Stale:
        raise Moved from None


def _home(office: str) -> str:
    """The code under which an office keeps its own."""
    return office.ljust(6, "0")[:6]


def _by(actor: Actor, county: str, now: datetime) -> By:
    pack = pack_of(county, now=now)
    post = post_with(actor, KEEP, office_of(actor), pack=pack)
    if post is None:
        raise Refused(Decision(False, (Reason("not_held", {"action": KEEP}),), (pack.actions[KEEP],)))
    return By(actor=actor.id, post=post.kind, at=now, pack=pack.version, clause=pack.actions[KEEP])


def _hello(peer: Peer, now: datetime) -> Exchange:
    """Asks nothing and rings nowhere: its receipt shows that address and key are right."""
    word = Word(event=f"hello:{peer.id}", act=HELLO, origin=peer.id, at=now)
    return Exchange(
        id=mint(now), county=peer.county, region=peer.region, peer=peer.id, direction="out", event=word.event,
        act=HELLO, origin=peer.id, told=word.plain(), happened_at=now, at=now, state="waiting", next_at=now,
    )  # fmt: skip


def _check(told: Told, faults: dict[str, str]) -> None:
    if not told.name:
        faults["name"] = _("This is needed.")
    elif fault := too_long(told.name, 80):
        faults["name"] = fault
    if fault := too_long(told.url, 300):
        faults["url"] = fault
    elif told.url and not on_the_outside(told.url, inner=settings.CHANNEL_INNER_HOSTS):
        faults["url"] = _("An address begins with https:// and names a server on the outside.")
    if told.key and len(told.key) < LEAST_KEY:
        faults["key"] = _("A key has %(n)s signs or more.") % {"n": LEAST_KEY}


def _areas(text: str, office: str, name: str, faults: dict[str, str]) -> list[str]:
    codes = list(dict.fromkeys(text.replace(",", " ").replace("，", " ").replace("、", " ").split()))
    if wrong := [code for code in codes if not (is_region(code) and covered((office,), code))]:
        faults[name] = _("No area of yours has the code %(code)s.") % {"code": wrong[0][:20]}
    elif len(codes) > MOST_AREAS:
        faults[name] = _("At most %(n)s areas.") % {"n": MOST_AREAS}
    return codes
