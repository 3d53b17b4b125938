"""Which proofs come up to what is asked, and the day on which each was done (计入)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, tzinfo

from shouwang.kernel.decision import Reason
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty, Event
from shouwang.policy.vocabulary import Scalar
from shouwang.rules.seen import Seen

NOON = time(12)
Floors = Mapping[str, int]
NONE: Floors = {}


def floors_of(pack: Pack, asked: Mapping[str, str], on: date) -> tuple[Floors, tuple[Reason, ...]]:
    """The numbers facts must come up to, as they stand on a day; a reason for each that nobody gave."""
    if not asked:
        return NONE, ()
    values = {fact: pack.value(name, on=on) for fact, name in asked.items()}
    unset = tuple(
        Reason("value_unset", {"parameter": name, "keeper": pack.parameters[name].keeper})
        for fact, name in asked.items()
        if not values[fact].is_set
    )
    return {fact: int(one.value or 0) for fact, one in values.items() if one.is_set}, unset


def reaching(known: Sequence[Seen], floors: Floors) -> Sequence[Seen]:
    if not floors:
        return known
    return [one for one in known if all(_number(one.facts.get(name)) >= n for name, n in floors.items())]


def fallen_short(duty: Duty, opening: Seen, floors: Floors) -> tuple[Reason, ...] | None:
    """Why an event is too small for the duty; None when it is not, and a number it lacks is said to be missing."""
    if reaching([opening], floors):
        return None
    assert isinstance(duty.trigger, Event)
    facts = opening.facts
    lacking = tuple(Reason("fact_missing", {"fact": name}) for name in floors if facts.get(name) is None)
    return lacking or tuple(
        Reason("fact_is", {"fact": name, "value": _number(facts.get(name)), "least": least})
        for name, least in floors.items()
    )


def opened(duty: Duty, opening: Seen, zone: tzinfo) -> Seen:
    """What opened the duty, on the day its own date says; on the day it occurred while it says none."""
    if not isinstance(duty.trigger, Event) or duty.trigger.at is None:
        return opening
    return _on_its_day(opening, duty.trigger.at, zone) or opening


def done(duty: Duty, known: Sequence[Seen], opening: Seen | None, zone: tzinfo) -> Sequence[Seen]:
    """Proofs on the day their own date says; what was done before the event counts from its beginning."""
    name = duty.evidence.at
    if name is None:
        return known
    dated = [found for one in known if (found := _on_its_day(one, name, zone)) is not None]
    if opening is not None:
        dated = [one._replace(occurred_at=max(one.occurred_at, opening.occurred_at)) for one in dated]
    return sorted(dated, key=lambda one: (one.occurred_at, one.recorded_at, one.subject))


def _on_its_day(one: Seen, name: str, zone: tzinfo) -> Seen | None:
    """Noon of the day a fact names, as records count theirs; None while it names none."""
    said = one.facts.get(name)
    if not said:
        return None
    return one._replace(occurred_at=datetime.combine(date.fromisoformat(str(said)), NOON, zone))


def _number(value: Scalar | None) -> int:
    """A number nobody gave reaches nothing."""
    return value if isinstance(value, int) and not isinstance(value, bool) else -1
