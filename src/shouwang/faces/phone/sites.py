"""场所: places of the grid that somebody answers for: entered once, patrolled, handed the code of their own page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.areas.by_mark import key_of
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.domains.sites.codes import contact_of, people_of
from shouwang.domains.sites.queries import rounds_of, taught_in
from shouwang.domains.sites.queries import sites as sites_in
from shouwang.faces.doors import signed_in
from shouwang.faces.phone.door_codes import code_sheet
from shouwang.faces.phone.grids import grids_of, named
from shouwang.faces.phone.receipts import because, handed_in
from shouwang.faces.refusals import refused
from shouwang.faces.site_words import CLOSED_WORDS, KIND_WORDS, well
from shouwang.faces.tried import tried
from shouwang.flows.amend_site import mark_of_what_stands
from shouwang.flows.households_sight import hint
from shouwang.flows.refusal import NotSeen, Refused
from shouwang.flows.register_site import (
    GOING_ROUND,
    NewSite,
    one_site,
    register_site,
    renew_site_code,
    sheet_of_site_codes,
    site_sight,
    verify_site,
)
from shouwang.flows.sight import areas_for, pack

FEW = 30
ASKED = ("key", "region", "mark", "name", "kind", "person", "phone")
Words = Mapping[str, str]


class Act(Protocol):
    def __call__(self, actor: Actor, site_id: UUID, *, now: datetime) -> None: ...


@signed_in
def listed(request: HttpRequest, actor: Actor) -> HttpResponse:
    page = sites_in(site_sight(actor), limit=FEW, after=key_of(request.GET.get("after", "")))
    more = f"{reverse('phone:sites')}?{urlencode({'after': '~'.join(page.after)})}" if page.after else ""
    names = {grid.code: grid.name for grid in named(sorted({site.region for site in page.rows}))}
    context = {
        "rows": page.rows, "more": more, "names": names, "after": request.GET.get("after", ""),
        "keeps": bool(areas_for(actor, GOING_ROUND)), "tab": "homes",
    }  # fmt: skip
    return render(request, "phone/sites.html", context)


@signed_in
def site(request: HttpRequest, actor: Actor, site_id: UUID) -> HttpResponse:
    """What is known of a place, the rounds of its owner, and who was taught, masked."""
    return site_page(request, actor, site_id, done=request.GET.get("done", ""))


def site_page(request: HttpRequest, actor: Actor, site_id: UUID, *, status: int = 200, **said: Any) -> HttpResponse:
    found = _seen(actor, site_id)
    contact, now = contact_of(found), timezone.now()
    stands = {"mark": found.mark, "name": found.name, "kind": found.kind, **contact}
    context = {
        "site": found, "contact": contact, "where": named([found.region])[0].name, "now": now,
        "typed": {**stands, "closed_on": timezone.localdate(now).isoformat(), **request.POST.dict()}, "faults": {},
        "stood": mark_of_what_stands(found),
        "kinds": _kinds(), "whys": CLOSED_WORDS.items(), "closed_why": CLOSED_WORDS.get(found.closed_why, ""),
        "rounds": [(one, well(one)) for one in rounds_of(found)], "tab": "homes",
        "taught": [
            (one, KIND_WORDS.get(one.kind, ""), [hint(name) for name in people_of(one)]) for one in taught_in(found)
        ],
        **said,
    }  # fmt: skip
    return render(request, "phone/site.html", context, status=status)


@handed_in
@signed_in
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    now = timezone.now()
    if request.method != "POST":
        return _form(request, actor, {"key": str(uuid4())}, now=now)
    typed = {name: str(value).strip() for name, value in request.POST.items()}
    told = NewSite(**{name: typed.get(name, "") for name in ASKED})
    try:
        found = tried(typed, lambda: register_site(actor, told, now=now))
    except Refused as refusal:
        return refused(request, refusal.decision)
    if found.done:
        return HttpResponseRedirect(reverse("phone:site", args=[found.done]), status=303)
    return _form(request, actor, found.typed, found.faults, now=now, status=found.status)


@require_POST
@signed_in
def sheet(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The codes of the owners of this page's places, to be handed over in person."""
    try:
        codes = sheet_of_site_codes(actor, after=key_of(request.POST.get("after", "")), now=timezone.now())
    except Refused as refusal:
        return refused(request, refusal.decision)
    if not codes:
        raise Http404
    words = _("For whoever answers for the place: rounds, training, what is to be fixed. Do not post it outside.")
    marked = [(f"{one.mark} {one.name}", code) for one, code in codes]
    return code_sheet(request, marked, page="public:owner", file="places.pdf", words=words)


@require_POST
@signed_in
def renew(request: HttpRequest, actor: Actor, site_id: UUID) -> HttpResponse:
    return _done(request, actor, site_id, renew_site_code)


@require_POST
@signed_in
def verify(request: HttpRequest, actor: Actor, site_id: UUID) -> HttpResponse:
    """Somebody was there, and it is as it stands here."""
    return _done(request, actor, site_id, verify_site)


def _done(request: HttpRequest, actor: Actor, site_id: UUID, act: Act) -> HttpResponse:
    try:
        act(actor, site_id, now=timezone.now())
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Stale:
        pass  # somebody else has just done it
    return HttpResponseRedirect(reverse("phone:site", args=[site_id]), status=303)


def _seen(actor: Actor, site_id: UUID) -> Any:
    try:
        return one_site(actor, site_id)
    except NotSeen:
        raise Http404 from None


def _kinds() -> list[tuple[str, Any]]:
    return [(key, one.label) for key, one in pack().sites.items() if key != "unknown"]


def _form(
    request: HttpRequest, actor: Actor, typed: Words, faults: Words | None = None, *, now: datetime, status: int = 200
) -> HttpResponse:
    context = {
        "typed": typed, "faults": faults or {}, "grids": grids_of(actor, on=timezone.localdate(now)), "tab": "homes",
        "kinds": _kinds(),
    }  # fmt: skip
    return because(render(request, "phone/site_new.html", context, status=status), faults or {})
