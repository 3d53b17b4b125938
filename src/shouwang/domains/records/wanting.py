"""What a list of records is asked for (筛选): state, days, period, name, and values of searched fields."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shouwang.domains.areas.pieces import Piece

from .scopes import inside

ANYTHING = Piece("TRUE", ())


@dataclass(frozen=True, kw_only=True)
class Value:
    """A searched field as it is asked for: equal to `text`, holding `part`, or between two numbers or days."""

    field: str
    text: str | None = None
    part: str | None = None
    numbers: tuple[Decimal | None, Decimal | None] | None = None
    days: tuple[date | None, date | None] | None = None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Records of a type. Empty means any."""

    type: str
    area: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    period: str = ""
    name: str = ""
    external_id: str = ""
    values: tuple[Value, ...] = ()

    def piece(self) -> Piece:
        found = Piece("type = %s", (self.type,))
        for more in self._conditions():
            found &= more
        return found

    def _conditions(self) -> Iterable[Piece]:
        if self.area:
            yield inside(self.area)
        if self.state:
            yield Piece("state = %s", (self.state,))
        if self.since or self.until:
            yield _between("occurred_on", self.since, self.until)
        if self.period:
            yield Piece("period = %s", (self.period,))
        if self.external_id:
            yield Piece("external_id = %s", (self.external_id,))
        if self.name:
            yield Piece("name ILIKE %s", (_holding(self.name),))
        for value in self.values:
            yield _found(self.type, value)


def _found(type_: str, value: Value) -> Piece:
    """Told with county, type and field first, as the index of searched values has them."""
    known = Piece(
        "found.county = records_record.county AND found.record_id = records_record.id"
        " AND found.type = %s AND found.field = %s",
        (type_, value.field),
    )
    known &= _of(value)
    return Piece(f"EXISTS (SELECT 1 FROM records_searched found WHERE {known.sql})", known.values)


def _of(value: Value) -> Piece:
    if value.numbers is not None:
        return _between("found.number", *value.numbers)
    if value.days is not None:
        return _between("found.day", *value.days)
    if value.part is not None:
        return Piece("found.text ILIKE %s", (_holding(value.part),))
    return Piece("found.text = %s", (value.text,))


def _between(column: str, low: object, high: object) -> Piece:
    found = ANYTHING
    if low is not None:
        found &= Piece(f"{column} >= %s", (low,))
    if high is not None:
        found &= Piece(f"{column} <= %s", (high,))
    return found


def _holding(part: str) -> str:
    plain = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%"
