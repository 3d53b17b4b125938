"""年度计划: one body's year on one page, by month; what may be done with it stands at the top."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import name_of, path_of
from shouwang.domains.duties.plans import versions
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.queries import names
from shouwang.faces.doors import signed_in
from shouwang.faces.plan.sheet import done_of, parts
from shouwang.flows.plan_year import YEARS
from shouwang.flows.see_plans import above_of, below, may_see_plan, own_body
from shouwang.policy import load
from shouwang.rules.plan_rights import may_approve, may_write


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What the reader may do with the plan now."""

    start: bool = False
    write: bool = False
    approve: bool = False
    revise: bool = False


@signed_in
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    region = own_body(actor)
    if not region:
        raise Http404
    return HttpResponseRedirect(reverse("plan:plan", args=[region, timezone.localdate().year]))


@signed_in
def plan(request: HttpRequest, actor: Actor, region: str, year: int) -> HttpResponse:
    return page(request, actor, region, year)


def page(
    request: HttpRequest, actor: Actor, region: str, year: int, *, status: int = 200, **said: Any
) -> HttpResponse:
    """The newest version, or the one asked for; 404 outside the reader's sight."""
    if year not in YEARS or not may_see_plan(actor, region):
        raise Http404
    now, every = timezone.now(), versions(region, year)
    shown = _shown(every, request.GET.get("version", ""))
    found = parts(shown) if shown else []
    context = {
        "now": now,
        "region": region,
        "place": name_of(region),
        "path": path_of(region),
        "year": year,
        "years": [one for one in (year - 1, year, year + 1) if one in YEARS],
        "plan": shown,
        "versions": every,
        "newest": bool(every) and shown is every[0],
        "parts": found,
        "done": done_of(found),
        "approver": names({shown.approved_by}).get(shown.approved_by, "")
        if shown and shown.approved_by
        else "",
        "may": _offer(actor, region, every, shown),
        "above": above_of(region, year),
        "below": below(region, year, on=timezone.localdate(now)),
        "state": state_words(shown) if shown else "",
        "saved": saved_words(request.GET.get("done", "")),
        **said,
    }
    return render(request, "plan/plan.html", context, status=status)


def _shown(every: Sequence[Any], asked: str) -> Any:
    return next((one for one in every if str(one.version) == asked), every[0] if every else None)


def _offer(actor: Actor, region: str, every: Sequence[Any], shown: Any) -> Offer:
    pack = load(settings.PACK)
    writes = bool(may_write(pack, region, actor.posts).verdict)
    if not every:
        return Offer(start=writes)
    newest = every[0]
    if shown is not newest:
        return Offer()
    approves = may_approve(
        pack, region, actor.posts,
        state=newest.state, wrote=str(actor.id) in newest.hands, items=len(newest.items),
    )  # fmt: skip
    return Offer(
        write=writes and newest.state == "draft",
        approve=bool(approves.verdict),
        revise=writes and newest.state == "approved",
    )


def state_words(plan_: Any) -> str:
    return {
        "draft": _("Draft"),
        "handed_in": _("Waits for approval"),
        "approved": _("Approved"),
    }[plan_.state]


def saved_words(done: str) -> str:
    """What an act brought about; empty for a word somebody put into the address."""
    return {
        "start": _("The draft is ready: look it through, then hand it in."),
        "adjust": _("Changed."),
        "add": _("Added."),
        "leave_out": _("Left out."),
        "hand_in": _("Handed in. Somebody else approves it."),
        "approve": _("Approved. The level below can make its part of it."),
        "send_back": _("Sent back with your words."),
        "revise": _("A new version is open. The approved one stands until this is approved too."),
    }.get(done, "")
