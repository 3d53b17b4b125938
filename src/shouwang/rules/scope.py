"""How far a person's posts reach for an action: territory × action, nothing by default (范围)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from shouwang.kernel.codes import covers
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack


class HeldPost(Protocol):
    """A post held now: its kind, the department it serves and the set of areas it covers."""

    @property
    def kind(self) -> str: ...
    @property
    def department(self) -> str | None: ...
    @property
    def territory(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Share:
    """Areas in which only the cases of one department are within reach."""

    department: str
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """``areas``: everything in them. ``shares``: for posts that see only their own department's cases."""

    areas: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()


def reach(pack: Pack, posts: Sequence[HeldPost], action: str) -> Decision[Reach]:
    clause = pack.actions[action]
    whole: list[str] = []
    shared: dict[str, list[str]] = {}
    for post in posts:
        kind = pack.posts.get(post.kind)
        if kind is None or action not in kind.actions:
            continue
        if not kind.only_own:
            whole.extend(post.territory)
        elif post.department:
            shared.setdefault(post.department, []).extend(post.territory)
    areas = minimal(whole)
    shares = tuple(Share(name, minimal(territory)) for name, territory in shared.items() if territory)
    code = "held" if areas or shares else "not_held"
    return Decision(Reach(areas, shares), (Reason(code, {"action": action}),), (clause,))


def minimal(areas: Iterable[str]) -> tuple[str, ...]:
    """The same territory with nothing said twice: an area inside another is left out."""
    once = sorted(set(areas))
    return tuple(one for one in once if not any(other != one and covers(other, one) for other in once))
