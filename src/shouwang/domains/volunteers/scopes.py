"""Who may see and keep groups: territory of posts that go round; a member sees the own groups besides."""

from dataclasses import dataclass
from uuid import UUID

from shouwang.domains.areas.pieces import Piece, within

KEEP = "patrols.enter"


@dataclass(frozen=True, kw_only=True)
class Sight:
    """Areas come spelt out; `counties` are those in which `viewer` may be a member."""

    areas: tuple[str, ...]
    viewer: UUID
    counties: tuple[str, ...]

    def pieces(self) -> list[Piece]:
        own = "id IN (SELECT m.group_id FROM volunteers_member m WHERE m.county = volunteers_group.county "
        own += "AND m.person = %s AND m.ended_at IS NULL)"
        mine = Piece(f"county = ANY(%s) AND {own}", (list(self.counties), self.viewer))
        return [*within(self.areas), mine]
