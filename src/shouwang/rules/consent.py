"""On what ground a person may stand on the sealed register (个保法第二十九、三十一条): what is lacking."""

from collections.abc import Mapping
from datetime import date

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack

CHILD = 14
STATUTORY, SEPARATE, GUARDIAN = "statutory", "separate", "guardian"
GROUNDS = (STATUTORY, SEPARATE, GUARDIAN)


def under_14(born: date, on: date) -> bool:
    """Whether the fourteenth birthday is still to come."""
    return (on.year - born.year - ((on.month, on.day) < (born.month, born.day))) < CHILD


def may_stand(pack: Pack, group: str, told: Mapping[str, str], ground: str, *, on: date) -> Decision[tuple[str, ...]]:
    """The fields that are lacking; "consent" where the ground does not carry what is told."""
    born = _born(pack, told)
    child = born is not None and under_14(born, on)
    lacking: list[str] = [one.id for one in pack.person_fields.values() if one.required and not told.get(one.id)]
    reasons: list[Reason] = [Reason("field_needed", {"field": name}) for name in lacking]
    if child:
        missing = [one.id for one in pack.person_fields.values() if one.guardian and not told.get(one.id)]
        lacking += missing
        reasons += [Reason("guardian_needed", {"field": name}) for name in missing]
    if child and ground != GUARDIAN:
        lacking.append("consent")
        reasons.append(Reason("guardian_consent"))
    elif ground not in GROUNDS:
        lacking.append("consent")
        reasons.append(Reason("ground_needed"))
    return Decision(tuple(dict.fromkeys(lacking)), tuple(reasons), (pack.risk_groups[group].row,))


def _born(pack: Pack, told: Mapping[str, str]) -> date | None:
    name = next((one.id for one in pack.person_fields.values() if one.born), "")
    try:
        return date.fromisoformat(told.get(name, ""))
    except ValueError:
        return None
