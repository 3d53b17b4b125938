"""The sheet as a Word document (采纳单), made from a template an office may edit: fonts and layout live in there."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings
from docxtpl import DocxTemplate

from shouwang.policy.loading import PACKS

LETTERS, NAME = "letters", "adoption-sheet"
LANGUAGES = ("zh", "ko")
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
    """The document in 中文 or 조선말."""
    template = DocxTemplate(_template(language.partition("-")[0]))
    template.render({**asdict(head), "rows": [asdict(line) for line in lines]}, autoescape=True)
    written = BytesIO()
    template.save(written)
    return written.getvalue()


def _template(language: str) -> Path:
    """The office's own template from its home folder, else the pack's."""
    name = f"{NAME}.{language if language in LANGUAGES else LANGUAGES[0]}.docx"
    own = Path(settings.HOME) / LETTERS / name
    return own if own.is_file() else PACKS / settings.PACK / LETTERS / name
