"""回执: what a phone kept offline is handed in under the right name, whole, and answered with what arrived.

A view that takes a form is wrapped in `handed_in`. To a browser nothing changes. To the outbox (Accept:
application/json) its redirect becomes a receipt that echoes the item's id and the digest of what came, its refusal
the reasons by field. The phone lets an item go against such a receipt only.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
REASONS, AGAINST = "reasons_by_field", "stands_against"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


def by_outbox(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def digest_of(request: HttpRequest) -> str:
    """What arrived, in one hash: every value and file by its name, whatever order they came in."""
    lines = [
        f"{name}={_hash(_plain(value))}"
        for name, values in request.POST.lists()
        if name != TOKEN
        for value in values
    ]
    lines += [f"{name}:{_hash(_whole(file))}" for name, files in request.FILES.lists() for file in files]
    return _hash("\n".join(sorted(lines)).encode())


def receipt(request: HttpRequest, *, then: str, status: int = 201, **more: str) -> JsonResponse:
    """The server has it: whose item, what came, and where it is told further."""
    told = {"key": _key(request), "digest": digest_of(request), "next": then, **more}
    return _answer(told, status)


def turned_down(request: HttpRequest, faults: Mapping[str, str], *, status: int = 422) -> JsonResponse:
    """Why it is not taken, by field ("" for all of it); 409 says that it stands against something else."""
    return _answer({"key": _key(request), "faults": dict(faults)}, status)


def handed_in(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Outermost around a view that takes a form with `data-outbox`."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST" or not by_outbox(request):
            return view(request, *args, **kwargs)
        if waits := _not_now(request):
            return waits
        try:
            return _told(request, view(request, *args, **kwargs))
        except Http404:
            # Out of sight for good: asked again and again it would only hold up what stands behind it.
            words = _("What this belongs to is no longer among yours. Tell your office.")
            return turned_down(request, {"": words})

    return inner


def because(response: R, faults: Mapping[str, str], *, against: bool = True) -> R:
    """A page that comes back with its reasons by field: the outbox is told the same reasons.

    `against`: a 409 stands against somebody else's entry; else it is a refusal like others.
    """
    setattr(response, REASONS, dict(faults))
    setattr(response, AGAINST, against)
    return response


def _not_now(request: HttpRequest) -> JsonResponse | None:
    """Signed out, somebody else, or damaged on the way: the phone keeps it and nothing was done."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return _answer({"key": _key(request)}, 401)
    if request.headers.get("Outbox-Who", str(actor.id)) != str(actor.id):
        return _answer({"key": _key(request), "who": str(actor.id)}, 403)
    sent = request.headers.get("Outbox-Digest")
    if sent and sent != digest_of(request):
        return _answer({"key": _key(request)}, 400)
    return None


def _told(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A page becomes words that the phone can keep beside the item."""
    if response.headers.get("Content-Type", "").startswith("application/json"):
        return response
    if response.status_code in (302, 303):
        return receipt(request, then=response.headers["Location"])
    if 400 <= response.status_code < 500:  # noqa: PLR2004 - refused, not broken
        words = {"": _("Not taken. Open it, look at it once more and send it again.")}
        faults: Mapping[str, str] = getattr(response, REASONS, None) or words
        against = response.status_code == 409 and getattr(response, AGAINST, True)  # noqa: PLR2004
        return turned_down(request, faults, status=409 if against else 422)
    return response


def _key(request: HttpRequest) -> str:
    return request.POST.get("key", "")


def _plain(value: str) -> bytes:
    """Browsers write line ends as they please."""
    return value.replace("\r\n", "\n").replace("\r", "\n").encode()


def _whole(file: UploadedFile) -> bytes:
    """All of a file, whoever read it before and whoever reads it next."""
    file.seek(0)
    data: bytes = file.read()
    file.seek(0)
    return data


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _answer(told: Mapping[str, object], status: int) -> JsonResponse:
    return JsonResponse(told, status=status, headers={"Cache-Control": "no-store"})
