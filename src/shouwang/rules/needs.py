"""What each duty reads: which kinds of evidence can touch which duties, so that nothing else is looked at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Calendar, Duty, Event, Threshold
from shouwang.rules.seen import DATING, UNDOES

RECORD, AREA = "record.", "area."
Touching = Mapping[str, tuple[Duty, ...]]


@dataclass(frozen=True, slots=True)
class Needs:
    """By kind of evidence: the duties it opens, those it proves or sets aside, those whose facts it tells.

    `cases` are the duties of events, `bodies` all others; `kinds_of_cases` is what cases are judged by.
    """

    cases: tuple[Duty, ...]
    bodies: tuple[Duty, ...]
    kinds_of_cases: frozenset[str]
    opened_by: Touching
    proving: Touching
    telling: Touching


def needs(pack: Pack) -> Needs:
    cases = tuple(one for one in pack.duties.values() if isinstance(one.trigger, Event))
    bodies = tuple(one for one in pack.duties.values() if not isinstance(one.trigger, Event))
    return Needs(
        cases=cases,
        bodies=bodies,
        kinds_of_cases=frozenset(kind for one in cases for kind in kinds_of(one)) | {*DATING, *UNDOES},
        opened_by=_by_kind((one.trigger.on, one) for one in cases if isinstance(one.trigger, Event)),
        proving=_by_kind((kind, one) for one in bodies for kind in kinds_of(one)),
        telling=_by_kind((kind, one) for one in bodies for kind in fact_kinds(pack, one)),
    )


def kinds_of(duty: Duty) -> tuple[str, ...]:
    """What opens, proves or sets aside the duty."""
    opened = (duty.trigger.on,) if isinstance(duty.trigger, Event) else ()
    return (*opened, duty.evidence.kind, *duty.waived_by)


def facts_of(pack: Pack, duty: Duty) -> Iterator[str]:
    """The facts of a body the duty asks for, as <record type>.<field>."""
    names: Iterable[str] = duty.condition.keys()
    if "table" in duty.condition:
        table = pack.tables[str(duty.condition["table"])]
        names = [one.name for edition in table.editions for one in edition.inputs]
    yield from (name for name in names if not name.startswith(AREA) and "." in name)
    if isinstance(duty.trigger, Threshold):
        yield duty.trigger.fact


def fact_kinds(pack: Pack, duty: Duty) -> frozenset[str]:
    return frozenset(RECORD + name.rpartition(".")[0] for name in facts_of(pack, duty))


def reads_ever(duty: Duty) -> bool:
    """Whether evidence of any day can prove it; a period needs only its own."""
    return not isinstance(duty.trigger, Calendar)


def _by_kind(pairs: Iterator[tuple[str, Duty]]) -> Touching:
    found: dict[str, dict[str, Duty]] = {}
    for kind, duty in pairs:
        found.setdefault(kind, {})[duty.id] = duty
    return {kind: tuple(duties.values()) for kind, duties in found.items()}
