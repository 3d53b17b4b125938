"""A sheet of adopted values is taken back under another document; days that have passed keep what stood on them."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from shouwang.domains.adoptions.models import Adoption
from shouwang.domains.adoptions.queries import sheet as sheet_of
from shouwang.domains.adoptions.services import By, withdraw
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.policy.document_numbers import read_number

from .adopt_values import ADOPT, office
from .adoption_sheet import EXAMPLE, LONGEST
from .local_values import forget, pack_of
from .refusal import Moved, NotSeen, Unfit
from .see_values import counties_open_to


def withdraw_values(actor: Actor, id: UUID, *, number: str, now: datetime) -> Adoption:  # noqa: A002
    """From today on the sheet no longer stands. Raises NotSeen, Refused, Unfit, Moved."""
    found = sheet_of(counties_open_to(actor), id)
    if found is None:
        raise NotSeen(str(id))
    post = office(actor, found.region)
    if found.withdrawn_on is not None:
        raise Moved(str(id))
    read = read_number(number)
    if read is None or len(read) > LONGEST:
        words = _("Write the document number as it stands on the paper, e.g. %(example)s.")
        raise Unfit({"number": words % {"example": EXAMPLE}})
    pack = pack_of(found.region, now=now)
    by = By(actor=actor.id, post=post.kind, pack=pack.version, clause=pack.actions[ADOPT])
    try:
        withdraw(found, number=read, on=now.astimezone(pack.zone).date(), by=by, at=now)
    except Stale:
        raise Moved(str(id)) from None
    forget()
    return found
