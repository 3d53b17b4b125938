"""Records by the API (台账): entered once however often they are sent, listed by day, amended, confirmed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from dmr import Body, Headers, Path, Query, validate

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.people.actor import Actor
from shouwang.domains.records.personal import is_sealed, opened
from shouwang.domains.records.queries import newest, steps_of
from shouwang.domains.records.wanting import Value, Wanted
from shouwang.faces import keyset
from shouwang.flows.amend_record import Amendment, amend_record, seen_record
from shouwang.flows.enter_record import Entry, enter_record
from shouwang.flows.record_papers import Paper
from shouwang.flows.record_words import type_of
from shouwang.flows.refusal import Unfit
from shouwang.flows.settle_record import settle_record
from shouwang.flows.sight import record_sight
from shouwang.policy import load
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.field_reading import ask, read
from shouwang.rules.field_showing import masked
from shouwang.rules.record_facts import duties_met_by, facts_of, searched_as

from .desk import Desk, answers
from .record_shapes import (
    AmendGiven,
    PaperGiven,
    RecordFile,
    RecordFilters,
    RecordGiven,
    RecordOf,
    Records,
    RecordStep,
    RecordTold,
    RecordWhole,
    SettleGiven,
)
from .shapes import KeyGiven

ROWS = 50
TOLD = (
    "id", "type", "form", "region", "occurred_on", "period", "name", "state", "lacking", "external_id", "way",
    "entered_at", "version",
)  # fmt: skip


class RecordsDesk(Desk):
    """The records within the caller's sight."""

    @validate(*answers(Records, no=(404,)))
    def get(self, parsed_query: Query[RecordFilters]) -> HttpResponse:
        """The 50 of a type that happened last, or those after a cursor."""
        asked = parsed_query
        one = type_of(load(settings.PACK), asked.type)
        wanted = _wanted(one, asked)
        page = newest(record_sight(self.actor), wanted, limit=ROWS, after=_cursor(asked.after))
        told = [RecordTold(**_told(one, row)) for row in page.rows]
        return self.answer(Records(told, keyset.written_day(page.after) or None))

    @validate(*answers(RecordWhole, 201, also=200, no=(403, 404, 409)))
    def post(self, parsed_headers: Headers[KeyGiven], parsed_body: Body[RecordGiven]) -> HttpResponse:
        """Enter a record: 201, and 200 with the same record when it was sent before under this key or external id."""
        given = parsed_body
        entry = Entry(
            key=parsed_headers.key,
            type=given.type,
            region=given.region,
            values=given.values,
            papers=_papers(given.papers),
            external_id=given.external_id,
            way="api",
        )
        done = enter_record(self.actor, entry, now=timezone.now())
        return self.answer(_whole(self.actor, done.id), status=200 if done.replayed else 201)


class RecordDesk(Desk):
    """One record."""

    @validate(*answers(RecordWhole, no=(404,)))
    def get(self, parsed_path: Path[RecordOf]) -> HttpResponse:
        """What it says, its later steps and papers, and the duties it counts for."""
        return self.answer(_whole(self.actor, parsed_path.record_id))

    @validate(*answers(RecordWhole, no=(403, 404, 409)))
    def patch(self, parsed_path: Path[RecordOf], parsed_body: Body[AmendGiven]) -> HttpResponse:
        """Change some of its values or add papers; what it said before stays readable."""
        given, record_id = parsed_body, parsed_path.record_id
        record, _one = seen_record(self.actor, record_id)
        stands = {name: value for name, value in record.values.items() if not is_sealed(value)}
        period = {"period": record.period} if record.period else {}
        amendment = Amendment(
            values={**stands, **period, **given.values},
            version=given.version,
            papers=_papers(given.papers),
            note=given.note,
        )
        amend_record(self.actor, record_id, amendment, now=timezone.now())
        return self.answer(_whole(self.actor, record_id))


class RecordActs(Desk):
    """What another person says to a record, or its author takes back."""

    @validate(*answers(RecordWhole, no=(403, 404, 409)))
    def post(self, parsed_path: Path[RecordOf], parsed_body: Body[SettleGiven]) -> HttpResponse:
        """Confirm, send back or withdraw."""
        given = parsed_body
        settle_record(
            self.actor,
            parsed_path.record_id,
            given.act,
            note=given.note,
            version=given.version,
            now=timezone.now(),
        )
        return self.answer(_whole(self.actor, parsed_path.record_id))


def _papers(given: Sequence[PaperGiven]) -> tuple[Paper, ...]:
    return tuple(Paper(name=one.name, sha256=one.sha256) for one in given)


def _wanted(one: RecordType, asked: RecordFilters) -> Wanted:
    return Wanted(
        type=one.id,
        area=asked.area,
        state=asked.state,
        since=_day("since", asked.since),
        until=_day("until", asked.until),
        period=asked.period,
        external_id=asked.external_id,
        values=_where(one, asked.where) if asked.where else (),
    )


def _where(one: RecordType, where: str) -> tuple[Value, ...]:
    """A searched field and the value it must have, read as a form would read it."""
    name, _colon, raw = where.partition(":")
    told = one.fields.get(name)
    if told is None or not told.searched:
        raise Unfit({"where": _("This field is not searched.")})
    value = read(ask(load(settings.PACK), told, f"{one.id}.{name}"), raw)
    found = searched_as(name, told, value)
    if not found:
        raise Unfit({"where": _("This is not a value of that field.")})
    exact = found[0]
    if exact.number is not None:
        return (Value(field=name, numbers=(exact.number, exact.number)),)
    return (Value(field=name, days=(exact.day, exact.day)) if exact.day else Value(field=name, text=exact.text),)


def _day(name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Unfit({name: _("No calendar has this day.")}) from None


def _cursor(text: str) -> keyset.DayKey | None:
    found = keyset.read_day(text)
    if text and found is None:
        raise Unfit({"after": _("This is not a cursor that a page gave.")})
    return found


def _told(one: RecordType, row: Mapping[str, Any]) -> dict[str, Any]:
    """A record as lists show it: its times as the database hands them back, its personal values masked."""
    plain = {name: row[name] for name in TOLD}
    for name, value in plain.items():
        if isinstance(value, datetime):
            plain[name] = value.astimezone(UTC)
    values = row["values"]
    hidden = sorted(name for name, value in values.items() if is_sealed(value))
    clear = opened(row["id"], {name: values[name] for name in hidden})
    masks = {name: masked(one.fields[name], str(clear[name])) for name in hidden}
    outside = row["external_id"]
    plain["external_id"] = "" if outside.startswith("=") else outside
    return {**plain, "values": {**values, **masks}, "masked": hidden}


def _whole(actor: Actor, record_id: UUID) -> RecordWhole:
    """The record with all that belongs to it. Raises NotSeen."""
    record, one = seen_record(actor, record_id)
    pack = load(settings.PACK)
    duties = duties_met_by(pack, one, facts_of(one, record.values, record.period))
    return RecordWhole(
        **_told(one, {name: getattr(record, name) for name in (*TOLD, "values")}),
        steps=[
            RecordStep(act=s.act, source=s.source, target=s.target, post=s.post, at=s.at, note=s.note)
            for s in steps_of(record)
        ],
        papers=[
            RecordFile(id=f.id, name=f.purpose, sha256=f.sha256, at=f.at)
            for f in attachments_of(record.county, record.id)
        ],
        duties=[duty.id for duty in duties],
    )
