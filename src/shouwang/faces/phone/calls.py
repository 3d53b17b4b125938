"""邻里求援: neighbours are called, each says "I come" or "I cannot" with one tap; 119 stands first."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.people.actor import Actor
from shouwang.domains.volunteers.queries import one as one_group
from shouwang.faces.days import moment
from shouwang.faces.doors import signed_in
from shouwang.faces.phone.groups import members_told
from shouwang.faces.phone.receipts import because, handed_in
from shouwang.faces.tried import tried
from shouwang.flows.call_neighbours import answer_call, call_group, end_call, open_call
from shouwang.flows.refusal import NotSeen, TooOften
from shouwang.flows.volunteer_groups import group_sight

Words = Mapping[str, str]
COMES = {"come": True, "cannot": False}


@handed_in
@signed_in
def make(request: HttpRequest, actor: Actor, group_id: UUID) -> HttpResponse:
    """The form by which a group is called, without a network too; nobody's name stands on it."""
    if request.method != "POST":
        return _form(request, actor, group_id, {"key": str(uuid4())}, {})
    said, now = {name: request.POST.get(name, "").strip() for name in ("place", "words", "key")}, timezone.now()
    asked_at = moment(request.POST.get("at", ""), now)
    try:
        found = tried(said, lambda: call_group(actor, group_id, **said, asked_at=asked_at, now=now))
    except NotSeen:
        raise Http404 from None
    except TooOften:
        words = _("This group was called several times within the hour. Ring them up.")
        return _form(request, actor, group_id, said, {"": words}, status=429)
    if found.done is None:
        return _form(request, actor, group_id, found.typed, found.faults, status=found.status)
    return HttpResponseRedirect(reverse("phone:call", args=[found.done]), status=303)


def _form(
    request: HttpRequest, actor: Actor, group_id: UUID, typed: Words, faults: Words, *, status: int = 200
) -> HttpResponse:
    group = one_group(group_sight(actor), group_id)
    if group is None:
        raise Http404
    context = {"group": group, "typed": typed, "faults": faults, "tab": "today"}
    return because(render(request, "phone/call_new.html", context, status=status), faults)


@signed_in
def call(request: HttpRequest, actor: Actor, call_id: UUID) -> HttpResponse:
    try:
        found = open_call(actor, call_id)
    except NotSeen:
        raise Http404 from None
    rows = members_told(found.members, keeps=found.rings)
    answers = found.answers
    context = {
        "called": found, "rows": [{**row, "answer": answers.get(row["member"].id)} for row in rows],
        "mine": answers.get(found.mine.id) if found.mine else None, "now": timezone.now(), "tab": "today",
        "coming": sum(one.comes for one in answers.values()),
    }  # fmt: skip
    return render(request, "phone/call.html", context)


@handed_in
@require_POST
@signed_in
def answer(request: HttpRequest, actor: Actor, call_id: UUID) -> HttpResponse:
    said, member = request.POST.get("answer", ""), request.POST.get("member", "")
    try:
        member_id = UUID(member) if member else None
        answer_call(actor, call_id, member_id, comes=COMES[said], now=timezone.now())
    except (NotSeen, ValueError, KeyError):
        raise Http404 from None
    return HttpResponseRedirect(reverse("phone:call", args=[call_id]), status=303)


@require_POST
@signed_in
def over(request: HttpRequest, actor: Actor, call_id: UUID) -> HttpResponse:
    try:
        end_call(actor, call_id, now=timezone.now())
    except NotSeen:
        raise Http404 from None
    return HttpResponseRedirect(reverse("phone:call", args=[call_id]), status=303)
