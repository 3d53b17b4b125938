"""When a duty is to be done, on what conditions, and what follows if it is not: as sentences in three languages."""

from collections.abc import Iterable, Iterator
from datetime import date

from shouwang.policy.duty_shapes import Calendar, Duty, Event, Once, State, Threshold
from shouwang.policy.pack import Pack
from shouwang.policy.record_shapes import RECORD
from shouwang.policy.text import Text
from shouwang.policy.values import Parameter, Value
from shouwang.policy.vocabulary import Scalar

Part = Text | str | int
CASE, TABLE = "case", "table"


def told(pack: Pack, code: str, **parts: Part) -> Text:
    """The sentence of a code in each language, its places filled; the bare code where the pack has no words."""
    found = pack.wordings.get(code) or Text(code, code, code)
    return Text(**{tag: _filled(getattr(found, tag), parts, tag) for tag in ("zh", "ko", "en")})


def listed(pack: Pack, texts: Iterable[Text], sign: str = "manual.list") -> Text:
    """Several words as one list, with the comma of each language."""
    between, words = told(pack, sign), list(texts)
    return Text(
        **{tag: getattr(between, tag).join(getattr(one, tag) for one in words) for tag in ("zh", "ko", "en")}
    )


def when(pack: Pack, duty: Duty, *, on: date) -> Text:
    """When it is owed and by when, with the values of a day."""
    found = _by_trigger(pack, duty, on)
    if duty.objects is not None:
        found = told(pack, "manual.each_of", when=found, register=told(pack, duty.objects.register))
    if (name := duty.condition.get(TABLE)) is not None:
        return told(pack, "manual.only_by_table", when=found, table=pack.tables[str(name)].label)
    for name, value in duty.condition.items():
        found = told(
            pack,
            "manual.only_where",
            when=found,
            fact=fact_label(pack, name),
            value=_values(pack, name, value),
        )
    return found


def missed(pack: Pack, duty: Duty) -> Text:
    """What follows when its time has passed without a record; only what the plan demands can be failed."""
    if not duty.can_fail:
        return told(pack, f"manual.{duty.modality}")
    if not duty.ladder:
        return told(pack, "manual.no_ladder")
    rungs = listed(pack, (told(pack, f"manual.rung.{rung}") for rung in duty.ladder), "manual.then")
    return told(pack, "manual.missed", rungs=rungs)


def parameters(pack: Pack, duty: Duty) -> Iterator[Parameter]:
    """Every number or day of the pack that the duty goes by."""
    least, trigger = duty.evidence.least, duty.trigger
    names = [*_clocks(pack, duty), duty.deadline.grace, least if isinstance(least, str) else None]
    match trigger:
        case State(valid=name) | Threshold(least=name) | Once(by=name):
            names.append(name)
        case Calendar(seasons=seasons):
            names += [f"season.{season}.{end}" for season in seasons for end in ("starts", "ends")]
    wanted = (name for name in dict.fromkeys(names) if name is not None)
    yield from (pack.parameters[name] for name in wanted if name in pack.parameters)


def fact_label(pack: Pack, fact: str) -> Text:
    """The label of a fact of a body, <record type>.<field>."""
    record, _, name = fact.rpartition(".")
    if record in pack.records and name in pack.records[record].fields:
        return pack.records[record].fields[name].label
    return pack.wordings.get(fact) or Text(fact, fact, fact)


def value_label(pack: Pack, fact: str, value: Scalar) -> Text:
    """A value of a fact as people call it: a choice by its label, a code by its name, yes and no."""
    if isinstance(value, bool):
        return told(pack, "yes" if value else "no")
    if (named := _named(pack, fact, str(value))) is not None:
        return named
    record, _, name = fact.rpartition(".")
    field = pack.records[record].fields.get(name) if record in pack.records else None
    found = field.choices.get(str(value)) if field else None
    return found or Text(str(value), str(value), str(value))


def _by_trigger(pack: Pack, duty: Duty, on: date) -> Text:
    name = duty.deadline.parameter
    match duty.trigger:
        case Calendar():
            return _in_periods(pack, duty, duty.trigger, on)
        case Event(on=kind):
            event, clocks = _event(pack, duty.trigger, kind), _clocks(pack, duty)
            if len(clocks) != 1:
                return told(pack, "manual.of_case", event=event)
            return told(pack, "manual.after_event", event=event, time=_time(pack, clocks[0], on))
        case State(valid=valid):
            found = (
                told(pack, "manual.always_renewed", time=_time(pack, valid, on))
                if valid
                else told(pack, "manual.always")
            )
            return told(pack, "manual.set_up", when=found, time=_time(pack, name, on)) if name else found
        case Threshold(fact=fact, least=least, above=above):
            code = "manual.threshold_above" if above else "manual.threshold"
            number, time = _number(pack, least, on), _time(pack, str(name), on)
            return told(pack, code, fact=fact_label(pack, fact), n=number, time=time)
        case Once(by=by, before=before):
            value = pack.value(by, on=on)
            if not value.is_set:
                return told(pack, "manual.once_unset", keeper=pack.keeper_of(by).label)
            return told(pack, "manual.once_before" if before else "manual.once_by", day=str(value.value))


