"""One record on a page of its own (台账详情): what it says, its papers and story, and what may be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.record_telling import record_of, telling
from shouwang.faces.record_words import act_name
from shouwang.faces.refusals import told
from shouwang.flows.amend_record import judged_act, judged_amend
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.settle_record import settle_record
from shouwang.flows.unmask_record import unmask_record
from shouwang.policy import load

SETTLING, WITH_REASON = ("confirm", "return", "withdraw"), ("return", "withdraw", "unmask")
# A reason is asked for with the act, so it stands against no offer.
SOME_REASON = "--"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """An act as a button, or as a form that asks for its reason."""

    act: str
    label: str
    reason: bool


@signed_in
def record(request: HttpRequest, actor: Actor, record_id: UUID) -> HttpResponse:
    return _page(request, actor, record_id, done=request.GET.get("done", ""))


@require_POST
@signed_in
def act(request: HttpRequest, actor: Actor, record_id: UUID, name: str) -> HttpResponse:
    """Confirm, send back, withdraw; or show personal values in clear, on this one answer only."""
    post, now = request.POST, timezone.now()
    version, note = post.get("version", ""), post.get("note", "")
    seen = int(version) if version.isascii() and version.isdigit() else 0
    try:
        if name == "unmask":
            clear = unmask_record(actor, record_id, reason=note, now=now)
            return _page(request, actor, record_id, clear=clear)
        if name not in SETTLING:
            raise Http404
        settle_record(actor, record_id, name, note=note, version=seen, now=now)  # type: ignore[arg-type]
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return _page(request, actor, record_id, status=409, refused_act=name, **told(refusal.decision))
    except Unfit as unfit:
        return _page(
            request, actor, record_id, status=422, refused_act=name, faults=list(unfit.fields.values())
        )
    except Moved:
        moved = _("Somebody else acted on this record first. Below is how it stands now.")
        return _page(request, actor, record_id, status=409, refused_act=name, faults=[moved])
    return HttpResponseRedirect(f"{reverse('office:record', args=[record_id])}?done={name}")


def _page(
    request: HttpRequest,
    actor: Actor,
    record_id: UUID,
    *,
    status: int = 200,
    clear: Mapping[str, Any] | None = None,
    **said: Any,
) -> HttpResponse:
    found, asked = record_of(actor, record_id)
    context = {
        "telling": telling(actor, found, asked, clear=clear),
        "offers": offers(actor, found, asked),
        "may_amend": judged_amend(actor, found, asked, pack=load(settings.PACK)).verdict,
        "may_unmask": _may(actor, found, asked, "unmask"),
        "opened": clear is not None,
        "now": timezone.now(),
        "typed": request.POST,
        **said,
    }
    return render(request, "office/records/record.html", context, status=status)


def offers(actor: Actor, found: Any, asked: Any) -> list[Offer]:
    return [
        Offer(act=name, label=act_name(name), reason=name in WITH_REASON)
        for name in SETTLING
        if _may(actor, found, asked, name)
    ]


def _may(actor: Actor, found: Any, asked: Any, name: Any) -> bool:
    pack = load(settings.PACK)
    return bool(judged_act(actor, found, asked, name, pack=pack, note=SOME_REASON).verdict)
