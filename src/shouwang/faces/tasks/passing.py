"""委派: choose the person, say a word, hand it over; and the answer, on the page of the task itself."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from shouwang.domains.areas.queries import paths
from shouwang.domains.duties.lists import one
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.refusals import told
from shouwang.faces.tasks.story import story_of
from shouwang.faces.tried import somebody_was_first
from shouwang.flows.delegate_task import (
    Order,
    answer_delegation,
    candidates,
    delegate_task,
    may_pass_on,
    take_back,
)
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.see_tasks import task_sight


@signed_in
def pass_on(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """The page with the people who may be asked; what was typed stays when it is refused."""
    now = timezone.now()
    task = one(task_sight(actor), task_id)
    if task is None or not may_pass_on(actor, task):
        raise Http404
    if request.method != "POST":
        return _people(request, actor, task_id, now=now)
    try:
        delegate_task(actor, task_id, _order(request), now=now)
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return _people(request, actor, task_id, now=now, status=409, **told(refusal.decision))
    except Unfit as unfit:
        return _people(request, actor, task_id, now=now, status=422, faults=unfit.fields)
    return HttpResponseRedirect(f"{reverse('tasks:task', args=[task_id])}?done=offered", status=303)


@require_POST
@signed_in
def answer(request: HttpRequest, actor: Actor, county: str, delegation: UUID) -> HttpResponse:
    """Yes, or no with a reason; then back to where the person was."""
    now, accept = timezone.now(), request.POST.get("answer") == "accept"
    words = request.POST.get("words", "")
    try:
        answer_delegation(actor, county, delegation, accept=accept, words=words, now=now)
    except NotSeen:
        raise Http404 from None
    except (Refused, Unfit, Moved) as refusal:
        return _refused(request, actor, refusal, now=now)
    done = "accepted" if accept else "declined"
    return HttpResponseRedirect(_next(request, done, gone=not accept), status=303)


@require_POST
@signed_in
def back(request: HttpRequest, actor: Actor, county: str, delegation: UUID) -> HttpResponse:
    now = timezone.now()
    try:
        take_back(actor, county, delegation, now=now)
    except NotSeen:
        raise Http404 from None
    except (Refused, Moved) as refusal:
        return _refused(request, actor, refusal, now=now)
    return HttpResponseRedirect(_next(request, "taken_back"), status=303)


def _order(request: HttpRequest) -> Order:
    county, _dot, person = request.POST.get("receiver", "").partition(".")
    try:
        receiver = UUID(person)
    except ValueError:
        receiver = UUID(int=0)
    return Order(
        receiver=receiver,
        county=county[:6],
        note=request.POST.get("note", ""),
        onward=request.POST.get("onward") == "yes",
    )


def _people(
    request: HttpRequest, actor: Actor, task_id: UUID, *, now: datetime, status: int = 200, **said: object
) -> HttpResponse:
    story = story_of(actor, task_id, now=now)
    text = request.GET.get("name", "")
    people = candidates(actor, story.task, text=text, on=timezone.localdate(now))
    context = {
        "story": story,
        "now": now,
        "people": people,
        "places": paths({one_.region for one_ in people}),
        "text": text,
        "typed": request.POST,
        **said,
    }
    return render(request, "tasks/pass.html", context, status=status)


def _refused(
    request: HttpRequest, actor: Actor, refusal: Refused | Unfit | Moved, *, now: datetime
) -> HttpResponse:
    """The task as it stands, with why nothing was done; the words typed are kept."""
    try:
        task_id = UUID(request.POST.get("task", ""))
    except ValueError:
        raise Http404 from None
    said: dict[str, object] = {"faults": {"": somebody_was_first()}}
    if isinstance(refusal, Unfit):
        said = {"faults": refusal.fields}
    elif isinstance(refusal, Refused):
        said = dict(told(refusal.decision))
    template = "phone/task.html" if request.POST.get("face") == "phone" else "tasks/task.html"
    face = "phone" if request.POST.get("face") == "phone" else "office"
    context = {
        "story": story_of(actor, task_id, now=now, face=face),
        "now": now,
        "typed": request.POST,
        **said,
    }
    return render(request, template, context, status=409)


def _next(request: HttpRequest, done: str, *, gone: bool = False) -> str:
    """Back to the task; a task declined is no longer to be seen, so back to the list."""
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    home = reverse("phone:tasks") if request.POST.get("face") == "phone" else reverse("tasks:list")
    to = asked if safe and asked.startswith(home) and not gone else home
    return f"{to}{'&' if '?' in to else '?'}done={done}"
