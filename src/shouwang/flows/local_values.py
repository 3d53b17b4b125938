"""The pack of a county: the values and tables its prefecture and the county itself adopted, over the shipped one.

Asked with every report, so it is remembered: inside a transaction by one small statement of that transaction,
outside one at most once a second (docs/adr/0009-adoptions.md).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings

from shouwang.domains.adoptions.queries import Given, GivenTable, Mark, given, given_tables, mark
from shouwang.domains.adoptions.scopes import offices_over
from shouwang.policy import Pack, Value, load
from shouwang.policy.findings import Findings
from shouwang.policy.giving import kept_value
from shouwang.policy.layering import Local
from shouwang.policy.local_pack import local_pack, with_tables
from shouwang.policy.local_tables import LocalTable, read_edition
from shouwang.policy.tables import Edition, Table

from .remembered import Remembered

_marks: Remembered[tuple[str, ...], Mark] = Remembered(mark)


def pack_of(county: str, *, now: datetime) -> Pack:
    """The pack a county runs by. Its version changes when values are adopted, taken back, or begin to stand."""
    offices, today = offices_over(county), _day(now)
    return _laid(settings.PACK, offices, _marks.of(offices), today)


def pack_with(county: str, more: Sequence[Given], *, now: datetime) -> Pack:
    """The county's pack as it would be with values that are not adopted yet."""
    offices = offices_over(county)
    pack = _over(settings.PACK, offices, [*given(offices), *more], on=_day(now))
    return _tables_over(pack, offices, given_tables(offices), on=_day(now))


def pack_with_table(county: str, more: GivenTable, *, now: datetime) -> Pack:
    """The county's pack as it would be with a table that is not adopted yet."""
    offices = offices_over(county)
    pack = _over(settings.PACK, offices, given(offices), on=_day(now))
    return _tables_over(pack, offices, [*given_tables(offices), more], on=_day(now))


def forget() -> None:
    """Look anew with the next question: this process itself has just changed something."""
    _marks.forget()


def _day(now: datetime) -> date:
    return now.astimezone(load(settings.PACK).zone).date()


@lru_cache(maxsize=64)
def _laid(name: str, offices: tuple[str, ...], known: Mark, today: date) -> Pack:
    if not known:
        return load(name)
    return _tables_over(_over(name, offices, given(offices), on=today), offices, given_tables(offices), on=today)


def _over(name: str, offices: Sequence[str], rows: Iterable[Given], *, on: date) -> Pack:
    pack = load(name)
    layers: dict[str, tuple[list[Local], ...]] = {}
    for row in rows:
        if row.parameter in pack.parameters:
            of_each = layers.setdefault(row.parameter, tuple([] for _ in offices))
            of_each[offices.index(row.county)].append(_local(pack, row))
    return local_pack(pack, layers, on=on)


def _tables_over(pack: Pack, offices: Sequence[str], rows: Iterable[GivenTable], *, on: date) -> Pack:
    layers: dict[str, tuple[list[LocalTable], ...]] = {}
    for row in rows:
        # What a newer pack no longer reads the same way is left out; the sheet says so (see_tables).
        table = pack.tables.get(row.table)
        edition = _edition(pack, table, row) if table else None
        if edition is not None:
            of_each = layers.setdefault(row.table, tuple([] for _ in offices))
            of_each[offices.index(row.county)].append(LocalTable(edition, row.withdrawn_on))
    return with_tables(pack, layers, on=on)


def _edition(pack: Pack, table: Table, row: GivenTable) -> Edition | None:
    return read_edition(table, row.rows, since=row.since, findings=Findings(), pack=pack)


def _local(pack: Pack, row: Given) -> Local:
    value = Value(
        provenance="local",
        value=kept_value(pack.parameters[row.parameter], row.value),
        source=row.number,
        since=row.since,
        signer=row.signer,
        signed_on=row.signed_on,
    )
    return Local(value, row.withdrawn_on)
