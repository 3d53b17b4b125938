"""Paper comes back in (纸质回传): codes are found on the scanned pages, each form with its pages and what became of it.

Nothing is read but the code: what was written by hand a person enters, with the scan beside.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from PIL.Image import Image

from shouwang.domains.files.pages import codes_on, is_pdf, pages_of, part_of
from shouwang.domains.people.actor import Actor
from shouwang.domains.records.models import PaperForm
from shouwang.domains.records.papers import records_made_from

from .hold_photo import hold_photo
from .paper_pages import code_read, find_pages


@dataclass(frozen=True, kw_only=True)
class Scan:
    """A file as it was sent."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Found:
    """One form in a scan: its code if one could be read, the slips that open its pages, and what it is.

    `page` is None for a code that is none of ours or lies outside the person's area.
    """

    names: tuple[str, ...]
    code: str
    slips: tuple[str, ...]
    pages: int
    page: PaperForm | None = None
    made: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class _Part:
    name: str
    code: str
    data: bytes
    pages: int


def scan_papers(actor: Actor, scans: Sequence[Scan], *, now: datetime) -> list[Found]:
    """The forms in some scans, in their order; several photos of one form are one. Raises FileRefused."""
    together: dict[str, list[_Part]] = {}
    for number, part in enumerate(part for scan in scans for part in _parts(scan)):
        together.setdefault(part.code or f"no code {number}", []).append(part)
    pages = find_pages(actor, [parts[0].code for parts in together.values() if parts[0].code])
    made = records_made_from(list(pages.values()))
    return [_found(actor, parts, pages.get(parts[0].code), made=made, now=now) for parts in together.values()]


def _found(
    actor: Actor, parts: Sequence[_Part], page: PaperForm | None, *, made: dict[UUID, UUID], now: datetime
) -> Found:
    return Found(
        names=tuple(dict.fromkeys(part.name for part in parts)),
        code=parts[0].code,
        slips=tuple(hold_photo(actor, part.data, now=now) for part in parts),
        pages=sum(part.pages for part in parts),
        page=page,
        made=made.get(page.id) if page else None,
    )


def _parts(scan: Scan) -> Iterator[_Part]:
    """A scan cut into its forms: in a PDF, pages without a code belong to the form before them."""
    codes = [_code_on(picture) for picture in pages_of(scan.data)]
    if not is_pdf(scan.data):
        yield _Part(name=scan.name, code=codes[0], data=scan.data, pages=1)
        return
    groups: list[tuple[str, list[int]]] = []
    for number, code in enumerate(codes):
        if not groups or (code and code != groups[-1][0]):
            groups.append((code, []))
        groups[-1][1].append(number)
    for code, numbers in groups:
        data = scan.data if len(groups) == 1 else part_of(scan.data, numbers)
        yield _Part(name=scan.name, code=code, data=data, pages=len(numbers))


def _code_on(picture: Image) -> str:
    """The code of ours on a page; other QR codes may stand on it too."""
    return next((code for text in codes_on(picture) if (code := code_read(text))), "")
