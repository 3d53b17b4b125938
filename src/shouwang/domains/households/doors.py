"""Acts and look-ups of door codes: made, printed again, revoked; long, random, and found by their mark alone."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Q

from shouwang.domains.areas.county_codes import counties_named, new_code
from shouwang.domains.ledger.acts import By, before, keep
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.people.crypto import Unreadable, decrypt, encrypt
from shouwang.domains.people.resealing import SealedColumn, Touch
from shouwang.kernel.digest import keyed

from .door_rows import DoorCode
from .models import Home
from .services import ROOM

PURPOSE = b"shouwang door"


def make_code(home: Home, *, by: By) -> str:
    """A new code; it names the county, so that it is found in one place. Raises IntegrityError where one holds."""
    code = new_code(home.county)
    found = mint(by.at)
    row = DoorCode(
        id=found, county=home.county, region=home.region, salt=salt(), home=home, mark=_mark(code),
        code=encrypt(code.encode(), bound_to=_bound(found)), made_at=by.at,
    )  # fmt: skip
    keep(by.act(ROOM, "make_door_code", region=home.region), subject=row)
    return code


def revoke_codes(home: Home, *, by: By) -> None:
    """All that hold, those that cannot be read any more among them. Raises Stale where somebody else was first."""
    for row in DoorCode.objects.filter(county=home.county, home=home, revoked_at=None).order_by("id"):
        stood = before(row, "revoked_at")
        row.revoked_at = by.at
        keep(by.act(ROOM, "revoke_door_code", region=row.region), subject=row, changed=(stood, ("revoked_at",)))


def behind(code: str) -> Home | None:
    """The home a code that still holds belongs to."""
    rows = DoorCode.objects.filter(county__in=counties_named(code), mark=_mark(code), revoked_at=None)
    found = rows.select_related("home").first()
    return found.home if found else None


def codes_of(homes: Collection[Home]) -> Mapping[UUID, tuple[DoorCode, str]]:
    """{home: its code that holds, in clear}, in one statement; for whoever prints them."""
    counties = sorted({home.county for home in homes})
    rows = DoorCode.objects.filter(county__in=counties, home__in=[home.id for home in homes], revoked_at=None)
    return {row.home_id: (row, code) for row in rows.order_by("id") if (code := _code(row))}


def _code(row: DoorCode) -> str:
    try:
        return decrypt(bytes(row.code), bound_to=_bound(row.id)).decode()
    except Unreadable:
        return ""


def _mark(code: str) -> str:
    return keyed(PURPOSE, code.encode()).hex()


def _bound(row: UUID) -> bytes:
    return f"households.{row}.code".encode()


def _anew(row: DoorCode, touch: Touch) -> bytes:
    return touch(bytes(row.code), _bound(row.id))


COLUMNS = (SealedColumn(model=DoorCode, name="code", holds=~Q(code=b""), touched=_anew),)
