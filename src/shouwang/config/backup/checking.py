"""Checking a backup (校验备份): every part is opened, every byte of it authentic, and nothing is missing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .manifest import File, Listing, Part, Rows, Table
from .refusing import Damaged
from .store import Store

SHOWN = 100


@dataclass
class Checked:
    """What a backup says of itself, and every part that is not as it was written."""

    id: str
    at: str = ""
    version: str = ""
    tables: int = 0
    rows: int = 0
    files: int = 0
    bytes: int = 0
    roots: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def check(store: Store, id: str) -> Checked:  # noqa: A002
    """Open everything; the faults are told all at once, the first hundred by name. Raises Refused for no backup."""
    found = Checked(id)
    try:
        listing = Listing(store.listed(id))
        found.at, found.version = listing.head["at"], listing.head["version"]
        for what, part in _parts(listing, found):
            _check_part(store, what, part, found)
    except Damaged as fault:
        found.faults.append(str(fault))
        return found
    found.roots = listing.end["roots"]
    for name in ("tables", "rows", "files"):
        if listing.end[name] != getattr(found, name):
            found.faults.append(f"manifest of {id}: {getattr(found, name)} {name}, it says {listing.end[name]}")
    return found


def _parts(listing: Listing, found: Checked) -> Iterator[tuple[str, Part]]:
    for one in listing:
        if isinstance(one, File):
            found.files += 1
            yield f"file {one.path}", one.content
        elif isinstance(one, Table):
            found.tables += 1
            yield from ((f"table {one.name}", part) for part in one.parts)
        elif isinstance(one, Rows):
            found.rows += one.rows


def _check_part(store: Store, what: str, part: Part, found: Checked) -> None:
    try:
        size = sum(map(len, store.content(part.part, digest=part.sha256, what=what)))
    except Damaged as fault:
        if len(found.faults) < SHOWN:
            found.faults.append(str(fault))
        return
    found.bytes += size
    if size != part.size:
        found.faults.append(f"{what}: {size} bytes, the manifest says {part.size}")


def told(found: Checked) -> dict[str, Any]:
    return {**found.__dict__, "sound": not found.faults}
