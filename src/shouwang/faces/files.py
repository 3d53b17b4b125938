"""Photos and papers (附件): whoever may see the case or record may see them, nobody else."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.flows.refusal import NotSeen
from shouwang.flows.see_file import Seen, see_file

ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
# What a browser does not show itself is saved, never run in place.
SAVED = ("docx", "xlsx", "bin")


@signed_in
def file(request: HttpRequest, actor: Actor, case_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The bytes of one attachment. Nothing under its address ever changes, so a browser may keep it."""
    try:
        seen = see_file(actor, case_id, file_id)
    except NotSeen:
        raise Http404 from None
    return handed_over(request, seen)


def handed_over(request: HttpRequest, seen: Seen) -> HttpResponseBase:
    """The bytes to this browser alone, as the type they were checked to be, under a name that tells nothing."""
    tag = f'"{seen.sha256}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        response = FileResponse(seen.path.open("rb"), content_type=seen.media_type)
        ending = ENDINGS.get(seen.media_type, "bin")
        way = "attachment" if ending in SAVED else "inline"
        response.headers["Content-Disposition"] = f'{way}; filename="{seen.sha256[:12]}.{ending}"'
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
