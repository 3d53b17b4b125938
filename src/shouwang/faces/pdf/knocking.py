"""敲门名单 on paper: door marks and boxes to tick; no name, no house, nobody's need."""

from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from shouwang.faces.pdf.type import LINE, marked, style

MARGIN, WIDTHS = 14 * mm, (14 * mm, 40 * mm, 44 * mm, 40 * mm, 40 * mm)


def knocking_sheet(where: str, doors: Sequence[tuple[str, str]], *, tongue: str) -> bytes:
    """(mark, when somebody was there last) of each door, in walking order."""
    heads = ["", _("Door mark"), _("Last visit"), _("Explained"), _("Nobody at home")]
    rows = [[_said(one, tongue, bold=True) for one in heads]]
    rows += [[_said(one, tongue) for one in (str(n), mark, last, "□", "□")] for n, (mark, last) in enumerate(doors, 1)]
    table = Table(rows, colWidths=WIDTHS, repeatRows=1)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.4, LINE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    made = BytesIO()
    frame = {"leftMargin": MARGIN, "rightMargin": MARGIN, "topMargin": MARGIN, "bottomMargin": MARGIN}
    title = _said(f"{_('Doors to knock at')} · {where}", tongue, size=15, bold=True)
    SimpleDocTemplate(made, pagesize=A4, title=_("Doors to knock at"), author="", **frame).build([title, table])
    return made.getvalue()


def _said(text: str, tongue: str, *, size: float = 11, bold: bool = False) -> Paragraph:
    return Paragraph(marked(text, tongue=tongue, bold=bold), style(size, tongue=tongue, before=2, after=4))
