"""Photos that come with a form: freshly taken, from the album, or held from the try before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.http.response import Http404
from django.utils import timezone

from shouwang.domains.files.checking import FileRefused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.files import handed_over
from shouwang.flows.hold_photo import held_photo, hold_photo
from shouwang.flows.photos import Photo

PURPOSES = ("before", "after")


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A photo as the form brought it: bytes, or the hash and the slip of one held before; `name` is the field's."""

    purpose: str
    name: str = ""
    data: bytes = b""
    sha256: str = ""
    slip: str = ""

    def photo(self) -> Photo:
        return Photo(data=self.data, purpose=self.purpose, sha256=self.sha256)


def carried(request: HttpRequest, actor: Actor, *, now: datetime, of: str = "") -> list[Carried]:
    """At most one photo a purpose: the one just taken wins over the one held. `of` tells one of many on the form."""
    found = (_one(request, actor, purpose, purpose + of, now) for purpose in PURPOSES)
    return [photo for photo in found if photo is not None]


def _one(request: HttpRequest, actor: Actor, purpose: str, name: str, now: datetime) -> Carried | None:
    fresh = request.FILES.get(name) or request.FILES.get(f"{name}_album")
    if fresh:
        return Carried(purpose=purpose, name=name, data=fresh.read())
    slip = request.POST.get(f"held_{name}", "")
    held = held_photo(actor, slip, now=now) if slip else None
    return held and Carried(purpose=purpose, name=name, sha256=held.sha256, slip=slip)


def hold(
    actor: Actor, photos: Iterable[Carried], *, now: datetime
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Keep photos over a faulty form. Returns slips and, for those no one could open, why; both by field."""
    slips: dict[str, str] = {}
    faults: dict[str, str] = {}
    for photo in photos:
        try:
            slips[photo.name] = photo.slip or hold_photo(actor, photo.data, now=now)
        except FileRefused as refusal:
            faults[photo.name] = str(refusal)
    return slips, faults


@signed_in
def held(request: HttpRequest, actor: Actor, slip: str) -> HttpResponseBase:
    """The photo that is being held, so that the person sees it is still there."""
    seen = held_photo(actor, slip, now=timezone.now())
    if seen is None:
        raise Http404
    return handed_over(request, seen)
