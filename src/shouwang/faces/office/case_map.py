"""The drawing of open cases (隐患地图): a cluster for each area, a mark for each single case where they are few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from shouwang.domains.areas.outlines import Drawn, credits_of, outlines
from shouwang.domains.areas.queries import Place
from shouwang.domains.hazards.queries import Open
from shouwang.faces.templatetags.words import kind_label
from shouwang.kernel.geo import Point
from shouwang.kernel.marks import Mark, box_around, gathered
from shouwang.kernel.outlines import Frame, frame_of, middle, path_of
from shouwang.policy import load

WIDTH, SHAPE = 720, 1.6
# Far enough that two marks are still two for a finger when the drawing is as narrow as a phone.
APART = 72
EDGE = 20
# How large a cluster is drawn, by how many it holds at least; the number in it says it exactly.
SIZES = ((100, 34), (20, 28), (5, 23), (0, 18))


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """An area with what is open in it. `column`, `row`: where the pack places it; `path`: where it has an outline."""

    place: Place
    open: Open
    column: int = 0
    row: int = 0
    path: str = ""
    x: int = 0
    y: int = 0

    @property
    def radius(self) -> int:
        return next(radius for least, radius in SIZES if self.open.n >= least)

    @property
    def under(self) -> int:
        """How far below its middle its name stands."""
        return self.radius + 18


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One case on the drawing, or several that lie too near one another to tell apart; by their numbers in the list."""

    x: int
    y: int
    numbers: Sequence[int]
    label: str
    href: str
    late: bool

    @property
    def text(self) -> str:
        return str(self.numbers[0]) if len(self.numbers) == 1 else f"×{len(self.numbers)}"


@dataclass(frozen=True, kw_only=True)
class CaseMap:
    """Without outlines nothing but single cases is drawn."""

    clusters: Sequence[Cluster]
    shapes: Sequence[Cluster]
    spots: Sequence[Spot]
    width: int
    height: int
    single: int
    credits: Sequence[tuple[str, str, str, str]]

    @property
    def placed(self) -> bool:
        """Whether the areas lie where the pack says, not one after the other."""
        return bool(self.clusters) and all(one.column for one in self.clusters)

    @property
    def instead(self) -> bool:
        """Whether the drawing itself shows all that the tiles show."""
        return not self.spots and len(self.shapes) == len(self.clusters)

    @property
    def unmarked(self) -> int:
        return self.single - sum(len(spot.numbers) for spot in self.spots)


def case_map(
    area: str,
    below: Sequence[Place],
    counts: Mapping[str, Open],
    single: Sequence[Mapping[str, Any]],
    *,
    now: datetime,
) -> CaseMap:
    """The areas right below with their numbers; `single` cases are marked where they lie."""
    drawn = outlines([place.code for place in below] or ([area] if area else []))
    points = [(n, Point(one["lon"], one["lat"])) for n, one in enumerate(single, 1) if one["lon"] is not None]
    frame = _frame(drawn, [point for _, point in points])
    clusters = [_cluster(place, counts, drawn, frame) for place in below]
    return CaseMap(
        clusters=sorted(clusters, key=lambda one: (one.row, one.column, one.place.code)),
        shapes=_shapes(clusters, area, drawn, frame),
        spots=[_spot(mark, single, now) for mark in gathered(_within(points, frame), apart=APART)] if frame else [],
        single=len(single),
        width=WIDTH,
        height=frame.height if frame else 0,
        credits=credits_of(drawn.values()),
    )


def _frame(drawn: Mapping[str, Drawn], points: Sequence[Point]) -> Frame | None:
    boxes = [one.box for one in drawn.values()] or ([box_around(points, shape=SHAPE)] if points else [])
    return frame_of(boxes, WIDTH) if boxes else None


def _cluster(place: Place, counts: Mapping[str, Open], drawn: Mapping[str, Drawn], frame: Frame | None) -> Cluster:
    tile = load(settings.PACK).tiles.get(place.code)
    column, row = (tile.column, tile.row) if tile else (0, 0)
    one, n = drawn.get(place.code), counts.get(place.code, Open())
    if one is None or frame is None:
        return Cluster(place=place, open=n, column=column, row=row)
    x, y = frame.at(*middle(one.outline))
    return Cluster(place=place, open=n, column=column, row=row, path=path_of(one.outline, frame), x=x, y=y)


def _shapes(
    clusters: Sequence[Cluster], area: str, drawn: Mapping[str, Drawn], frame: Frame | None
) -> list[Cluster]:
    """What has an outline; of the area itself, where nothing lies below it, its rim."""
    own = drawn.get(area)
    if own is None or frame is None:
        return [one for one in clusters if one.path]
    here = Place(code=area, level="", kind="", name="", zh="", ko="", lon=None, lat=None)
    return [Cluster(place=here, open=Open(), path=path_of(own.outline, frame))]


def _spot(mark: Mark[int], single: Sequence[Mapping[str, Any]], now: datetime) -> Spot:
    rows = [single[n - 1] for n in mark.what]
    first = rows[0]
    alone = len(rows) == 1
    told = " · ".join(part for part in (str(mark.what[0]), kind_label(first["kind"]), first["place"]) if part)
    together = _("Cases %(numbers)s of the list") % {"numbers": ", ".join(map(str, mark.what))}
    return Spot(
        x=mark.x,
        y=mark.y,
        numbers=mark.what,
        label=told if alone else together,
        href=first["href"] if alone else f"#case-{mark.what[0]}",
        late=any(row["state"] != "submitted" and row["due_at"] < now for row in rows),
    )


def _within(points: Sequence[tuple[int, Point]], frame: Frame) -> list[tuple[int, int, int]]:
    """Points that lie on the drawing: what was sent from far off is in the list only."""
    found = [(n, *frame.at(point.lon, point.lat)) for n, point in points]
    return [
        (n, x, y) for n, x, y in found if EDGE <= x <= frame.width - EDGE and EDGE <= y <= frame.height - EDGE
    ]
