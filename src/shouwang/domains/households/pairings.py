"""Helpers counted from the sealed register: what leaves it is three numbers of a village."""

from collections.abc import Mapping
from datetime import timedelta

from shouwang.domains.ledger.acts import By, before, keep
from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.models import Evidence

from .models import Resident
from .pairing_rows import Pairing
from .sealed_fields import told_of
from .services import ROOM

VILLAGE = 12
# Numbers that stay as they are are said again each month, as a proof of them grows old.
AGAIN = timedelta(days=28)
NUMBERS = ("listed", "paired", "backed")
Numbers = tuple[int, int, int]


def counted(county: str, *, helper: str, backup: str) -> Mapping[str, Numbers]:
    """{village: (people at risk, with a helper, with a stand-in too)}."""
    found: dict[str, Numbers] = {}
    rows = Resident.objects.filter(county=county, home__isnull=False)
    for person in rows.only("id", "county", "region", "told").iterator(chunk_size=2000):
        told = told_of(person)
        has = bool(told.get(helper))
        listed, paired, backed = found.get(person.region[:VILLAGE], (0, 0, 0))
        found[person.region[:VILLAGE]] = listed + 1, paired + has, backed + (has and bool(told.get(backup)))
    return found


def keep_pairings(county: str, found: Mapping[str, Numbers], record: str, *, by: By) -> int:
    """Keep what changed or grew old, with its proof; how many villages. A village whose last one left has none."""
    known = {row.region: row for row in Pairing.objects.filter(county=county)}
    changed = 0
    for village in sorted({*found, *known}):
        row, numbers = known.get(village), found.get(village, (0, 0, 0))
        if row is not None and _numbers(row) == numbers and (by.at - row.counted_at < AGAIN or not numbers[0]):
            continue
        _keep(village, row, numbers, record, by=by)
        changed += 1
    return changed


def _keep(village: str, row: Pairing | None, numbers: Numbers, record: str, *, by: By) -> None:
    act, told = by.act(ROOM, "count_helpers", region=village), dict(zip(NUMBERS, numbers, strict=True))
    if row is None:
        new = Pairing(
            id=mint(by.at), county=village[:6], region=village, salt=salt(), counted_at=by.at, **told
        )
        keep(act, subject=new, enclosed=[_proof(new, record)])
        return
    stood = before(row, "counted_at")
    for name, number in told.items():
        setattr(row, name, number)
    row.counted_at = by.at
    keep(act, subject=row, changed=(stood, (*NUMBERS, "counted_at")), enclosed=[_proof(row, record, amends=True)])


def _proof(row: Pairing, record: str, *, amends: bool = False) -> Evidence:
    facts: dict[str, object] = {name: getattr(row, name) for name in NUMBERS}
    facts["complete"] = row.listed == row.paired == row.backed
    if not row.listed:
        facts = {"withdrawn": True}
    elif amends:
        facts["amends"] = True
    return evidence(
        f"record.{record}", subject=row.id, region=row.region, room=ROOM, at=row.counted_at, facts=facts
    )


def _numbers(row: Pairing) -> Numbers:
    return row.listed, row.paired, row.backed
