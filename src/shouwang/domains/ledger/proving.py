"""Proofs a stranger can check: a line, its path, and the published root it leads to."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from shouwang.kernel.merkle import inclusion_from, subtrees

from .checkpoints import root_at
from .digests import leaf_text
from .models import Checkpoint, Line
from .sealing import sealed_size, tile


@dataclass(frozen=True, kw_only=True)
class Proof:
    """An RFC 6962 inclusion proof; `leaf` is the line as text, hashes are hex, `published` when held elsewhere."""

    algorithm: str
    county: str
    index: int
    size: int
    leaf: str
    leaf_hash: str
    path: tuple[str, ...]
    root: str
    published: str | None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class NotSealed(Exception):
    """The line exists, but the sealer has not reached it yet."""


def prove(county: str, line_id: UUID, *, size: int | None = None) -> Proof:
    """Prove a line against the first checkpoint that covers it, or against the present root.

    `size` names the root somebody has seen already, by the number of its lines. Raises Line.DoesNotExist, NotSealed.
    """
    line = Line.objects.get(county=county, id=line_id)
    if line.position is None or line.leaf is None:
        raise NotSealed(str(line_id))
    covering = Checkpoint.objects.filter(county=county, size__gt=line.position).order_by("size")
    held = (covering if size is None else covering.filter(size=size)).first()
    sealed = held.size if held else sealed_size(county)
    size = sealed if size is None else size
    if not line.position < size <= sealed:
        raise NotSealed(str(line_id))
    found = bytes(held.root) if held else root_at(county, size)

    def read(level: int, number: int) -> list[bytes]:
        return tile(county, level, number)

    path = inclusion_from(
        size, line.position, subtrees(read, algorithm=settings.DIGEST), algorithm=settings.DIGEST
    )
    return Proof(
        algorithm=settings.DIGEST,
        county=county,
        index=line.position,
        size=size,
        leaf=leaf_text(line).decode(),
        leaf_hash=bytes(line.leaf).hex(),
        path=tuple(step.hex() for step in path),
        root=found.hex(),
        published=held.at.isoformat() if held else None,
    )
