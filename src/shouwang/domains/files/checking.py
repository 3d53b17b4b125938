"""What a file really is: read from its bytes, never from its name; location stripped unless it is evidence."""

import hashlib
import io
from dataclasses import dataclass
from typing import Any

import puremagic
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from .documents import document_type

IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
PAPERS = {"application/pdf"}
_PHOTOS_AND_PAPERS = _("Only JPEG, PNG and WebP photos and PDF papers are taken.")
_DOCUMENTS_TOO = _("Only JPEG, PNG and WebP pictures, PDF, Word (.docx) and Excel (.xlsx) without macros are taken.")
PIXELS = 50_000_000
EDGE = 2048


class FileRefused(Exception):
    """The file cannot be taken; the message says why, in the reader's language."""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A file as it will be kept: its bytes, hash, type, and size in pixels for a photo."""

    data: bytes
    sha256: str
    media_type: str
    width: int | None = None
    height: int | None = None


def check(data: bytes, *, limit: int, documents: bool = False) -> Checked:
    """The file made safe to keep; `limit` in bytes, `documents` takes Word and Excel too. Raises FileRefused."""
    if not data:
        raise FileRefused(_("The file is empty."))
    if len(data) > limit:
        raise FileRefused(_("The file is larger than %(limit)s MB.") % {"limit": limit // (1024 * 1024)})
    if data.startswith(b"%PDF-") and _is_pdf(data):
        return _checked(data, "application/pdf")
    if documents and (media_type := document_type(data)):
        return _checked(data, media_type)
    return _photo(data, _DOCUMENTS_TOO if documents else _PHOTOS_AND_PAPERS)


def _is_pdf(data: bytes) -> bool:
    return any(match.mime_type in PAPERS for match in puremagic.magic_string(data))


def _photo(data: bytes, otherwise: Any) -> Checked:
    """Turned upright, at most 2048 px, without EXIF: what is evidence (place, time) has its own columns."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.format not in IMAGES or image.width * image.height > PIXELS:
                raise FileRefused(otherwise)
            media_type, upright = IMAGES[image.format], ImageOps.exif_transpose(image)
            return _saved(upright, image.format or "JPEG", media_type)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise FileRefused(otherwise) from None


def _saved(image: Image.Image, name: str, media_type: str) -> Checked:
    image.thumbnail((EDGE, EDGE))
    out = io.BytesIO()
    image.save(out, format=name, quality=82)
    return _checked(out.getvalue(), media_type, image.width, image.height)


def _checked(data: bytes, media_type: str, width: int | None = None, height: int | None = None) -> Checked:
    digest = hashlib.sha256(data).hexdigest()
    return Checked(data=data, sha256=digest, media_type=media_type, width=width, height=height)
