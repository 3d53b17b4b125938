"""Who may see and enter places: territory of posts that go round."""

from dataclasses import dataclass

from shouwang.domains.areas.pieces import Piece, within

GO_ROUND = "patrols.enter"


@dataclass(frozen=True, kw_only=True)
class Sight:
    """Areas come spelt out: six digits are one county, or a prefecture's offices."""

    areas: tuple[str, ...]

    def pieces(self) -> list[Piece]:
        return within(self.areas)
