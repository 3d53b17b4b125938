"""Acts on the deadline of a case (时限变动): the case with its step, and the time it was given, in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction

from shouwang.domains.ledger.acts import Act, Before, keep

from .extra_time_rows import ExtraTime
from .models import Case
from .services import Step, redate_case

CHANGED = ("state", "due_after", "decider", "decided_at", "version")


def extra_time_of(case: Case) -> list[ExtraTime]:
    return list(ExtraTime.objects.filter(county=case.county, case=case).order_by("at", "id"))


def give_time(
    case: Case,
    step: Step,
    extra: ExtraTime,
    *,
    earlier: Before,
    before: Before | None = None,
    told: Sequence[models.Model] = (),
) -> None:
    """Keep a step that asks for time, gives it or ends it; `before`: how `extra` stood. Raises Stale."""
    act = Act(
        room="hazards",
        name=f"time_{step.act}",
        region=case.region,
        at=step.at,
        pack=step.pack,
        actor=step.actor,
        post=step.post,
        reason=extra.reason if before is None else "",
        clause=step.clause,
    )
    with transaction.atomic():
        redate_case(case, step, earlier=earlier, told=told)
        keep(act, subject=extra, changed=(before, CHANGED) if before else None)


def lapse_time(  # noqa: PLR0913 - an act of the house, with all a line tells
    extra: ExtraTime, *, at: datetime, pack: str, clause: str, earlier: Before, told: Sequence[models.Model] = ()
) -> None:
    """Keep that a request ended unanswered. Raises Stale."""
    act = Act(room="hazards", name="time_lapse", region=extra.region, at=at, pack=pack, clause=clause)
    keep(act, subject=extra, changed=(earlier, CHANGED), also=told)
