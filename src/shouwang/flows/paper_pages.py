"""Printed pages are known again (认出表单): by the code in their QR code, or as a person reads it off."""

import re
from collections.abc import Sequence
from uuid import UUID

from shouwang.domains.people.actor import Actor
from shouwang.domains.records.models import PaperForm
from shouwang.domains.records.papers import pages_by_code, records_made_from
from shouwang.kernel.codes import covered, parse_case_code

from .sight import areas_for, counties_within

ENTER = "records.enter"
PREFIX = "SW:"
CODE = re.compile(r"SW:(\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4})", re.ASCII)


def written(code: str) -> str:
    """What the QR code of a page holds: the code, and nothing about anybody."""
    return f"{PREFIX}{code}"


def code_read(text: str) -> str:
    """The code of a page in what a QR code said; '' for any other QR code."""
    found = CODE.fullmatch(text.strip())
    return found[1] if found else ""


def code_typed(text: str) -> str:
    """The code as a person reads it off the page; '' where it is none."""
    try:
        return parse_case_code(text.strip().upper().removeprefix(PREFIX))
    except ValueError:
        return ""


def find_pages(actor: Actor, codes: Sequence[str]) -> dict[str, PaperForm]:
    """Printed pages by code, of the bodies the person may enter records for."""
    areas = areas_for(actor, ENTER)
    found = pages_by_code(counties_within(areas), codes) if codes and areas else {}
    return {code: page for code, page in found.items() if covered(areas, page.region)}


def made_from(page: PaperForm) -> UUID | None:
    """The record that was entered from a page, or that it shows."""
    return records_made_from([page]).get(page.id)
