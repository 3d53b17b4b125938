"""Who told of a hazard is read in clear (查看举报人): with a reason, and the looking itself stands in the ledger."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import one, steps_of
from shouwang.domains.hazards.reporters import identity_of, tellings_of
from shouwang.domains.hazards.telling import disclose
from shouwang.domains.hazards.telling_rows import Contribution
from shouwang.domains.ledger.acts import By
from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack

from .refusal import NotSeen, Refused, Unfit, too_long
from .sight import pack_of, post_with, sight

# Whoever asked to stay unknown is known to the office that keeps the system of whistle-blowers alone (10-11), and
# there to nobody who had a hand in the case.
SEALED, OPEN = "hazards.unmask", "hazards.answer"
LEAST, MOST = 2, 200


def unmask_reporter(actor: Actor, case_id: UUID, told_id: UUID, *, reason: str, now: datetime) -> dict[str, str]:
    """Name and telephone in clear. Raises NotSeen, Unfit, Refused."""
    case = one(sight(actor), case_id)
    told = next((row for row in tellings_of(case) if row.id == told_id), None) if case else None
    if case is None or told is None:
        raise NotSeen(str(told_id))
    pack, why = pack_of(case.county, now=now), reason.strip()
    post = unmasking_post(actor, case, told, pack=pack)
    if post is None:
        raise Refused(_no(actor, case, told, pack=pack))
    if fault := too_long(why, MOST):
        raise Unfit({"reason": fault})
    if len(why) < LEAST:
        raise Unfit({"reason": _("Say in a few words why you must know.")})
    clause = pack.actions[_action(told)]
    disclose(told, By(actor=actor.id, post=post.kind, at=now, pack=pack.version, clause=clause), reason=why)
    return identity_of(told)


def unmasking_post(actor: Actor, case: Case, told: Contribution, *, pack: Pack) -> HeldPost | None:
    """The post by which a person may know who told: of a confidential one, nobody who had a hand in the case."""
    if _action(told) == SEALED and any(step.actor == actor.id for step in steps_of(case)):
        return None
    return post_with(actor, _action(told), case.region, pack=pack)


def _action(told: Contribution) -> str:
    return OPEN if told.openness == "named" else SEALED


def _no(actor: Actor, case: Case, told: Contribution, *, pack: Pack) -> Decision[bool]:
    action = _action(told)
    held = post_with(actor, action, case.region, pack=pack) is not None
    reason = Reason("acted_on_case") if held else Reason("not_held", {"action": action})
    return Decision(False, (reason,), (pack.actions[action],))
