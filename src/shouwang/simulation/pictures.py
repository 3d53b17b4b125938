"""Drawn photos of a passage, blocked before and clear after: no stranger's home is shown."""

import io
from random import Random

from PIL import Image, ImageDraw

SIZE = (480, 360)
FLOOR, WALL, DOOR, CRATE = "#8d8577", "#d9d3c4", "#7a4a2b", "#b08050"


def photo(dice: Random, *, cleared: bool) -> bytes:
    """A JPEG of a passage; `cleared` leaves nothing in the way."""
    image = Image.new("RGB", SIZE, WALL)
    draw = ImageDraw.Draw(image)
    _passage(draw, dice)
    if not cleared:
        _clutter(draw, dice)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


def _passage(draw: ImageDraw.ImageDraw, dice: Random) -> None:
    tint = dice.randrange(0, 24)
    draw.rectangle((0, 0, 480, 80), fill=(205 - tint, 208 - tint, 200 - tint))
    draw.polygon([(0, 360), (150, 220), (330, 220), (480, 360)], fill=FLOOR)
    draw.polygon([(0, 0), (150, 80), (150, 220), (0, 360)], fill=(200 - tint, 192 - tint, 176 - tint))
    draw.polygon([(480, 0), (330, 80), (330, 220), (480, 360)], fill=(192 - tint, 184 - tint, 168 - tint))
    draw.rectangle((200, 100, 280, 220), fill=DOOR)
    draw.rectangle((206, 78, 274, 94), fill="#1b7a43")
    draw.ellipse((264, 156, 272, 164), fill="#e0c060")


def _clutter(draw: ImageDraw.ImageDraw, dice: Random) -> None:
    for _ in range(dice.randrange(4, 8)):
        left, top = dice.randrange(120, 330), dice.randrange(190, 280)
        wide, high = dice.randrange(40, 90), dice.randrange(30, 70)
        draw.rectangle((left, top, left + wide, top + high), fill=CRATE, outline="#6b4b2a", width=3)
        draw.line((left, top + high // 2, left + wide, top + high // 2), fill="#6b4b2a", width=2)
