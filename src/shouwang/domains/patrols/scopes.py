"""Who may see which visit: territory of posts that go round, and whoever made it."""

from dataclasses import dataclass
from uuid import UUID

from shouwang.domains.areas.pieces import Piece, within

ENTER = "patrols.enter"


@dataclass(frozen=True, kw_only=True)
class Sight:
    """Areas come spelt out: six digits are one county, or a prefecture's offices."""

    areas: tuple[str, ...]
    viewer: UUID

    def pieces(self) -> list[Piece]:
        return within(self.areas)
