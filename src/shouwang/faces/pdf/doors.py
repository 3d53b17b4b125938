"""A sheet of door codes to cut up (门码): eight on a page, each with its mark and what it is for; no name, no house."""

from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from shouwang.faces.pdf.code import code
from shouwang.faces.pdf.type import LINE, marked, style

MARGIN, CODE = 14 * mm, 34 * mm
ACROSS, HIGH = 2, 66 * mm


def door_sheet(codes: Sequence[tuple[str, str]], *, tongue: str, words: str = "") -> bytes:
    """(mark, address) of each door, and what it is for."""
    words = words or _("Scan: look yourself, report a hazard, learn. No account.")
    cards = [_card(mark, address, words, tongue) for mark, address in codes]
    cards += [""] * (-len(cards) % ACROSS)
    rows = [cards[at : at + ACROSS] for at in range(0, len(cards), ACROSS)]
    wide = (A4[0] - 2 * MARGIN - 12) / ACROSS
    table = Table(rows, colWidths=[wide] * ACROSS, rowHeights=[HIGH] * len(rows))
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.4, LINE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    made = BytesIO()
    frame = {"leftMargin": MARGIN, "rightMargin": MARGIN, "topMargin": MARGIN, "bottomMargin": MARGIN}
    SimpleDocTemplate(made, pagesize=A4, title=_("Door codes"), author="", **frame).build([table])
    return made.getvalue()


def _card(mark: str, address: str, words: str, tongue: str) -> list[Flowable]:
    return [
        _para(mark, 18, tongue, bold=True),
        code(address, CODE),
        _para(words, 10, tongue),
        _para(_("On fire? Call 119 first."), 10, tongue, bold=True),
    ]


def _para(text: str, size: float, tongue: str, *, bold: bool = False) -> Paragraph:
    return Paragraph(marked(text, tongue=tongue, bold=bold), style(size, tongue=tongue))
