"""意见建议: what anybody has to say about this system, from any page; who has an account reads the answer here."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import prefectures
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.people.actor import Actor
from shouwang.domains.suggestions.queries import of_person
from shouwang.faces.manual_sheets import county_asked
from shouwang.faces.public.form import is_key
from shouwang.faces.public.sources import Allowance
from shouwang.flows.refusal import Unfit
from shouwang.flows.suggest import Said, suggest
from shouwang.kernel.codes import county_of
from shouwang.policy import load

SAID = Allowance("suggestions", most=20, seconds=3600)
FACES = ("phone", "office", "public")


def suggestion(request: HttpRequest) -> HttpResponse:
    """The box, and below it what the reader said before with its answers."""
    actor: Actor | None = getattr(request, "actor", None)
    if request.method != "POST":
        return _page(request, actor, {"key": str(uuid4())})
    words, key = request.POST.get("words", ""), request.POST.get("key", "")
    typed = {"words": words, "key": key if is_key(key) else str(uuid4())}
    if actor is None and SAID.spent(request):
        return _page(request, actor, {**typed, "fault": _("Too many from this network. Please try again later.")}, 429)
    face = request.GET.get("face", "")
    said = Said(
        words=words, face=face if face in FACES else "public", page=request.GET.get("page", ""),
        region=_office(request, actor), key=typed["key"],
    )  # fmt: skip
    try:
        suggest(actor, said, now=timezone.now())
    except Unfit as unfit:
        return _page(request, actor, {**typed, "fault": unfit.fields["words"]}, 422)
    except KeyReused:
        fault = _("Sent before. Send it once more if it is another one.")
        return _page(request, actor, {**typed, "key": str(uuid4()), "fault": fault}, 409)
    SAID.spend(request)
    return _page(request, actor, {"key": str(uuid4()), "sent": True})


def _page(request: HttpRequest, actor: Actor | None, more: dict[str, Any], status: int = 200) -> HttpResponse:
    own = of_person([county_of(_office(request, actor))], actor.id) if actor is not None else []
    context = {**more, "own": own, "now": timezone.now(), "clause": load(settings.PACK).actions["suggestions.answer"]}
    response = render(request, "public/suggestion.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _office(request: HttpRequest, actor: Actor | None) -> str:
    """The office it goes to: of the county one serves in, of the poster's, else of the prefecture."""
    if actor is not None and actor.posts:
        return county_of(actor.posts[0].region)
    return county_asked(request) or next(iter(prefectures()), "")
