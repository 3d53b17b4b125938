"""举报隐患: anybody reports without an account, in three questions; 119 stands first; no page needs script."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import paths
from shouwang.domains.files.checking import FileRefused
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.faces.public.form import OPENNESS, STEPS, Answers, faults_of, fresh, places, read
from shouwang.faces.public.sources import Allowance
from shouwang.faces.templatetags.words import reason_words
from shouwang.flows.hold_for_stranger import held_for_stranger, hold_for_stranger
from shouwang.flows.join_case import Joining, join_case
from shouwang.flows.likely_duplicates import Likely, Seen, likely_duplicates
from shouwang.flows.photos import Photo
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.report_hazard import Report, report_hazard
from shouwang.flows.tellings import Telling
from shouwang.kernel.codes import county_of, is_region
from shouwang.policy import load

# A village or an office shares one address; whoever has more to tell than this calls.
TOLD = Allowance("public-report", most=20, seconds=3600)
HELD = Allowance("public-photo", most=40, seconds=3600)
# As long as a report may wait in a browser for a network.
LONGEST = timedelta(days=14)


def report(request: HttpRequest) -> HttpResponse:
    """One address for all pages: what was answered travels with the form, nothing is kept before it is sent."""
    if request.method != "POST":
        return _page(request, "what", fresh())
    given, step = read(request.POST), request.POST.get("step", "")
    if (back := request.POST.get("back", "")) in STEPS:
        return _page(request, back, given)
    for page in STEPS[: STEPS.index(step) + 1] if step in STEPS else STEPS[:2]:
        if faults := faults_of(page, given):
            return _again(request, page, given, faults)
    if step == "what":
        return _page(request, "where", given)
    if step == "where" and not given.said("distinct") and (found := _likely(given)):
        return _page(request, "likely", given, found=found, named=paths({one.region for one in found}))
    return _sent(request, given) if step == "who" else _page(request, "who", given)


def _likely(given: Answers) -> list[Likely]:
    seen = Seen(region=given.said("region"), kind=given.said("kind"), place=given.said("place"), key=given.said("key"))
    return likely_duplicates(None, seen, now=timezone.now())


def _sent(request: HttpRequest, given: Answers) -> HttpResponse:
    if TOLD.spent(request):
        often = _("Too many reports from this network within an hour. Please call 12345; on fire, 119.")
        return _again(request, "who", given, {"": often}, status=429)
    photos = _photos(request, given)
    if given.said("photo") and not photos:
        words = _("Your photo was kept for some days and is gone. Please choose it again, or send without it.")
        return _again(request, "who", given.without("photo"), {"photo": words})
    try:
        code, claim = _kept(given, photos)
    except FileRefused as refusal:
        return _again(request, "who", given, {"photo": str(refusal)})
    except KeyReused:
        words = _("This report was sent already with other contents. Please begin anew.")
        return _again(request, "who", given, {"": words}, status=409)
    except (Refused, NotSeen) as refusal:
        reasons = refusal.decision.reasons if isinstance(refusal, Refused) else ()
        words = " ".join(map(reason_words, reasons)) or _("There is no report with this code.")
        return _again(request, "who", given, {"": words}, status=409)
    except Unfit as unfit:
        return _again(request, "who", given, unfit.fields)
    TOLD.spend(request)
    response = render(request, "public/told.html", {"code": code, "claim": claim}, status=201)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _kept(given: Answers, photos: tuple[Photo, ...]) -> tuple[str, str]:
    """The code of the case and the reporter's own. Sent twice, both are the same."""
    now, pack = timezone.now(), load(settings.PACK)
    anonymous = given.said("openness") == "anonymous"
    telling = Telling(
        openness=given.said("openness"),  # type: ignore[arg-type]
        name="" if anonymous else given.said("name"),
        phone="" if anonymous else given.said("phone"),
    )
    channel, note = pack.wiring.channels.public, given.said("note")
    if given.said("join"):
        joining = Joining(
            key=given.said("key"), code=given.said("join"), channel=channel, note=note, telling=telling, photos=photos
        )
        joined = join_case(None, joining, now=now)
        return joined.case.code, joined.claim
    told = Report(
        key=given.said("key"), region=given.said("region"), kind=given.said("kind"), place=given.said("place"),
        found_at=_moment(given, now), note=note, channel=channel, telling=telling, photos=photos,
    )  # fmt: skip
    done = report_hazard(None, told, now=now)
    return done.code, done.claim


def _moment(given: Answers, now: datetime) -> datetime:
    """When the form was opened, so that sending it twice says the same; now, where somebody changed it."""
    try:
        opened = datetime.fromisoformat(given.said("opened"))
    except ValueError:
        return now
    return opened if opened.tzinfo and timedelta(0) <= now - opened <= LONGEST else now


def _photos(request: HttpRequest, given: Answers) -> tuple[Photo, ...]:
    file = request.FILES.get("picture")
    data = file.read() if isinstance(file, UploadedFile) else held_for_stranger(given.said("photo"))
    return (Photo(data=data),) if data else ()


def _again(
    request: HttpRequest, page: str, given: Answers, faults: dict[str, str], *, status: int = 422
) -> HttpResponse:
    """Everything that was entered stands there again, the photo too."""
    values = dict(given.values)
    file = request.FILES.get("picture")
    if isinstance(file, UploadedFile) and "photo" not in faults and is_region(values["region"]):
        file.seek(0)
        try:
            values["photo"] = _held(request, file.read(), county=county_of(values["region"]))
        except FileRefused as refusal:
            faults = {**faults, "photo": str(refusal)}
    return _page(request, page, Answers(values=values, faults=faults), status=status)


def _held(request: HttpRequest, data: bytes, *, county: str) -> str:
    """The slip of a photo that waits; nothing once a source has let too many wait, so that nobody fills the disk."""
    if HELD.spent(request):
        return ""
    HELD.spend(request)
    return hold_for_stranger(data, county=county)


def _page(request: HttpRequest, step: str, given: Answers, *, status: int = 200, **more: Any) -> HttpResponse:
    pack = load(settings.PACK)
    context = {
        "step": step,
        "number": {"what": 1, "where": 2, "likely": 2, "who": 3}[step],
        "given": given,
        "carried": given.carried(step),
        "faults": given.faults,
        "kinds": list(pack.kinds.values()),
        "places": places(request.GET.get("county", "")) if step == "where" else [],
        "openness": OPENNESS,
        "now": timezone.now(),
        **more,
    }
    response = render(request, "public/report.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
