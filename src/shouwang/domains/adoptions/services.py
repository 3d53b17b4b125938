"""Acts on sheets: adopting, and taking one back; each is one transaction and one ledger line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shouwang.domains.ledger.acts import Act, before, keep
from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.rows import Enclosed
from shouwang.kernel.codes import county_of

from .events import ADOPTED
from .models import Adopted, AdoptedTable, Adoption

WITHDRAWN = ("withdrawal", "withdrawn_on", "withdrawn_by")


@dataclass(frozen=True, kw_only=True)
class By:
    """Who acts, by which post, and the pack the place was run by until then."""

    actor: UUID | None
    post: str
    pack: str
    clause: str


def adopt(
    sheet: Adoption, values: Mapping[str, str], *, since: date, decided_at: datetime, by: By,
    tables: Mapping[str, tuple[str, date]] | None = None, papers: Sequence[Enclosed] = (),
) -> None:  # fmt: skip
    """Keep a new sheet with its values and tables, each of these with its first day. Raises IntegrityError when the
    same one was kept before."""
    rows: list[Enclosed] = [_adopted(sheet, name, value, since) for name, value in values.items()]
    rows += [_adopted_table(sheet, name, text, first) for name, (text, first) in (tables or {}).items()]
    told = evidence(
        ADOPTED,
        subject=sheet.id,
        region=sheet.region,
        room="adoptions",
        at=sheet.at,
        occurred_at=decided_at,
        facts={"count": len(rows)},
    )
    keep(_act(sheet, "adopt", by, at=sheet.at), subject=sheet, enclosed=[*rows, told, *papers])


def withdraw(sheet: Adoption, *, number: str, on: date, by: By, at: datetime) -> None:
    """Take a sheet back under a document of its own. Raises Stale when it was taken back already."""
    earlier = before(sheet, "withdrawn_on")
    sheet.withdrawal, sheet.withdrawn_on, sheet.withdrawn_by = number, on, by.actor
    told = evidence(
        ADOPTED, subject=sheet.id, region=sheet.region, room="adoptions", at=at, facts={"withdrawn": True}
    )
    keep(_act(sheet, "withdraw", by, at=at), subject=sheet, changed=(earlier, WITHDRAWN), enclosed=[told])


def _adopted(sheet: Adoption, parameter: str, value: str, since: date) -> Adopted:
    return Adopted(
        id=mint(sheet.at),
        county=county_of(sheet.region),
        region=sheet.region,
        salt=salt(),
        adoption=sheet,
        parameter=parameter,
        value=value,
        since=since,
    )


def _adopted_table(sheet: Adoption, table: str, rows: str, since: date) -> AdoptedTable:
    return AdoptedTable(
        id=mint(sheet.at),
        county=county_of(sheet.region),
        region=sheet.region,
        salt=salt(),
        adoption=sheet,
        table=table,
        rows=rows,
        since=since,
    )


def _act(sheet: Adoption, name: str, by: By, *, at: datetime) -> Act:
    return Act(
        room="adoptions",
        name=name,
        region=sheet.region,
        at=at,
        pack=by.pack,
        actor=by.actor,
        post=by.post,
        clause=by.clause,
    )
