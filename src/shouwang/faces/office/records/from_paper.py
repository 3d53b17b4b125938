"""A form filled in from paper (据纸质表单登记): its page says for whom and when, and its scan lies beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from shouwang.domains.people.actor import Actor
from shouwang.faces.office.records.papers import HELD
from shouwang.flows.paper_pages import find_pages, made_from
from shouwang.flows.see_scan import count_held
from shouwang.policy.record_shapes import RecordType

MOST = 20
Slips = Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class FromPaper:
    """What came from paper: the printed page if its code was read, and slips of the scan."""

    page: Any = None
    slips: Slips = ()
    pictures: Sequence[str] = ()
    made: UUID | None = None

    @property
    def code(self) -> str:
        return self.page.code if self.page else ""

    @property
    def way(self) -> str:
        return "paper" if self.page or self.slips else "form"

    @property
    def version(self) -> int | None:
        return self.page.form if self.page else None

    def held(self, one: RecordType) -> Mapping[str, Slips]:
        """The scan among the papers of the form."""
        return {one.scanned_as: self.slips} if self.slips else {}


def from_paper(request: HttpRequest, actor: Actor, one: RecordType, *, now: datetime) -> FromPaper:
    """What the address, or the form on its way back, tells of a paper; 404 for a page of somebody else."""
    asked, sent = (request.POST, True) if request.method == "POST" else (request.GET, False)
    code = asked.get("page", "")
    page = find_pages(actor, [code]).get(code) if code else None
    if code and (page is None or page.type != one.id):
        raise Http404
    given = asked.getlist(HELD + one.scanned_as if sent else "scan") if asked.get("scanned") or not sent else []
    counted = [(slip, count_held(actor, slip, now=now)) for slip in given[:MOST]]
    return FromPaper(
        page=page,
        slips=[(slip, _("Scan of the form")) for slip, pages in counted if pages],
        pictures=[_picture(slip, number) for slip, pages in counted for number in range(min(pages, MOST))],
        made=made_from(page) if page else None,
    )


def _picture(slip: str, number: int) -> str:
    return f"{reverse('paper:held')}?{urlencode({'slip': slip, 'n': number})}"
