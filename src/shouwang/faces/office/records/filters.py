"""Filters of a list of records (台账筛选): state, days, period, name, and the searched fields of the declaration."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shouwang.domains.records.wanting import Value, Wanted
from shouwang.faces.record_telling import spoken
from shouwang.faces.templatetags.records import period_name, record_state
from shouwang.policy import Pack
from shouwang.policy.record_shapes import Field, RecordType
from shouwang.rules.reading_days import day
from shouwang.rules.reading_numbers import number
from shouwang.rules.record_acts import IN_FORCE
from shouwang.rules.record_periods import recent

STATES = (*IN_FORCE, "withdrawn")
PLAIN = ("state", "since", "until", "period", "q")
BEFORE, FROM, TO = "v.", ".from", ".to"
RANGES = ("integer", "number", "yuan", "date")
LONGEST = 80


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One thing to filter by: a list to choose from, a word, a number or a day."""

    name: str
    label: str
    kind: str
    value: str
    options: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the reader asks for; what nobody can read is left out."""

    one: RecordType
    area: str
    values: dict[str, str]
    asks: list[Ask]

    @property
    def keep(self) -> str:
        """The filters alone, to stand before another area."""
        return f"{urlencode(self.values)}&" if self.values else ""

    def query(self, **more: str) -> str:
        kept = {"area": self.area, **self.values, **more}
        return urlencode({name: value for name, value in kept.items() if value})

    @property
    def wanted(self) -> Wanted:
        given = self.values
        return Wanted(
            type=self.one.id,
            area=self.area,
            state=given.get("state", ""),
            since=day(given.get("since")),
            until=day(given.get("until")),
            period=given.get("period", ""),
            name=given.get("q", ""),
            values=tuple(_values(self.one, given)),
        )


def filters(request: HttpRequest, pack: Pack, one: RecordType, *, today: date) -> Filters:
    asked = {name: request.GET.get(name, "").strip()[:LONGEST].replace("\x00", "") for name in _names(one)}
    values = {name: value for name, value in asked.items() if value and _readable(one, name, value)}
    return Filters(
        one=one, area=request.GET.get("area", ""), values=values, asks=list(_asks(pack, one, values, today))
    )


def searched(one: RecordType) -> dict[str, Field]:
    return {name: told for name, told in one.fields_of(one.version).items() if told.searched}


def _names(one: RecordType) -> Iterable[str]:
    yield from PLAIN
    for name, told in searched(one).items():
        ends = (FROM, TO) if told.type in RANGES else ("",)
        yield from (f"{BEFORE}{name}{end}" for end in ends)


def _readable(one: RecordType, name: str, value: str) -> bool:
    if name == "state":
        return value in STATES
    if name in ("since", "until"):
        return day(value) is not None
    if name in PLAIN:
        return True
    told = one.fields[name.removeprefix(BEFORE).removesuffix(FROM).removesuffix(TO)]
    if told.type == "date":
        return day(value) is not None
    return number(value) is not None if told.type in RANGES else True


def _values(one: RecordType, given: dict[str, str]) -> Iterable[Value]:
    for name, told in searched(one).items():
        low, high, plain = (given.get(f"{BEFORE}{name}{end}") for end in (FROM, TO, ""))
        if told.type == "date" and (low or high):
            yield Value(field=name, days=(day(low), day(high)))
        elif told.type in RANGES and (low or high):
            yield Value(field=name, numbers=(number(low), number(high)))
        elif plain and told.type in ("text", "phone", "link", "area"):
            yield Value(field=name, part=plain)
        elif plain:
            yield Value(field=name, text=plain)


def _asks(pack: Pack, one: RecordType, given: dict[str, str], today: date) -> Iterable[Ask]:
    def ask(name: str, label: str, kind: str, options: list[tuple[str, str]] | None = None) -> Ask:
        return Ask(name=name, label=label, kind=kind, value=given.get(name, ""), options=options or [])

    yield ask("q", one.fields[one.named_by].label.in_(spoken()), "text")
    yield ask("state", _("State"), "select", [(state, record_state(state, one)) for state in _states(one)])
    yield ask("since", _("From day"), "date")
    yield ask("until", _("To day"), "date")
    if one.every:
        known = [(period, period_name(period)) for period in recent(pack, one.every, today)]
        yield ask("period", _("For the period"), "select" if known else "text", known)
    for name, told in searched(one).items():
        label = told.label.in_(spoken())
        if told.type in RANGES:
            kind = "date" if told.type == "date" else "number"
            yield ask(f"{BEFORE}{name}{FROM}", _("%(field)s from") % {"field": label}, kind)
            yield ask(f"{BEFORE}{name}{TO}", _("%(field)s to") % {"field": label}, kind)
        elif name != one.named_by or told.type != "text":
            options = _options(pack, told)
            yield ask(f"{BEFORE}{name}", label, "select" if options else "text", options)


def _states(one: RecordType) -> tuple[str, ...]:
    return STATES if one.verifies else ("entered", "withdrawn")


def _options(pack: Pack, told: Field) -> list[tuple[str, str]]:
    match told.type:
        case "choice" | "choices":
            return [(code, label.in_(spoken())) for code, label in told.choices.items()]
        case "yes_no":
            return [
                (word, pack.wordings[key].in_(spoken())) for word, key in (("true", "yes"), ("false", "no"))
            ]
        case "duty":
            return [(key, duty.label.in_(spoken())) for key, duty in pack.duties.items()]
    return []
