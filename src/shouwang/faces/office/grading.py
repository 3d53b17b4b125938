"""重新定级: what more is known of a hazard, what the discussion found, and what comes of it before anybody decides."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import names
from shouwang.domains.files.checking import FileRefused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.forms import photos
from shouwang.faces.refusals import told
from shouwang.faces.story import story_of
from shouwang.flows.grading_facts import questions
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.regrade_hazard import Stated, judge_again, regrade_hazard, stated_of
from shouwang.flows.sight import pack_of
from shouwang.policy import Pack
from shouwang.policy.tables import Input

FACT = "fact:"
FOUND = {"yes": True, "no": False}


@signed_in
def grading(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """The form; looked at, it says what would come of it; confirmed, the case is graded again."""
    if request.method != "POST":
        return _page(request, actor, case_id)
    stated, now = _stated(request), timezone.now()
    try:
        if request.POST.get("sure") != "yes":
            return _page(request, actor, case_id, found=judge_again(actor, case_id, stated, now=now))
        minutes = photos(request, "minutes", "minutes")
        regrade_hazard(actor, case_id, replace(stated, photos=minutes), now=now)
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return _page(request, actor, case_id, status=409, **told(refusal.decision))
    except Unfit as unfit:
        return _page(request, actor, case_id, status=422, faults=unfit.fields)
    except FileRefused as refusal:
        return _page(request, actor, case_id, status=422, faults={"minutes": str(refusal)})
    except Moved:
        moved = _("Somebody else acted on this case first. Below is how it stands now.")
        return _page(request, actor, case_id, status=409, faults={"": moved})
    return HttpResponseRedirect(f"{reverse('office:case', args=[case_id])}?done=regrade")


def _page(
    request: HttpRequest, actor: Actor, case_id: UUID, *, status: int = 200, **said: Any
) -> HttpResponse:
    story = story_of(actor, case_id)
    pack = pack_of(story.case.county, now=timezone.now())
    asked = questions(pack, on=story.case.reported_at.astimezone(pack.zone).date())
    faults, known = said.get("faults", {}), stated_of(story.case)
    found = said.get("found")
    context = {
        "story": story,
        "now": timezone.now(),
        "asked": asked,
        "plain": [_field(pack, one, request, known, faults) for one in asked.plain],
        "elements": [_field(pack, one, request, known, faults) for one in asked.elements],
        "typed": request.POST,
        "whys": _whys(pack, found),
        "body": names([found.body])[found.body] if found else "",
        **said,
    }
    return render(request, "office/grade.html", context, status=status)


def _stated(request: HttpRequest) -> Stated:
    version = request.POST.get("version", "")
    return Stated(
        version=int(version) if version.isascii() and version.isdigit() else None,
        facts={
            name.removeprefix(FACT): str(text) for name, text in request.POST.items() if name.startswith(FACT)
        },
        note=request.POST.get("note", "").strip(),
        discussed_on=request.POST.get("discussed_on", ""),
        names=request.POST.get("names", ""),
        found_major=FOUND.get(request.POST.get("found_major", "")),
    )


def _field(pack: Pack, one: Input, request: HttpRequest, known: Any, faults: Any) -> dict[str, Any]:
    """A question with what is known or was typed."""
    language = get_language() or "zh-hans"
    held = known.get(one.name, "")
    text = {True: "yes", False: "no"}.get(held, str(held)) if isinstance(held, bool) else str(held)
    labels = {code: site.label.in_(language) for code, site in pack.sites.items()}
    choices = {"bool": [("yes", _("yes")), ("no", _("no"))], "enum": [(c, labels.get(c, c)) for c in one.allowed]}
    return {
        "name": FACT + one.name,
        "label": one.label.in_(language),
        "choices": choices.get(one.type, []),
        "value": request.POST.get(FACT + one.name, text),
        "fault": faults.get(one.name, ""),
    }


def _whys(pack: Pack, found: Any) -> list[str]:
    if found is None:
        return []
    language = get_language() or "zh-hans"
    reasons = dict.fromkeys(
        pack.explain(reason, language) for judged in found.judged for reason in judged.reasons
    )
    return list(reasons)
