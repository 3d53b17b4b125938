"""登记隐患: a hazard somebody brings to the office, reported through the same flow as from the grid."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import Place, paths
from shouwang.domains.files.checking import FileRefused
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.place import Standpoint, standpoint
from shouwang.faces.office.ways import OWN, WayForm, way_asked, ways_of
from shouwang.faces.phone.photos import Carried, carried, hold
from shouwang.faces.refusals import refused
from shouwang.flows.join_case import Joining, join_case
from shouwang.flows.likely_duplicates import Likely, Seen, likely_duplicates
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.report_hazard import Report, report_hazard
from shouwang.flows.sight import pack
from shouwang.kernel.codes import Level
from shouwang.kernel.decision import Decision, Reason

PLACES = (Level.TOWNSHIP, Level.VILLAGE, Level.GRID)
REPORT = "hazards.report"


@signed_in
def report(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form of one way in. What is probably known is shown before it is kept."""
    now, way = timezone.now(), way_asked(request, actor)
    stand = standpoint(actor, request.GET.get("area", ""), now=now, action=REPORT)
    if way is None:
        return refused(request, Decision(False, (Reason("not_held", {"action": REPORT}),), (pack().actions[REPORT],)))
    regions = [(place.code, place.name) for place in choices(stand)]
    if request.method != "POST":
        return _page(request, actor, stand, WayForm(regions=regions, now=now, way=way))
    form = WayForm(request.POST, regions=regions, now=now, way=way)
    brought = carried(request, actor, now=now)
    if not form.is_valid():
        return _again(request, actor, stand, form, brought=brought, now=now)
    if found := _likely(request, actor, form, now=now):
        return _again(request, actor, stand, form, brought=brought, now=now, status=200, found=found)
    return _kept(request, actor, stand, form=form, brought=brought, now=now)


def choices(stand: Standpoint) -> list[Place]:
    """Where a hazard may lie: from the township down, the area one stands in and its parts."""
    here = [place for place in stand.line if place.code == stand.area]
    return [place for place in (*here, *stand.below) if place.level in PLACES]


def _likely(request: HttpRequest, actor: Actor, form: WayForm, *, now: datetime) -> list[Likely]:
    """What may be the same, until somebody said which it is."""
    if request.POST.get("join") or request.POST.get("distinct"):
        return []
    values = form.cleaned_data
    seen = Seen(region=values["region"], kind=values["kind"], place=values["place"], key=values["key"])
    return likely_duplicates(actor, seen, now=now)


def _kept(
    request: HttpRequest, actor: Actor, stand: Standpoint, *, form: WayForm, brought: list[Carried], now: datetime
) -> HttpResponse:
    try:
        done = _done(request, actor, form, brought, now=now)
    except Refused as refusal:
        return refused(request, refusal.decision)
    except KeyReused:
        form.add_error(
            None, _("This form was already sent with other contents. Reload the page to start anew.")
        )
    except NotSeen:
        form.add_error(None, _("There is no report with this code."))
    except FileRefused as refusal:
        form.add_error(None, _("Photo: %(reason)s") % {"reason": str(refusal)})
    except Unfit as unfit:
        for name, words in unfit.fields.items():
            here = next((one for one in (name, OWN + name) if one in form.fields), None)
            form.add_error(here, words)
    else:
        return done
    return _again(request, actor, stand, form, brought=brought, now=now)


def _done(
    request: HttpRequest, actor: Actor, form: WayForm, brought: list[Carried], *, now: datetime
) -> HttpResponse:
    values, photos = form.cleaned_data, tuple(one.photo() for one in brought if one.purpose == "before")
    if code := request.POST.get("join", ""):
        joining = Joining(
            key=values["key"], code=code, channel=form.way.id, note=values["note"], telling=form.telling(),
            photos=photos,
        )  # fmt: skip
        joined = join_case(actor, joining, now=now)
        return HttpResponseRedirect(f"{reverse('office:case', args=[joined.id])}?done=join")
    told = Report(
        key=values["key"],
        region=values["region"],
        kind=values["kind"],
        found_at=values["found_at"],
        place=values["place"],
        note=values["note"],
        site=values["site"],
        signs=form.signs_of_kind(),
        channel=form.way.id,
        telling=form.telling(),
        photos=photos,
    )
    done = report_hazard(actor, told, now=now)
    claim = {"claim": done.claim} if done.claim else {}
    return _received(request, done.id, claim)


def _received(request: HttpRequest, case_id: Any, claim: Mapping[str, str]) -> HttpResponse:
    """The reporter's own code is shown once, to be handed on; it stands in no address."""
    to = reverse("office:case", args=[case_id])
    if not claim:
        return HttpResponseRedirect(f"{to}?done=report")
    response = render(request, "office/received.html", {"to": to, **claim}, status=201)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _again(
    request: HttpRequest,
    actor: Actor,
    stand: Standpoint,
    form: WayForm,
    *,
    brought: list[Carried],
    now: datetime,
    status: int = 422,
    found: list[Likely] | None = None,
) -> HttpResponse:
    """Everything that was entered stands there again, the photo too."""
    slips, unread = hold(actor, brought, now=now)
    for words in unread.values():
        form.add_error(None, words)
    said = {"slips": slips, "found": found or [], "named": paths({one.region for one in found or ()}), "now": now}
    return _page(request, actor, stand, form, status=status, **said)


def _page(
    request: HttpRequest, actor: Actor, stand: Standpoint, form: WayForm, *, status: int = 200, **said: Any
) -> HttpResponse:
    context = {"form": form, "stand": stand, "ways": ways_of(actor), **said}
    return render(request, "office/report.html", context, status=status)
