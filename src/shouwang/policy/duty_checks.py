"""What is wrong with the duties of a pack: strange names, numbers without a source, people who verify themselves."""

from collections.abc import Container, Iterator

from shouwang.policy.area_kinds import KINDS_AT
from shouwang.policy.duty_shapes import Calendar, Duty, Event, Once, State, Threshold
from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.record_shapes import RECORD
from shouwang.policy.vocabulary import REGISTERS, Scalar

CASE, LADDER = "case", "ladder."
# What every piece of evidence has: the body it was left at.
REGION = "region"
AREA_FACTS = ("area.kind", "area.level")
CLOCKS = ("hours", "days", "workdays", "months")
# Modalities in the order of what they ask; a duty may never ask more or less than its row.
NOT_OWED = ("outcome", "basis")


def names_of_duties(pack: Pack) -> Iterator[tuple[str, str, str, Container[str]]]:
    """(where, what, name, what is known) of everything a duty names."""
    known = {*pack.evidence, *(one.evidence for one in pack.records.values())}
    facts = {f"{key}.{name}" for key, one in pack.records.items() for name in one.facts()} | {*AREA_FACTS}
    for key, duty in pack.duties.items():
        where = f"duties: {key}"
        yield from ((where, "row", row, pack.rows) for row in duty.rows_served)
        yield from ((where, "fact", fact, facts) for fact in _facts(pack, duty))
        yield from ((where, what, post, pack.posts) for what, post in _posts(duty))
        yield from ((where, "parameter", name, pack.parameters) for _, name, _ in _parameters(duty))
        yield from ((where, "evidence", kind, known) for kind in _kinds(duty))
        if duty.bearer.department is not None:
            yield where, "department", duty.bearer.department, pack.departments
        kinds = {str(kind) for kind in KINDS_AT.get(duty.bearer.level, ())}  # type: ignore[call-overload]
        yield from ((where, f"area kind of a {duty.bearer.level}", one, kinds) for one in duty.bearer.kinds)
        if "table" in duty.condition:
            yield where, "table", str(duty.condition["table"]), pack.tables
        if duty.objects is not None:
            yield where, "register", duty.objects.register, REGISTERS


def check_duties(pack: Pack, findings: Findings) -> None:
    for key, duty in pack.duties.items():
        where = f"duties: {key}"
        _modality(where, pack, duty, findings)
        _verifier(where, duty, findings)
        _clock(where, duty, findings)
        _seasons(where, pack, duty, findings)
        for what, name, units in _parameters(duty):
            _unit(f"{where}.{what}", pack, name, units, findings=findings)
        _bare_numbers(where, duty, findings)
        _condition(where, pack, duty, findings)
        _proof_facts(where, pack, duty, findings)
        _days_and_floors(where, pack, duty, findings)
        _each(where, pack, duty, findings)
        if duty.bearer.of_case and not (isinstance(duty.trigger, Event) and duty.trigger.on.startswith("hazard.")):
            findings.error(where, "`of_case` needs a trigger that is about a hazard")


def _posts(duty: Duty) -> Iterator[tuple[str, str]]:
    yield "performer", duty.performer
    yield "verifier", duty.verifier
    if duty.bearer.post is not None:
        yield "post", duty.bearer.post


def _kinds(duty: Duty) -> Iterator[str]:
    yield duty.evidence.kind
    yield from duty.waived_by
    if isinstance(duty.trigger, Event):
        yield duty.trigger.on


def _facts(pack: Pack, duty: Duty) -> Iterator[str]:
    """Facts of a body, as <record type>.<field>, that the duty asks for itself or through its table."""
    if isinstance(duty.trigger, Threshold):
        yield duty.trigger.fact
    if "table" not in duty.condition:
        yield from duty.condition
        return
    table = pack.tables.get(str(duty.condition["table"]))
    if table is not None:
        yield from {one.name for edition in table.editions for one in edition.inputs if "." in one.name}


