"""对接平台: platforms of other levels, a form to connect one, and each word exchanged with its receipt."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from shouwang.domains.areas.queries import paths
from shouwang.domains.peers import queries
from shouwang.domains.peers.scopes import KEEP
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.keyset import read_id
from shouwang.faces.templatetags.words import pack
from shouwang.faces.way_words import NO_WAY
from shouwang.flows.keep_peers import Told, drop_peer, keep_peer, office_of, peer_sight
from shouwang.flows.refusal import Moved, NotSeen, Unfit

FIELDS = ("name", "url", "gives", "takes", "key")
ACTS = {
    "hello": gettext_noop("Connection tried"),
    "ring": gettext_noop("It rings"),
    "cleared": gettext_noop("It stopped ringing"),
    "acknowledged": gettext_noop("A level knows of it"),
    "verifying": gettext_noop("Being verified"),
    "real": gettext_noop("A real fire"),
    "false_alarm": gettext_noop("A false alarm"),
    "tested": gettext_noop("A test"),
    "unreachable": gettext_noop("Nobody answers"),
}
SILENT = gettext_noop("It does not answer")
# Why the other side gave no receipt, as the sender notes it; what is not here is shown as it is.
REASONS = {
    "HTTP 403": gettext_noop("The key or the clock is not the same there"),
    "HTTP 404": gettext_noop("There we are not connected"),
    "HTTP 422: area": gettext_noop("There this area is not agreed"),
    "HTTP 422: origin": gettext_noop("There this alarm does not count as ours"),
    "the answer is no receipt": gettext_noop("It answers without a receipt"),
    "the receipt is not signed with our key": gettext_noop("The receipt is not signed with our key"),
    "no key opens the secret": gettext_noop("The key can no longer be read here; connect it anew"),
    **NO_WAY,
    **dict.fromkeys(("ConnectError", "ConnectTimeout", "ReadTimeout", "ReadError", "RemoteProtocolError"), SILENT),
    **dict.fromkeys(("no answer in 10 seconds", "HTTP 502", "HTTP 503", "HTTP 504"), SILENT),
}


@signed_in
def peers(request: HttpRequest, actor: Actor) -> HttpResponse:
    if not office_of(actor):
        raise Http404
    if request.method != "POST":
        return _page(request, actor)
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    try:
        peer, key = keep_peer(actor, Told(**typed), now=timezone.now())
    except Unfit as unfit:
        return _page(request, actor, typed=typed, faults=unfit.fields, status=422)
    ours = request.build_absolute_uri(f"/push/peer/{peer.id}")
    # Shown this once: afterwards nobody can read it any more.
    return _page(request, actor, made=peer, key=key, ours=ours)


@require_POST
@signed_in
def end(request: HttpRequest, actor: Actor, peer_id: UUID) -> HttpResponse:
    try:
        drop_peer(actor, peer_id, now=timezone.now())
    except NotSeen:
        raise Http404 from None
    except Moved:
        pass
    return HttpResponseRedirect(reverse("office:peers"), status=303)


def act_words(act: str) -> str:
    return _(ACTS.get(act, act))


def reason_words(reason: str) -> str:
    return _(REASONS[reason]) if reason in REASONS else reason


def _page(
    request: HttpRequest, actor: Actor, *, typed: Mapping[str, str] | None = None, status: int = 200, **said: Any
) -> HttpResponse:
    sight, now = peer_sight(actor), timezone.now()
    kept, figures = queries.kept(sight), queries.figures(sight)
    page = queries.exchanged(sight, after=read_id(request.GET.get("after", "")))
    names = queries.names_of(sight.counties, {one.peer for one in page.rows})
    places = paths({area for one in kept for area in (*one.gives, *one.takes)})
    here = reverse("office:peers")
    context = {
        "now": now, "typed": typed or {}, "office": office_of(actor),
        "clause": pack().actions[KEEP],
        "peers": [
            {"peer": one, "gives": [places.get(area, area) for area in one.gives],
             "takes": [places.get(area, area) for area in one.takes], "figures": figures.get(one.id, (0, None)),
             "ours": request.build_absolute_uri(f"/push/peer/{one.id}")}
            for one in kept
        ],
        "rows": [
            (row, names.get(row.peer, ""), act_words(row.act), reason_words(row.reason)) for row in page.rows
        ],
        "next": f"{here}?after={page.after}" if page.after else "",
        "first": here if request.GET.get("after") else "",
        **said,
    }  # fmt: skip
    return render(request, "office/peers/peers.html", context, status=status)
