"""The door (首页): everybody is led to the face they work with; a stranger reads the public page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from shouwang.domains.people.actor import Actor
from shouwang.faces.public.front import front
from shouwang.policy import load

P = ParamSpec("P")

def start(request: HttpRequest) -> HttpResponse:
    """Those whose every post is outdoors go to the phone, others to the office."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return front(request)
    kinds = [load(settings.PACK).posts.get(post.kind) for post in actor.posts]
    outdoors = bool(kinds) and all(kind is not None and kind.outdoors for kind in kinds)
    return HttpResponseRedirect(reverse("phone:report" if outdoors else "office:today"))


def signed_in(
    view: Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Hands the view the person who asks; a stranger is sent to sign in and comes back afterwards."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            return _to_the_entry(request)
        response = view(request, actor, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return inner


def _to_the_entry(request: HttpRequest) -> HttpResponse:
    """Sign in, then go on. A part of a page cannot be led away, so the whole page is told to go."""
    htmx = getattr(request, "htmx", None)
    back = (htmx.current_url_abs_path if htmx else "") or request.get_full_path()
    entry = f"{reverse('entry:sign_in')}?{urlencode({'next': back})}"
    if not htmx:
        return HttpResponseRedirect(entry)
    return HttpResponse(status=204, headers={"HX-Redirect": entry})
