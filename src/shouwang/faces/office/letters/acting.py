"""Acts on a letter: one address for all; a refusal stands beside the form it answers, and nothing typed is lost."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.files.checking import FileRefused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.letters.detail import shown
from shouwang.faces.office.letters.telling import telling
from shouwang.faces.office.letters.words import act_label
from shouwang.faces.refusals import told
from shouwang.flows.advance_letter import REPLY, STAMPED, LetterMove, advance_letter
from shouwang.flows.photos import Photo
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit


@require_POST
@signed_in
def act(request: HttpRequest, actor: Actor, letter_id: UUID, name: str) -> HttpResponse:
    try:
        advance_letter(actor, letter_id, read_move(request, name), now=timezone.now())
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return _again(request, actor, letter_id, name, status=409, **told(refusal.decision))
    except Unfit as unfit:
        return _again(request, actor, letter_id, name, status=422, faults=list(unfit.fields.values()))
    except FileRefused as refusal:
        fault = _("Paper: %(reason)s") % {"reason": str(refusal)}
        return _again(request, actor, letter_id, name, status=422, faults=[fault])
    except Moved:
        moved = _("Somebody else acted on this letter first. Below is how it stands now.")
        return _again(request, actor, letter_id, name, status=409, faults=[moved])
    return HttpResponseRedirect(f"{reverse('office:letter', args=[letter_id])}?done={name}")


def read_move(request: HttpRequest, name: str) -> LetterMove:
    version = request.POST.get("version", "")
    purpose = REPLY if name in ("answer", "hold", "decide") else STAMPED
    return LetterMove(
        act=name,
        version=int(version) if version.isascii() and version.isdigit() else None,
        words=request.POST.get("words", ""),
        promise=request.POST.get("promise", ""),
        decision=request.POST.get("decision", ""),
        number=request.POST.get("number", ""),
        papers=tuple(
            Photo(data=file.read(), purpose=purpose, documents=True) for file in request.FILES.getlist("papers")
        ),
    )


def _again(
    request: HttpRequest, actor: Actor, letter_id: UUID, name: str, *, status: int, **said: object
) -> HttpResponse:
    more = {"refused_act": name, "refused_label": act_label(name), "typed": request.POST, **said}
    return shown(request, telling(actor, letter_id), status=status, **more)
