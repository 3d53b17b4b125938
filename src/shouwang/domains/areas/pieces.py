"""A scope as a union of pieces (范围片段): each is a condition that one index serves in the order of a list.

At a million rows a list then reads its fifty and no more. Tables that are scoped this way have the columns
`county`, `township` and `region`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from shouwang.kernel.codes import Level, county_of, level_of, prefix_of


@dataclass(frozen=True)
class Piece:
    """A condition on columns of a row, and its values."""

    sql: str
    values: tuple[Any, ...]

    def __and__(self, other: "Piece") -> "Piece":
        return Piece(f"{self.sql} AND {other.sql}", (*self.values, *other.values))


def seen(pieces: Iterable[Piece]) -> RawSQL:
    """Rows in any of the pieces, as a condition for a query that lists nothing."""
    named = list(pieces) or [Piece("FALSE", ())]
    sql = " OR ".join(f"({piece.sql})" for piece in named)
    values = [value for piece in named for value in piece.values]
    return RawSQL(sql, values, output_field=BooleanField())  # noqa: S611 - written here, values travel apart


def within(areas: Sequence[str]) -> list[Piece]:
    """One piece per area. Prefectures come spelt out: six digits are one county, or a prefecture's offices."""
    return [within_one(area) for area in areas]


def within_one(area: str) -> Piece:
    county = Piece("county = %s", (county_of(area),))
    match level_of(area):
        case Level.TOWNSHIP:
            return county & Piece("township = %s", (area,))
        case Level.VILLAGE | Level.GRID:
            return county & below("region", area)
        case _:
            return county


def below(column: str, area: str) -> Piece:
    """Codes within an area, as a range that any collation of digits sorts the same way.

    A grid has nothing within it: told as one code, its rows stand in the index in the order of the list already.
    """
    prefix = prefix_of(area)
    if level_of(area) is Level.GRID:
        return Piece(f"{column} = %s", (prefix,))
    return Piece(f"{column} BETWEEN %s AND %s", (prefix, prefix.ljust(15, "9")))
