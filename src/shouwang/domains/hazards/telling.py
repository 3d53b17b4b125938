"""Acts on what reporters tell (反映): kept, told again, changed by the system it came from, answered, unmasked."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import models

from shouwang.domains.ledger.acts import Before, By, keep
from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.models import Evidence
from shouwang.domains.ledger.rows import Enclosed
from shouwang.kernel.decision import Reason
from shouwang.policy import load

from .events import ANSWER_OWED, JOINED, ORDER_ANSWERED, ORDER_RECEIVED, TOLD, WORD_ANSWERED
from .models import Case, Transition
from .telling_rows import Contribution, Disclosure

ROOM = "hazards"
CHANGED = ("facts", "note", "identity", "answer_due_at", "answered_at", "satisfied", "version")


def keep_telling(
    told: Contribution,
    case: Case,
    by: By,
    *,
    joins: bool,
    files: Sequence[Enclosed] = (),
    also: Sequence[models.Model] = (),
) -> None:
    """Keep what a reporter told of a case; `joins` where the case was known already. Raises IntegrityError."""
    enclosed: list[Enclosed] = [_evidence(JOINED if joins else TOLD, told, by, subject=case.id)]
    if joins:
        enclosed.append(_step("join", case, by, Reason("joined_by", {"channel": told.channel}), note=told.note))
    if _is_order(told):
        enclosed.append(_evidence(ORDER_RECEIVED, told, by, subject=told.id))
    act = by.act(ROOM, "join" if joins else "tell", region=told.region)
    keep(act, subject=told, enclosed=[*enclosed, *files], also=also)


def change_telling(told: Contribution, case: Case, by: By, *, earlier: Before) -> None:
    """Keep facts that the sender changed, as a step of the case. Raises Stale."""
    step = _step("order_changed", case, by, Reason("order_changed", {"order": told.outside}), note=told.note)
    keep(by.act(ROOM, "order_changed", region=told.region), subject=told, changed=(earlier, CHANGED), enclosed=[step])


def rate_telling(told: Contribution, by: By, *, earlier: Before) -> None:
    """Keep whether the reporter was content with the answer. Raises Stale."""
    keep(by.act(ROOM, "rate", region=told.region), subject=told, changed=(earlier, CHANGED))


def answered_telling(told: Contribution, by: By, *, earlier: Before) -> None:
    """Keep that a reporter has the answer. Raises Stale."""
    kind = ORDER_ANSWERED if _is_order(told) else WORD_ANSWERED
    said = [_evidence(kind, told, by, subject=told.id)]
    keep(by.act(ROOM, "answered", region=told.region), subject=told, changed=(earlier, CHANGED), enclosed=said)


def interim_telling(told: Contribution, by: By, *, earlier: Before) -> None:
    """Keep that a reporter heard what is being done; the answer is still owed. Raises Stale."""
    keep(by.act(ROOM, "interim", region=told.region), subject=told, changed=(earlier, CHANGED))


def set_answer_due(told: Contribution, by: By, *, earlier: Before) -> None:
    """Keep that a reporter is owed the answer from now on, and by when if that is known. Raises Stale."""
    owed = [_evidence(ANSWER_OWED, told, by, subject=told.id)]
    keep(by.act(ROOM, "answer_due", region=told.region), subject=told, changed=(earlier, CHANGED), enclosed=owed)


def disclose(told: Contribution, by: By, *, reason: str) -> None:
    """Keep that somebody read who told, and why."""
    assert by.actor is not None
    looked = Disclosure(
        id=mint(by.at), county=told.county, region=told.region, salt=salt(), contribution=told, reason=reason,
        actor=by.actor, post=by.post, at=by.at,
    )  # fmt: skip
    keep(by.act(ROOM, "unmask", region=told.region), subject=looked)


def _evidence(kind: str, told: Contribution, by: By, *, subject: UUID) -> Evidence:
    due = {"due_at": told.answer_due_at.isoformat()} if told.answer_due_at else {}
    return evidence(
        kind, subject=subject, region=told.region, room=ROOM, at=by.at,
        occurred_at=told.at if kind in (TOLD, ORDER_RECEIVED) else by.at,
        facts={"channel": told.channel, **due},
    )  # fmt: skip


def _step(act: str, case: Case, by: By, reason: Reason, *, note: str = "") -> Transition:
    return Transition(
        id=mint(by.at), county=case.county, region=case.region, salt=salt(), case=case, act=act, source=case.state,
        target=case.state, actor=by.actor, post=by.post, at=by.at, note=note,
        reasons=[reason.plain], clauses=[by.clause],
    )  # fmt: skip


def _is_order(told: Contribution) -> bool:
    return told.channel == load(settings.PACK).wiring.channels.hotline
