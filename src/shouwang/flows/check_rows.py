"""Rows of a table are checked (逐行检查): each is good, in already, or comes back with every fault it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.crypto import salted_hmac

from shouwang.domains.areas.queries import kinds_of
from shouwang.domains.people.actor import Actor
from shouwang.domains.records.queries import known_outside
from shouwang.kernel.codes import county_of
from shouwang.kernel.decision import Reason
from shouwang.kernel.digest import canonical
from shouwang.rules.filling import Filled, Form, fill
from shouwang.rules.record_acts import may_enter

from .enter_record import NUL, OUTSIDE
from .record_areas import Kinds, area_codes, unknown_areas, unknown_body

Faults = Mapping[str, Reason]
SAME = "="


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table: the body it is for, its raw values, and its number in the system it comes from."""

    region: str
    values: Mapping[str, object]
    external_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A good row: what it says, and what it is known by from now on."""

    region: str
    external_id: str
    filled: Filled


@dataclass(kw_only=True)
class Sorted:
    """The rows by their place in the table; `again` is what those say that came in before."""

    good: dict[int, Checked] = field(default_factory=dict)
    known: dict[int, UUID] = field(default_factory=dict)
    again: dict[int, Checked] = field(default_factory=dict)
    faults: dict[int, Faults] = field(default_factory=dict)


def check_rows(actor: Actor, form: Form, rows: Sequence[Row], *, now: datetime) -> Sorted:
    """Good rows, rows that came in before, and bad ones with all their faults."""
    today = now.astimezone(form.pack.zone).date()
    filled = [fill(form, row.values, today=today) for row in rows]
    codes = {code for told in filled for code in area_codes(form, told.values)}
    kinds = kinds_of({row.region for row in rows} | codes)
    checked = [_checked(row, told) for row, told in zip(rows, filled, strict=True)]
    before = known_outside(
        {county_of(row.region) for row in rows}, form.one.id, (row.external_id for row in checked)
    )
    bodies, found, first = _bodies(actor, form, rows, kinds), Sorted(), set[tuple[str, str]]()
    for number, row in enumerate(checked):
        named = (county_of(row.region), row.external_id)
        faults = {**bodies[row.region], **row.filled.faults, **unknown_areas(form, row.filled.values, kinds)}
        if faults := faults | _outside(rows[number]):
            found.faults[number] = faults
        elif named in before:
            found.known[number], found.again[number] = before[named], row
        elif named in first:
            found.faults[number] = {"external_id": _twice(rows[number])}
        else:
            found.good[number] = row
            first.add(named)
    return found


def _checked(row: Row, filled: Filled) -> Checked:
    return Checked(
        region=row.region, external_id=row.external_id or _told_by_content(row.region, filled), filled=filled
    )


def _told_by_content(region: str, filled: Filled) -> str:
    """A row without a number is known by what it says: the same table brought in twice acts once."""
    said = canonical([region, dict(filled.values), filled.period])
    return SAME + salted_hmac("records.row", said, algorithm="sha256").hexdigest()[:48]


def _outside(row: Row) -> dict[str, Reason]:
    unfit = len(row.external_id) > OUTSIDE or NUL in row.external_id or row.external_id.startswith(SAME)
    return {"external_id": Reason("key_unfit", {"most": OUTSIDE})} if unfit else {}


def _twice(row: Row) -> Reason:
    return Reason("external_id_twice", {"typed": row.external_id}) if row.external_id else Reason("row_twice")


def _bodies(actor: Actor, form: Form, rows: Sequence[Row], kinds: Kinds) -> dict[str, Faults]:
    """Whether the person may enter records of each body; asked once for each."""
    return {region: _body(actor, form, region, kinds) for region in {row.region for row in rows}}


def _body(actor: Actor, form: Form, region: str, kinds: Kinds) -> Faults:
    if (stray := unknown_body(region, kinds)) is not None:
        return {"region": stray}
    judged = may_enter(form.pack, form.one, actor.posts, region=region, kind=kinds[region])
    return {} if judged.verdict else {"region": judged.reasons[0]}
