"""The sheet as a Word document (采纳单), made from a template an office may edit: fonts and layout live in there."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings
from docxtpl import DocxTemplate

from shouwang.policy.loading import PACKS

LETTERS, NAME = "letters", "adoption-sheet"
TICK = "√"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of the table: whether it is ticked, what it is called, what stands now, what is proposed."""

    id: str
    label: str
    now: str
    value: str
    unit: str
    tick: str = ""


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands above the table; empty places are for a pen or for Word."""

    place: str
    region: str
    number: str = ""
    signed_on: str = ""
    signer: str = ""
    effective_from: str = ""


def word_sheet(head: Head, lines: Sequence[Line], *, language: str) -> bytes:
    """The document in a language the pack has a template for."""
    template = DocxTemplate(_template(language.partition("-")[0]))
    template.render({**asdict(head), "rows": [asdict(line) for line in lines]}, autoescape=True)
    written = BytesIO()
    template.save(written)
    return written.getvalue()


def _template(language: str) -> Path:
    """The office's own template from its home folder, else the pack's; in Chinese where there is none."""
    folders = (Path(settings.HOME) / LETTERS, PACKS / settings.PACK / LETTERS)
    known = [folder / f"{NAME}.{one}.docx" for one in (language, "zh") for folder in folders]
    return next((path for path in known if path.is_file()), known[-1])
