"""The grid whistles (网格吹哨): a department is called to one case, and from then on sees that case."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import one
from shouwang.domains.hazards.services import Step, summon_to
from shouwang.domains.ledger.acts import before
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import covers
from shouwang.kernel.decision import Decision, Reason
from shouwang.rules.scope import reach

from .refusal import Moved, NotSeen, Refused, Unfit
from .sight import pack_of, sight

ACTION = "hazards.assign"


def summon_department(actor: Actor, case_id: UUID, department: str, *, now: datetime) -> Case:
    """Call the county's `department` to a case. Raises NotSeen, Unfit, Refused, Moved."""
    case = one(sight(actor), case_id)
    if case is None:
        raise NotSeen(str(case_id))
    pack = pack_of(case.county, now=now)
    if department not in pack.departments:
        raise Unfit({"department": _("Choose the department that shall act.")})
    clause = pack.wiring.clauses.summons
    posts = [
        p for p in actor.posts if any(covers(a, case.region) for a in reach(pack, (p,), ACTION).verdict.areas)
    ]
    if not posts:
        raise Refused(Decision(False, (Reason("not_held", {"action": ACTION}),), (clause,)))
    if case.state in ("closed", "rejected", "merged"):
        raise Refused(Decision(False, (Reason("case_ended"),), (pack.wiring.clauses.loop,)))
    earlier = before(case, "version")
    case.version += 1
    step = Step(
        act="summon",
        source=case.state,
        target=case.state,
        actor=actor.id,
        post=posts[0].kind,
        at=now,
        pack=pack.version,
        clause=clause,
    )
    try:
        summon_to(case, step, earlier=earlier, department=department, body=case.county)
    except Stale:
        raise Moved(str(case_id)) from None
    except IntegrityError:
        raise Refused(Decision(False, (Reason("already_summoned"),), (clause,))) from None
    return case
