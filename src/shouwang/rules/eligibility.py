"""Whether a body owes a duty at all (适用条件): by its facts or by a decision table, with the reasons kept."""

from datetime import datetime

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack, UnfitFact
from shouwang.policy.duty_shapes import Duty
from shouwang.policy.tables import Match
from shouwang.policy.vocabulary import Scalar
from shouwang.rules.seen import Body, fits

AREA = ("area.kind", "area.level")


def owes(pack: Pack, duty: Duty, body: Body, now: datetime) -> Decision[bool | None]:
    """True, False, or None when a fact that decides is missing."""
    if not duty.condition:
        return Decision(True, (), ())
    if "table" in duty.condition:
        return _by_table(pack, duty, body, now)
    facts = {name: body.fact(name, now) for name in duty.condition}
    lacking = tuple(name for name, value in facts.items() if value is None)
    if any(
        value is not None and not fits({name: duty.condition[name]}, facts) for name, value in facts.items()
    ):
        return Decision(
            False, tuple(_told("condition_fails", name, facts[name]) for name in facts), (duty.row,)
        )
    if lacking:
        return Decision(None, tuple(Reason("fact_missing", {"fact": name}) for name in lacking), (duty.row,))
    return Decision(True, tuple(_told("condition_holds", name, facts[name]) for name in facts), (duty.row,))


def _told(code: str, name: str, value: Scalar | None) -> Reason:
    shown = value if isinstance(value, int | str) and not isinstance(value, bool) else _word(value)
    return Reason(code, {"fact": name, "value": shown})


def _word(value: Scalar | None) -> str:
    return {True: "yes", False: "no"}.get(bool(value), "") if value is not None else "-"


def _by_table(pack: Pack, duty: Duty, body: Body, now: datetime) -> Decision[bool | None]:
    table = pack.tables[str(duty.condition["table"])]
    wanted = {name: value for name, value in duty.condition.items() if name != "table"}
    facts = {name: body.fact(name, now) for name in {*body.facts, *AREA}}
    try:
        match = table.decide(facts, now.astimezone(pack.zone).date())
    except UnfitFact as unfit:
        reason = Reason("fact_missing", {"fact": unfit.field, "table": table.id})
        return Decision(None, (reason,), (duty.row, table.clause))
    return Decision(_answer(match, wanted), match.reasons, (duty.row, *match.clauses))


def _answer(match: Match, wanted: dict[str, Scalar | tuple[Scalar, ...]]) -> bool | None:
    return None if match.row is None else fits(wanted, match.outputs)
