"""疏散互助结对: once a day the house counts from the sealed register who has a helper; nobody enters the number."""

from datetime import datetime

from django.db import transaction

from shouwang.domains.households.pairings import counted, keep_pairings
from shouwang.domains.ledger.acts import By
from shouwang.domains.ledger.alone import Task, alone
from shouwang.domains.ledger.queries import advance, reached
from shouwang.policy import Pack

DAY = "households.helpers"


def count_helpers(county: str, *, pack: Pack, now: datetime) -> int:
    """How many villages were counted anew; nothing where the pack keeps no such record or asks for no helper."""
    record, today = pack.wiring.records.mutual_help, now.astimezone(pack.zone).date().toordinal()
    fields = pack.person_fields.items()
    names = [next((name for name, one in fields if getattr(one, part)), "") for part in ("helper", "backup")]
    if not record or not all(names) or reached(county, DAY) == today:
        return 0
    by = By(actor=None, post="", at=now, pack=pack.version, clause=pack.records[record].row)
    with transaction.atomic():
        # At midnight every worker comes at once.
        if not alone(Task.COUNT, county) or reached(county, DAY) == today:
            return 0
        done = keep_pairings(county, counted(county, helper=names[0], backup=names[1]), record, by=by)
        advance(county, DAY, today, now=now)
        return done
