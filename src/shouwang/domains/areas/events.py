"""What the areas room announces."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class AreasImported:
    """A county's part of a table came in, under one line of the ledger."""

    county: str
    line: UUID
    added: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class AreasChanged:
    """A unit merged, was split, renamed or re-ranked; one line in each county it touches, nearly always one."""

    act: str
    counties: tuple[str, ...]
    lines: tuple[UUID, ...]
