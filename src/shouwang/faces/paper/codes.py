"""The QR code of a page (二维码): an opaque code, large and with spare signs, so that a poor photo still reads."""

from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe

from shouwang.flows.paper_pages import written


@lru_cache(maxsize=256)
def drawn(code: str) -> SafeString:
    """The code as an inline drawing; a third of it may be lost."""
    qr = segno.make(written(code), error="h", boost_error=False, micro=False)
    # Drawn by the library from a code that this house minted.
    return mark_safe(qr.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S308
