"""The schematic map of a place (示意图): each county a tile where it lies to its neighbours, without any border."""

from collections.abc import Mapping

from msgspec import Struct

from shouwang.kernel.codes import is_region
from shouwang.policy.findings import Findings

COLUMNS, ROWS = 8, 8


class Tile(Struct, frozen=True, forbid_unknown_fields=True):
    """``id`` is the area's code; columns and rows are counted from one, from the north-west."""

    id: str
    column: int
    row: int


def check_tiles(tiles: Mapping[str, Tile], findings: Findings) -> None:
    taken: dict[tuple[int, int], str] = {}
    for key, one in tiles.items():
        if not is_region(key):
            findings.error(f"tiles: {key}", "is no area code")
        if not (1 <= one.column <= COLUMNS and 1 <= one.row <= ROWS):
            findings.error(f"tiles: {key}", f"lies outside {COLUMNS} columns and {ROWS} rows")
        other = taken.setdefault((one.column, one.row), key)
        if other != key:
            findings.error(f"tiles: {key}", f"stands where {other} stands")
