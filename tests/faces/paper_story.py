"""Paper as it comes and goes: pages printed by the browser, then photographed askew, in poor light, or scanned."""

import io
from collections.abc import Sequence

from PIL import Image, ImageFilter

from shouwang.domains.files.pages import pages_of


def pictures(pdf: bytes) -> list[Image.Image]:
    return list(pages_of(pdf))


def jpeg(picture: Image.Image, quality: int = 60) -> bytes:
    out = io.BytesIO()
    picture.convert("L").save(out, "JPEG", quality=quality)
    return out.getvalue()


def pdf(pages: Sequence[Image.Image]) -> bytes:
    """What an office scanner makes of some sheets."""
    out = io.BytesIO()
    first, *others = [page.convert("L") for page in pages]
    first.save(out, "PDF", save_all=True, append_images=others, resolution=200)
    return out.getvalue()


def turned(picture: Image.Image, degrees: float) -> Image.Image:
    return picture.rotate(degrees, expand=True, fillcolor=110)


def dim(picture: Image.Image) -> Image.Image:
    """An evening under one lamp."""
    return picture.point(lambda value: int(24 + value * 0.28))


def blurred(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(2.2))


def askew(picture: Image.Image, lean: float = 0.12) -> Image.Image:
    """Seen from the side, as a phone held in one hand sees it."""
    width, height = picture.size
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    seen = [(width * lean, height * lean / 2), (width * (1 - lean / 3), 0), (width, height * (1 - lean)), (0, height)]
    return picture.transform(
        picture.size, Image.Transform.PERSPECTIVE, _lens(seen, corners), Image.Resampling.BICUBIC, fillcolor=80
    )


def _lens(seen, corners):
    """The eight numbers that carry the corners of the sheet to where they are seen."""
    lines, values = [], []
    for (x, y), (u, v) in zip(seen, corners, strict=True):
        lines += [[u, v, 1, 0, 0, 0, -x * u, -x * v], [0, 0, 0, u, v, 1, -y * u, -y * v]]
        values += [x, y]
    return _solved([[*map(float, line), value] for line, value in zip(lines, values, strict=True)])


def _solved(rows):
    size = len(rows)
    for at in range(size):
        best = max(range(at, size), key=lambda one: abs(rows[one][at]))
        rows[at], rows[best] = rows[best], rows[at]
        for other in range(size):
            if other != at:
                share = rows[other][at] / rows[at][at]
                rows[other] = [a - share * b for a, b in zip(rows[other], rows[at], strict=True)]
    return [rows[at][size] / rows[at][at] for at in range(size)]
