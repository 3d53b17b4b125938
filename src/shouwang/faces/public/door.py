"""门码页: behind a code at a door: look yourself, report, learn, say whether the visit helped; no name stands here."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.faces.public.guessing import missed
from shouwang.faces.public.look import guarded
from shouwang.faces.tried import tried
from shouwang.flows.door_codes import Door, look_oneself, open_door
from shouwang.flows.refusal import NotSeen, TooOften
from shouwang.rules.visiting import BAD, OK

LOOK = "look:"
HELPED = {"yes": True, "no": False}


@guarded
def door(request: HttpRequest, code: str) -> HttpResponse:
    now = timezone.now()
    try:
        found = open_door(code, now=now)
    except NotSeen:
        missed(request)
        return render(request, "public/door_shut.html", status=404)
    if request.method != "POST":
        return _page(request, found, {"key": str(uuid4())}, kept=request.GET.get("kept") == "1")
    typed = {name: str(value) for name, value in request.POST.items()}
    answers = {name.removeprefix(LOOK): value for name, value in typed.items() if name.startswith(LOOK)}
    key, helped = typed.get("key", ""), HELPED.get(typed.get("helped", ""))
    try:
        looked = tried(typed, lambda: look_oneself(found, answers, key=key, helped=helped, now=now))
    except TooOften:
        return _page(request, found, typed, fault=_("Enough for today. Thank you."), status=429)
    if looked.done is None:
        return _page(request, found, looked.typed, fault=" ".join(looked.faults.values()), status=looked.status)
    return HttpResponseRedirect(f"{reverse('public:door', args=[code])}?kept=1", status=303)


def _page(
    request: HttpRequest, found: Door, typed: dict[str, str], *, fault: str = "", kept: bool = False, status: int = 200
) -> HttpResponse:
    points = [{"point": point, "value": typed.get(LOOK + point.id, "")} for point in found.list.points]
    context = {
        "door": found, "points": points, "typed": typed, "fault": fault, "kept": kept, "now": timezone.now(),
        "choices": [(OK, _("Good")), (BAD, _("Not yet"))],
        "helps": [("yes", _("It helped")), ("no", _("It did not help"))],
    }  # fmt: skip
    return render(request, "public/door.html", context, status=status)
