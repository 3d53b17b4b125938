"""Who is on duty at a desk (值班交接): one takes over, and sees what the one before left open."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.domains.alarms.models import Watch
from shouwang.domains.alarms.queries import counted_open, watch_at, watches_at
from shouwang.domains.alarms.scopes import HANDLE, Sight
from shouwang.domains.alarms.services import begin_watch
from shouwang.domains.ledger.acts import before
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of

from .alarm_sight import by_post
from .refusal import Moved, NotSeen, Unfit, too_long
from .sight import pack, pack_of, spelt_out

MOST = 300


def desks_of(actor: Actor) -> Sequence[str]:
    """The desks a person may sit at: those of their posts that handle alarms."""
    kinds = pack().posts
    found = (post.region for post in actor.posts if post.kind in kinds and HANDLE in kinds[post.kind].actions)
    return list(dict.fromkeys(found))


def take_over(actor: Actor, desk: str, *, note: str, now: datetime) -> Watch:
    """The watch before ends with how much is open; whoever sits there already stays. Raises NotSeen, Unfit, Moved."""
    if desk not in desks_of(actor):
        raise NotSeen(desk)
    if fault := too_long(note, MOST):
        raise Unfit({"note": fault})
    by = by_post(actor, HANDLE, desk, pack=pack_of(county_of(desk), now=now), now=now)
    last = watch_at(desk)
    if last is not None and last.person == actor.id:
        if note in ("", *(one.note for one in watches_at(desk, limit=2)[1:])):
            return last  # pressed twice
        raise Unfit({"note": _("You are on duty already.")})
    watch = Watch(
        id=mint(now), county=county_of(desk), region=desk, salt=salt(), person=actor.id, post=by.post, since=now
    )
    ending = None
    if last is not None:
        ending = (last, before(last, "version"))
        last.until, last.note, last.version = now, note, last.version + 1
        last.open = counted_open(Sight(tuple(spelt_out([desk]))).pieces())
    try:
        with transaction.atomic():
            begin_watch(watch, by, ending=ending)
    except (Stale, IntegrityError):
        raise Moved(desk) from None
    return watch
