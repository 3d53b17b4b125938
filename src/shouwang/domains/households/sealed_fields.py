"""What is told of a home or a person (密文)."""

from shouwang.domains.people.seals import Seals

from .models import Home, Resident

ADDRESS, TOLD = "address", "told"
SEALS = Seals("households")
COLUMNS = (SEALS.column(Home, ADDRESS), SEALS.column(Resident, TOLD))


def address_of(home: Home) -> dict[str, str]:
    return SEALS.open(home.id, ADDRESS, home.address) or {}


def told_of(resident: Resident) -> dict[str, str]:
    return SEALS.open(resident.id, TOLD, resident.told) or {}
