"""责任书: a letter for each body below, one by one or all in one file; the signed one comes back as a record."""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.areas.branches import branches
from shouwang.domains.areas.queries import Place, place
from shouwang.domains.duties.completeness import stood
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.responsibility.letter_word import WORD, BadTemplate, languages_of_letters, letter
from shouwang.faces.office.responsibility.remedies import remedies
from shouwang.faces.office.responsibility.standing import Stand, stand_of, way_down
from shouwang.flows.sight import pack_for
from shouwang.kernel.codes import Level, county_of, level_of, parent_of
from shouwang.policy import Pack, Text, load
from shouwang.policy.record_shapes import RECORD
from shouwang.policy.responsibility import requirements

FILE = "responsibility-letter"
# Between county and township, township and village.
SIGNING = (Level.TOWNSHIP, Level.VILLAGE)
MANY = 100


@dataclass(frozen=True, kw_only=True)
class Signing:
    """A body that signs: its letter to download, and where it stands with the signed one."""

    place: Place
    state: str
    remedy: object


@signed_in
def letters(request: HttpRequest, actor: Actor) -> HttpResponse:
    now, stand = timezone.now(), stand_of(actor, request.GET.get("area", ""))
    pack = pack_for(stand.area, now=now)
    branch = branches([stand.area], areas=stand.areas, on=timezone.localdate(now), limit=MANY,
                      after=request.GET.get("after", ""))[stand.area]  # fmt: skip
    bodies = [one for one in branch.below if level_of(one.code) in SIGNING and stand.sees(one.code)]
    context = {
        "stand": stand,
        "line": way_down(stand),
        "both": "zh-ko" in languages_of_letters(),
        "rows": _signings(actor, pack, stand, bodies),
        "own": level_of(stand.area) in SIGNING and stand.sees(stand.area),
        "next": branch.after,
        "record": _register(stand.area),
    }
    return render(request, "office/responsibility/letters.html", context)


def _register(area: str) -> str:
    """Where signed letters are entered; empty where the pack keeps none."""
    type_ = load(settings.PACK).wiring.records.signed_letter
    return f"{reverse('office:records_of', args=[type_])}?{urlencode({'area': area})}" if type_ else ""


@signed_in
def one_letter(request: HttpRequest, actor: Actor, region: str, language: str) -> HttpResponse:
    stand = stand_of(actor, region)
    if language not in languages_of_letters() or level_of(region) not in SIGNING:
        raise Http404
    lower, upper = place(region), place(parent_of(region) or "")
    if lower is None or upper is None or not stand.sees(region):
        raise Http404
    try:
        made = _made(_pack(region), upper, lower, language)
    except BadTemplate as fault:
        return _unfit(request, fault)
    return _handed_over(made, WORD, f"{FILE}-{region}.{language}.docx")


@signed_in
def all_letters(request: HttpRequest, actor: Actor, language: str) -> HttpResponse:
    """The letters of every body below, in one file."""
    stand = stand_of(actor, request.GET.get("area", ""))
    on, pack = timezone.localdate(), _pack(stand.area)
    upper = place(stand.area)
    branch = branches([stand.area], areas=stand.areas, on=on, limit=MANY)[stand.area]
    bodies = [one for one in branch.below if level_of(one.code) in SIGNING and stand.sees(one.code)]
    if language not in languages_of_letters() or upper is None or not bodies:
        raise Http404
    packed = BytesIO()
    try:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            for lower in bodies:
                file.writestr(f"{lower.code}-{lower.zh}.docx", _made(pack, upper, lower, language))
    except BadTemplate as fault:
        return _unfit(request, fault)
    return _handed_over(packed.getvalue(), "application/zip", f"{FILE}-{stand.area}.{language}.zip")


def _unfit(request: HttpRequest, fault: BadTemplate) -> HttpResponse:
    """An official edited the template so that it cannot be filled in: which one, and why."""
    return render(request, "office/responsibility/template_fault.html", {"fault": str(fault)}, status=422)


def _pack(region: str) -> Pack:
    return pack_for(region, now=timezone.now())


def _made(pack: Pack, upper: Place, lower: Place, language: str) -> bytes:
    names = [Text(zh=one.zh, ko=one.ko or one.zh, en=one.zh) for one in (upper, lower)]
    return letter(
        pack,
        upper=names[0],
        lower=names[1],
        level=lower.level,
        kind=lower.kind,
        on=timezone.localdate(),
        language=language,
    )


def _signings(actor: Actor, pack: Pack, stand: Stand, bodies: list[Place]) -> list[Signing]:
    """Which bodies have handed in a signed letter, in one statement."""
    duties = {d.id: d for d in requirements(pack) if d.evidence.kind == RECORD + pack.wiring.records.signed_letter}
    known = {one.code for one in bodies if stand.knows(one.code)}
    found = stood({county_of(code) for code in known}, duties=duties, regions=known)
    remedy = remedies(actor, pack)
    rows = []
    for one in bodies:
        first = next(iter(found.get(one.code, ())), None)
        told = remedy(duties[first.duty], one.code) if first else None
        rows.append(Signing(place=one, state=first.state if first else "", remedy=told))
    return rows


def _handed_over(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
