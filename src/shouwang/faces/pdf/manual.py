"""A page of the operating manual as a sheet to print (操作手册): A4, its version, a code that leads to today's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Table,
)

from shouwang.faces.pdf.code import code
from shouwang.faces.pdf.type import LATIN, LINE, marked, style
from shouwang.policy import Text
from shouwang.policy.manual_pages import Page
from shouwang.policy.manual_proofs import Proof

LANGUAGES = {"zh": "zh-hans", "ko": "ko", "en": "en"}
MARGIN, CODE = 18 * mm, 24 * mm
# The frame of a page keeps six points to itself on each side.
WIDTH = A4[0] - 2 * MARGIN - 12


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A page to print: where today's version of it stands, and which pack it was drawn from."""

    page: Page
    address: str
    version: str
    on: date


def sheets(printed: Sequence[Printed], *, tongues: Sequence[str], title: str) -> bytes:
    """The pages one after the other, each in every tongue."""
    parts = [(one, tongue) for one in printed for tongue in tongues]
    flow: list[Flowable] = []
    for place, (one, tongue) in enumerate(parts):
        if place:
            flow.append(PageBreak())
        with translation.override(LANGUAGES[tongue]):
            flow.extend(_Sheet(one, tongue).flow())
    made = BytesIO()
    SimpleDocTemplate(
        made, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
        title=title, author="", subject=parts[0][0].version if parts else "",
    ).build(flow, onFirstPage=_number, onLaterPages=_number)  # fmt: skip
    return made.getvalue()


def _number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(LATIN, 9)
    canvas.drawCentredString(A4[0] / 2, 9 * mm, str(canvas.getPageNumber()))


class _Sheet:
    """One page in one tongue."""

    def __init__(self, printed: Printed, tongue: str) -> None:
        self.printed, self.page, self.tongue = printed, printed.page, tongue

    def flow(self) -> Iterator[Flowable]:
        page = self.page
        yield self._head()
        for number, step in enumerate(page.steps, start=1):
            yield self._para(f"{number}. {self._in(step)}", 12, after=3, indent=14, hang=True)
        for tip in page.tips:
            yield self._para(f"• {self._in(tip)}", 10.5, faint=True, indent=14)
        for one in page.never:
            yield self._para(f"{_('Nobody asks for')}: {self._in(one)}", 10.5, before=4)
        if page.works:
            yield from self._section(_("Who, by when, and what if not"))
            for work in page.works:
                yield self._work(work.label, work.level, work.performer, [work.when, work.missed], work.rows)
        if page.proofs or page.arising:
            yield from self._section(f"{_('What proves it')} ({_('* is needed')})")
            for proof in page.proofs:
                yield from self._proof(proof)
            if page.arising:
                yield self._para(" · ".join(map(self._in, page.arising)), 11, before=3, after=1, bold=True)
                yield self._para(_("Left by doing the work in the system; nothing is entered twice."), 10)
        if page.values:
            yield from self._section(_("Numbers and where they come from"))
            for value in page.values:
                shown = self._in(value.value) if value.value else f"– ({self._in(value.keeper)})"
                source = "" if value.source in value.provenance.zh else f" · {value.source}"
                said = f"{self._in(value.label)}: {shown} · {self._in(value.provenance)}{source}"
                yield self._para(said, 10)
        yield self._foot()

    def _in(self, text: Text) -> str:
        return text.in_(self.tongue)

    def _para(
        self, text: str, size: float, *, hang: bool = False, bold: bool = False, **more: float | bool
    ) -> Paragraph:
        look = style(size, tongue=self.tongue, **more)  # type: ignore[arg-type]
        if hang:
            look = look.clone(look.name + "-hang", firstLineIndent=-14)
        return Paragraph(marked(text, tongue=self.tongue, bold=bold), look)

    def _head(self) -> Flowable:
        title = self._para(self._in(self.page.label), 20, after=6)
        said = [
            title,
            *([self._para(self._in(self.page.purpose), 12, faint=True)] if self.page.purpose else []),
        ]
        table = Table([[said, self._code()]], colWidths=[WIDTH - CODE, CODE])
        table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0)])
        return table

    def _code(self) -> Drawing:
        return code(f"{self.printed.address}&print={self.page.digest}", CODE)

    def _section(self, words: str) -> Iterator[Flowable]:
        for part in (
            self._para(words, 13, before=10, after=1, bold=True),
            HRFlowable(width="100%", thickness=0.6, color=LINE, spaceAfter=4),
        ):
            part.keepWithNext = True
            yield part

    def _work(
        self, label: Text, level: Text, performer: Text, told: Sequence[Text], rows: Sequence[str]
    ) -> Flowable:
        head = self._para(f"{self._in(label)}   [{', '.join(rows)}]", 11, after=0, bold=True)
        who = self._para(
            f"{self._in(level)} · {_('Done by: %(post)s') % {'post': self._in(performer)}}",
            10,
            after=0,
            faint=True,
        )
        return KeepTogether([head, who, *(self._para(self._in(one), 10, after=0) for one in told[:-1]),
                             self._para(self._in(told[-1]), 10, after=5)])  # fmt: skip

    def _proof(self, proof: Proof) -> Iterator[Flowable]:
        yield self._para(self._in(proof.label), 11, before=3, after=1, bold=True)
        for ask in proof.asks:
            why = "; ".join(self._in(one) for one in ask.why)
            said = f"{self._in(ask.label)}{' *' if ask.required else ''}{f' ({why})' if why else ''}"
            yield self._para(said, 10, after=0, indent=8)

    def _foot(self) -> Paragraph:
        page, version, on = self.page.digest, self.printed.version, self.printed.on
        version = f"{_('Plan and values')} {version} · {_('this page')} {page} · {on}"
        return self._para(version, 9, before=12, faint=True)
