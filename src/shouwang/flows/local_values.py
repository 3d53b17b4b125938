"""The pack of a county: what its prefecture and the county itself adopted, laid over the shipped one.

Asked with every report, so it is remembered: inside a transaction by one small statement of that transaction,
outside one at most once a second (docs/adr/0009-adoptions.md).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings

from shouwang.domains.adoptions.queries import Given, Mark, given, mark
from shouwang.domains.adoptions.scopes import offices_over
from shouwang.policy import Pack, Value, load
from shouwang.policy.giving import kept_value
from shouwang.policy.layering import Local
from shouwang.policy.local_pack import local_pack

from .remembered import Remembered

_marks: Remembered[tuple[str, ...], Mark] = Remembered(mark)


def pack_of(county: str, *, now: datetime) -> Pack:
    """The pack a county runs by. Its version changes when values are adopted, taken back, or begin to stand."""
    offices, today = offices_over(county), _day(now)
    return _laid(settings.PACK, offices, _marks.of(offices), today)


def pack_with(county: str, more: Sequence[Given], *, now: datetime) -> Pack:
    """The county's pack as it would be with values that are not adopted yet."""
    offices = offices_over(county)
    return _over(settings.PACK, offices, [*given(offices), *more], on=_day(now))


def forget() -> None:
    """Look anew with the next question: this process itself has just changed something."""
    _marks.forget()


def _day(now: datetime) -> date:
    return now.astimezone(load(settings.PACK).zone).date()


@lru_cache(maxsize=64)
def _laid(name: str, offices: tuple[str, ...], known: Mark, today: date) -> Pack:
    return _over(name, offices, given(offices), on=today) if known else load(name)


def _over(name: str, offices: Sequence[str], rows: Iterable[Given], *, on: date) -> Pack:
    pack = load(name)
    layers: dict[str, tuple[list[Local], ...]] = {}
    for row in rows:
        if row.parameter in pack.parameters:
            of_each = layers.setdefault(row.parameter, tuple([] for _ in offices))
            of_each[offices.index(row.county)].append(_local(pack, row))
    return local_pack(pack, layers, on=on)


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
