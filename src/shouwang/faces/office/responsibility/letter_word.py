"""The letter as a Word document (责任书): the template is an official's to edit, fonts and layout live in there."""

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.conf import settings
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from shouwang.policy import Pack, Text
from shouwang.policy.commitments import Section, commitments
from shouwang.policy.loading import PACKS

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LETTERS, NAME = "letters", "responsibility-letter"
LANGUAGES = ("zh", "zh-ko")
DIGITS = "零一二三四五六七八九"


class BadTemplate(Exception):
    """The template an official edited cannot be filled in; says why."""


def letter(pack: Pack, *, upper: Text, lower: Text, level: str, kind: str, on: date, language: str) -> bytes:
    """The letter between two bodies, the lower of which is of that level and kind."""
    sections = commitments(pack, level, kind, on=on)
    path = template_of(language)
    template = DocxTemplate(path)
    context = {
        "upper": upper.zh, "upper_ko": upper.ko, "lower": lower.zh, "lower_ko": lower.ko, "year": on.year,
        "plan": pack.title.zh, "plan_ko": pack.title.ko, "version": f"{pack.name} {pack.version}", "on": on.isoformat(),
        "sections": list(_sections(sections)),
    }  # fmt: skip
    # Whoever edits the template writes a letter, not a program.
    try:
        template.render(context, jinja_env=SandboxedEnvironment(), autoescape=True)
    except (TemplateError, PackageNotFoundError, BadZipFile) as fault:
        raise BadTemplate(f"{path.name}: {fault}") from None
    made = BytesIO()
    template.save(made)
    return made.getvalue()


def languages_of_letters() -> tuple[str, ...]:
    """Those the pack has a template for."""
    return tuple(one for one in LANGUAGES if template_of(one).is_file())


def template_of(language: str) -> Path:
    """The office's own template from its home folder, else the pack's."""
    name = f"{NAME}.{language}.docx"
    own = Path(settings.HOME) / LETTERS / name
    return own if own.is_file() else PACKS / settings.PACK / LETTERS / name


def _sections(sections: Sequence[Section]) -> Iterator[dict[str, Any]]:
    for number, section in enumerate(sections, start=1):
        items = [
            {
                "number": place, "row": item.row, "title": item.title.zh, "title_ko": item.title.ko,
                "text": item.text.zh if item.text else "", "text_ko": item.text.ko if item.text else "",
                "when": "；".join(one.zh for one in item.when), "when_ko": "; ".join(one.ko for one in item.when),
            }
            for place, item in enumerate(section.items, start=1)
        ]  # fmt: skip
        yield {
            "number": counted(number),
            "where": section.where.zh,
            "where_ko": section.where.ko,
            "items": items,
        }


def counted(number: int) -> str:
    """一, 十, 十二, 二十三: as headings of official documents count."""
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
