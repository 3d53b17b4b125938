"""A record as a person reads it (台账详情): its values in words, personal ones masked, and the steps it took."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.utils.translation import get_language

from shouwang.domains.areas.history import path_on
from shouwang.domains.areas.queries import names
from shouwang.domains.files.queries import attachments_of
from shouwang.domains.ledger.queries import first_lines
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.queries import names as people_named
from shouwang.domains.records.personal import is_sealed, opened
from shouwang.domains.records.queries import one, steps_of, unmaskings_of
from shouwang.faces.record_steps import Change, changes_of
from shouwang.flows.sight import areas_for, record_sight
from shouwang.kernel.codes import covered
from shouwang.policy import Pack, load
from shouwang.policy.record_shapes import Field, RecordType
from shouwang.rules.field_showing import grouped, masked, shown
from shouwang.rules.record_facts import duties_met_by, facts_of


def spoken() -> str:
    return get_language() or settings.LANGUAGE_CODE


@dataclass(frozen=True, kw_only=True)
class Line:
    """One field and what it says; `hidden` while it stands behind its mask."""

    name: str
    told: Field
    label: str
    text: str
    unit: str
    hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class Told:
    """One step of the record: who, as what, did it, why, with which papers, and what it changed."""

    act: str
    at: datetime
    who: str
    post: str
    line: UUID | None
    note: str = ""
    files: Sequence[Any] = ()
    changes: Sequence[Change] = ()


@dataclass(frozen=True, kw_only=True)
class Telling:
    record: Any
    one: RecordType
    name: str
    place: str
    lines: Sequence[Line]
    steps: Sequence[Told]
    papers: Sequence[tuple[str, Sequence[Any]]]
    duties: Sequence[Any]
    may_prove: bool

    @property
    def hidden(self) -> bool:
        return any(line.hidden for line in self.lines)


def record_of(actor: Actor, record_id: UUID) -> tuple[Any, RecordType]:
    """A record in the reader's sight and its type; 404 else."""
    found = one(record_sight(actor), record_id)
    asked = load(settings.PACK).records.get(found.type) if found else None
    if found is None or asked is None:
        raise Http404
    return found, asked


def telling(
    actor: Actor, record: Any, asked: RecordType, *, clear: Mapping[str, Any] | None = None
) -> Telling:
    """The record with everything that belongs to it; `clear` are personal values somebody gave a reason for."""
    pack = load(settings.PACK)
    files = attachments_of(record.county, record.id)
    return Telling(
        record=record,
        one=asked,
        name=named(pack, asked, record.name),
        place=path_on(record.region, record.occurred_on),
        lines=lines_of(pack, asked, record, clear=clear or {}),
        steps=_steps(pack, asked, record, files),
        papers=_papers(asked, files),
        duties=duties_met_by(pack, asked, facts_of(asked, record.values, record.period)),
        may_prove=covered(areas_for(actor, "ledger.prove"), record.region),
    )


def named(pack: Pack, asked: RecordType, name: str) -> str:
    """What names a record in lists, in words."""
    told = asked.fields[asked.named_by]
    return shown(pack, told, name, spoken()) or asked.label.in_(spoken())


def lines_of(pack: Pack, asked: RecordType, record: Any, *, clear: Mapping[str, Any]) -> list[Line]:
    """Every field that says something, in the order of the form."""
    fields = asked.fields_of(record.form)
    values = record.values
    places = names_of_areas(fields, [values])
    sealed = opened(record.id, {name: value for name, value in values.items() if is_sealed(value)})
    found = []
    for name, told in fields.items():
        if values.get(name) in (None, "", []):
            continue
        hidden = name in sealed and name not in clear
        text = words_for(pack, told, clear.get(name, sealed.get(name, values[name])), places=places)
        found.append(
            Line(
                name=name,
                told=told,
                label=told.label.in_(spoken()),
                text=masked(told, text) if hidden else text,
                unit=told.unit.in_(spoken()) if told.unit and not hidden else "",
                hidden=hidden,
            )
        )
    return found


def words_for(pack: Pack, told: Field, value: Any, *, places: Mapping[str, str]) -> str:
    """A value for reading: numbers in groups, areas by name."""
    if told.type in ("integer", "number", "yuan"):
        return grouped(told, value)
    return places.get(str(value), str(value)) if told.type == "area" else shown(pack, told, value, spoken())


def names_of_areas(fields: Mapping[str, Field], rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Names of all areas some records speak of, in one statement, none where no field asks for an area."""
    asked = [name for name, told in fields.items() if told.type == "area"]
    codes = {str(values[name]) for values in rows for name in asked if values.get(name)}
    return names(codes) if codes else {}


def _papers(asked: RecordType, files: Sequence[Any]) -> list[tuple[str, Sequence[Any]]]:
    """The papers by what they are, in the order of the declaration."""
    known = [
        (paper.label.in_(spoken()), [f for f in files if f.purpose == name])
        for name, paper in asked.attachable.items()
    ]
    return [(label, found) for label, found in known if found]


def _steps(pack: Pack, asked: RecordType, record: Any, files: Sequence[Any]) -> list[Told]:
    steps, looked = steps_of(record), unmaskings_of(record)
    who = people_named({one.actor for one in (*steps, *looked) if one.actor} | {record.entered_by} - {None})
    lines = first_lines(record.county, [record.id, *(one.id for one in looked)])
    entered_under = lines.get(record.id)

    def by_line(line: UUID | None) -> list[Any]:
        return [file for file in files if file.line == line]

    first = Told(
        act="enter",
        at=record.entered_at,
        who=who.get(record.entered_by, ""),
        post=entered_under.post if entered_under else "",
        line=entered_under and entered_under.id,
        files=by_line(entered_under and entered_under.id),
    )
    later = [
        Told(
            act=step.act,
            at=step.at,
            who=who.get(step.actor, ""),
            post=step.post,
            line=step.line,
            note=step.note,
            files=by_line(step.line),
            changes=changes,
        )
        for step, changes in zip(steps, changes_of(pack, asked, record, steps), strict=True)
    ]
    behind = [
        Told(
            act="unmask",
            at=one.at,
            who=who.get(one.actor, ""),
            post=one.post,
            line=lines[one.id].id if one.id in lines else None,
            note=one.reason,
        )
        for one in looked
    ]
    return [first, *sorted((*later, *behind), key=lambda told: told.at)]
