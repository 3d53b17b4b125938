"""Whoever has the code of a report says that the hazard is still there (异议): once, with a photo, no account."""

from dataclasses import dataclass
from datetime import datetime

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.reporters import by_claim, standing_for
from shouwang.domains.hazards.telling_rows import Contribution
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import parse_claim_code
from shouwang.kernel.decision import Decision
from shouwang.policy import Pack
from shouwang.rules.transitions import ActFacts, may

from .advance_hazard import NOTE, Move, moved
from .case_history import History
from .photos import Photo
from .refusal import NotSeen, Refused, Unfit, too_long
from .sight import pack_of

ACT = "dispute"


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """What somebody told, and the case that stands for it now."""

    told: Contribution
    case: Case


def claimed(code: str) -> Claimed:
    """What a claim code opens. Raises NotSeen."""
    try:
        told = by_claim(parse_claim_code(code))
    except ValueError:
        told = None
    if told is None:
        raise NotSeen(code)
    return Claimed(told=told, case=standing_for(told.case))


def may_dispute(case: Case, *, note: str, pictures: int, pack: Pack) -> Decision[bool]:
    facts = ActFacts(
        actor="", holds=True, is_reporter=True, pictures=pictures, reason=note, before=History(case).before
    )
    return may(pack, case.state, ACT, facts)


def dispute_by_code(code: str, *, note: str, photos: tuple[Photo, ...], now: datetime) -> Case:
    """Open the case again. Raises NotSeen, Unfit, Refused, Moved, FileRefused."""
    found = claimed(code)
    if fault := too_long(note, NOTE):
        raise Unfit({"note": fault})
    pack = pack_of(found.case.county, now=now)
    judged = may_dispute(found.case, note=note, pictures=len(photos), pack=pack)
    if not judged.verdict:
        raise Refused(judged)
    nobody: Actor | None = None
    return moved(nobody, found.case, Move(act=ACT, note=note, photos=photos), judged=judged, pack=pack, now=now)
