"""Type for PDF pages (字体): each sign in a face of its own script, as every reader of PDF knows them by name.

The faces of official documents are not free, and Noto's outlines cannot be embedded by the library; so Chinese and
Korean are set in the two standard faces that readers supply, Latin in the one that is part of PDF itself.
"""

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

HAN, HANGUL, LATIN, BOLD = "STSong-Light", "HYSMyeongJo-Medium", "Helvetica", "Helvetica-Bold"
INK, FAINT = Color(0.1, 0.12, 0.14), Color(0.33, 0.36, 0.4)
LINE = Color(0.75, 0.77, 0.79)


@cache
def faces_ready() -> bool:
    """Makes the faces known to the library, once in a process."""
    for name in (HAN, HANGUL):
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return True


def style(
    size: float, *, tongue: str, before: float = 0, after: float = 2, faint: bool = False, indent: float = 0
) -> ParagraphStyle:
    """Lines break between any two signs in Chinese, between words elsewhere."""
    faces_ready()
    return ParagraphStyle(
        name=f"{tongue}-{size}-{before}-{after}-{faint}-{indent}",
        fontName=HANGUL if tongue == "ko" else HAN,
        fontSize=size,
        leading=size * 1.5,
        spaceBefore=before,
        spaceAfter=after,
        leftIndent=indent,
        textColor=FAINT if faint else INK,
        wordWrap="CJK" if tongue == "zh" else None,
    )


def marked(text: str, *, tongue: str, bold: bool = False) -> str:
    """The text for a paragraph, each run of signs in the face of its script; bold is drawn, for want of a bold face."""
    latin = BOLD if bold else LATIN
    return "".join(f'<font name="{face}">{escape(run)}</font>' for face, run in _runs(text, tongue, latin))


def _runs(text: str, tongue: str, latin: str) -> Iterator[tuple[str, str]]:
    for face, signs in groupby(text, key=lambda sign: _face(sign, tongue, latin)):
        yield face, "".join(signs)


def _face(sign: str, tongue: str, latin: str) -> str:
    """Quotation marks and dashes are as wide as a Chinese sign only among Chinese signs."""
    point = ord(sign)
    if point < 0x250 or (tongue != "zh" and sign in "“”‘’–—…•"):
        return latin
    return (
        HANGUL if 0x1100 <= point <= 0x11FF or 0x3130 <= point <= 0x318F or 0xAC00 <= point <= 0xD7A3 else HAN
    )
