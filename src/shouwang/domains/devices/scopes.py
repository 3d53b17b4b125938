"""Who may see devices and what they said: the areas whose records a person sees."""

from dataclasses import dataclass

from shouwang.domains.areas.pieces import Piece, within


@dataclass(frozen=True)
class Sight:
    """Areas, spelt out: six digits are one county, or a prefecture's offices."""

    areas: tuple[str, ...]

    def pieces(self) -> list[Piece]:
        return within(self.areas)
