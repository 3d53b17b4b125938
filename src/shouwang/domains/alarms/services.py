"""Acts on alarms: each is one line of the ledger with its evidence, in the turn of its county (`pulses.in_county`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from shouwang.domains.ledger.acts import Act, Before, By, Kept, before, keep, keep_all, keep_many
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.rows import Enclosed
from shouwang.kernel.decision import Decision, clauses_of
from shouwang.rules.alarms import ENDED, URGENT

from .events import ROOM, known, proposed, rang, turned
from .models import Acknowledgement, Alarm, Proposal, Pulse, Step, Watch
from .pulses import beat, moved, placed, spread

CHANGED = ("state", "settled_at", "told_level", "version")


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What somebody did to an alarm, and the judgement that let them; `done_at` is the time of their phone."""

    act: str
    source: str
    target: str
    by: By
    done_at: datetime
    reason: str = ""
    note: str = ""
    judged: tuple[Decision[Any], ...] = ()


def raise_alarms(
    raised: Sequence[Alarm], pulses: Sequence[Pulse], by: By, *, region: str, also: Sequence[models.Model] = ()
) -> None:
    """New alarms of one county under one line; their devices must have none that stands."""
    enclosed = [rang(one, at=by.at) for one in raised if one.kind in URGENT]
    act = by.act(ROOM, "raise", region=region)
    keep_many(act, object_id=mint(by.at), subjects=raised, enclosed=enclosed, also=[*pulses, *also])


def go_on(county: str, *, ended: Sequence[Pulse], changed: Sequence[Pulse], fresh: Sequence[Pulse]) -> None:
    """What devices said of alarms that stand; those that ended make room first for what rings anew."""
    pulses = [*ended, *changed]
    placed(county, [*pulses, *fresh])
    beat(county, pulses)
    if pulses or fresh:
        spread(county)


def turn_alarm(alarm: Alarm, turn: Turn, *, earlier: Before, also: Sequence[models.Model] = ()) -> None:
    """Keep one step of an alarm. Raises Stale when somebody was first, IntegrityError for a key seen before."""
    rows: list[Enclosed] = [_step(alarm, turn), *turned(alarm, turn.act, turn.target, at=turn.by.at)]
    act = _act(turn.by, turn.act, alarm.region, reason=turn.reason)
    keep(act, subject=alarm, changed=(earlier, CHANGED), enclosed=rows, also=also)
    moved(alarm.county, [alarm.id], ended=turn.target in ENDED)


def take_call(alarm: Alarm, pulse: Pulse, turn: Turn, *, also: Sequence[models.Model] = ()) -> None:
    """Somebody telephoned: an alarm no device raised. Raises IntegrityError for a key seen before."""
    placed(alarm.county, [pulse])
    rows: list[Enclosed] = [_step(alarm, turn), rang(alarm, at=turn.by.at)]
    keep(_act(turn.by, turn.act, alarm.region), subject=alarm, enclosed=rows, also=[pulse, *also])
    spread(alarm.county)


def acknowledge(alarm: Alarm, level: str, by: By) -> None:
    """A level knows of it. Raises IntegrityError where it said so before."""
    row = Acknowledgement(
        id=mint(by.at), county=alarm.county, region=alarm.region, salt=salt(), alarm=alarm, level=level,
        actor=by.actor, post=by.post, at=by.at,
    )  # fmt: skip
    keep(by.act(ROOM, "acknowledge", region=alarm.region), subject=row, enclosed=[known(alarm, level, at=by.at)])
    moved(alarm.county, [alarm.id])


def tell_level(alarm: Alarm, level: str, by: By, *, also: Sequence[models.Model] = ()) -> None:
    """A level above is told; `also` are its notices."""
    earlier = before(alarm, "version")
    alarm.told_level, alarm.version = level, alarm.version + 1
    keep(_act(by, "tell_above", alarm.region, reason=level), subject=alarm, changed=(earlier, CHANGED), also=also)


def propose(named: Sequence[tuple[Alarm, str]], by: By) -> None:
    """Propose alarms of one county as incidents, each with its cause and a line of its own; in one statement."""
    keep_all([
        Kept(
            act=_act(by, "propose", alarm.region, reason=cause),
            subject=Proposal(
                id=mint(by.at), county=alarm.county, region=alarm.region, salt=salt(), alarm=alarm, cause=cause,
                at=by.at,
            ),
            enclosed=(proposed(alarm, cause, at=by.at),),
        )
        for alarm, cause in named
    ])  # fmt: skip


def begin_watch(watch: Watch, by: By, *, ending: tuple[Watch, Before] | None) -> None:
    """Take over a desk; the watch before ends with it, in the caller's transaction. Raises Stale, IntegrityError."""
    if ending is not None:
        last, earlier = ending
        ended = ("until", "open", "note", "version")
        keep(by.act(ROOM, "hand_over", region=last.region), subject=last, changed=(earlier, ended))
    keep(by.act(ROOM, "take_over", region=watch.region), subject=watch)


def _act(by: By, name: str, region: str, *, reason: str = "") -> Act:
    return Act(
        room=ROOM, name=name, region=region, at=by.at, pack=by.pack, actor=by.actor, post=by.post, reason=reason,
        clause=by.clause,
    )  # fmt: skip


def _step(alarm: Alarm, turn: Turn) -> Step:
    by = turn.by
    return Step(
        id=mint(by.at), county=alarm.county, region=alarm.region, salt=salt(), alarm=alarm, act=turn.act,
        source=turn.source, target=turn.target, actor=by.actor, post=by.post, at=by.at, done_at=turn.done_at,
        reason=turn.reason, note=turn.note, reasons=[one.plain for judged in turn.judged for one in judged.reasons],
        clauses=clauses_of(by.clause, turn.judged),
    )  # fmt: skip
