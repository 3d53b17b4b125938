"""The scenes of the drawn photos: a passage, a wall, a bicycle, a ceiling, a lane, a yard."""

from random import Random

from PIL import ImageDraw

Draw = ImageDraw.ImageDraw
CRATE, EDGE, STEEL, RED, GREEN = "#b08050", "#6b4b2a", "#555a60", "#b3261e", "#1b7a43"


def _shade(dice: Random, base: int) -> tuple[int, int, int]:
    tint = dice.randrange(0, 24)
    return (base - tint, base - tint - 6, base - tint - 20)


def passage(draw: Draw, dice: Random, cleared: bool) -> None:
    draw.rectangle((0, 0, 480, 80), fill=_shade(dice, 208))
    draw.polygon([(0, 360), (150, 220), (330, 220), (480, 360)], fill="#8d8577")
    draw.polygon([(0, 0), (150, 80), (150, 220), (0, 360)], fill=_shade(dice, 200))
    draw.polygon([(480, 0), (330, 80), (330, 220), (480, 360)], fill=_shade(dice, 192))
    draw.rectangle((200, 100, 280, 220), fill="#7a4a2b")
    draw.rectangle((206, 78, 274, 94), fill=GREEN)
    draw.ellipse((264, 156, 272, 164), fill="#e0c060")
    if not cleared:
        _crates(draw, dice)


def _crates(draw: Draw, dice: Random) -> None:
    for _ in range(dice.randrange(4, 8)):
        left, top = dice.randrange(120, 330), dice.randrange(190, 280)
        wide, high = dice.randrange(40, 90), dice.randrange(30, 70)
        draw.rectangle((left, top, left + wide, top + high), fill=CRATE, outline=EDGE, width=3)
        draw.line((left, top + high // 2, left + wide, top + high // 2), fill=EDGE, width=2)


def wall(draw: Draw, dice: Random, cleared: bool) -> None:
    draw.rectangle((0, 0, 480, 300), fill=_shade(dice, 220))
    draw.rectangle((0, 300, 480, 360), fill="#9a8f7c")
    draw.rectangle((330, 90, 400, 170), fill="#f2f2ee", outline=STEEL, width=3)
    if cleared:
        draw.rectangle((60, 120, 330, 134), fill="#f5f5f0", outline=STEEL, width=2)
        draw.rectangle((60, 120, 74, 260), fill="#f5f5f0", outline=STEEL, width=2)
        return
    for start in (20, 60, 110):
        sag = dice.randrange(40, 110)
        draw.arc((start, 130 - sag, 380, 130 + sag), 0, 180, fill=dice.choice(("#222", RED, "#444")), width=4)
    draw.rectangle((120, 268, 260, 290), fill="#eee", outline="#333", width=2)


def ebike(draw: Draw, dice: Random, cleared: bool) -> None:
    draw.rectangle((0, 0, 480, 240), fill=_shade(dice, 205))
    draw.rectangle((0, 240, 480, 360), fill="#8a8f86")
    if cleared:
        draw.rectangle((300, 60, 440, 90), fill="#2f6fa8")
        draw.line((310, 90, 310, 240), fill=STEEL, width=5)
        draw.line((430, 90, 430, 240), fill=STEEL, width=5)
        return
    for centre in (150, 320):
        draw.ellipse((centre - 45, 215, centre + 45, 305), outline="#222", width=9)
    draw.line([(150, 260), (210, 260), (250, 200), (320, 260)], fill="#2a5d8f", width=14)
    draw.line([(300, 200), (290, 160), (325, 150)], fill="#222", width=6)
    draw.line([(215, 240), (120, 120), (90, 0)], fill=RED, width=4)


def detector(draw: Draw, dice: Random, cleared: bool) -> None:
    draw.rectangle((0, 0, 480, 360), fill=_shade(dice, 226))
    draw.line((0, 250, 480, 210), fill="#b9b4a6", width=3)
    draw.ellipse((160, 90, 320, 190), fill="#fafafa", outline="#bbb", width=4)
    draw.ellipse((205, 115, 275, 165), fill="#eeeeee", outline="#ccc", width=3)
    draw.ellipse((284, 134, 296, 146), fill=GREEN if cleared else "#888")
    if not cleared:
        draw.line([(180, 95), (300, 185)], fill="#cfd8dc", width=18)


def lane(draw: Draw, dice: Random, cleared: bool) -> None:
    draw.rectangle((0, 0, 480, 150), fill=_shade(dice, 190))
    draw.polygon([(60, 360), (200, 150), (280, 150), (420, 360)], fill="#6f7275")
    draw.line((110, 360, 215, 150), fill="#e7c23a", width=6)
    draw.line((370, 360, 265, 150), fill="#e7c23a", width=6)
    if not cleared:
        draw.rectangle((170, 190, 320, 280), fill=dice.choice(("#8c2f2f", "#dfe3e6", "#2f4f6f")))
        draw.rectangle((195, 160, 295, 200), fill="#b9c6cf")
        for wheel in (200, 290):
            draw.ellipse((wheel - 18, 265, wheel + 18, 301), fill="#222")


def yard(draw: Draw, dice: Random, cleared: bool) -> None:
    draw.rectangle((0, 0, 480, 170), fill="#c9d6df")
    draw.rectangle((0, 240, 480, 360), fill="#c8bfa6")
    draw.rectangle((120, 130, 360, 250), fill=_shade(dice, 200))
    draw.polygon([(100, 130), (240, 60), (380, 130)], fill="#6a4a3a")
    draw.rectangle((300, 40, 330, 110), fill="#8d5a44")
    if not cleared:
        draw.line([(305, 45), (320, 70), (308, 90), (322, 108)], fill="#2a1a14", width=4)
        for _ in range(18):
            left, top = dice.randrange(330, 460), dice.randrange(200, 290)
            draw.line((left, top, left + 26, top - 6), fill="#b59a5a", width=5)
