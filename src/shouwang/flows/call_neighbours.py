"""邻里求援: a group of neighbours is called; whoever has an account is told at once and says whether they come.

119 comes first, and the page says so. Who has no account is rung up, and whoever rang says what was answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.domains.duties.acting import About, notice
from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.domains.volunteers import services
from shouwang.domains.volunteers.models import Answer, Call, Group, Member
from shouwang.domains.volunteers.queries import (
    answers_to,
    call_in,
    calls_of,
    calls_to,
    group_of_call,
    members_of,
    one,
)
from shouwang.domains.volunteers.services import By
from shouwang.kernel.codes import covered
from shouwang.kernel.digest import seal

from .refusal import NotSeen, TooOften, Unfit, key_fault, too_long
from .see_tasks import counties_of
from .sight import areas_for, pack_for
from .volunteer_groups import KEEPING, group_sight

SORT = "neighbours_called"
PLACE, WORDS, AN_HOUR, LATE = 120, 200, 6, timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Called:
    """A call as a member or the caller sees it; `mine` is the member one is, `rings` says who may ring the others."""

    call: Call
    group: Group
    members: Sequence[Member]
    answers: Mapping[UUID, Answer]
    mine: Member | None
    rings: bool


def call_group(  # noqa: PLR0913
    actor: Actor, group_id: UUID, *, place: str, words: str, key: str, now: datetime, asked_at: datetime | None = None
) -> UUID:
    """`asked_at` is the moment by the phone: what waited too long for a network sends nobody running any more.

    Raises NotSeen, Unfit, TooOften, KeyReused.
    """
    group = one(group_sight(actor), group_id)
    if group is None:
        raise NotSeen(str(group_id))
    faults = {"key": fault} if (fault := key_fault(key)) else {}
    if not place:
        faults["place"] = _("Say where it is, so that somebody else finds it.")
    for name, text, most in (("place", place, PLACE), ("words", words, WORDS)):
        if fault := too_long(text, most):
            faults[name] = fault
    if faults:
        raise Unfit(faults)
    fingerprint = seal(b"call", {"group": str(group.id), "place": place, "words": words})
    if (done := done_before(key, county=group.county, actor=actor.id, fingerprint=fingerprint)) is not None:
        return done
    if now - (asked_at or now) > LATE:
        words = _("This waited too long for a network: nobody was called. If help is still needed, call anew.")
        raise Unfit({"": words})
    if sum(now - one.at < timedelta(hours=1) for one in calls_of(group)) >= AN_HOUR:
        raise TooOften
    return _called(actor, group, place=place, words=words, key=key, fingerprint=fingerprint, now=now)


def _called(
    actor: Actor, group: Group, *, place: str, words: str, key: str, fingerprint: bytes, now: datetime
) -> UUID:
    found = mint(now)
    made = Call(
        id=found, county=group.county, region=group.region, salt=salt(), group=group, place=place, words=words,
        caller=actor.id, at=now,
    )  # fmt: skip
    about = About(region=group.region, subject=found)
    others = sorted({one.person for one in members_of(group) if one.person} - {actor.id})
    told = [notice(SORT, event=found, recipient=who, about=about, at=now) for who in others]
    row = key_row(key, region=group.region, actor=actor.id, fingerprint=fingerprint, object_id=found, at=now)
    try:
        with transaction.atomic():
            services.call(made, by=_by(actor, group, now=now), also=[row, *told])
    except IntegrityError:
        done = done_before(key, county=group.county, actor=actor.id, fingerprint=fingerprint)
        if done is None:
            raise
        return done
    return found


def open_call(actor: Actor, call_id: UUID) -> Called:
    """Raises NotSeen."""
    sight = group_sight(actor)
    group = group_of_call(sight, call_id)
    call = call_in(group, call_id) if group else None
    if group is None or call is None:
        raise NotSeen(str(call_id))
    members = members_of(group)
    mine = next((one for one in members if one.person == actor.id), None)
    rings = call.caller == actor.id or covered(areas_for(actor, KEEPING), group.region)
    return Called(
        call=call, group=group, members=members, answers=answers_to(call), mine=mine, rings=rings
    )


def answer_call(actor: Actor, call_id: UUID, member_id: UUID | None, *, comes: bool, now: datetime) -> None:
    """For oneself, or for a member without an account who was rung up. Said twice it is said once. Raises NotSeen."""
    called = open_call(actor, call_id)
    member = called.mine if member_id is None else _rung(called, member_id)
    if member is None or called.call.ended_at is not None:
        raise NotSeen(str(member_id))
    known = called.answers.get(member.id)
    if known is not None and known.comes == comes:
        return
    by = _by(actor, called.group, now=now)
    try:
        with transaction.atomic():
            services.answer(called.call, member, comes=comes, known=known, by=by)
    except (IntegrityError, Stale):
        # Somebody else's word came in at the same moment: the page shows it.
        return


def end_call(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Nobody needs to come any more. Raises NotSeen."""
    called = open_call(actor, call_id)
    if not called.rings:
        raise NotSeen(str(call_id))
    if called.call.ended_at is None:
        try:
            services.end_call(called.call, by=_by(actor, called.group, now=now))
        except Stale:
            return


def calls_for(actor: Actor) -> Sequence[Call]:
    return calls_to(actor.id, counties_of(actor))


def _rung(called: Called, member_id: UUID) -> Member | None:
    found = next((one for one in called.members if one.id == member_id), None)
    return found if found is not None and called.rings and found.person is None else None


def _by(actor: Actor, group: Group, *, now: datetime) -> By:
    """A member calls and answers as such, whatever post they hold."""
    pack = pack_for(group.region, now=now)
    counted = pack.wiring.records.volunteers
    clause = pack.records[counted].row if counted else pack.actions[KEEPING]
    post = next(iter(actor.posts), None)
    return By(actor=actor.id, post=post.kind if post else "", at=now, pack=pack.version, clause=clause)
