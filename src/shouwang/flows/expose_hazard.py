"""隐患曝光: proposed by the county, approved by somebody else who looked for names and homes, withdrawn in the end."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from shouwang.domains.hazards import exposures
from shouwang.domains.hazards.exposure_rows import Exposure
from shouwang.domains.hazards.exposures import PROPOSED, PUBLIC, REFUSED, Key, Page
from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import one
from shouwang.domains.ledger.acts import By
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.kernel.codes import county_of
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.exposing import may_expose, may_publish
from shouwang.rules.record_acts import entering_post, verifying_post, verifying_somewhere

from .refusal import Moved, NotSeen, Refused, Unfit, too_long
from .sight import pack as current_pack
from .sight import pack_of, sight

WORDS, REASON = 120, 200


def may_propose(actor: Actor, case: Case, *, pack: Pack) -> bool:
    """Whether the page of a case offers it: the person's post, the kind of place, and not public yet."""
    told = _type(pack)
    if told is None or entering_post(pack, told, actor.posts, case.county) is None or exposures.exposed(case):
        return False
    return may_expose(pack, site=case.site, state=case.state, words="").verdict


def proposable(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """The case a person may propose. Raises NotSeen."""
    case = one(sight(actor), case_id)
    if case is None or not may_propose(actor, case, pack=pack_of(case.county, now=now)):
        raise NotSeen(str(case_id))
    return case


def propose_exposure(actor: Actor, case_id: UUID, words: str, *, now: datetime) -> UUID:
    """Raises NotSeen, Unfit, Refused, Moved."""
    case = proposable(actor, case_id, now=now)
    pack = pack_of(case.county, now=now)
    told = _type(pack)
    assert told is not None
    if fault := too_long(words, WORDS) if words else _("Write what everybody shall read."):
        raise Unfit({"words": fault})
    judged = may_expose(pack, site=case.site, state=case.state, words=words)
    if not judged.verdict:
        raise Refused(judged)
    post = entering_post(pack, told, actor.posts, case.county)
    try:
        return exposures.propose(case, words, by=_by(actor, post, told, pack=pack, now=now)).id
    except IntegrityError:
        raise Moved(str(case_id)) from None


def decide_exposure(
    actor: Actor, exposure_id: UUID, *, publish: bool, checked: Sequence[str], reason: str, now: datetime
) -> None:
    """Raises NotSeen, Unfit, Refused, Moved."""
    row, told, post, pack = _open(actor, exposure_id, PROPOSED, now=now)
    if publish:
        judged = may_expose(pack, site=row.case.site, state=row.case.state, words=row.words)
        if judged.verdict:
            judged = may_publish(pack, same_person=row.proposed_by == actor.id, checked=tuple(checked))
        if not judged.verdict:
            raise Refused(judged)
    else:
        _reason(reason)
    by, state = _by(actor, post, told, pack=pack, now=now), PUBLIC if publish else REFUSED
    try:
        exposures.decide(row, state, checked=sorted(set(checked)), reason=reason, record=told.id, by=by)
    except Stale:
        raise Moved(str(exposure_id)) from None


def withdraw_exposure(actor: Actor, exposure_id: UUID, *, reason: str, now: datetime) -> None:
    """Raises NotSeen, Unfit, Moved."""
    row, told, post, pack = _open(actor, exposure_id, PUBLIC, now=now)
    mended = row.case.state == "closed"
    if not mended:
        _reason(reason)
    by = _by(actor, post, told, pack=pack, now=now)
    try:
        exposures.withdraw(row, reason=reason, mended=mended, record=told.id, by=by)
    except Stale:
        raise Moved(str(exposure_id)) from None


def exposures_for(actor: Actor, *, limit: int, after: Key | None = None) -> Page:
    """What waits and what is public, for whoever may decide on it, a page at a time."""
    pack, seen = current_pack(), sight(actor)
    told = _type(pack)
    if told is None or not verifying_somewhere(pack, told, actor.posts):
        return Page(rows=[], after=None)
    counties = {county_of(area) for area in seen.areas}
    theirs = [one for one in sorted(counties) if verifying_post(pack, told, actor.posts, one) is not None]
    return exposures.within(seen, theirs, limit=limit, after=after)


def decides_on_exposures(actor: Actor) -> bool:
    pack = current_pack()
    told = _type(pack)
    return told is not None and verifying_somewhere(pack, told, actor.posts)


def _open(actor: Actor, exposure_id: UUID, state: str, *, now: datetime) -> tuple[Exposure, RecordType, HeldPost, Pack]:
    """An exposure in sight and in this state, and the post by which the person decides on it. Raises NotSeen."""
    row = exposures.one(sight(actor), exposure_id)
    pack = pack_of(row.county, now=now) if row else current_pack()
    told = _type(pack)
    post = verifying_post(pack, told, actor.posts, row.county) if row and told else None
    if row is None or told is None or post is None or row.state != state:
        raise NotSeen(str(exposure_id))
    return row, told, post, pack


def _reason(reason: str) -> None:
    if fault := too_long(reason, REASON) if reason else _("Say why."):
        raise Unfit({"reason": fault})


def _type(pack: Pack) -> RecordType | None:
    return pack.records.get(pack.wiring.records.exposure)


def _by(actor: Actor, post: HeldPost | None, told: RecordType, *, pack: Pack, now: datetime) -> By:
    if post is None:
        raise Refused(Decision(False, (Reason("not_entered_by_you", {"record": told.id}),), (told.row,)))
    return By(actor=actor.id, post=post.kind, at=now, pack=pack.version, clause=told.row)
