"""Acts of a walk: each is one transaction and one ledger line, with its evidence."""

from collections.abc import Sequence
from uuid import UUID

from django.db import models

from shouwang.domains.ledger.acts import By, keep
from shouwang.domains.ledger.minting import mint, salt

from .events import ROOM, announced, looked
from .models import Finding, SelfCheck, Visit


def keep_visit(visit: Visit, groups: Sequence[str], *, by: By, also: Sequence[models.Model] = ()) -> None:
    """Raises IntegrityError where the key was used."""
    keep(by.act(ROOM, "visit", region=visit.region), subject=visit, enclosed=announced(visit, groups), also=also)


def link(visit: Visit, point: str, case: UUID, *, by: By) -> None:
    """A finding became a case. Raises IntegrityError where the point has one already."""
    finding = Finding(
        id=mint(by.at), county=visit.county, region=visit.region, salt=salt(), visit=visit, point=point, case=case
    )
    keep(by.act(ROOM, "find", region=visit.region), subject=finding)


def keep_selfcheck(check: SelfCheck, *, by: By, also: Sequence[models.Model] = ()) -> None:
    keep(by.act(ROOM, "selfcheck", region=check.region), subject=check, enclosed=[looked(check)], also=also)
