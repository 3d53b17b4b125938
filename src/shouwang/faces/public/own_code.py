"""本人码: whoever has the code of their report reads the answer, and may say once that it is still there."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.files.checking import FileRefused
from shouwang.faces.public.guessing import guessed_too_often, missed
from shouwang.faces.public.progress import progress_of
from shouwang.faces.refusals import told
from shouwang.flows.dispute_by_code import claimed, dispute_by_code, may_dispute
from shouwang.flows.hotline_answers import answer_of, interim_of
from shouwang.flows.photos import Photo
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.sight import pack_of
from shouwang.kernel.codes import parse_claim_code


def is_own_code(typed: str) -> bool:
    try:
        parse_claim_code(typed)
    except ValueError:
        return False
    return True


def opened(request: HttpRequest, typed: str, **said: object) -> HttpResponse:
    """The report of one's own code. It stands in no address, so that no log and no history keeps it."""
    status = said.pop("status", 200)
    if guessed_too_often(request):
        return _private(render(request, "public/look.html", {"typed": typed, "fault": "often"}, status=429))
    try:
        found = claimed(typed)
    except NotSeen:
        missed(request)
        return _private(render(request, "public/look.html", {"typed": typed, "fault": "unknown"}, status=404))
    pack = pack_of(found.case.county, now=timezone.now())
    context = {
        **progress_of(found.case),
        "answer": answer_of(found.case),
        "interim": interim_of(found.case),
        "claim": parse_claim_code(typed),
        "own": found.told,
        "may_dispute": may_dispute(found.case, note="-", pictures=1, pack=pack).verdict,
        **said,
    }
    return _private(render(request, "public/found.html", context, status=int(str(status))))


@require_POST
def dispute(request: HttpRequest) -> HttpResponse:
    """Say that it is still there; what was typed stays when it is refused."""
    claim, note = request.POST.get("claim", ""), request.POST.get("note", "").strip()
    file = request.FILES.get("picture")
    photos = (Photo(data=file.read()),) if isinstance(file, UploadedFile) else ()
    if guessed_too_often(request):
        return opened(request, claim)
    try:
        dispute_by_code(claim, note=note, photos=photos, now=timezone.now())
    except NotSeen:
        return opened(request, claim)
    except Refused as refusal:
        return opened(request, claim, status=409, note=note, **told(refusal.decision))
    except Unfit as unfit:
        return opened(request, claim, status=422, note=note, words=list(unfit.fields.values()))
    except FileRefused as refusal:
        return opened(request, claim, status=422, note=note, words=[str(refusal)])
    except Moved:
        words = [_("Somebody else acted on this case first. Below is how it stands now.")]
        return opened(request, claim, status=409, note=note, words=words)
    return opened(request, claim, disputed=True)


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
