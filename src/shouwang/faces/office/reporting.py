"""登记隐患: a hazard somebody brings to the office, reported through the same flow as from the grid."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import Place
from shouwang.domains.files.checking import FileRefused
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.forms import ReportForm, photos
from shouwang.faces.office.place import Standpoint, standpoint
from shouwang.faces.refusals import refused
from shouwang.flows.refusal import Refused, Unfit
from shouwang.flows.report_hazard import Report, report_hazard
from shouwang.kernel.codes import Level

PLACES = (Level.TOWNSHIP, Level.VILLAGE, Level.GRID)


@signed_in
def report(request: HttpRequest, actor: Actor) -> HttpResponse:
    now = timezone.now()
    stand = standpoint(actor, request.GET.get("area", ""), now=now, action="hazards.report")
    regions = [(place.code, place.name) for place in choices(stand)]
    if request.method != "POST":
        return _page(request, stand, ReportForm(regions=regions, now=now))
    form = ReportForm(request.POST, regions=regions, now=now)
    if not form.is_valid():
        return _page(request, stand, form, status=422)
    return _kept(request, actor, stand, form=form, now=now)


def choices(stand: Standpoint) -> list[Place]:
    """Where a hazard may lie: from the township down, the area one stands in and its parts."""
    here = [place for place in stand.line if place.code == stand.area]
    return [place for place in (*here, *stand.below) if place.level in PLACES]


def _kept(
    request: HttpRequest, actor: Actor, stand: Standpoint, *, form: ReportForm, now: datetime
) -> HttpResponse:
    try:
        done = report_hazard(actor, _read(request, form.cleaned_data), now=now)
    except Refused as refusal:
        return refused(request, refusal.decision)
    except KeyReused:
        form.add_error(
            None, _("This form was already sent with other contents. Reload the page to start anew.")
        )
    except FileRefused as refusal:
        form.add_error(None, _("Photo: %(reason)s") % {"reason": str(refusal)})
    except Unfit as unfit:
        for name, words in unfit.fields.items():
            form.add_error(name if name in form.fields else None, words)
    else:
        return HttpResponseRedirect(f"{reverse('office:case', args=[done.id])}?done=report")
    return _page(request, stand, form, status=422)


def _read(request: HttpRequest, values: dict[str, Any]) -> Report:
    return Report(
        key=values["key"],
        region=values["region"],
        kind=values["kind"],
        found_at=values["found_at"],
        place=values["place"],
        note=values["note"],
        site=values["site"],
        channel="office",
        photos=photos(request, "before", "before"),
    )


def _page(request: HttpRequest, stand: Standpoint, form: ReportForm, *, status: int = 200) -> HttpResponse:
    return render(request, "office/report.html", {"form": form, "stand": stand}, status=status)
