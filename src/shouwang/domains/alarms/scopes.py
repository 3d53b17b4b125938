"""Who may see and touch alarms: the areas of posts that watch over them, handle them at a desk, or go there."""

from dataclasses import dataclass

from shouwang.domains.areas.pieces import Piece, within

SEE, HANDLE, ATTEND = "alarms.see", "alarms.handle", "alarms.attend"


@dataclass(frozen=True)
class Sight:
    """Areas, spelt out: six digits are one county, or a prefecture's offices."""

    areas: tuple[str, ...]

    def pieces(self) -> list[Piece]:
        return within(self.areas)
