"""A record is confirmed by another person, sent back with a reason, or withdrawn with one (核实、退回、撤销)."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.domains.records import services
from shouwang.domains.records.models import Record
from shouwang.kernel.decision import Reason
from shouwang.rules.forgiving import sound, tidy

from .amend_record import acting, judged_act, seen_record
from .record_words import allowed, unfit
from .refusal import Moved
from .sight import pack_for

Settling = Literal["confirm", "return", "withdraw"]
NOTE = 500


def settle_record(
    actor: Actor, record_id: UUID, act: Settling, *, note: str = "", version: int | None = None, now: datetime
) -> Record:
    """Raises NotSeen, Unfit, Refused, Moved."""
    record, asked = seen_record(actor, record_id, version=version)
    pack, note = pack_for(record.region, now=now), tidy(note)
    if len(note) > NOTE or not sound(note):
        raise unfit(pack, {"note": Reason("note_too_long", {"most": NOTE})})
    allowed(judged_act(actor, record, asked, act, pack=pack, note=note))
    by = acting(actor, record, asked, act, pack=pack, note=note, now=now)
    try:
        services.settle_record(record, asked, act, by)
    except Stale:
        raise Moved(str(record_id)) from None
    return record
