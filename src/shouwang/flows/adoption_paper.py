"""A sheet of values goes out in Word and comes back signed: what it says is read, the file itself is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from shouwang.domains.adoptions.word_reading import Returned, read_sheet
from shouwang.domains.files.checking import FileRefused
from shouwang.domains.files.documents import DOCX, document_type
from shouwang.domains.files.services import record, store
from shouwang.domains.people.actor import Actor

from .adopt_values import office
from .refusal import Unfit

KEPT_FOR = timedelta(days=7)
SIGNER = Signer(salt="adoption sheet")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What came back, and the slip by which its file is attached to the sheet adopted from it."""

    read: Returned
    slip: str


def take_paper(actor: Actor, region: str, data: bytes, *, now: datetime) -> Paper:
    """Read a signed sheet; nothing is adopted by it. Raises Refused, FileRefused, NoSheet, Unfit."""
    office(actor, region)
    if document_type(data) != DOCX:
        raise FileRefused(_("Only a Word document (.docx) without macros or password is taken here."))
    checked = store(data, region=region, at=now, documents=True)
    read = read_sheet(data)
    said = read.places.get("region", "")
    if said and said != region:
        words = _("This sheet was made for the area %(code)s, not for this one.")
        raise Unfit({"file": words % {"code": said}})
    record(checked, region=region, at=now)
    told = {"sha256": checked.sha256, "region": region, "who": str(actor.id), "at": now.isoformat()}
    return Paper(read=read, slip=SIGNER.sign_object(told))


def paper_of(actor: Actor, region: str, slip: str, *, now: datetime) -> str:
    """The hash of the file a slip stands for; '' without one. Raises Unfit for one of somebody else, or too old."""
    if not slip:
        return ""
    try:
        told = SIGNER.unsign_object(slip)
    except (BadSignature, ValueError):
        told = {}
    fits = told.get("who") == str(actor.id) and told.get("region") == region
    if not fits or now - datetime.fromisoformat(told["at"]) > KEPT_FOR:
        raise Unfit({"file": _("Hand the signed file in again.")})
    return str(told["sha256"])