def _in_periods(pack: Pack, duty: Duty, trigger: Calendar, on: date) -> Text:
    seasons = listed(pack, (_season(pack, name) for name in trigger.seasons))
    every = told(pack, f"manual.every.{trigger.every}", seasons=seasons)
    if trigger.months:
        every = told(pack, "manual.months", every=every, months=", ".join(map(str, trigger.months)))
    found = _as_often(pack, duty, every, on)
    if duty.deadline.parameter is None:
        return found
    code = "manual.early_in_period" if duty.deadline.anchor == "period_start" else "manual.after_period"
    return told(pack, code, when=found, time=_time(pack, duty.deadline.parameter, on))


def _as_often(pack: Pack, duty: Duty, every: Text, on: date) -> Text:
    least = duty.evidence.least
    if isinstance(least, int):
        return every if duty.objects is not None else told(pack, "manual.times", every=every, n=least)
    value = pack.value(least, on=on)
    if not value.is_set:
        return told(pack, "manual.times_unset", every=every, keeper=pack.keeper_of(least).label)
    return told(
        pack, "manual.share" if duty.objects is not None else "manual.times", every=every, n=str(value.value)
    )


def _time(pack: Pack, name: str, on: date) -> Text:
    value = pack.value(name, on=on)
    if not value.is_set:
        return told(pack, "manual.time_unset", keeper=pack.keeper_of(name).label)
    return amount(pack, pack.parameters[name], value)


def amount(pack: Pack, parameter: Parameter, value: Value) -> Text:
    """A value with its unit: 2个工作日, 3 months; a day or a time of day stands for itself."""
    unit = pack.wordings.get(parameter.unit)
    if unit is None:
        return Text(str(value.value), str(value.value), str(value.value))
    return told(pack, "manual.time", amount=str(value.value), unit=unit)


def _number(pack: Pack, name: str, on: date) -> Part:
    value = pack.value(name, on=on)
    return amount(pack, pack.parameters[name], value) if value.is_set else told(
        pack, "manual.number_unset", keeper=pack.keeper_of(name).label
    )  # fmt: skip


def _clocks(pack: Pack, duty: Duty) -> tuple[str, ...]:
    """The clock of the duty; for the case's own, those of the grades it is about."""
    if duty.deadline.parameter != CASE:
        return (duty.deadline.parameter,) if duty.deadline.parameter else ()
    asked = duty.trigger.where.get("grade", tuple(pack.clocks)) if isinstance(duty.trigger, Event) else ()
    grades = asked if isinstance(asked, tuple) else (asked,)
    return tuple(pack.clocks[str(grade)] for grade in grades if grade in pack.clocks)


def _event(pack: Pack, trigger: Event, kind: str) -> Text:
    """What starts it, with the facts it must carry."""
    label = _evidence_label(pack, kind)
    if not trigger.where:
        return label
    facts = (
        _values(pack, f"{kind.removeprefix(RECORD)}.{name}", value) for name, value in trigger.where.items()
    )
    return told(pack, "manual.event_where", event=label, facts=listed(pack, facts))


def _named(pack: Pack, fact: str, value: str) -> Text | None:
    match fact.rpartition(".")[2]:
        case "grade":
            return pack.grades.get(value)
        case "post":
            return pack.posts[value].label if value in pack.posts else None
        case "department":
            return pack.departments[value].label if value in pack.departments else None
        case "act":
            return next((arrow.label for arrow in pack.transitions if arrow.act == value), None)
        case _:
            return None


def _season(pack: Pack, name: str) -> Text:
    return pack.wordings.get(f"season.{name}") or Text(name, name, name)


def _evidence_label(pack: Pack, kind: str) -> Text:
    record = pack.records.get(kind.removeprefix(RECORD))
    return record.label if record else pack.evidence[kind].label


def _values(pack: Pack, fact: str, value: Scalar | tuple[Scalar, ...]) -> Text:
    values = value if isinstance(value, tuple) else (value,)
    return listed(pack, (value_label(pack, fact, one) for one in values))


def _filled(sentence: str, parts: dict[str, Part], tag: str) -> str:
    for name, part in parts.items():
        sentence = sentence.replace(
            "{" + name + "}", getattr(part, tag) if isinstance(part, Text) else str(part)
        )
    return sentence
