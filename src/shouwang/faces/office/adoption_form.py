"""The form of a sheet of values (参数采纳单): what is offered, as it was typed, and what of it is taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import get_language

from shouwang.flows.adoption_sheet import VALUE, Sheet, chosen
from shouwang.flows.see_values import InForce, PlaceValues
from shouwang.policy import Text

DOCUMENT = ("number", "signed_on", "signer", "effective_from")
NUMERIC = ("seconds", "hours", "days", "workdays", "months", "count", "percent", "yuan", "km2", "persons")
LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What stands in the form: the document, ticks and values; `slip` stands for the signed file."""

    document: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, tuple[bool, str]] = field(default_factory=dict)
    every: bool = False
    slip: str = ""

    def sheet(self, place: PlaceValues, paper: str = "") -> Sheet:
        shown = {one.parameter.id: (one.value.provenance, text_of(one)) for one in place.values}
        values = chosen(shown, self.entries, every=self.every)
        return Sheet(region=place.region, values=values, paper=paper, **self.document)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One line of the form."""

    of: InForce
    text: str
    ticked: bool
    fault: str
    unit: Text

    @property
    def is_number(self) -> bool:
        return self.of.parameter.unit in NUMERIC


@dataclass(frozen=True, kw_only=True)
class Section:
    """The parameters of one clause of the plan."""

    row: str
    offers: list[Offer]


def read_form(request: HttpRequest) -> Typed:
    ticked = request.POST.getlist("take")
    values = {
        name.removeprefix(VALUE): str(text).strip()[:LONGEST]
        for name, text in request.POST.items()
        if name.startswith(VALUE)
    }
    return Typed(
        document={name: request.POST.get(name, "").strip()[:LONGEST] for name in DOCUMENT},
        entries={
            name: (name in ticked, values.get(name, "")) for name in {**values, **dict.fromkeys(ticked)}
        },
        every=request.POST.get("every") == "on",
        slip=request.POST.get("slip", ""),
    )


def sections(
    place: PlaceValues, values: Iterable[InForce], typed: Typed, faults: Mapping[str, str]
) -> list[Section]:
    """By clause, in the order of the plan; what was typed stands there again."""
    order = {row: number for number, row in enumerate(place.pack.rows)}
    found: dict[Text, Section] = {}
    for one in sorted(values, key=lambda one: order[one.parameter.row]):
        ticked, text = typed.entries.get(one.parameter.id, (False, text_of(one)))
        offer = Offer(
            of=one,
            text=text,
            ticked=ticked,
            fault=faults.get(VALUE + one.parameter.id, ""),
            unit=place.pack.wordings[one.parameter.unit],
        )
        where = place.pack.rows[one.parameter.row].where
        found.setdefault(where, Section(row=one.parameter.row, offers=[])).offers.append(offer)
    return list(found.values())


def text_of(one: InForce) -> str:
    """A value as it is typed."""
    return "" if one.value.value is None else str(one.value.value)


def words(text: Text) -> str:
    return text.in_(get_language() or "zh-hans")
