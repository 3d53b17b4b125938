"""Who may see which letter: whose posts open the issuing body, and whom it was issued to. A draft goes to nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from shouwang.domains.areas.pieces import Piece, below
from shouwang.kernel.codes import Level, county_of, covered, covers, level_of

SEE = "letters.see"
ISSUED = Piece("issued_at IS NOT NULL", ())


class Post(Protocol):
    """As much of a held post as a scope needs."""

    @property
    def kind(self) -> str: ...
    @property
    def department(self) -> str: ...
    @property
    def territory(self) -> tuple[str, ...]: ...


class Viewer(Protocol):
    """As much of an actor as a scope needs."""

    @property
    def posts(self) -> Sequence[Post]: ...


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What a person may see of letters: those of issuing bodies within `areas`, and those addressed to them.

    A prefecture stands among the areas as its counties and, for the letters of its own office, as itself.
    """

    areas: tuple[str, ...]
    viewer: Viewer

    def issued_by_us(self) -> list[Piece]:
        return [_issuing(area) for area in self.areas]

    def received_by_us(self) -> list[Piece]:
        """Letters to a department or post one serves in, from the own county or from the prefecture above it."""
        found = {
            (column, value, area)
            for post in self.viewer.posts
            for area in post.territory
            for column, value in (("to_department", post.department), ("to_post", post.kind))
            if value
        }
        return [_to(column, value, area) for column, value, area in sorted(found)]

    def pieces(self) -> list[Piece]:
        return [*self.issued_by_us(), *self.received_by_us()]


def _issuing(area: str) -> Piece:
    county = Piece("county = %s", (county_of(area),))
    return county if level_of(area) in (Level.PREFECTURE, Level.COUNTY) else county & below("region", area)


def _to(column: str, value: str, area: str) -> Piece:
    if level_of(area) in (Level.PROVINCE, Level.PREFECTURE):
        counties = below("county", area)
    else:
        counties = Piece("county IN (%s, %s)", (county_of(area), f"{area[:4]}00"))
    return counties & Piece(f"{column} = %s", (value,)) & below("to_body", area) & ISSUED


def addressed_post(viewer: Viewer, *, department: str, post: str, body: str) -> str:
    """The post by which a person serves where a letter goes; '' for who serves elsewhere."""
    return next(
        (
            one.kind
            for one in viewer.posts
            if ((department and one.department == department) or (post and one.kind == post))
            and covered(one.territory, body)
        ),
        "",
    )


def issuing_post(viewer: Viewer, kinds: Sequence[str], region: str) -> str:
    """The post by which a person acts for the issuing body, which the territory must be or cover; '' for none."""
    return next(
        (one.kind for one in viewer.posts if one.kind in kinds and any(covers(a, region) for a in one.territory)), ""
    )
