"""Who acts: a person with the posts held now, as every scope and flow is handed it."""

from dataclasses import dataclass, field
from uuid import UUID

from shouwang.kernel.lineage import NONE, Lineage


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPost:
    """A post held now (现任岗位): what it is, whom it serves, and the set of areas it covers.

    The areas as they stand today: with the heirs of what merged or was split, and all that went into them.
    """

    id: UUID
    kind: str
    department: str
    region: str
    territory: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A signed-in person (操作人). Without a post held now, an actor sees nothing."""

    id: UUID
    county: str
    name: str
    posts: tuple[HeldPost, ...] = ()
    language: str = "zh-hans"
    lineage: Lineage = field(default=NONE, compare=False, repr=False)
