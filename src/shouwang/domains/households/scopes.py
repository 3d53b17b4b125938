"""Who may see homes and people at risk: territory of posts that may, and nobody else."""

from dataclasses import dataclass

from shouwang.domains.areas.pieces import Piece, within

SEE, KEEP, UNMASK = "households.see", "households.keep", "households.unmask"


@dataclass(frozen=True, kw_only=True)
class Sight:
    """Areas come spelt out: six digits are one county, or a prefecture's offices."""

    areas: tuple[str, ...]

    def pieces(self) -> list[Piece]:
        return within(self.areas)
