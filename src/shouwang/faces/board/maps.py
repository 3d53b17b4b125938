"""The map of a board page (示意图): a tile for each area the pack places, or its outline where one was brought in.

Every tile and outline shows what the table shows, as a number and a word; colour only repeats it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from shouwang.domains.areas.outlines import Drawn, credits_of, outlines
from shouwang.faces.board.numbers import Line
from shouwang.kernel.outlines import frame_of, middle, path_of
from shouwang.policy import load

WIDTH = 720
# Half the height of a label, in the drawing's own units.
LIFT = 8


@dataclass(frozen=True, kw_only=True)
class Place:
    """An area on the map with its line of the table; `path` and the label's place only where it has an outline."""

    line: Line
    column: int = 0
    row: int = 0
    path: str = ""
    x: int = 0
    y: int = 0


@dataclass(frozen=True, kw_only=True)
class Map:
    """`tiles` in reading order; `shapes` are outlines `width` by `height`; `credits` must stand beneath them."""

    month: str
    tiles: Sequence[Place]
    shapes: Sequence[Place]
    width: int
    height: int
    credits: Sequence[tuple[str, str, str, str]]


def map_of(area: str, lines: Sequence[Line], *, month: str) -> Map | None:
    """None for areas that the pack places nowhere and nobody brought outlines of."""
    places = load(settings.PACK).tiles
    drawn = outlines([line.area for line in lines])
    tiles = [
        Place(line=line, column=places[line.area].column, row=places[line.area].row)
        for line in lines
        if line.area in places
    ]
    if not tiles and not drawn:
        return None
    shapes, height = _shapes(lines, drawn)
    return Map(
        month=month,
        tiles=sorted(tiles, key=lambda place: (place.row, place.column)),
        shapes=shapes,
        width=WIDTH,
        height=height,
        credits=credits_of(drawn.values()),
    )


def _shapes(lines: Sequence[Line], drawn: dict[str, Drawn]) -> tuple[list[Place], int]:
    if not drawn:
        return [], 0
    frame = frame_of([one.box for one in drawn.values()], WIDTH)
    found = []
    for line in lines:
        if (one := drawn.get(line.area)) is not None:
            x, y = frame.at(*middle(one.outline))
            found.append(Place(line=line, path=path_of(one.outline, frame), x=x, y=y - LIFT))
    return found, frame.height
