"""“That is it, add mine” (我也反映): a report of something known joins its case; its reporter gets the answer too."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from shouwang.domains.hazards.models import OPEN_STATES, Case
from shouwang.domains.hazards.queries import by_code
from shouwang.domains.hazards.reporters import standing_for
from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import parse_case_code
from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.digest import seal
from shouwang.policy import Pack

from .photos import Photo, attach
from .refusal import NotSeen, Refused, Unfit, too_long
from .sight import pack_of, usual_way
from .tellings import NUL, Telling, claim_of, keep_told, read_telling

NOTE = 500


@dataclass(frozen=True, kw_only=True)
class Joining:
    """What a person adds to a case that is known; `code` is the one the prompt showed."""

    key: str
    code: str
    channel: str = field(default_factory=usual_way)
    note: str = ""
    telling: Telling | None = None
    photos: tuple[Photo, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Joined:
    """The case that was joined, and the code by which a reporter who is not named follows it."""

    id: UUID
    case: Case
    claim: str
    replayed: bool = False


def join_case(actor: Actor | None, joining: Joining, *, now: datetime) -> Joined:
    """Add to a case. Whoever joins sees no more of it than before. Raises Unfit, NotSeen, Refused, KeyReused."""
    case = _case(joining.code)
    pack = pack_of(case.county, now=now)
    _check(joining, case, pack)
    way = pack.channels.get(joining.channel)
    if way is None:
        raise Unfit({"channel": _("Choose the way it came in.")})
    posts = [post for post in actor.posts if post.kind in way.posts] if actor else []
    if not (way.public if actor is None else posts):
        raise Refused(Decision(False, (Reason("channel_closed", {"channel": way.id}),), (way.row,)))
    told = read_telling(pack, joining.channel, joining.telling, actor, now=now)
    who, print_ = told.seen(actor), _fingerprint(joining)
    claim = claim_of(joining.key, case.county) if told.by_code else ""
    key = key_row(joining.key, region=case.region, actor=who, fingerprint=print_, object_id=case.id, at=now)
    files = tuple(
        attach(photo, actor=actor, subject=case.id, region=case.region, now=now) for photo in joining.photos
    )
    try:
        keep_told(
            told, case, claim=claim, note=joining.note, actor=actor, post=posts[0].kind if posts else "", pack=pack,
            now=now, joins=True, files=files, key=key,
        )  # fmt: skip
    except IntegrityError:
        done = done_before(joining.key, county=case.county, actor=who, fingerprint=print_)
        if done is None:
            raise
        return Joined(id=done, case=case, claim=claim, replayed=True)
    return Joined(id=case.id, case=case, claim=claim)


def _case(code: str) -> Case:
    try:
        found = by_code(parse_case_code(code))
    except ValueError:
        found = None
    if found is None:
        raise NotSeen(code)
    return standing_for(found)


def _check(joining: Joining, case: Case, pack: Pack) -> None:
    if case.state not in OPEN_STATES:
        raise Refused(Decision(False, (Reason("case_ended"),), (pack.wiring.clauses.loop,)))
    faults = {}
    if not joining.key or len(joining.key) > 64 or NUL in joining.key:
        faults["key"] = _("A key of 1 to 64 signs is needed.")
    if fault := too_long(joining.note, NOTE):
        faults["note"] = fault
    if faults:
        raise Unfit(faults)


def _fingerprint(joining: Joining) -> bytes:
    told = joining.telling.plain if joining.telling else {}
    photos = [photo.named for photo in joining.photos]
    plain = {"code": joining.code, "channel": joining.channel, "note": joining.note, "photos": photos}
    return seal(b"join", {**plain, **told})
