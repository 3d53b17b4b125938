"""In which order to walk (路线): the nearest next, then crossings taken out (2-opt); nobody's track is kept."""

from collections.abc import Sequence
from typing import TypeVar

from shouwang.kernel.geo import Point, haversine_m

T = TypeVar("T")
ROUNDS = 12
LESS = 0.01


def walked(stops: Sequence[tuple[T, Point]], start: Point | None = None) -> list[T]:
    """Stops in walking order from `start`, or from the first of them."""
    if len(stops) < 2:
        return [stop for stop, _point in stops]
    points = [start or stops[0][1], *(point for _stop, point in stops)]
    far = [[haversine_m(a, b) for b in points] for a in points]
    order = _uncrossed(far, _nearest_next(far))
    return [stops[number - 1][0] for number in order[1:]]


def length(points: Sequence[Point]) -> float:
    """Metres over all points as the crow flies."""
    return sum(haversine_m(a, b) for a, b in zip(points, points[1:], strict=False))


def _nearest_next(far: Sequence[Sequence[float]]) -> list[int]:
    """Point 0 is where the walk begins."""
    left, order = set(range(1, len(far))), [0]
    while left:
        step = min(sorted(left), key=far[order[-1]].__getitem__)
        order.append(step)
        left.discard(step)
    return order


def _uncrossed(far: Sequence[Sequence[float]], order: list[int]) -> list[int]:
    """Turn stretches round as long as that is shorter; the walk need not come back."""
    for _round in range(ROUNDS):
        turned = False
        for i in range(1, len(order) - 1):
            for j in range(i + 1, len(order)):
                if _saved(far, order, i, j) > LESS:
                    order[i : j + 1] = reversed(order[i : j + 1])
                    turned = True
        if not turned:
            break
    return order


def _saved(far: Sequence[Sequence[float]], order: Sequence[int], i: int, j: int) -> float:
    """Metres less when the stretch from `i` to `j` is walked the other way."""
    before, first, last = order[i - 1], order[i], order[j]
    saved = far[before][first] - far[before][last]
    if j + 1 < len(order):
        saved += far[last][order[j + 1]] - far[first][order[j + 1]]
    return saved
