"""A suggestion or complaint (意见建议) about the system goes to the office that runs it, and comes back answered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.domains.ledger.acts import By
from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.domains.suggestions import services
from shouwang.domains.suggestions.queries import one
from shouwang.domains.suggestions.scopes import SEE, Sight
from shouwang.kernel.codes import county_of
from shouwang.kernel.digest import seal

from .refusal import Moved, NotSeen, Unfit, too_long
from .sight import areas_for, pack_for, post_with, spelt_out

LONGEST, LONGEST_PAGE = 1000, 120


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was written, on which face and page, to the office of which `region`; `key` makes it one."""

    words: str
    face: str
    region: str
    key: str
    page: str = ""


def suggest(actor: Actor | None, said: Said, *, now: datetime) -> UUID:
    """Keep a suggestion, once for each key. Raises Unfit, KeyReused."""
    words = said.words.strip()
    fault = too_long(words, LONGEST) if words else _("Write what you want to say.")
    if fault:
        raise Unfit({"words": fault})
    pack = pack_for(said.region, now=now)
    post = actor.posts[0].kind if actor is not None and actor.posts else ""
    by = By(
        at=now, pack=pack.version, clause=pack.actions[SEE], actor=actor.id if actor else None, post=post
    )
    page = said.page.partition("?")[0].replace("\x00", "")[:LONGEST_PAGE]
    new = services.new_suggestion(words, face=said.face, page=page, region=said.region, by=by)
    print_ = seal(b"request", dict(vars(said)))
    kept = key_row(said.key, region=new.region, actor=by.actor, fingerprint=print_, object_id=new.id, at=now)
    try:
        with transaction.atomic():
            services.keep_suggestion(new, by, also=[kept])
    except IntegrityError:
        done = done_before(said.key, county=county_of(said.region), actor=by.actor, fingerprint=print_)
        if done is None:
            raise
        return done
    return new.id


def answering(actor: Actor) -> Sight:
    """What a person answers for."""
    counties = {county_of(area) for area in spelt_out(areas_for(actor, SEE))}
    return Sight(counties=tuple(sorted(counties)))


def answer(actor: Actor, suggestion_id: UUID, words: str, *, version: int, now: datetime) -> None:
    """Answer a suggestion. Raises NotSeen, Unfit, Moved when somebody else answered in between."""
    found = one(answering(actor), suggestion_id)
    if found is None:
        raise NotSeen
    said = words.strip()
    fault = too_long(said, LONGEST) if said else _("Write the answer.")
    if fault:
        raise Unfit({"answer": fault})
    if found.version != version:
        raise Moved
    pack = pack_for(found.region, now=now)
    post = post_with(actor, SEE, found.region, pack=pack)
    by = By(
        at=now, pack=pack.version, clause=pack.actions[SEE], actor=actor.id, post=post.kind if post else ""
    )
    try:
        services.answer_suggestion(found, said, by)
    except Stale:
        raise Moved from None
