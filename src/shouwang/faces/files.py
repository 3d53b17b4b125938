"""Photos and papers of a case (附件): whoever may see the case may see them, nobody else."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase

from shouwang.domains.files.queries import attachment, content
from shouwang.domains.hazards.queries import one
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.flows.sight import sight


@signed_in
def file(request: HttpRequest, actor: Actor, case_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The bytes of one attachment. Nothing under its address ever changes, so a browser may keep it."""
    case = one(sight(actor), case_id)
    kept = attachment(case.county, file_id) if case else None
    if kept is None or kept.subject != case_id:
        raise Http404
    found = content(kept.county, kept.sha256)
    if found is None or not found[0].exists():
        raise Http404
    response = FileResponse(found[0].open("rb"), content_type=found[1])
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Disposition"] = "inline"
    return response
