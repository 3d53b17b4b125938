"""Photos of an act: bytes that come with it, or the hash of a photo handed in before."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext as _

from shouwang.domains.files.checking import Checked
from shouwang.domains.files.models import Attachment
from shouwang.domains.files.queries import content
from shouwang.domains.files.services import attachment, record, store
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of

from .refusal import Unfit


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A photo as it came in, or the hash under which it was handed in; `purpose` is before, after or the paper it is.

    `documents` says that it may be a Word or Excel paper too.
    """

    data: bytes = b""
    purpose: str = "before"
    sha256: str = ""
    documents: bool = False

    @property
    def named(self) -> str:
        """What a fingerprint tells this photo by."""
        return self.sha256 or sha256(self.data).hexdigest()


def hand_in(actor: Actor, data: bytes, *, now: datetime, documents: bool = False) -> Checked:
    """Keep a photo in the person's county before the act that will name it. Raises FileRefused."""
    checked = store(data, region=actor.county, at=now, documents=documents)
    record(checked, region=actor.county, at=now)
    return checked


def attach(
    photo: Photo,
    *,
    actor: Actor | None,
    subject: UUID,
    region: str,
    now: datetime,
    place: tuple[float, float] | None = None,
    taken_at: datetime | None = None,
) -> Attachment:
    """The row that ties a photo to a case; its bytes are durable before. Raises Unfit, FileRefused."""
    digest = photo.sha256
    if not digest or content(county_of(region), digest) is None:
        data = photo.data or _handed_in(actor, digest)
        checked = store(data, region=region, at=now, documents=photo.documents)
        record(checked, region=region, at=now)
        digest = checked.sha256
    return attachment(
        digest, subject=subject, region=region, purpose=photo.purpose, at=now, place=place, taken_at=taken_at
    )


def _handed_in(actor: Actor | None, digest: str) -> bytes:
    """Bytes that wait in the person's own county, for a case of another one."""
    found = content(actor.county, digest) if actor else None
    if found is None or not found[0].exists():
        raise Unfit({"photos": _("A photo named here has not been handed in.")})
    return found[0].read_bytes()
