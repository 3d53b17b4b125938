"""A changed table is tried on past cases before anybody adopts it (试算): what would have come out otherwise."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from shouwang.domains.adoptions.queries import GivenTable
from shouwang.domains.hazards.queries import past_cases
from shouwang.policy import Pack
from shouwang.rules.replaying import Past, Replayed, replay

from .local_values import pack_of, pack_with_table
from .sight import counties_within

# A year of the busiest county is judged in a few seconds; more would not tell more.
MOST = 20_000
YEAR = timedelta(days=365)


def replay_table(region: str, table: str, rows: str, *, now: datetime, days: int = 365) -> Replayed:
    """Judge the newest cases of a county or prefecture by the tables in force and by the changed one."""
    counties = counties_within((region,))
    since = now - (timedelta(days=days) if days else YEAR)
    before, after = _packs(region, table, rows, now=now)
    cases = (_past(row, before) for row in _rows(counties, since))
    return replay(before, after, cases)


def _packs(region: str, table: str, rows: str, *, now: datetime) -> tuple[Pack, Pack]:
    """The place's pack as it is, and with the changed table from the first day its shipped edition holds."""
    before = pack_of(region, now=now)
    standing = before.tables[table].edition(now.astimezone(before.zone).date())
    since = max(before.since, standing.since) if standing else before.since
    more = GivenTable(region, table, rows, since, None, UUID(int=0))
    return before, pack_with_table(region, more, now=now)


def _rows(counties: list[str], since: datetime) -> Iterator[dict[str, object]]:
    return iter(past_cases(counties, since=since, limit=MOST))


def _past(row: dict[str, object], pack: Pack) -> Past:
    at, facts = row["reported_at"], row["facts"]
    assert isinstance(at, datetime) and isinstance(facts, dict)
    stated = {"kind": row["kind"], "site": row["site"] or None, **facts}
    return Past(str(row["code"]), at.astimezone(pack.zone).date(), stated)
