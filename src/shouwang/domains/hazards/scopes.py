"""Who may see and touch which case: territory of posts held now, or being a party to the case.

A scope is a union of pieces. Each piece is written so that one index serves it in the order of a list: at a
million cases a list then reads its fifty rows and no more.
"""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from shouwang.domains.areas.pieces import Piece, below, within_one
from shouwang.kernel.codes import Level, county_of, covered, covers, level_of, prefix_of

SEE = "hazards.see"
LET_GO = """SELECT 1 FROM hazards_muster AS gone WHERE gone.county = called.county AND gone.case_id = called.case_id
    AND gone.department = called.department AND gone.body = called.body AND gone.state = 'released'"""


class Post(Protocol):
    """As much of a held post as a scope needs."""

    department: str
    region: str
    territory: tuple[str, ...]


class Viewer(Protocol):
    """As much of an actor as a scope needs."""

    id: UUID

    @property
    def posts(self) -> Sequence[Post]: ...


def party(viewer: Viewer, areas: Sequence[str] = ()) -> list[Piece]:
    """Cases a person reported, or that were given or whistled to a department the person serves in.

    A body a case is given to covers the case, so what is given within `areas` is in `areas` anyway.
    """
    found = [Piece("county = %s AND reporter = %s", (county, viewer.id)) for county in _counties(viewer)]
    for department, area in {(post.department, area) for post in viewer.posts for area in post.territory}:
        if department and not covered(areas, area):
            found += [_given(department, area), _whistled(department, area)]
    return found + [_asked(department, area) for department, area in _stations(viewer)]


def walked(areas: Sequence[str]) -> list[Piece]:
    """One piece per area for a list, named as the index that holds its order begins.

    A county named beside a township or grid adds nothing, but lets the planner guess that few rows are left: it then
    reads and sorts them all.
    """
    return [_walked(area) for area in areas]


def _walked(area: str) -> Piece:
    match level_of(area):
        case Level.TOWNSHIP:
            return Piece("township = %s", (area,))
        case Level.GRID:
            return Piece("region = %s", (area,))
        case _:
            return within_one(area)


def _stations(viewer: Viewer) -> list[tuple[str, str]]:
    """The offices of a township the viewer works at: those are asked to look in another's place."""
    held = {(post.department, post.region) for post in viewer.posts if post.department}
    return sorted(one for one in held if level_of(one[1]) is Level.TOWNSHIP)


def _asked(department: str, body: str) -> Piece:
    county = Piece("county = %s", (county_of(body),))
    asked = county & Piece("body = %s AND department = %s", (body, department))
    return county & Piece(f"id IN (SELECT case_id FROM hazards_review WHERE {asked.sql})", asked.values)


def _given(department: str, area: str) -> Piece:
    inside = below("body", area)
    # What lies in an area is nearly always given to a body of it. A range whose ends it does not know the planner takes
    # for a few rows in a thousand, and sorts them; of this it knows nothing, and walks the index in the list's order.
    mostly = Piece(f"COALESCE({inside.sql}, FALSE)", inside.values)
    named = Piece("department = %s", (department,)) & mostly
    if level_of(area) in (Level.PROVINCE, Level.PREFECTURE):
        return below("county", area) & named
    return within_one(area) & named


def _whistled(department: str, area: str) -> Piece:
    """What it was called to, unless it was let go: then only its own call is left to see."""
    county = below("county", area) if len(prefix_of(area)) < 6 else Piece("county = %s", (county_of(area),))
    called = county & Piece("department = %s", (department,)) & below("body", area)
    still = f"SELECT case_id FROM hazards_summons AS called WHERE {called.sql} AND NOT EXISTS ({LET_GO})"
    return county & Piece(f"id IN ({still})", called.values)


def _counties(viewer: Viewer) -> list[str]:
    return sorted({county_of(area) for post in viewer.posts for area in post.territory})


def serves(viewer: Viewer, department: str, body: str) -> bool:
    """Whether a person holds a post in `department` whose territory covers its `body`."""
    return any(
        post.department == department and any(covers(area, body) for area in post.territory)
        for post in viewer.posts
    )
