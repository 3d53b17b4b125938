"""Acts of a walk: each is one transaction and one ledger line, with its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models

from shouwang.domains.ledger.acts import Act, keep
from shouwang.domains.ledger.minting import mint, salt

from .events import ROOM, announced, looked
from .models import Finding, SelfCheck, Visit


@dataclass(frozen=True, kw_only=True)
class By:
    """Whose act, by which post, on which ground; nobody's where a stranger acts."""

    actor: UUID | None
    post: str
    at: datetime
    pack: str
    clause: str


def keep_visit(visit: Visit, groups: Sequence[str], *, by: By, also: Sequence[models.Model] = ()) -> None:
    """Raises IntegrityError where the key was used."""
    keep(_act("visit", visit.region, by), subject=visit, enclosed=announced(visit, groups), also=also)


def link(visit: Visit, point: str, case: UUID, *, by: By) -> None:
    """A finding became a case. Raises IntegrityError where the point has one already."""
    finding = Finding(
        id=mint(by.at), county=visit.county, region=visit.region, salt=salt(), visit=visit, point=point, case=case
    )
    keep(_act("find", visit.region, by), subject=finding)


def keep_selfcheck(check: SelfCheck, *, by: By, also: Sequence[models.Model] = ()) -> None:
    keep(_act("selfcheck", check.region, by), subject=check, enclosed=[looked(check)], also=also)


def _act(name: str, region: str, by: By) -> Act:
    return Act(
        room=ROOM, name=name, region=region, at=by.at, pack=by.pack, actor=by.actor, post=by.post, clause=by.clause
    )
