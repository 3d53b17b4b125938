"""A scan is looked at while its record is entered (查看扫描件): page by page, by whoever sent it, by nobody else."""

import io
from datetime import datetime

from shouwang.domains.files.checking import FileRefused
from shouwang.domains.files.pages import count_pages, is_pdf, page_of
from shouwang.domains.people.actor import Actor

from .hold_photo import held_photo
from .see_file import Seen

WIDE = 1400


def count_held(actor: Actor, slip: str, *, now: datetime) -> int:
    """How many pages a slip opens; 0 when it opens nothing any more."""
    seen = held_photo(actor, slip, now=now)
    if seen is None or seen.media_type == "application/pdf":
        return _count(seen.path.read_bytes()) if seen else 0
    return 1 if seen.media_type.startswith("image/") else 0


def held_page(actor: Actor, slip: str, number: int, *, now: datetime) -> bytes | Seen | None:
    """A page as a picture: a photo as it is kept, a page of a PDF drawn; None where there is none."""
    seen = held_photo(actor, slip, now=now)
    if seen is None or seen.media_type.startswith("image/"):
        return seen if number == 0 else None
    data = seen.path.read_bytes()
    if not is_pdf(data) or not 0 <= number < _count(data):
        return None
    picture, drawn = page_of(data, number), io.BytesIO()
    picture.thumbnail((WIDE, WIDE * 2))
    picture.save(drawn, "JPEG", quality=70)
    return drawn.getvalue()


def _count(data: bytes) -> int:
    try:
        return count_pages(data)
    except FileRefused:
        return 0
