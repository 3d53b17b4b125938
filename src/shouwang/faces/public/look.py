"""查进度: how a report stands, by its code: no name, no free text, no house; and a proof once it is closed."""

from functools import wraps
from typing import Any, Protocol

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from shouwang.domains.hazards.queries import by_code
from shouwang.domains.people.actor import Actor
from shouwang.faces.proof.checking import size_asked
from shouwang.faces.public.guessing import guessed_too_often, missed
from shouwang.faces.public.own_code import is_own_code, opened
from shouwang.faces.public.progress import progress_of, proof_of
from shouwang.flows.advance_hazard import is_reporter
from shouwang.flows.hotline_answers import answer_of, interim_of
from shouwang.kernel.codes import parse_case_code


class View(Protocol):
    def __call__(self, request: HttpRequest, code: str) -> HttpResponse: ...


def look(request: HttpRequest) -> HttpResponse:
    """The field for a code. A readable code leads to its own address, whatever way it was typed.

    The reporter's own code opens the report at once: it belongs into no address.
    """
    typed = (request.POST.get("code", "") or request.GET.get("code", "")).strip()
    if not typed:
        return render(request, "public/look.html")
    if is_own_code(typed):
        return opened(request, typed)
    try:
        return HttpResponseRedirect(reverse("public:found", args=[parse_case_code(typed)]))
    except ValueError:
        return render(request, "public/look.html", {"typed": typed, "fault": "form"}, status=422)


def guarded(view: View) -> View:
    """Not for those who try codes out, and never kept by a proxy or found by a search engine."""

    @wraps(view)
    def inner(request: HttpRequest, code: str) -> HttpResponse:
        if guessed_too_often(request):
            response = render(request, "public/look.html", {"typed": code, "fault": "often"}, status=429)
            response.headers["Retry-After"] = "60"
        else:
            response = view(request, code)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return inner


@guarded
def found(request: HttpRequest, code: str) -> HttpResponse:
    case = _case(request, code)
    if case is None:
        return render(request, "public/look.html", {"typed": code, "fault": "unknown"}, status=404)
    progress = progress_of(case)
    said = _said_to(request, case, progress["case"])
    return render(request, "public/found.html", {**progress, **said})


@guarded
def proof(request: HttpRequest, code: str) -> HttpResponse:
    """The proof of the closing line, as the file that the ten-line checker reads, against the root that was shown."""
    case = _case(request, code)
    kept = proof_of(case, size=size_asked(request)) if case else None
    if kept is None:
        raise Http404
    response = JsonResponse(kept.as_json(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="proof-{kept.county}-{kept.index}.json"'
    return response


def _said_to(request: HttpRequest, asked: Any, standing: Any) -> dict[str, str]:
    """The answer, for a signed-in person who told of it: who joined another's report reads it nowhere else."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not (is_reporter(actor, standing) or is_reporter(actor, asked)):
        return {"answer": "", "interim": ""}
    return {"answer": answer_of(standing), "interim": interim_of(standing)}


def _case(request: HttpRequest, code: str) -> Any:
    try:
        case = by_code(parse_case_code(code))
    except ValueError:
        return None
    if case is None:
        missed(request)
    return case
