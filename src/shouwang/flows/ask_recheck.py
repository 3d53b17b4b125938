"""A station with nobody else asks a neighbour to re-check (请邻近消防工作站复核); it sees the one case from then on."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import one
from shouwang.domains.hazards.reviews import Whom, ask_to_look
from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.domains.people.holders import holders
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.rules.rechecking import RECHECK, Rechecks, who_rechecks

from .around_case import told_rows
from .case_history import History
from .people_told import People
from .refusal import NotSeen, Refused, Unfit
from .sight import pack_of, post_with, sight

ASK, SORT = "hazards.assign", "recheck_asked"


def rechecks_of(case: Case, *, pack: Pack, now: datetime) -> Decision[Rechecks]:
    """Who may re-check a fix that waits for it."""
    kinds = [key for key, post in pack.posts.items() if RECHECK in post.actions]
    found = holders([case.county], kinds=kinds, on=now.astimezone(pack.zone).date())
    fixers = {case.submitter, *History(case).hands} - {None}
    return who_rechecks(pack, found, region=case.region, barred={f"{case.county}.{one}" for one in fixers})


def ask_recheck(actor: Actor, case_id: UUID, body: str, *, now: datetime) -> Case:
    """Ask the station of a neighbouring township to look. Raises NotSeen, Unfit, Refused."""
    case = one(sight(actor), case_id)
    if case is None:
        raise NotSeen(str(case_id))
    pack = pack_of(case.county, now=now)
    post, station = _post(actor, case, pack), pack.wiring.departments.station
    past = History(case)
    if case.state != "submitted" and not past.under_review:
        raise Refused(Decision(False, (Reason("not_to_recheck"),), (pack.wiring.clauses.loop,)))
    if body not in rechecks_of(case, pack=pack, now=now).verdict.neighbours:
        raise Unfit({"body": _("Choose a neighbouring office.")})
    if past.asked(station, body):
        raise Refused(Decision(False, (Reason("recheck_asked_before"),), (pack.wiring.clauses.loop,)))
    whom = Whom(
        department=station, body=body, at=now, pack=pack.version, clause=pack.wiring.clauses.loop, actor=actor.id,
        post=post.kind,
    )  # fmt: skip
    people = People(pack, case.county, now.astimezone(pack.zone).date())
    ask_to_look(case, whom, told=told_rows(SORT, case, people.at(station, body), at=now))
    return case


def _post(actor: Actor, case: Case, pack: Pack) -> HeldPost:
    post = post_with(actor, ASK, case.region, pack=pack)
    if post is not None:
        return post
    raise Refused(Decision(False, (Reason("not_held", {"action": ASK}),), (pack.wiring.clauses.loop,)))
