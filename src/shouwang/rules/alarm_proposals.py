"""When an alarm is proposed as an incident (火警建议): somebody sees fire, a second sign, or silence at the cap."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.rules.alarms import CALL, GAS, MANUAL, URGENT

# States in which an alarm may still be a fire.
DOUBTFUL = ("ringing", "verifying", "unreachable", "real")
ENOUGH = 2
FALSE_COUNT, FALSE_DAYS = "alarm.false.count", "alarm.false.days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """An alarm as evidence of a fire: what rang, at which site, from which detector."""

    site: str
    kind: str
    source: str
    part: str
    state: str


def why_fire(one: Sign, others: Iterable[Sign], *, due_at: datetime | None, now: datetime) -> str:
    """The strongest reason to send help now, as a code; empty while verification still has time."""
    if one.state == "real":
        return "confirmed"
    if one.state not in DOUBTFUL or one.kind not in URGENT:
        return ""
    if one.kind in (CALL, MANUAL):
        return "pressed" if one.kind == CALL else "telephoned"
    beside = [other for other in others if _corroborates(one, other)]
    if any((other.kind == GAS) != (one.kind == GAS) for other in beside):
        return "gas_and_smoke"
    if beside:
        return "second_detector"
    if one.state == "unreachable":
        return "unreachable"
    return "silence" if due_at is not None and now >= due_at else ""


def telling(signs: Iterable[Sign]) -> Mapping[str, Sequence[Sign]]:
    """{site: the signs that decide there}: two of a kind tell as much as a thousand."""
    found: dict[str, list[Sign]] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for sign in signs:
        if sign.state in DOUBTFUL and sign.kind in URGENT:
            seen[sign.site, sign.kind] += 1
            if seen[sign.site, sign.kind] <= ENOUGH:
                found.setdefault(sign.site, []).append(sign)
    return found


def _corroborates(one: Sign, other: Sign) -> bool:
    """Another detector of the same site, not the same one once more."""
    itself = (one.source, one.part, one.kind) == (other.source, other.part, other.kind)
    return not itself and one.site == other.site and other.kind in URGENT and other.state in DOUBTFUL


def wants_repair(pack: Pack, false_alarms: int, on: date) -> Decision[bool]:
    """Whether a device rang without a fire so often that it is a hazard itself; a number nobody gave asks for none."""
    needed = pack.value(FALSE_COUNT, on=on).value
    days = int(pack.value(FALSE_DAYS, on=on).value or 0)
    row = pack.parameters[FALSE_COUNT].row
    told = {"n": false_alarms, "days": days}
    if needed is None:
        return Decision(False, (Reason("alarm_false_unset"),), (row,))
    code = "alarm_false_often" if false_alarms >= int(needed) else "alarm_false_seldom"
    return Decision(code == "alarm_false_often", (Reason(code, {**told, "least": int(needed)}),), (row,))
