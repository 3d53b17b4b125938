"""Scan of a paper form (纸质表单回传): photos or a PDF come in, and each form opens with what its page tells."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwang.domains.areas.queries import paths
from shouwang.domains.files.checking import FileRefused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.files import handed_over
from shouwang.faces.period_words import period_words
from shouwang.faces.templatetags.words import pack, say
from shouwang.flows.paper_pages import code_typed, find_pages, made_from
from shouwang.flows.scan_papers import Found, Scan, scan_papers
from shouwang.flows.see_scan import held_page
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.record_acts import enters_somewhere

FILES = 40


@dataclass(frozen=True, kw_only=True)
class Told:
    """One form of a scan as the person is told of it: what it is, and where to go on."""

    names: str
    pages: int
    code: str
    what: str
    body: str
    period: str
    href: str
    record: str
    slips: Sequence[str]


@signed_in
def scan(request: HttpRequest, actor: Actor) -> HttpResponse:
    kinds = _entered_by(actor)
    if not kinds:
        raise Http404
    if request.method != "POST":
        return _page(request, kinds)
    try:
        found = scan_papers(actor, _sent(request), now=timezone.now())
    except FileRefused as refusal:
        return _page(request, kinds, fault=str(refusal), status=422)
    told = _told(found)
    if len(told) == 1 and told[0].href:
        return HttpResponseRedirect(told[0].href)
    return _page(request, kinds, found=told)


@require_GET
@signed_in
def by_code(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form whose code a person read off the page, with the scan beside it."""
    code, slips = code_typed(request.GET.get("code", "")), request.GET.getlist("scan")
    page = find_pages(actor, [code]).get(code) if code else None
    if page is None:
        unread = Told(
            names="", pages=len(slips), code="", what="", body="", period="", href="", record="", slips=slips
        )
        fault = _("No form with this code belongs to the bodies you enter for. Look at the code again.")
        return _page(request, _entered_by(actor), found=[unread], fault=fault, status=404)
    made = made_from(page)
    href = reverse("office:record", args=[made]) if made else entering(page.type, code, slips)
    return HttpResponseRedirect(href)


@require_GET
@signed_in
def held(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """A scanned page while its record is being entered: seen by whoever sent it, by nobody else."""
    number = request.GET.get("n", "0")
    asked = int(number) if number.isascii() and number.isdigit() else -1
    seen = held_page(actor, request.GET.get("slip", ""), asked, now=timezone.now())
    if seen is None:
        raise Http404
    if isinstance(seen, bytes):
        return HttpResponse(seen, content_type="image/jpeg")
    return handed_over(request, seen)


def entering(type_id: str, code: str, slips: Sequence[str]) -> str:
    """Where a form is entered, its page known and its scan attached."""
    asked = {"page": [code] if code else [], "scan": list(slips)}
    return f"{reverse('office:new_record', args=[type_id])}?{urlencode(asked, doseq=True)}"


def _told(found: Sequence[Found]) -> list[Told]:
    bodies = paths({one.page.region for one in found if one.page})
    return [_one(one, bodies[one.page.region] if one.page else "") for one in found]


def _one(found: Found, body: str) -> Told:
    page = found.page
    kind = pack().records[page.type] if page else None
    return Told(
        names=", ".join(found.names),
        pages=found.pages,
        code=found.code,
        what=say(kind.label) if kind else "",
        body=body,
        period=period_words(pack(), page.period, get_language() or "zh") if page else "",
        href=entering(page.type, found.code, found.slips) if page and not found.made else "",
        record=reverse("office:record", args=[found.made]) if page and found.made else "",
        slips=found.slips,
    )


def _sent(request: HttpRequest) -> list[Scan]:
    files: list[UploadedFile] = list(request.FILES.getlist("scan"))
    if not files:
        raise FileRefused(_("Choose the photos or the scanned PDF."))
    if len(files) > FILES:
        raise FileRefused(_("At most %(n)s files at once.") % {"n": FILES})
    limit = settings.FILE_LIMIT_MB
    for file in files:
        if (file.size or 0) > limit * 1024 * 1024:
            raise FileRefused(_("The file is larger than %(limit)s MB.") % {"limit": limit})
    return [Scan(name=file.name or "", data=file.read()) for file in files]


def _entered_by(actor: Actor) -> list[RecordType]:
    return [kind for kind in pack().records.values() if enters_somewhere(pack(), kind, actor.posts)]


def _page(
    request: HttpRequest,
    kinds: Sequence[RecordType],
    *,
    found: Sequence[Told] = (),
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"kinds": kinds, "found": found, "fault": fault, "limit": settings.FILE_LIMIT_MB}
    return render(request, "paper/scan.html", context, status=status)
