"""区划变更 on the screen: one change typed, looked at with whose territory grows, then done; or a table of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.areas.queries import names
from shouwang.domains.areas.returning import explained
from shouwang.domains.areas.words import KINDS, say
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.areas.standing import Stand, stand_of
from shouwang.faces.office.areas.tree import here_of
from shouwang.faces.refusals import refused
from shouwang.flows.change_areas import change, would_fit
from shouwang.flows.refusal import Refused
from shouwang.flows.see_coverage import would_widen
from shouwang.kernel.codes import level_of
from shouwang.policy.area_changes import AreaChange, read_change, read_changes
from shouwang.policy.area_kinds import KINDS_AT
from shouwang.policy.areas import Refusal

ACTS = ("merge", "split", "rename", "rerank")
FIELDS = ("into", "parts", "successor", "zh", "ko", "kind", "since", "document")
LARGEST = 1_000_000


@signed_in
def form(request: HttpRequest, actor: Actor, act: str) -> HttpResponse:
    """GET asks, POST looks it through, POST with `sure` does it."""
    stand = stand_of(actor, request.GET.get("area", ""))
    if act not in ACTS or not stand.keeps:
        raise Http404
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    if request.method != "POST":
        return _page(request, stand, act, {"since": timezone.localdate().isoformat()})
    one, refusals = read_change({**typed, "act": act, "code": stand.area}, line=1)
    now = timezone.now()
    if one is not None:
        refusals = would_fit(actor, one, now=now)
    if refusals or one is None:
        return _page(request, stand, act, typed, faults=_faults(refusals), status=422)
    if request.POST.get("sure") == "1":
        done = change(actor, [one], now=now)
        return HttpResponseRedirect(f"{here_of(stand)}&done={act if done.events else ''}")
    return _look(request, actor, stand, one, typed)


@require_POST
@signed_in
def table(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A year's changes by CSV: good rows are done, each bad one says why."""
    stand, file = stand_of(actor, request.GET.get("area", "")), request.FILES.get("file")
    if file is None or (file.size or 0) > LARGEST:
        fault = _("Choose a file.") if file is None else _("The file is too large.")
        return _told(request, stand, fault=fault, status=422)
    read = read_changes(file.read())
    try:
        done = change(actor, read.acts, now=timezone.now())
    except Refused as refusal:
        return refused(request, refusal.decision)
    refusals = sorted((*read.refusals, *done.refusals), key=lambda one: one.line)
    kept_out = [(one.line, explained(one), _row(read.given.get(one.line, {}))) for one in refusals]
    return _told(request, stand, done=done, kept_out=kept_out, status=422 if refusals else 200)


def _row(cells: Mapping[str, str]) -> str:
    return " · ".join(cell for cell in cells.values() if cell)


def _told(request: HttpRequest, stand: Stand, *, status: int, **more: Any) -> HttpResponse:
    context = {"stand": stand, "here": here_of(stand), **more}
    return render(request, "office/areas/table.html", context, status=status)


def _page(
    request: HttpRequest,
    stand: Stand,
    act: str,
    typed: Mapping[str, str],
    *,
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    kinds = [(kind.value, str(KINDS[kind])) for kind in sorted(KINDS_AT[level_of(stand.area)])]
    context = {
        "stand": stand,
        "here": here_of(stand),
        "act": act,
        "title": titles()[act],
        "acts": titles(),
        "typed": typed,
        "faults": faults or {},
        "kinds": kinds,
    }
    return render(request, "office/areas/form.html", context, status=status)


def titles() -> dict[str, str]:
    return {
        "merge": _("Merge into another"),
        "split": _("Split"),
        "rename": _("Rename"),
        "rerank": _("Change its rank"),
    }


def _look(
    request: HttpRequest, actor: Actor, stand: Stand, one: AreaChange, typed: Mapping[str, str]
) -> HttpResponse:
    grown = would_widen(actor, one, on=timezone.localdate())
    codes = {code for serving, gained in grown for code in (serving.body, *gained)} | one.named
    new = {part.code: part.zh for part in one.parts if part.zh}
    if one.into and one.zh:
        new[one.into] = one.zh
    context = {
        "stand": stand,
        "here": here_of(stand),
        "act": one.act,
        "title": titles()[one.act],
        "one": one,
        "typed": typed,
        "kind": str(KINDS[one.kind]) if one.kind else "",
        "grown": grown,
        "named": names(codes) | new,
    }
    return render(request, "office/areas/look.html", context)


def _faults(refusals: Sequence[Refusal]) -> dict[str, str]:
    return {("" if one.field == "code" else one.field): say(one) for one in refusals}
