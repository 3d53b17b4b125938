"""An act on a case from a form with a key: handed in twice, by a thumb or by the outbox, it is done once."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from shouwang.domains.hazards.queries import one
from shouwang.domains.people.actor import Actor
from shouwang.faces.phone.receipts import digest_of
from shouwang.flows.act_once import act_once
from shouwang.flows.refusal import NotSeen
from shouwang.flows.sight import sight


def once(request: HttpRequest, actor: Actor, case_id: UUID, act: Callable[[], object], *, now: datetime) -> None:
    """Raises NotSeen, KeyReused, and whatever `act` raises."""
    key = request.POST.get("key", "")
    if not key:
        act()
        return
    case = one(sight(actor), case_id)
    if case is None:
        raise NotSeen(str(case_id))
    told = [request.path, digest_of(request)]
    act_once(actor, key, told, act, on=case_id, region=case.region, now=now)
