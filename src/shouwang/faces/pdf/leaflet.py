"""A lesson as a leaflet (宣传单): A5, a picture, a few sentences in two languages, a code that leads to it."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A5
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Image, KeepTogether, Paragraph, SimpleDocTemplate, Table

from shouwang.faces.pdf.code import code
from shouwang.faces.pdf.manual import LANGUAGES
from shouwang.faces.pdf.type import marked, style
from shouwang.policy.lesson_shapes import Lesson
from shouwang.policy.vocabulary import Tongue

MARGIN, CODE = 12 * mm, 26 * mm
WIDTH = A5[0] - 2 * MARGIN - 12
PICTURE = (96 * mm, 54 * mm)


def leaflet(lesson: Lesson, *, tongues: Sequence[Tongue], picture: Path, address: str) -> bytes:
    """One page for one lesson in every tongue; the number to call stands beside the code."""
    flow: list[Flowable] = [Image(str(picture), *PICTURE)]
    for tongue in tongues:
        flow.append(KeepTogether([
            _said(lesson.label.in_(tongue), 17 if tongue == tongues[0] else 14, tongue, bold=True),
            *(_said(f"{n}. {card.in_(tongue)}", 10.5, tongue) for n, card in enumerate(lesson.cards, start=1)),
        ]))  # fmt: skip
    fire = [_said(_fire(tongue), 15, tongue, bold=True) for tongue in tongues]
    foot = Table([[fire, code(address, CODE)]], colWidths=[WIDTH - CODE, CODE])
    foot.setStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (0, 0), 0)])
    made = BytesIO()
    SimpleDocTemplate(
        made, pagesize=A5, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
        title=lesson.label.zh, author="",
    ).build([*flow, foot])  # fmt: skip
    return made.getvalue()


def _said(text: str, size: float, tongue: Tongue, *, bold: bool = False) -> Paragraph:
    return Paragraph(
        marked(text, tongue=tongue, bold=bold), style(size, tongue=tongue, before=5 if bold else 0, after=2)
    )


def _fire(tongue: Tongue) -> str:
    with translation.override(LANGUAGES[tongue]):
        return _("On fire? Call 119")
