"""Drawn photos of each kind of hazard, before and after: no stranger's home is shown."""

import io
from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw

from .scenery import detector, ebike, lane, passage, wall, yard

SIZE = (480, 360)
Scene = Callable[[ImageDraw.ImageDraw, Random, bool], None]
SCENES: dict[str, Scene] = {
    "exit_blocked": passage,
    "exit_locked": passage,
    "combustibles": passage,
    "wiring": wall,
    "ebike_charging": ebike,
    "detector_faulty": detector,
    "lane_occupied": lane,
    "other": yard,
}


def photo(dice: Random, *, cleared: bool, kind: str = "exit_blocked") -> bytes:
    """A JPEG of the place; `cleared` shows it put right."""
    image = Image.new("RGB", SIZE, "#d9d3c4")
    SCENES.get(kind, passage)(ImageDraw.Draw(image), dice, cleared)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()