def _days_and_floors(where: str, pack: Pack, duty: Duty, findings: Findings) -> None:
    """Days among the facts of a record time the duties of events; numbers among them are compared with parameters."""
    told = [(duty.evidence.kind, name, "integer") for name in duty.evidence.reaching]
    if isinstance(duty.trigger, Event):
        told += [(duty.trigger.on, name, "integer") for name in duty.trigger.reaching]
    if duty.evidence.at is not None:
        told.append((duty.evidence.kind, duty.evidence.at, "date"))
    if isinstance(duty.trigger, Event) and duty.trigger.at is not None:
        told.append((duty.trigger.on, duty.trigger.at, "date"))
    for kind, name, type_ in told:
        if kind in pack.evidence and type_ == "integer" and name in pack.evidence[kind].facts:
            continue
        record = pack.records.get(kind.removeprefix(RECORD))
        field = record.facts().get(name) if record else None
        if field is None or field.type != type_:
            findings.error(where, f"needs a fact '{name}' of type {type_} in {kind}, which gives none")
    if duty.evidence.at is not None and not _is_timed(pack, duty):
        findings.error(
            where, "has neither an event nor records for its periods, so its proof counts on the day it occurred"
        )


def _is_timed(pack: Pack, duty: Duty) -> bool:
    """A record for a period says itself for which; any other is found by the day it occurred."""
    record = pack.records.get(duty.evidence.kind.removeprefix(RECORD))
    has_period = record is not None and record.every is not None and isinstance(duty.trigger, Calendar)
    return has_period or isinstance(duty.trigger, Event)


def _each(where: str, pack: Pack, duty: Duty, findings: Findings) -> None:
    """What is counted by a fact needs that fact; how often each must have it is asked in a period."""
    kind, each = duty.evidence.kind, duty.evidence.each
    record, announced = pack.records.get(kind.removeprefix(RECORD)), pack.evidence.get(kind)
    given = (*(record.facts() if record else ()), *(announced.facts if announced else ()))
    if each not in (None, *given, REGION):
        findings.error(where, f"counts each '{each}', which {kind} does not give")
    if each is not None and duty.objects is not None:
        findings.error(where, "reaches objects, which are counted by themselves; leave out 'each'")
    if duty.evidence.times is not None and not isinstance(duty.trigger, Calendar):
        findings.error(where, "has no period in which something is done several times; leave out 'times'")


def _proof_facts(where: str, pack: Pack, duty: Duty, findings: Findings) -> None:
    """What a proof must carry is something its record or room says, with a value that can be said."""
    record = pack.records.get(duty.evidence.kind.removeprefix(RECORD))
    if record is None:
        return
    for name, wanted in duty.evidence.where.items():
        field = record.facts().get(name)
        if field is None:
            findings.error(where, f"asks for the fact '{name}', which {duty.evidence.kind} does not give")
        elif field.choices:
            values: tuple[Scalar, ...] = wanted if isinstance(wanted, tuple) else (wanted,)
            for value in values:
                if value not in field.choices:
                    findings.error(where, f"asks for {name} '{value}', which is no choice of {duty.evidence.kind}")


