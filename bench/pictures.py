"""A photo as heavy as a phone's own script leaves it (2048 px, JPEG at 0.6): some 300 kB of wall and stairs."""

import io
from random import Random

from PIL import Image


def heavy(seed: int) -> bytes:
    grain, out = Random(seed).randbytes(256 * 192 * 3), io.BytesIO()
    Image.frombytes("RGB", (256, 192), grain).resize((2048, 1536)).save(out, "JPEG", quality=60)
    return out.getvalue()
