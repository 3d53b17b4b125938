"""The day of deletion (到期删除): whoever is kept no longer leaves a tombstone and nothing else."""

from datetime import datetime

from shouwang.domains.households.queries import to_forget
from shouwang.domains.households.services import forget
from shouwang.domains.ledger.acts import By
from shouwang.domains.ledger.write import Stale
from shouwang.policy import Pack

BATCH = 200


def forget_people(county: str, *, pack: Pack, now: datetime) -> int:
    """How many were forgotten."""
    today, done = now.astimezone(pack.zone).date(), 0
    for one in to_forget(county, on=today, limit=BATCH):
        row = pack.risk_groups[one.group].row if one.group in pack.risk_groups else ""
        try:
            forget(one, by=By(actor=None, post="", at=now, pack=pack.version, clause=row))
        except Stale:
            continue  # somebody keeps the person on at this very moment
        done += 1
    return done
