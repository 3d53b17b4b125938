"""Personal values are looked at in clear (查看明文): with a reason, and the looking itself stands in the ledger."""

from datetime import datetime
from typing import Any
from uuid import UUID

from shouwang.domains.people.actor import Actor
from shouwang.domains.records import services
from shouwang.domains.records.personal import is_sealed, opened
from shouwang.kernel.decision import Reason
from shouwang.rules.forgiving import sound, tidy

from .amend_record import acting, judged_act, seen_record
from .record_words import allowed, unfit
from .settle_record import NOTE
from .sight import pack_for


def unmask_record(actor: Actor, record_id: UUID, *, reason: str, now: datetime) -> dict[str, Any]:
    """The personal values of a record in clear. Raises NotSeen, Unfit, Refused."""
    record, asked = seen_record(actor, record_id)
    pack, why = pack_for(record.region, now=now), tidy(reason)
    if len(why) > NOTE or not sound(why):
        raise unfit(pack, {"reason": Reason("note_too_long", {"most": NOTE})})
    allowed(judged_act(actor, record, asked, "unmask", pack=pack, note=why))
    hidden = {name: value for name, value in record.values.items() if is_sealed(value)}
    by = acting(actor, record, asked, "unmask", pack=pack, note=why, now=now)
    services.unmask_record(record, asked, sorted(hidden), by)
    return opened(record.id, hidden)
