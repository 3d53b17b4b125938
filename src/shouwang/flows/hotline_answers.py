"""Answers go back to 12345 (工单答复): orders that moved since a position, each with its answer, in time or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import steps_of
from shouwang.domains.hazards.reporters import standing_for, tellings_named, unanswered
from shouwang.domains.hazards.telling_rows import Contribution
from shouwang.domains.ledger.queries import moved_since
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import covered
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.rules.scope import reach

from .case_history import ENDS
from .refusal import Refused
from .report_hazard import REPORT
from .sight import counties_within, pack_of

ACTS = ("tell", "join", "order_changed", "answered", "interim", "answer_due", "rate")
PAGE = 500


@dataclass(frozen=True, kw_only=True)
class OrderAnswer:
    """An order as it stands: due, or answered in words; `in_time` is None while nobody can say."""

    order: str
    code: str
    state: str
    received_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    in_time: bool | None
    words: str
    interim: str
    satisfied: bool | None


@dataclass(frozen=True, kw_only=True)
class Answers:
    """A page of them; `position` asks for what moves after it, `more` that another page waits already."""

    rows: Sequence[OrderAnswer]
    position: int
    more: bool


def hotline_answers(actor: Actor, *, since: int, now: datetime) -> Answers:
    """Orders of the person's county that moved after a position of its ledger. Raises Refused."""
    pack = pack_of(actor.county, now=now)
    seen = hotline_areas(actor, pack)
    moved = moved_since(actor.county, ACTS, after=since, limit=PAGE)
    rows = tellings_named(actor.county, pack.wiring.channels.hotline, [one for _, one in moved])
    position = moved[-1][0] if moved else since
    told = [_told(row, now) for row in rows if covered(seen, row.region)]
    return Answers(rows=told, position=position, more=len(moved) == PAGE)


def waiting_orders(actor: Actor, *, now: datetime, limit: int = 50) -> list[OrderAnswer]:
    """Orders within the person's reach that nobody has answered, the most pressing first. Raises Refused."""
    pack = pack_of(actor.county, now=now)
    seen = hotline_areas(actor, pack)
    rows = unanswered(counties_within(seen), pack.wiring.channels.hotline, within=seen, limit=limit)
    return [_told(row, now) for row in rows]


def hotline_areas(actor: Actor, pack: Pack) -> Sequence[str]:
    """Where a person exchanges orders. Raises Refused where nowhere."""
    way = pack.channels[pack.wiring.channels.hotline]
    areas = reach(pack, [post for post in actor.posts if post.kind in way.posts], REPORT).verdict.areas
    if not areas:
        raise Refused(Decision(False, (Reason("channel_closed", {"channel": way.id}),), (way.row,)))
    return areas


def _told(row: Contribution, now: datetime) -> OrderAnswer:
    case = standing_for(row.case)
    return OrderAnswer(
        order=row.outside,
        code=case.code,
        state=case.state,
        received_at=row.at,
        due_at=row.answer_due_at,
        answered_at=row.answered_at,
        in_time=_in_time(row, now),
        words=answer_of(case) if row.answered_at else "",
        interim="" if row.answered_at else interim_of(case),
        satisfied=row.satisfied,
    )


def _in_time(row: Contribution, now: datetime) -> bool | None:
    if row.answer_due_at is None:
        return None
    if row.answered_at is not None:
        return row.answered_at <= row.answer_due_at
    return False if now > row.answer_due_at else None


def answer_of(case: Case) -> str:
    """The newest answer in words; nothing while there is none for the outcome that stands."""
    if case.state not in ENDS:
        return ""
    words = ""
    for step in steps_of(case):
        if step.target in ENDS and step.source != step.target:
            words = ""
        elif step.act == "answer":
            words = step.note
    return words


def interim_of(case: Case) -> str:
    """What those who told heard last while the work goes on; nothing once it ended, or before anybody said so."""
    if case.state in ENDS:
        return ""
    words = ""
    for step in steps_of(case):
        if step.target in ENDS:
            words = ""
        elif step.act == "interim":
            words = step.note
    return words
