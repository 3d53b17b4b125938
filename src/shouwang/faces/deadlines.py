"""The deadline of a case as a person reads it: what moved it, by when it is re-checked, what the reader may ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from shouwang.domains.hazards.extra_time import extra_time_of
from shouwang.domains.people.actor import Actor
from shouwang.faces.templatetags.words import say
from shouwang.flows.move_deadline import EXTENSION, PAUSE, open_wishes, running_of
from shouwang.flows.sight import pack_of
from shouwang.flows.working_days import workdays_of
from shouwang.rules.clocks import deadline
from shouwang.rules.extra_time import longest_extension

RECHECK = "hazard.recheck.workdays"


@dataclass(frozen=True, kw_only=True)
class WishOffer:
    """An act on the deadline: `reasons` to choose from, `longest` the most working days that can be asked for."""

    act: str
    label: str
    clause: str
    words: bool
    reasons: Sequence[tuple[str, str]] = ()
    longest: int = 0


@dataclass(frozen=True, kw_only=True)
class Clock:
    """`paused_until` while a pause runs, `asked` while an extension waits, `recheck_due` while a fix does."""

    paused_until: datetime | None
    why: str
    asked: Any
    recheck_due: datetime | None
    offers: Sequence[WishOffer]


def clock_of(actor: Actor, case: Any, steps: Sequence[Any], *, now: datetime) -> Clock:
    """In one statement."""
    pack, known = pack_of(case.county, now=now), extra_time_of(case)
    pause = running_of(case, known, PAUSE, now=now)
    reasons = pack.loops["pause"].reasons if "pause" in pack.loops else {}
    return Clock(
        paused_until=pause.until if pause else None,
        why=say(reasons.get(pause.reason)) if pause else "",
        asked=running_of(case, known, EXTENSION, now=now),
        recheck_due=recheck_due(case, steps, now=now),
        offers=[
            WishOffer(
                act=arrow.act,
                label=say(arrow.label),
                clause=arrow.row,
                words="words" in arrow.guards,
                reasons=[(code, say(text)) for code, text in pack.loops[loop].reasons.items()]
                if "listed" in arrow.guards
                else (),
                longest=longest_extension(pack, timezone.localtime(now).date())
                if "within_limit" in arrow.guards
                else 0,
            )
            for loop, arrow in open_wishes(actor, case, known, pack=pack, now=now)
        ],
    )


def recheck_due(case: Any, steps: Sequence[Any], *, now: datetime) -> datetime | None:
    """By when somebody else must look, from the moment the fix was handed in."""
    pack = pack_of(case.county, now=now)
    handed_in = [step.at for step in steps if step.act in ("submit", "fix_on_spot")]
    if case.state != "submitted" or not handed_in or RECHECK not in pack.parameters:
        return None
    found = deadline(pack, workdays_of(case.region), RECHECK, handed_in[-1]).verdict
    return found.at if found else None
