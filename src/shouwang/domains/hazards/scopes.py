"""Who may see and touch which case: territory of posts held now, or being a party to the case.

A scope is a union of pieces. Each piece is written so that one index serves it in the order of a list: at a
million cases a list then reads its fifty rows and no more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from shouwang.kernel.codes import Level, county_of, covered, covers, level_of, prefix_of

SEE = "hazards.see"


class Post(Protocol):
    """As much of a held post as a scope needs."""

    department: str
    territory: tuple[str, ...]


class Viewer(Protocol):
    """As much of an actor as a scope needs."""

    id: UUID

    @property
    def posts(self) -> Sequence[Post]: ...


@dataclass(frozen=True)
class Piece:
    """A condition on columns of a case, and its values."""

    sql: str
    values: tuple[Any, ...]

    def __and__(self, other: "Piece") -> "Piece":
        return Piece(f"{self.sql} AND {other.sql}", (*self.values, *other.values))


def seen(pieces: Iterable[Piece]) -> RawSQL:
    """Cases in any of the pieces, as a condition for a query that lists nothing."""
    named = list(pieces) or [Piece("FALSE", ())]
    sql = " OR ".join(f"({piece.sql})" for piece in named)
    values = [value for piece in named for value in piece.values]
    return RawSQL(sql, values, output_field=BooleanField())  # noqa: S611 - written here, values travel apart


def within(areas: Sequence[str]) -> list[Piece]:
    """One piece per area. Prefectures come spelt out: six digits are one county, or a prefecture's offices."""
    return [_area(area) for area in areas]


def _area(area: str) -> Piece:
    county = Piece("county = %s", (county_of(area),))
    match level_of(area):
        case Level.TOWNSHIP:
            return county & Piece("township = %s", (area,))
        case Level.VILLAGE | Level.GRID:
            return county & _below("region", area)
        case _:
            return county


def _below(column: str, area: str) -> Piece:
    """Codes within an area, as a range that any collation of digits sorts the same way."""
    prefix = prefix_of(area)
    return Piece(f"{column} BETWEEN %s AND %s", (prefix, prefix.ljust(15, "9")))


def party(viewer: Viewer, areas: Sequence[str] = ()) -> list[Piece]:
    """Cases a person reported, or that were given or whistled to a department the person serves in.

    A body a case is given to covers the case, so what is given within `areas` is in `areas` anyway.
    """
    found = [Piece("county = %s AND reporter = %s", (county, viewer.id)) for county in _counties(viewer)]
    for department, area in {(post.department, area) for post in viewer.posts for area in post.territory}:
        if department and not covered(areas, area):
            found += [_given(department, area), _whistled(department, area)]
    return found


def _given(department: str, area: str) -> Piece:
    named = Piece("department = %s", (department,)) & _below("body", area)
    if level_of(area) in (Level.PROVINCE, Level.PREFECTURE):
        return _below("county", area) & named
    return _area(area) & named


def _whistled(department: str, area: str) -> Piece:
    county = _below("county", area) if len(prefix_of(area)) < 6 else Piece("county = %s", (county_of(area),))
    called = county & Piece("department = %s", (department,)) & _below("body", area)
    return county & Piece(f"id IN (SELECT case_id FROM hazards_summons WHERE {called.sql})", called.values)


def _counties(viewer: Viewer) -> list[str]:
    return sorted({county_of(area) for post in viewer.posts for area in post.territory})


def serves(viewer: Viewer, department: str, body: str) -> bool:
    """Whether a person holds a post in `department` whose territory covers its `body`."""
    return any(
        post.department == department and any(covers(area, body) for area in post.territory)
        for post in viewer.posts
    )
