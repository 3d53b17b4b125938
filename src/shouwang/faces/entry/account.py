"""My account (本人账号): who I am here, the posts I hold, how I sign in, and where I am rung up at work."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from shouwang.domains.areas.queries import names
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.tried import somebody_was_first
from shouwang.flows.own_account import own_posts, standing
from shouwang.flows.refusal import Moved, Unfit
from shouwang.flows.work_phone import own_phone, set_own_phone


@signed_in
def account(request: HttpRequest, actor: Actor) -> HttpResponse:
    return _page(request, actor)


@require_POST
@signed_in
def phone(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The telephone at work, by whoever is rung up there."""
    typed = request.POST.get("phone", "").strip()
    try:
        set_own_phone(actor, typed, now=timezone.now())
    except Unfit as unfit:
        return _page(request, actor, unfit.fields, typed, status=422)
    except Moved:
        faults = {"phone": somebody_was_first()}
        return _page(request, actor, faults, typed, status=409)
    return HttpResponseRedirect(f"{reverse('entry:account')}?done=phone#phone", status=303)


def _page(
    request: HttpRequest,
    actor: Actor,
    faults: Mapping[str, str] | None = None,
    typed: str = "",
    status: int = 200,
) -> HttpResponse:
    posts = own_posts(actor, on=timezone.localdate(timezone.now()))
    context = {
        "posts": posts,
        "places": names({code for post in posts for code in (post.region, *post.territory)}),
        "account": standing(actor),
        "phone": own_phone(actor),
        "typed": typed,
        "faults": faults or {},
        "done": request.GET.get("done", ""),
    }
    return render(request, "entry/account.html", context, status=status)
