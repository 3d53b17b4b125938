"""The day of deletion (到期删除): whoever is kept no longer leaves a tombstone and nothing else."""

from datetime import date, datetime

from shouwang.domains.households.queries import to_forget
from shouwang.domains.households.services import forget
from shouwang.domains.ledger.acts import By
from shouwang.domains.ledger.write import Stale
from shouwang.domains.sites import queries as sites
from shouwang.domains.sites.services import forget_taught
from shouwang.policy import Pack

from .sight import pack_of

BATCH, KEEP_NAMES = 200, "unit.training.keep.months"


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


def forget_names(county: str, *, now: datetime) -> int:
    """Whose training at a place lies so long back that nobody needs the names; none while nobody said how long."""
    pack = pack_of(county, now=now)
    today, done = now.astimezone(pack.zone).date(), 0
    months = months_kept(pack, on=today)
    for one in sites.to_forget(county, before=_back(today, months), limit=BATCH) if months else ():
        row = pack.parameters[KEEP_NAMES].row
        try:
            forget_taught(one, by=By(actor=None, post="", at=now, pack=pack.version, clause=row))
        except Stale:
            continue  # another worker forgets it at this very moment
        done += 1
    return done


def months_kept(pack: Pack, *, on: date) -> int | None:
    """How long names of staff taught are kept; None while nobody said."""
    value = pack.value(KEEP_NAMES, on=on)
    return int(value.value) if value.is_set and value.value is not None else None


def _back(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 - months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))
