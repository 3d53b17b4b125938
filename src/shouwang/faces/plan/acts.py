"""Acts on a plan: start, adjust, add, hand in, approve, send back, revise; a refusal stands on the page it answers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from shouwang.domains.areas.queries import name_of
from shouwang.domains.duties.plans import versions
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.plan.pages import page
from shouwang.faces.plan.sheet import parts
from shouwang.faces.refusals import told
from shouwang.faces.tried import somebody_was_first
from shouwang.flows import plan_year
from shouwang.flows.plan_items import Change, Own, people_of
from shouwang.flows.plan_year import Seen
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.see_plans import may_see_plan

Done = Callable[[HttpRequest, Actor, Seen, datetime], Any]
ACTS: dict[str, Done] = {
    "start": lambda request, actor, seen, now: plan_year.start(actor, seen.region, seen.year, now=now),
    "add": lambda request, actor, seen, now: plan_year.add(actor, seen, _own(request), now=now),
    "leave_out": lambda request, actor, seen, now: plan_year.leave_out(actor, seen, _key(request), now=now),
    "hand_in": lambda request, actor, seen, now: plan_year.hand_in(actor, seen, now=now),
    "approve": lambda request, actor, seen, now: plan_year.approve(actor, seen, now=now),
    "send_back": lambda request, actor, seen, now: plan_year.send_back(actor, seen, _words(request), now=now),
    "revise": lambda request, actor, seen, now: plan_year.revise(
        actor, seen.region, seen.year, _words(request), now=now
    ),
}


@require_POST
@signed_in
def act(request: HttpRequest, actor: Actor, region: str, year: int, name: str) -> HttpResponse:
    if name not in ACTS:
        raise Http404
    try:
        ACTS[name](request, actor, _seen(request, region, year), timezone.now())
    except NotSeen:
        raise Http404 from None
    except (Refused, Unfit, Moved) as refusal:
        said = {"act": name, "typed": request.POST, **_why(refusal)}
        return page(request, actor, region, year, status=_status(refusal), **said)
    return HttpResponseRedirect(f"{reverse('plan:plan', args=[region, year])}?done={name}", status=303)


@signed_in
def item(request: HttpRequest, actor: Actor, region: str, year: int) -> HttpResponse:
    """One item of the draft: its day, its person, a note."""
    now = timezone.now()
    if request.method != "POST":
        return _item_page(request, actor, region, year, now=now)
    change = Change(
        day=request.POST.get("day", "").strip(),
        person=request.POST.get("person", ""),
        note=request.POST.get("note", ""),
    )
    try:
        plan_year.adjust(actor, _seen(request, region, year), _key(request), change, now=now)
    except NotSeen:
        raise Http404 from None
    except (Refused, Unfit, Moved) as refusal:
        said = {"typed": request.POST, **_why(refusal)}
        return _item_page(request, actor, region, year, now=now, status=_status(refusal), **said)
    return HttpResponseRedirect(f"{reverse('plan:plan', args=[region, year])}?done=adjust", status=303)


def _item_page(
    request: HttpRequest,
    actor: Actor,
    region: str,
    year: int,
    *,
    now: datetime,
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    every = versions(region, year) if may_see_plan(actor, region) else []
    key = request.POST.get("key", "") or request.GET.get("key", "")
    lines = [line for part in parts(every[0]) for line in part.lines if line.key == key] if every else []
    if not lines:
        raise Http404
    kept = next(one for one in every[0].items if one["key"] == key)
    context = {
        "now": now,
        "region": region,
        "place": name_of(region),
        "year": year,
        "plan": every[0],
        "line": lines[0],
        "kept": kept,
        "people": people_of(region, on=timezone.localdate(now)),
        **said,
    }
    return render(request, "plan/item.html", context, status=status)


def _seen(request: HttpRequest, region: str, year: int) -> Seen:
    revision = request.POST.get("revision", "")
    known = int(revision) if revision.isascii() and revision.isdigit() else None
    return Seen(region=region, year=year, revision=known)


def _own(request: HttpRequest) -> Own:
    return Own(
        title=request.POST.get("title", ""),
        day=request.POST.get("day", "").strip(),
        note=request.POST.get("note", ""),
        below=request.POST.get("below") == "yes",
    )


def _key(request: HttpRequest) -> str:
    return request.POST.get("key", "")


def _words(request: HttpRequest) -> str:
    return request.POST.get("words", "")


def _why(refusal: Refused | Unfit | Moved) -> dict[str, Any]:
    if isinstance(refusal, Unfit):
        return {"faults": refusal.fields}
    if isinstance(refusal, Refused):
        return dict(told(refusal.decision))
    return {"faults": {"": somebody_was_first()}}


def _status(refusal: Refused | Unfit | Moved) -> int:
    return 422 if isinstance(refusal, Unfit) else 409
