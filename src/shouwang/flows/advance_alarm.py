"""An alarm moves one arrow on (报警处置): the desk calls back, somebody goes there, it is real, false or a test.

A fire goes to 119 first; what is kept here calls those who are near, and tells the level above.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from shouwang.domains.alarms.models import Alarm
from shouwang.domains.alarms.pulses import in_county
from shouwang.domains.alarms.queries import proposal_of
from shouwang.domains.alarms.services import Turn, propose, turn_alarm
from shouwang.domains.ledger.acts import By, before
from shouwang.domains.ledger.idempotency import KeyReused, done_before, key_row
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.kernel.decision import Decision
from shouwang.kernel.digest import seal
from shouwang.policy import Pack
from shouwang.policy.loop_shapes import LoopArrow
from shouwang.rules.alarm_clocks import LEVELS
from shouwang.rules.loops import LoopFacts, may_turn, turn

from .alarm_sight import AS, alarm_in_sight, by_post, sides_of
from .alarm_told import REAL, Watchers
from .ask_repair import ask_repair
from .refusal import Moved, Refused, Unfit, key_fault, too_long
from .sight import pack_of

LOOP, MOST = "alarm", 300
OUTCOMES, ABOVE = ("real", "false_alarm", "tested", "over"), LEVELS[1:]


@dataclass(frozen=True, kw_only=True)
class Go:
    """What somebody does about an alarm. `key` tells it again; `done_at` is the time of their phone."""

    act: str
    key: str = ""
    reason: str = ""
    note: str = ""
    done_at: datetime | None = None


def advance_alarm(actor: Actor, alarm_id: UUID, go: Go, *, now: datetime) -> Alarm:
    """Raises NotSeen, Unfit, Refused, Moved, KeyReused."""
    seen = alarm_in_sight(actor, alarm_id)
    _check(go)
    try:
        with in_county(seen.county):
            alarm = alarm_in_sight(actor, alarm_id)
            if not _done_before(actor, alarm, go):
                _turn(actor, alarm, go, now=now)
    except Stale:
        raise Moved(str(alarm_id)) from None
    except IntegrityError:
        raise KeyReused(go.key) from None
    if alarm.state == "false_alarm":
        ask_repair(actor, alarm, now=now)
    return alarm


def may_go(actor: Actor, alarm: Alarm, go: Go, *, pack: Pack) -> Decision[bool]:
    """Whether the person may do this now, with every reason."""
    facts = LoopFacts(
        sides=sides_of(actor, alarm.region, pack=pack), words=go.note, listed=go.reason in pack.loops[LOOP].reasons
    )
    return may_turn(pack, LOOP, alarm.state, go.act, facts)


def open_acts(actor: Actor, alarm: Alarm, *, pack: Pack) -> list[LoopArrow]:
    """The arrows a person could take from here if they bring what each asks for."""
    loop = pack.loops[LOOP]
    brought = {"note": "-", "reason": next(iter(loop.reasons), "")}
    return [
        arrow
        for arrow in loop.arrows
        if arrow.source == alarm.state
        and may_go(actor, alarm, Go(act=arrow.act, **brought), pack=pack).verdict
    ]


def _turn(actor: Actor, alarm: Alarm, go: Go, *, now: datetime) -> None:
    pack = pack_of(alarm.county, now=now)
    judged = may_go(actor, alarm, go, pack=pack)
    if not judged.verdict:
        raise Refused(judged)
    arrow = turn(pack, LOOP, alarm.state, go.act)
    assert arrow is not None
    by = by_post(actor, AS[arrow.by], alarm.region, pack=pack, now=now)
    earlier, source = before(alarm, "version"), alarm.state
    alarm.state, alarm.version = arrow.target, alarm.version + 1
    alarm.settled_at = _settled(alarm, now)
    step = Turn(
        act=go.act, source=source, target=arrow.target, by=by, done_at=min(go.done_at or now, now),
        reason=go.reason if "listed" in arrow.guards else "", note=go.note, judged=(judged,),
    )  # fmt: skip
    also = [_key(actor, alarm, go, now)] if go.key else []
    if arrow.target in ("real", "unreachable") and source != arrow.target:
        also += _help(alarm, by, pack, now)
    turn_alarm(alarm, step, earlier=earlier, also=also)


def _settled(alarm: Alarm, now: datetime) -> datetime | None:
    """When a result was found first; none where somebody began to look anew."""
    return (alarm.settled_at or now) if alarm.state in OUTCOMES else None


def _help(alarm: Alarm, by: By, pack: Pack, now: datetime) -> list:  # type: ignore[type-arg]
    """Help is proposed and told of above now, not at the cap: of a fire always and to all, of silence to the county."""
    if proposal_of(alarm) is None:
        propose([(alarm, "confirmed" if alarm.state == "real" else "unreachable")], by)
    watchers, event = Watchers(pack, alarm.county, now), mint(now)
    if alarm.state == "real":
        alarm.told_level = ABOVE[-1]
        return [one for level in ABOVE for one in watchers.notices_up(alarm, level, event=event, sort=REAL)]
    if alarm.told_level in ABOVE:
        return []
    alarm.told_level = "county"
    return list(watchers.notices_up(alarm, "county", event=event))


def _check(go: Go) -> None:
    faults = {"note": fault} if (fault := too_long(go.note, MOST)) else {}
    if go.key and (fault := key_fault(go.key)):
        faults["key"] = fault
    if too_long(go.reason, 40):
        faults["reason"] = _("Choose a reason from the list.")
    if faults:
        raise Unfit(faults)


def _fingerprint(alarm: Alarm, go: Go) -> bytes:
    return seal(b"alarm", [str(alarm.id), go.act, go.reason, go.note])


def _key(actor: Actor, alarm: Alarm, go: Go, now: datetime) -> object:
    told = {"actor": actor.id, "fingerprint": _fingerprint(alarm, go), "object_id": alarm.id, "at": now}
    return key_row(go.key, region=alarm.region, **told)


def _done_before(actor: Actor, alarm: Alarm, go: Go) -> bool:
    if not go.key:
        return False
    print_ = _fingerprint(alarm, go)
    return done_before(go.key, county=alarm.county, actor=actor.id, fingerprint=print_) is not None
