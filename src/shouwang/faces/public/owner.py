"""场所主页: the page behind an owner's code: what is owed and to be fixed, rounds and training; nobody is named."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.files.checking import FileRefused
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.faces.days import day_of, moment
from shouwang.faces.public.guessing import guessed_too_often, missed
from shouwang.faces.refusals import told
from shouwang.faces.site_words import KIND_WORDS, well
from shouwang.faces.tried import sent_before
from shouwang.flows.forget_people import KEEP_NAMES
from shouwang.flows.owner_page import KINDS, Closed, Lesson, Owned, fix_of_owner, go_round, open_site, teach
from shouwang.flows.photos import Photo
from shouwang.flows.refusal import Moved, NotSeen, Refused, TooOften, Unfit
from shouwang.rules.visiting import BAD, OK

LOOK = "look:"
Words = Mapping[str, Any]
Act = Callable[[HttpRequest, Owned], None]


def owner(request: HttpRequest, code: str) -> HttpResponse:
    """The page, and a round through the place."""
    return _behind(request, code, "round", _round)


def taught(request: HttpRequest, code: str) -> HttpResponse:
    return _behind(request, code, "taught", _taught)


def fix(request: HttpRequest, code: str, case_id: UUID) -> HttpResponse:
    return _behind(request, code, str(case_id), lambda asked, owned: _fixed(asked, owned, case_id))


def _behind(request: HttpRequest, code: str, part: str, act: Act) -> HttpResponse:
    """The place behind a code; what a form of the page did, or why not, beside what was typed."""
    if guessed_too_often(request):
        return _private(render(request, "public/look.html", {"typed": "", "fault": "often"}, status=429))
    try:
        owned = open_site(code, now=timezone.now())
    except NotSeen:
        missed(request)
        return _private(render(request, "public/door_shut.html", status=404))
    except Closed as closed:
        return _private(render(request, "public/owner_closed.html", {"closed": closed}, status=410))
    if request.method != "POST":
        return _page(request, owned, code, kept=request.GET.get("kept", ""))
    said: Words
    try:
        act(request, owned)
    except TooOften:
        said, status = {"faults": {"": _("Enough for today. Thank you.")}}, 429
    except KeyReused:
        said, status = {"faults": {"": sent_before()}}, 409
    except Unfit as unfit:
        said, status = {"faults": unfit.fields}, 422
    except FileRefused as refusal:
        said, status = {"faults": {"": str(refusal)}}, 422
    except Refused as refusal:
        said, status = told(refusal.decision), 409
    except (NotSeen, Moved):
        words = _("Somebody else acted on this case first. Below is how it stands now.")
        said, status = {"faults": {"": words}}, 409
    else:
        return _private(HttpResponseRedirect(f"{reverse('public:owner', args=[code])}?kept=1", status=303))
    return _page(request, open_site(code, now=timezone.now()), code, part=part, status=status, **said)


def _round(request: HttpRequest, owned: Owned) -> None:
    answers = {name.removeprefix(LOOK): str(value) for name, value in request.POST.items() if name.startswith(LOOK)}
    version = request.POST.get("version", "")
    number = int(version) if version.isdecimal() and len(version) < 4 else owned.list.version  # noqa: PLR2004
    go_round(owned, answers, key=request.POST.get("key", ""), version=number, now=timezone.now())


def _taught(request: HttpRequest, owned: Owned) -> None:
    said = {name: request.POST.get(name, "").strip() for name in ("key", "kind", "lesson", "topic")}
    people = request.POST.get("people", "").replace("、", "\n").splitlines()
    on, began_on = (day_of(request.POST.get(name, "")) for name in ("on", "began_on"))
    teach(owned, Lesson(**said, on=on, began_on=began_on, people=people), now=timezone.now())


def _fixed(request: HttpRequest, owned: Owned, case_id: UUID) -> None:
    file = request.FILES.get("after")
    photos = (Photo(data=file.read(), purpose="after"),) if isinstance(file, UploadedFile) else ()
    note, now = request.POST.get("note", "").strip(), timezone.now()
    done_at = moment(request.POST.get("at", ""), now)
    key = request.POST.get("key", "")
    fix_of_owner(owned, case_id, note=note, photos=photos, now=now, done_at=done_at, key=key)


def _page(request: HttpRequest, owned: Owned, code: str, *, status: int = 200, **said: Any) -> HttpResponse:
    typed = {name: str(value) for name, value in request.POST.items()}
    now, part = timezone.now(), said.get("part", "")
    context = {
        "owned": owned, "site": owned.site, "code": code, "now": now, "typed": typed, "part": part,
        "keys": {name: typed.get("key") if part == name and status == 422 else str(uuid4()) for name in FORMS},
        "points": [{"point": one, "value": typed.get(LOOK + one.id, "")} for one in owned.list.points],
        "choices": [(OK, _("Good")), (BAD, _("Bad"))],
        "rounds": [(one, well(one)) for one in owned.rounds],
        "taught": [(one, KIND_WORDS.get(one.kind, ""), _lesson(owned, one.lesson)) for one in owned.taught],
        "keeper": owned.pack.keeper_of(KEEP_NAMES).label,
        "kinds": [(kind, KIND_WORDS[kind]) for kind in KINDS], "lessons": list(owned.pack.lessons.values()),
        "left": "" if part in {*FORMS, *(str(case.id) for case in owned.to_fix)} else typed.get("note", ""),
        "on": typed.get("on") or timezone.localdate(now).isoformat(), **said,
    }  # fmt: skip
    return _private(render(request, "public/owner.html", context, status=status))


FORMS = ("round", "taught")


def _lesson(owned: Owned, name: str) -> Any:
    found = owned.pack.lessons.get(name)
    return found.label if found else None


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