def _parameters(duty: Duty) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(where in the duty, parameter, units it may have); no units means any number."""
    if duty.deadline.parameter not in (None, CASE):
        yield "deadline", str(duty.deadline.parameter), CLOCKS
    if duty.deadline.grace is not None:
        yield "deadline.grace", duty.deadline.grace, CLOCKS
    if isinstance(duty.evidence.least, str):
        yield "evidence.least", duty.evidence.least, ("count", "persons", "percent")
    yield from (("ladder", LADDER + rung, ("days", "workdays")) for rung in duty.ladder)
    yield from (("evidence.reaching", name, ()) for name in duty.evidence.reaching.values())
    if duty.evidence.times is not None:
        yield "evidence.times", duty.evidence.times, ("count",)
    if isinstance(duty.trigger, Event):
        yield from (("trigger.reaching", name, ()) for name in duty.trigger.reaching.values())
    match duty.trigger:
        case State(valid=str(name)):
            yield "trigger.valid", name, CLOCKS
        case Threshold(least=name):
            yield "trigger.least", name, ()
        case Once(by=name):
            yield "trigger.by", name, ("day",)
        case Calendar(seasons=seasons):
            for season in seasons:
                yield "trigger.seasons", f"season.{season}.starts", ("day_of_year",)
                yield "trigger.seasons", f"season.{season}.ends", ("day_of_year",)


def _modality(where: str, pack: Pack, duty: Duty, findings: Findings) -> None:
    for name in duty.rows_served:
        row = pack.rows.get(name)
        if row is not None and row.modality != duty.modality:
            findings.error(where, f"is '{duty.modality}', but the plan says '{row.modality}' in row {row.id}")
    if duty.modality in NOT_OWED:
        findings.error(
            where, f"is '{duty.modality}', which nobody owes; give the row an indicator or a basis"
        )
    if duty.ladder and not duty.can_fail:
        findings.error(
            where, f"is '{duty.modality}', so nothing follows when it is not done; leave out 'ladder'"
        )


def _verifier(where: str, duty: Duty, findings: Findings) -> None:
    if duty.verifier in (duty.performer, duty.bearer.post):
        findings.error(where, f"is verified by {duty.verifier}, who performs it")


def _seasons(where: str, pack: Pack, duty: Duty, findings: Findings) -> None:
    """Lists name the season of a period; without its words they would show its id."""
    for season in duty.trigger.seasons if isinstance(duty.trigger, Calendar) else ():
        if f"season.{season}" not in pack.wordings:
            findings.error(where, f"names the season '{season}', which has no words: write 'season.{season}'")


def _clock(where: str, duty: Duty, findings: Findings) -> None:
    is_event = isinstance(duty.trigger, Event)
    if is_event and duty.deadline.parameter is None:
        findings.error(where, "starts with an event, so 'deadline' must name a parameter or 'case'")
    if isinstance(duty.trigger, Threshold) and duty.deadline.parameter is None:
        findings.error(
            where, "starts when a number is reached, so 'deadline' must name the parameter of its clock"
        )
    if duty.deadline.parameter == CASE and not is_event:
        findings.error(where, "has no case, so its deadline cannot be the case's own")
    if isinstance(duty.trigger, Calendar) and (duty.trigger.every == "season") != bool(duty.trigger.seasons):
        findings.error(where, "must name 'seasons' with 'every: season', and only then")
    if duty.bearer.level == "prefecture" and isinstance(duty.trigger, Event) and not duty.trigger.own:
        findings.error(where, "would be opened by the events of every county; write 'own: true' in its trigger")
    if duty.bearer.level == "prefecture" and duty.evidence.reach == "within":
        findings.error(
            where, "would read the evidence of every county; a prefecture's own records prove its duties"
        )


def _unit(where: str, pack: Pack, name: str, units: tuple[str, ...], *, findings: Findings) -> None:
    parameter = pack.parameters.get(name)
    if parameter is not None and units and parameter.unit not in units:
        findings.error(where, f"'{name}' is counted in {parameter.unit}, not in {', '.join(units)}")


def _bare_numbers(where: str, duty: Duty, findings: Findings) -> None:
    least = duty.evidence.least
    if isinstance(least, int) and least != 1:
        findings.error(
            where, f"asks for {least} without a source; name a parameter, which says where its number is from"
        )


def _condition(where: str, pack: Pack, duty: Duty, findings: Findings) -> None:
    table = pack.tables.get(str(duty.condition.get("table", "")))
    if table is None:
        return
    answers = {one.name for edition in table.editions for one in edition.outputs}
    asked = duty.condition.keys() - {"table"}
    if not asked:
        findings.error(where, f"must say which answer of table '{table.id}' makes the duty owed")
    for name in asked - answers:
        findings.error(where, f"'{name}' is not an answer of table '{table.id}'")
