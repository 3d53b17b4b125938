"""Who may see which record: territory of posts held now, the records of one's own department, and one's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from shouwang.domains.areas.pieces import Piece, below, within, within_one
from shouwang.kernel.codes import county_of, covered, prefix_of

SEE = "records.see"


class Post(Protocol):
    """As much of a held post as a scope needs."""

    territory: tuple[str, ...]


class Viewer(Protocol):
    """As much of an actor as a scope needs."""

    id: UUID

    @property
    def posts(self) -> Sequence[Post]: ...


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What a person may see of records: whole areas, areas for one department only, and what they entered.

    Areas come spelt out: six digits are one county, or a prefecture's offices.
    """

    areas: tuple[str, ...]
    shares: tuple[tuple[str, str], ...]
    viewer: Viewer

    def pieces(self) -> list[Piece]:
        """Conditions whose union is the sight; what another covers anyway is left out."""
        return [*within(self.areas), *self._shared(), *self._own()]

    def _shared(self) -> Iterable[Piece]:
        for department, area in self.shares:
            if not covered(self.areas, area):
                yield within_one(area) & Piece("department = %s", (department,))

    def _own(self) -> Iterable[Piece]:
        counties = sorted({county_of(area) for post in self.viewer.posts for area in post.territory})
        return (
            Piece("county = %s AND entered_by = %s", (county, self.viewer.id))
            for county in counties
            if county not in self.areas
        )


def inside(area: str) -> Piece:
    """Records of the bodies within one area; a prefecture's hold those of its counties."""
    prefix = prefix_of(area)
    if len(prefix) < 6:
        return below("county", area)
    return Piece("county = %s", (county_of(area),)) & below("region", area)
