"""A letter as a Word document (函件): after the letter form of GB/T 9704-2012; the template is the office's."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.conf import settings
from django.utils import timezone
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from shouwang.faces.office.responsibility.letter_word import BadTemplate
from shouwang.flows.letter_words import KO, ZH, day_words, issuer_of, line_of
from shouwang.policy import Pack
from shouwang.policy.loading import PACKS

LETTERS, NAME = "letters", "official-letter"
LANGUAGES = ("zh", "zh-ko")


def written(pack: Pack, letter: Any, causes: Sequence[Any]) -> bytes:
    """The document as it goes out; before it is numbered, the places of number and date stand empty."""
    path = template_of(letter.language)
    template = DocxTemplate(path)
    # Whoever edits the template writes a letter, not a program.
    try:
        template.render(_told(pack, letter, causes), jinja_env=SandboxedEnvironment(), autoescape=True)
    except (TemplateError, PackageNotFoundError, BadZipFile) as fault:
        raise BadTemplate(f"{path.name}: {fault}") from None
    made = BytesIO()
    template.save(made)
    return made.getvalue()


def template_of(language: str) -> Path:
    """The office's own template from its home folder, else the pack's."""
    name = f"{NAME}.{language if language in LANGUAGES else LANGUAGES[0]}.docx"
    own = Path(settings.HOME) / LETTERS / name
    return own if own.is_file() else PACKS / settings.PACK / LETTERS / name


def _told(pack: Pack, letter: Any, causes: Sequence[Any]) -> dict[str, Any]:
    kind = pack.letters[letter.kind]
    issuer = issuer_of(kind, letter.region)
    on = timezone.localdate(letter.issued_at) if letter.issued_at else None
    return {
        "number": letter.number, "title": letter.title, "title_ko": letter.title_ko,
        "addressee": letter.addressee, "addressee_ko": letter.addressee_ko,
        "opening": letter.opening, "opening_ko": letter.opening_ko,
        "asks": parts(letter.asks), "asks_ko": parts(letter.asks_ko),
        "lines": [line_of(pack, kind, one.kind, one.facts, ZH) for one in causes],
        "lines_ko": [line_of(pack, kind, one.kind, one.facts, KO) for one in causes],
        "issuer": issuer.zh, "issuer_ko": issuer.ko,
        "date": day_words(on, ZH) if on else "", "date_ko": day_words(on, KO) if on else "",
        "contact": letter.contact, "code": "",
    }  # fmt: skip


def parts(text: str) -> list[str]:
    """The paragraphs of a text as it was typed."""
    return [line.strip() for line in text.splitlines() if line.strip()]
